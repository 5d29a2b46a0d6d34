import { claude } from './agents/claude.ts';
import { clineCli } from './agents/clineCli.ts';
import { codex } from './agents/codex.ts';
import { copilot } from './agents/copilot.ts';
import { droid } from './agents/droid.ts';
import { gemini } from './agents/gemini.ts';
import { grok } from './agents/grok.ts';
import { kilo } from './agents/kilo.ts';
import { opencode } from './agents/opencode.ts';
import { qwen } from './agents/qwen.ts';
import type { LiveAgent } from './agents/agent.ts';

/** The agents we can run. The next one is a file in `agents/`, and its name here. */
export const agents = {
  claude,
  codex,
  gemini,
  qwen,
  copilot,
  opencode,
  kilo,
  'cline-cli': clineCli,
  grok,
  droid,
} as const satisfies Readonly<Record<string, LiveAgent>>;

export type LiveAgentId = keyof typeof agents;
