import type { Service } from '../../core/service.ts';

/** Containers. Each table names the page it was read from, or says that it was not. */
export const containers: readonly Service[] = [];
