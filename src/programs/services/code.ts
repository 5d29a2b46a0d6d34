import type { Service } from '../../core/service.ts';

/** Hosting of code and pipelines. Each table names the page it was read from, or says that it was not. */
export const code: readonly Service[] = [];
