import type { Service } from '../../core/service.ts';

/** Amazon Web Services. Each table names the page it was read from, or says that it was not. */
export const aws: readonly Service[] = [];
