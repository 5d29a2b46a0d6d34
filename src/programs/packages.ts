import { type Command, type Program, type Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';

/** Package managers: what their scripts run, what they publish, which program they fetch to run it. */
export const packages: Readonly<Record<string, Program>> = {
  npm: manager,
  pnpm: manager,
  yarn: manager,
  bun: manager,
  npx: fetched,
  bunx: fetched,
  pnpx: fetched,
  uvx: fetched,
};

const values = [
  '--prefix',
  '-C',
  '--dir',
  '--cwd',
  '-w',
  '--workspace',
  '--filter',
  '-F',
  '--registry',
  '--tag',
  '--otp',
  '--loglevel',
];
const running = new Set(['run', 'run-script', 'rum', 'urn']);
const lifecycle = new Set(['test', 't', 'tst', 'start', 'stop', 'restart']);

/** What npm, pnpm, yarn and bun do with a verb (not checked against their command references). */
function manager(command: Command): readonly Said[] {
  const [program, ...rest] = command.words;
  const { operands, value, all } = readArguments(rest, {
    values: [...values, ...(program?.text === 'bun' ? ['-e', '--eval', '-p', '--print'] : [])],
  });
  const inline = program?.text === 'bun' ? all('-e', '--eval', '-p', '--print') : [];
  if (inline.length)
    return inline.map(({ text, at }): Said => ({ nested: 'code', language: 'javascript', text, at }));
  const [verb, name] = operands;
  if (!verb) return [];
  const folder = value('--prefix', '-C', '--dir', '--cwd')?.text;
  if (running.has(verb.text)) return name ? [script(name, folder)] : [];
  if (lifecycle.has(verb.text))
    return [script({ ...verb, text: verb.text.startsWith('t') ? 'test' : verb.text }, folder)];
  if (/^(?:exec|x|dlx)$/.test(verb.text))
    return fetched({ ...command, words: [verb, ...rest.slice(rest.indexOf(verb) + 1)] });
  if (verb.text === 'publish') return [{ does: 'publish', what: 'package', force: 'no' }];
  if (/^(?:unpublish|deprecate)$/.test(verb.text))
    return [
      {
        does: 'destroy',
        what: 'code',
        service: program?.text ?? 'npm',
        name: name?.text ?? 'package',
        all: false,
      },
    ];
  // yarn, pnpm and bun take a script's name without `run`; where there is no such script the lead leads nowhere.
  return program?.text === 'npm' ? [] : [script(verb, folder)];
}

function script(name: Word, folder: string | undefined): Said {
  return {
    does: 'follow',
    lead: { to: 'script', manifest: folder ? `${folder}/package.json` : 'package.json', name: name.text },
    at: name.at,
  };
}

/** `npx rimraf dist` is `rimraf dist`. */
function fetched({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, value } = readArguments(rest, {
    values: ['-p', '--package', '-c', '--call', '--from', '--with', '--python'],
    early: true,
  });
  const call = value('-c', '--call');
  if (call) return [{ nested: 'shell', text: call.text, at: call.at }];
  const [first, ...more] = operands;
  if (!first) return [];
  const name = first.text.replace(/(.)@[^/]*$/, '$1');
  return [
    {
      nested: 'words',
      words: [{ ...first, text: name }, ...more],
      at: [first.at[0], (more.at(-1) ?? first).at[1]],
    },
  ];
}
