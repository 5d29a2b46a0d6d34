import type { DenyList } from '../core/denyList.ts';

/*
 * Lists of their own in which agents are told what not to read. Most bind an agent's file tools and nothing that it starts:
 * each row says what is known, from where, and what is not confirmed.
 */

const lines = { is: 'lines' } as const;
const notTheShell = 'commands in its terminal, MCP servers';

export const denyLists: readonly DenyList[] = [
  {
    id: 'claude',
    for: ['claude'],
    agent: 'Claude Code',
    files: ['~/.claude/settings.json'],
    form: { is: 'entries', at: ['permissions', 'deny'], of: 'claude' },
    covers: 'Read, Grep, Glob, `@` mentions, and commands that name the file to `cat` and its like',
    leaves:
      'a program that works the name out itself; names that only a wider pattern takes, since it knows no exceptions',
    source: 'code.claude.com/docs/en/permissions; seen with 2.1.330, November 2026',
  },
  {
    id: 'cursor',
    for: ['cursor'],
    agent: 'Cursor',
    files: ['./.cursorignore'],
    form: lines,
    covers: 'search, Tab, Agent, Inline Edit and `@` mentions',
    leaves: notTheShell,
    source: 'cursor.com/docs/context/ignore-files, October 2026; not tried by us',
  },
  {
    id: 'gemini',
    for: ['gemini'],
    agent: 'Gemini CLI',
    files: ['./.geminiignore'],
    form: lines,
    covers: 'file tools and `@` mentions, after it is started anew',
    leaves: notTheShell,
    source: "its repository's documentation, November 2026; not tried by us",
  },
  {
    id: 'code-assist',
    agent: 'Gemini Code Assist',
    files: ['./.aiexclude'],
    form: lines,
    covers: 'what it takes as context',
    leaves: `${notTheShell}; whether \`!\` lines count is not confirmed`,
    source: 'not confirmed; known from its documentation, November 2026',
  },
  {
    id: 'windsurf',
    for: ['cascade', 'devin'],
    agent: 'Windsurf, Devin',
    files: ['./.codeiumignore'],
    form: lines,
    covers: 'indexing, and by its documentation edits',
    leaves: 'reading by its tools is not confirmed to be covered; commands in its terminal',
    source: 'docs.windsurf.com/context-awareness/windsurf-ignore, November 2026; not tried by us',
  },
  {
    id: 'cline',
    for: ['cline'],
    agent: 'Cline',
    files: ['./.clineignore'],
    form: lines,
    covers: 'file tools of the extension',
    leaves: '`@` mentions, commands, its SDK and command line; its makers call it deprecated and no boundary',
    source: 'its repository, November 2026; not tried by us',
  },
  {
    id: 'roo',
    agent: 'Roo Code',
    files: ['./.rooignore'],
    form: lines,
    covers: 'file tools, and commands that begin with `cat` or its like and name the file plainly',
    leaves: 'absolute paths, pipes and anything behind `;` or `&&`',
    source: 'its repository as of April 2026 (v3.52); not tried by us',
  },
  {
    id: 'junie',
    for: ['junie', 'qwen'],
    agent: 'Junie, AI Assistant, Qwen Code',
    files: ['./.aiignore'],
    form: lines,
    covers: 'file tools',
    leaves: notTheShell,
    source: "Qwen Code's documentation, November 2026; for the others not confirmed",
  },
  ...(
    [
      [
        'vscode',
        'linux',
        'linux',
        [
          '~/.config/Code/User/settings.json',
          '~/.local/share/code-server/User/settings.json',
          '~/.vscode-server/data/Machine/settings.json',
        ],
      ],
      ['vscode-mac', 'darwin', 'mac', ['~/Library/Application Support/Code/User/settings.json']],
      ['vscode-windows', 'win32', 'windows', ['~/AppData/Roaming/Code/User/settings.json']],
    ] as const
  ).map(([id, platform, key, files]): DenyList => ({
    id,
    agent: "VS Code's agent",
    for: ['vscode'],
    platform,
    files,
    form: { is: 'entries', at: [`chat.agent.sandbox.fileSystem.${key}`, 'denyRead'], of: 'paths' },
    covers:
      'commands in its terminal while `chat.agent.sandbox.enabled` is on: files that are there now, by their paths',
    leaves:
      'its read and search tools (those ask our hook), files made later, patterns: it takes none on Linux',
    source: 'the settings of VS Code 1.139, November 2026; not tried by us',
  })),
];
