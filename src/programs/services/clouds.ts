import type { Service } from '../../core/service.ts';

/** Other clouds. Each table names the page it was read from, or says that it was not. */
export const clouds: readonly Service[] = [];
