import type { Service } from '../../core/service.ts';

/** Migrations and ORMs. Each table names the page it was read from, or says that it was not. */
export const migrations: readonly Service[] = [];
