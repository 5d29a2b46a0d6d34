import type { Service } from '../../core/service.ts';

/** Services that other software is built on. Each table names the page it was read from, or says that it was not. */
export const saas: readonly Service[] = [];
