import type { Service } from '../../core/service.ts';

/** Microsoft Azure. Each table names the page it was read from, or says that it was not. */
export const azure: readonly Service[] = [];
