import type { Service } from '../../core/service.ts';

/** Hosted databases. Each table names the page it was read from, or says that it was not. */
export const stores: readonly Service[] = [];
