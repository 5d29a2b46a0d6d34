/** An agent that runs in a terminal, and how it is started there. */
export interface TerminalAgent {
  readonly name: string;
  readonly program: string;
  /** Variables that it logs in with. */
  readonly keys: readonly string[];
}

/** Agents with a command line of their own. Programs and variables: each one's own help or pages, November 2026; not all were run. */
export const terminalAgents: readonly TerminalAgent[] = [
  {
    name: 'Claude Code',
    program: 'claude',
    keys: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
  },
  { name: 'Codex', program: 'codex', keys: ['OPENAI_API_KEY', 'CODEX_API_KEY'] },
  { name: 'Gemini CLI', program: 'gemini', keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'] },
  { name: 'Copilot CLI', program: 'copilot', keys: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'] },
  { name: 'Qwen Code', program: 'qwen', keys: ['DASHSCOPE_API_KEY', 'OPENAI_API_KEY'] },
  { name: 'OpenCode', program: 'opencode', keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'] },
  { name: 'Cursor Agent', program: 'cursor-agent', keys: ['CURSOR_API_KEY'] },
  { name: 'Cline', program: 'cline', keys: [] },
  { name: 'Amp', program: 'amp', keys: ['AMP_API_KEY'] },
  { name: 'Auggie', program: 'auggie', keys: ['AUGMENT_SESSION_AUTH'] },
  { name: 'Factory Droid', program: 'droid', keys: ['FACTORY_API_KEY'] },
  { name: 'Goose', program: 'goose', keys: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'] },
  { name: 'aider', program: 'aider', keys: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'] },
];
