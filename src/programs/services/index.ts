import type { Service } from '../../core/service.ts';
import { hosting } from './hosting.ts';

/** Every service whose command line is a table. To add one: its table in the file of its family, and nothing else. */
export const services: readonly Service[] = [...hosting];
