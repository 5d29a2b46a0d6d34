import type { Service } from '../../core/service.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { bigData } from './bigdata.ts';
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

/** The services whose command line is a table, by family. To add one: its table in the file of its family, and nothing else. */
export const serviceFamilies = {
  'Hosting of applications': hosting,
  'Amazon Web Services': aws,
  'Google Cloud and Firebase': google,
  'Microsoft Azure': azure,
  'Other clouds and machines': clouds,
  'Software as a service': saas,
  'Managers of secrets': secrets,
  Kubernetes: kubernetes,
  Containers: containers,
  'Infrastructure as code': infrastructure,
  'Hosting of code and pipelines': code,
  'Queues and streams': queues,
  'Storage and backups': storage,
  'Hosted databases': stores,
  'Stores of data': datastores,
  'Clusters of data': bigData,
  'Migrations and ORMs': migrations,
  'The machine': system,
  Disks: disks,
} as const satisfies Readonly<Record<string, readonly Service[]>>;

export const services: readonly Service[] = Object.values(serviceFamilies).flat();
