import type { Service } from '../../core/service.ts';

/** Kubernetes. Each table names the page it was read from, or says that it was not. */
export const kubernetes: readonly Service[] = [];
