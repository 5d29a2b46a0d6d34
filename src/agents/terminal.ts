/** An agent that runs in a terminal, and how it is started there. */
export interface TerminalAgent {
  readonly name: string;
  readonly program: string;
  /** Variables that it logs in with. */
  readonly keys: readonly string[];
  /** Hidden files that it cannot work without: where it keeps what it logged in with. */
  readonly stores: readonly string[];
}

/** Agents with a command line of their own. Programs and variables: each one's own help or pages, November 2026; not all were run. */
export const terminalAgents: readonly TerminalAgent[] = [
  {
    name: 'Claude Code',
    program: 'claude',
    keys: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
    stores: ['~/.claude/.credentials.json', '~/.claude.json'],
  },
  {
    name: 'Codex',
    program: 'codex',
    keys: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    stores: ['~/.codex/auth.json'],
  },
  {
    name: 'Gemini CLI',
    program: 'gemini',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    stores: ['~/.gemini/oauth_creds.json'],
  },
  {
    name: 'Copilot CLI',
    program: 'copilot',
    keys: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'],
    stores: ['~/.copilot/config.json'],
  },
  {
    name: 'Qwen Code',
    program: 'qwen',
    keys: ['DASHSCOPE_API_KEY', 'OPENAI_API_KEY'],
    stores: ['~/.qwen/oauth_creds.json'],
  },
  {
    name: 'OpenCode',
    program: 'opencode',
    keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'],
    stores: ['~/.local/share/opencode/auth.json'],
  },
  {
    name: 'Cursor Agent',
    program: 'cursor-agent',
    keys: ['CURSOR_API_KEY'],
    stores: ['~/.config/cursor/auth.json', '~/.cursor/auth.json'],
  },
  { name: 'Cline', program: 'cline', keys: [], stores: ['~/.cline/data/secrets.json'] },
  { name: 'Amp', program: 'amp', keys: ['AMP_API_KEY'], stores: ['~/.local/share/amp/secrets.json'] },
  { name: 'Auggie', program: 'auggie', keys: ['AUGMENT_SESSION_AUTH'], stores: ['~/.augment/session.json'] },
  {
    name: 'Factory Droid',
    program: 'droid',
    keys: ['FACTORY_API_KEY'],
    stores: ['~/.factory/auth.json', '~/.factory/auth.encrypted'],
  },
  {
    name: 'Goose',
    program: 'goose',
    keys: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'],
    stores: ['~/.config/goose/secrets.yaml'],
  },
  {
    name: 'Grok Build',
    program: 'grok',
    keys: ['XAI_API_KEY', 'GROK_CODE_XAI_API_KEY'],
    stores: ['~/.grok/auth.json', '~/.grok/mcp_credentials.json'],
  },
  { name: 'aider', program: 'aider', keys: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'], stores: [] },
];
