import type { Service } from '../../core/service.ts';

/** Queues and streams. Each table names the page it was read from, or says that it was not. */
export const queues: readonly Service[] = [];
