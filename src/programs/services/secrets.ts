import type { Service } from '../../core/service.ts';

/** Managers of secrets. Each table names the page it was read from, or says that it was not. */
export const secrets: readonly Service[] = [];
