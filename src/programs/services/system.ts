import type { Service } from '../../core/service.ts';

/** The machine: services, users, network. Each table names the page it was read from, or says that it was not. */
export const system: readonly Service[] = [];
