/*
 * By what an agent's commands are known: variables that it sets for what it starts. Not proof: a command can take them away,
 * and some agents set another's. From std-env 4.3, am-i-vibing 0.5 and detect-agent 1.2, and seen in their shells (November
 * 2026).
 */

/** A row: the first that fits counts, so that whoever sets another's marks too stands before it. */
export interface Mark {
  /** Its id in the table of agents, or one of its own where it has no hooks. */
  readonly agent: string;
  readonly name: string;
  readonly variable: string;
  /** The value where any other means nothing. */
  readonly value?: string;
}

export const marks: readonly Mark[] = [
  { agent: 'amp', name: 'Amp', variable: 'AGENT', value: 'amp' },
  { agent: 'amp', name: 'Amp', variable: 'AMP_CURRENT_THREAD_ID' },
  { agent: 'kilo', name: 'Kilo', variable: 'KILO' },
  { agent: 'opencode', name: 'OpenCode', variable: 'OPENCODE' },
  { agent: 'vscode', name: 'VS Code agent', variable: 'COPILOT_AGENT' },
  { agent: 'vscode', name: 'VS Code agent', variable: 'AI_AGENT', value: 'github_copilot_vscode_agent' },
  { agent: 'copilot', name: 'Copilot CLI', variable: 'COPILOT_CLI' },
  { agent: 'codex', name: 'Codex', variable: 'CODEX_THREAD_ID' },
  { agent: 'codex', name: 'Codex', variable: 'CODEX_SANDBOX' },
  { agent: 'cursor', name: 'Cursor', variable: 'CURSOR_AGENT' },
  { agent: 'antigravity', name: 'Antigravity', variable: 'ANTIGRAVITY_AGENT' },
  { agent: 'qwen', name: 'Qwen Code', variable: 'QWEN_CODE' },
  { agent: 'gemini', name: 'Gemini CLI', variable: 'GEMINI_CLI' },
  { agent: 'auggie', name: 'Auggie', variable: 'AUGMENT_AGENT' },
  { agent: 'claude', name: 'Claude Code', variable: 'CLAUDECODE' },
  { agent: 'cline', name: 'Cline', variable: 'CLINE_ACTIVE' },
  { agent: 'roo', name: 'Roo Code', variable: 'ROO_ACTIVE' },
  { agent: 'goose', name: 'Goose', variable: 'GOOSE_TERMINAL' },
  { agent: 'another', name: 'An agent', variable: 'AI_AGENT' },
];

/** Names by id. */
export const markedNames: ReadonlyMap<string, string> = new Map(
  marks.map(({ agent, name }) => [agent, name]),
);

/** The agent whose marks an environment has. */
export function markedAgent(environment: ReadonlyMap<string, string>): string | undefined {
  return marks.find(({ variable, value }) => {
    const set = environment.get(variable);
    return set !== undefined && set !== '' && (value === undefined || set === value);
  })?.agent;
}
