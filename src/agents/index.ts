import type { Agent } from '../core/agent.ts';
import { agentFrom, type CustomAgent } from '../core/customAgent.ts';
import { amp } from './amp/index.ts';
import { antigravity } from './antigravity/index.ts';
import { auggie } from './auggie/index.ts';
import { cascade } from './cascade/index.ts';
import { claude } from './claude/index.ts';
import { cline } from './cline/index.ts';
import { clineCli } from './cline-cli/index.ts';
import { codex } from './codex/index.ts';
import { copilot } from './copilot/index.ts';
import { cursor } from './cursor/index.ts';
import { devin } from './devin/index.ts';
import { droid } from './droid/index.ts';
import { gemini } from './gemini/index.ts';
import { goose } from './goose/index.ts';
import { grok } from './grok/index.ts';
import { junie } from './junie/index.ts';
import { kilo } from './kilo/index.ts';
import { kiro } from './kiro/index.ts';
import { opencode } from './opencode/index.ts';
import { qwen } from './qwen/index.ts';
import { mcp } from './mcp/index.ts';
import { shell } from './shell/index.ts';
import { vscode } from './vscode/index.ts';

/*
 * The table of agents. To add one: `agents/<id>/index.ts`, its row here, and in test/agents/<id>/ one JSON a hook (a
 * real payload, the attempt, the replies) and its wiring before and after. No other file: what an agent needs that
 * the contract lacks is a field of `core/agent.ts`.
 */
export const agents: readonly Agent[] = [
  vscode,
  claude,
  codex,
  copilot,
  gemini,
  qwen,
  opencode,
  kilo,
  cline,
  clineCli,
  cursor,
  antigravity,
  devin,
  cascade,
  auggie,
  droid,
  amp,
  kiro,
  junie,
  goose,
  grok,
  mcp,
  shell,
];

/** All agents, with those that a person described; an id of the table stays with the table. */
export function agentsWith(custom: readonly CustomAgent[]): readonly Agent[] {
  return [...agents, ...custom.filter(({ id }) => !agents.some(agent => agent.id === id)).map(agentFrom)];
}

export function agentOf(id: string, custom: readonly CustomAgent[] = []): Agent | undefined {
  return agentsWith(custom).find(agent => agent.id === id);
}
