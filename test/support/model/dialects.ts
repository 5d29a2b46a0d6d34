import { anthropic } from './anthropic.ts';
import type { Dialect } from './dialect.ts';

/** The APIs the scripted model speaks. */
export const dialects: readonly Dialect[] = [anthropic];
