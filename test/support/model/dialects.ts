import { anthropic } from './anthropic.ts';
import { completions } from './completions.ts';
import { generate } from './generate.ts';
import { responses } from './responses.ts';
import type { Dialect } from './dialect.ts';

/** The APIs the scripted model speaks. */
export const dialects: readonly Dialect[] = [anthropic, completions, responses, generate];
