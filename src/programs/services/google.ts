import type { Service } from '../../core/service.ts';

/** Google Cloud and Firebase. Each table names the page it was read from, or says that it was not. */
export const google: readonly Service[] = [];
