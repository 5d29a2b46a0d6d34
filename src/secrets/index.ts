import type { Detector } from '../core/detector.ts';
import { providers } from './providers.ts';
import { shapes } from './shapes.ts';

/*
 * The table of detectors. To add one: its row in the file it belongs to; nothing else. Its examples run in
 * test/tables/detectors.test.ts, which also tries every pattern on long hostile texts.
 */
export const detectors: readonly Detector[] = [...providers, ...shapes];
