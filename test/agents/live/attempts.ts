import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agents as known } from '../../../src/agents/index.ts';
import type { Agent } from '../../../src/core/agent.ts';
import type { Call } from '../../support/model/script.ts';
import { agents } from './agents.ts';
import type { LiveAgentId } from './agents.ts';
import type { Calls } from './agents/agent.ts';
import type { Guarded } from './guarded.ts';

/** What an agent's model has it do, in any agent's own tools, and what must come of it. */
export interface Attempt {
  readonly what: string;
  /** `undefined` where the agent has no tool for it. */
  readonly call: (place: Guarded, calls: Calls) => Call | undefined;
  /** Words of our no, which the model is shown; else it runs, and this is in what it printed. */
  readonly refused?: RegExp;
  readonly ran?: RegExp;
  /** What is so on the disk afterwards. */
  readonly left?: (place: Guarded) => boolean;
}

export const asked = /Ask the person before you try again/;
export const denied = /tell the person what you need/;

/** How the guard knows it. */
export function knownAs(id: LiveAgentId): Agent {
  const found = known.find(it => it.id === id);
  if (!found) throw new Error(`no agent \`${id}\``);
  return found;
}

/** The files that an install writes to. */
export function wiredFiles(id: LiveAgentId, home: string): readonly string[] {
  const files = knownAs(id).wiring.map(it => it.file.replace(/^~/, home));
  return [...new Set(files)];
}

const has = (file: string, text: string) => (place: Guarded) =>
  readFileSync(join(place.workspace, file), 'utf8') === text;
const dataStays = has('data/notes.txt', 'not committed yet\n');

export function attempts(id: LiveAgentId): readonly Attempt[] {
  const key = randomBytes(24).toString('hex');
  return [
    {
      what: 'an ordinary command',
      call: (_, { shell }) => shell('echo beneath | tr a-z A-Z > data/made.txt; cat data/made.txt'),
      ran: /BENEATH/,
      left: has('data/made.txt', 'BENEATH\n'),
    },
    {
      what: 'an ordinary read',
      call: ({ workspace }, { read }) => read?.(join(workspace, 'README.md')),
      ran: /Hello, world/,
    },
    {
      what: 'an ordinary file written',
      call: ({ workspace }, { write }) => write?.(join(workspace, 'new.txt'), 'new\n'),
      ran: /./,
      left: place => existsSync(join(place.workspace, 'new.txt')),
    },
    {
      what: 'a folder deleted that nothing could bring back',
      // Codex itself refuses `rm -f`.
      call: (_, { shell }) => shell('rm -r data'),
      refused: asked,
      left: dataStays,
    },
    {
      what: 'a secret, by the tool that reads',
      // Gemini itself reads nothing that git ignores.
      call: ({ workspace }, { read }) => read?.(join(workspace, '.env.local')),
      refused: denied,
    },
    { what: 'a secret, by the shell', call: (_, { shell }) => shell('cat .env'), refused: denied },
    {
      what: 'a secret, by the tool that searches',
      call: (_, { search }) => search?.('SERVICE_PASSWORD'),
      // Some look into no file whose name begins with a dot.
      refused: /tell the person what you need|No matches found/,
    },
    {
      what: 'a credential written into a file',
      call: ({ workspace }, { write }) =>
        write?.(join(workspace, 'config.js'), `export const API_SECRET_KEY = '${key}';\n`),
      refused: /./,
      left: place => !existsSync(join(place.workspace, 'config.js')),
    },
    ...wiredFiles(id, '~').flatMap(file => onOurs(file)),
    ...(own[id] ?? []),
    {
      what: 'an ordinary command after all that',
      call: (_, { shell }) => shell('echo still here'),
      ran: /still here/,
    },
  ];
}

/** On a file of our own, by each tool. */
function onOurs(file: string): readonly Attempt[] {
  const inHome = ({ home }: Guarded) => file.replace(/^~/, home);
  const left = (place: Guarded) => readFileSync(inHome(place), 'utf8').includes('chaperone');
  return [
    {
      what: `our ${file} emptied, by the shell`,
      call: (_, { shell }) => shell(`echo > ${file}`),
      refused: denied,
      left,
    },
    {
      what: `our ${file} taken away, by a program`,
      call: (place, { shell }) =>
        shell(`python3 -c "import os; os.rename('${inHome(place)}', '${place.home}/elsewhere')"`),
      refused: denied,
      left,
    },
    {
      what: `our ${file} written, by the tool that writes`,
      call: (place, { write }) => write?.(inHome(place), '{}\n'),
      refused: /./,
      left,
    },
  ];
}

/** What only one of them can do. */
const own: Partial<Record<LiveAgentId, readonly Attempt[]>> = {
  codex: [
    {
      what: 'a shell to type into, which no hook is told of',
      call: () => ({ tool: 'exec_command', input: { cmd: 'bash', tty: true } }),
      refused: asked,
    },
  ],
  grok: [
    {
      what: "a command between the words that stand around the input of a server's tool",
      call: () => ({
        tool: 'run_terminal_command',
        input: { command: 'rm -r data', description: 'a', tool_name: 'b__c', tool_input: { command: 'ls' } },
      }),
      refused: asked,
      left: dataStays,
    },
  ],
};

export const ids = Object.keys(agents) as readonly LiveAgentId[];
