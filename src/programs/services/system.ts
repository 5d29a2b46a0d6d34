import type { Service } from '../../core/service.ts';
import { network } from './system/network.ts';
import { removal } from './system/removal.ts';
import { running } from './system/running.ts';
import { users } from './system/users.ts';

/** The machine: what runs on it, who may use it, what guards it, and its packages. None of it checked against the manual pages. */
export const system: readonly Service[] = [...running, ...users, ...network, ...removal];
