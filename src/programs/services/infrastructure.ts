import type { Service } from '../../core/service.ts';

/** Infrastructure as code. Each table names the page it was read from, or says that it was not. */
export const infrastructure: readonly Service[] = [];
