import type { Service } from '../../core/service.ts';

/** Object storage and backups. Each table names the page it was read from, or says that it was not. */
export const storage: readonly Service[] = [];
