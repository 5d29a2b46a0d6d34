import type { Agent } from '../core/agent.ts';
import { claude } from './claude/index.ts';
import { cline } from './cline/index.ts';
import { codex } from './codex/index.ts';
import { copilot } from './copilot/index.ts';
import { gemini } from './gemini/index.ts';
import { kilo } from './kilo/index.ts';
import { opencode } from './opencode/index.ts';
import { qwen } from './qwen/index.ts';
import { vscode } from './vscode/index.ts';

import { vscode } from './vscode/index.ts';

/*
 * The table of agents. To add one: `agents/<id>/index.ts`, its row here, and in test/agents/<id>/ one JSON a hook (a
 * real payload, the attempt, the replies) and its wiring before and after. No other file: what an agent needs that
 * the contract lacks is a field of `core/agent.ts`.
 */
export const agents: readonly Agent[] = [vscode, claude, codex, copilot, gemini, qwen, opencode, kilo, cline];

export function agentOf(id: string): Agent | undefined {
  return agents.find(agent => agent.id === id);
}
