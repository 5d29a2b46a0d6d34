import type { Service } from '../../core/service.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { clouds } from './clouds.ts';
import { code } from './code.ts';
import { containers } from './containers.ts';
import { datastores } from './datastores.ts';
import { disks } from './disks.ts';
import { google } from './google.ts';
import { hosting } from './hosting.ts';
import { infrastructure } from './infrastructure.ts';
import { kubernetes } from './kubernetes.ts';
import { migrations } from './migrations.ts';
import { queues } from './queues.ts';
import { saas } from './saas.ts';
import { secrets } from './secrets.ts';
import { storage } from './storage.ts';
import { stores } from './stores.ts';
import { system } from './system.ts';

/** Every service whose command line is a table. To add one: its table in the file of its family, and nothing else. */
export const services: readonly Service[] = [
  ...hosting,
  ...aws,
  ...google,
  ...azure,
  ...clouds,
  ...saas,
  ...secrets,
  ...kubernetes,
  ...containers,
  ...infrastructure,
  ...code,
  ...queues,
  ...storage,
  ...stores,
  ...datastores,
  ...migrations,
  ...system,
  ...disks,
];
