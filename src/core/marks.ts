/** A variable by which it is seen whose shell this is: an agent sets it for what it starts. */
export interface Mark {
  /** Its id in the table of agents, where it has one. */
  readonly agent: string;
  readonly name: string;
  readonly variable: string;
  /** Where others set that variable too: the value that is its own. */
  readonly value?: string;
  /** `typed`: what is typed into a shell that it started is told to none of its hooks. */
  readonly slips?: 'typed';
}

/*
 * The first that is there names the agent: Amp sets Claude Code's mark too, Kilo OpenCode's, and VS Code's agent marks
 * the Codex that it starts. Not here: what people's own terminals have as well (`CURSOR_TRACE_ID`, `JUNIE_DATA`). Each
 * from the agent's own sources or seen in a command it ran, November 2026; a model can unset them.
 */
export const marks: readonly Mark[] = [
  { agent: 'amp', name: 'Amp', variable: 'AMP_CURRENT_THREAD_ID' },
  { agent: 'amp', name: 'Amp', variable: 'AGENT', value: 'amp' },
  { agent: 'kilo', name: 'Kilo', variable: 'KILO' },
  { agent: 'codex', name: 'Codex', variable: 'CODEX_THREAD_ID', slips: 'typed' },
  { agent: 'codex', name: 'Codex', variable: 'CODEX_SANDBOX', slips: 'typed' },
  { agent: 'cursor', name: 'Cursor', variable: 'CURSOR_AGENT' },
  { agent: 'auggie', name: 'Auggie', variable: 'AUGMENT_AGENT' },
  { agent: 'copilot', name: 'Copilot CLI', variable: 'COPILOT_CLI' },
  { agent: 'qwen', name: 'Qwen Code', variable: 'QWEN_CODE' },
  { agent: 'gemini', name: 'Gemini CLI', variable: 'GEMINI_CLI' },
  { agent: 'antigravity', name: 'Antigravity', variable: 'ANTIGRAVITY_AGENT' },
  { agent: 'opencode', name: 'OpenCode', variable: 'OPENCODE' },
  { agent: 'goose', name: 'Goose', variable: 'GOOSE_TERMINAL' },
  { agent: 'grok', name: 'Grok Build', variable: 'GROK_AGENT' },
  { agent: 'cline', name: 'Cline', variable: 'CLINE_ACTIVE' },
  { agent: 'roo', name: 'Roo Code', variable: 'ROO_ACTIVE' },
  { agent: 'claude', name: 'Claude Code', variable: 'CLAUDECODE' },
  { agent: 'vscode', name: 'VS Code agent', variable: 'COPILOT_AGENT' },
  { agent: 'vscode', name: 'VS Code agent', variable: 'AI_AGENT', value: 'github_copilot_vscode_agent' },
  // Set for litellm, and inherited by what `/run` starts.
  { agent: 'aider', name: 'aider', variable: 'OR_APP_NAME', value: 'Aider' },
  { agent: 'another', name: 'An agent', variable: 'AI_AGENT' },
];

/** The variables of all of them. */
export const markVariables: readonly string[] = [...new Set(marks.map(it => it.variable))];

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

/**
 * What bash expands before each typed line, as `PS0`: nothing without a mark, else `ask` with where the history was at
 * the line before. From then on every line is kept in the history, for that is where it is read.
 */
export function typedPrompt(ask: string): string {
  const some = markVariables.map(name => `0\${${name}:+1}`).join('+');
  const keeping = '${PS0:$((chaperone_at=HISTCMD,HISTCONTROL=0,HISTIGNORE=0,0)):0}';
  return `\${chaperone=}\${chaperone[${some}]-$(. ${ask} "\${chaperone_at-}"||kill -INT $$)${keeping}}`;
}

/** What a shell asks by: without it, it asks no more. People start Claude Code in itself without its mark, and it has a hook. */
export const asksBy: ReadonlySet<string> = new Set([
  'PS0',
  'BASH_ENV',
  ...markVariables.filter(name => name !== 'CLAUDECODE'),
]);
