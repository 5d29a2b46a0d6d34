import type { Service } from '../../core/service.ts';

/** Disks. Each table names the page it was read from, or says that it was not. */
export const disks: readonly Service[] = [];
