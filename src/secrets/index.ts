import type { Detector } from '../core/detector.ts';
import { connections } from './connections.ts';
import { formats } from './formats.ts';
import { keys } from './keys.ts';
import { clouds } from './providers/clouds.ts';
import { databases } from './providers/databases.ts';
import { forges } from './providers/forges.ts';
import { hosting } from './providers/hosting.ts';
import { messaging } from './providers/messaging.ts';
import { models } from './providers/models.ts';
import { observability } from './providers/observability.ts';
import { packages } from './providers/packages.ts';
import { payments } from './providers/payments.ts';
import { saas } from './providers/saas.ts';
import { shapes } from './shapes.ts';

/*
 * The table of detectors, from the particular to the general: of two that find the same, the first counts. To add one:
 * its row in the file it belongs to, and how it is rotated in rotation.ts; nothing else. Its examples run in
 * test/tables/detectors.test.ts, which also tries every pattern on long hostile texts.
 */
export const detectors: readonly Detector[] = [
  ...forges,
  ...clouds,
  ...hosting,
  ...databases,
  ...payments,
  ...models,
  ...messaging,
  ...packages,
  ...observability,
  ...saas,
  ...keys,
  ...connections,
  ...formats,
  ...shapes,
];
