import { type Command, type Program, type Said } from '../core/program.ts';
import { readArguments, type Arguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';
import { installed, installer, isOutside } from './packages/installs.ts';

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
  pip: installer('pip'),
  pip3: installer('pip'),
  pipx: installer('pipx'),
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

/** Those whose other verbs a table holds. */
export function withInstalls(tables: Readonly<Record<string, Program>>): Readonly<Record<string, Program>> {
  return Object.fromEntries(['cargo', 'gem', 'brew'].map(name => [name, installer(name, tables[name])]));
}

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
  const members = workspacesOf(program?.text ?? '', readArguments(rest, { values }));
  if (program?.text === 'yarn' && verb.text === 'workspace' && name)
    return manager({
      ...command,
      words: [program, { ...name, text: `--workspace=${name.text}` }, ...operands.slice(2)],
    });
  const run = (word: Word) => [script(word, folder, members)];
  if (program?.text === 'yarn' && verb.text === 'workspaces') {
    const each = operands[operands.findIndex(it => it.text === 'run') + 1];
    return each && each !== verb ? [script(each, folder, '*')] : [];
  }
  if (program?.text === 'bun') {
    const files = (verb.text === 'test' || verb.text === 'run' ? operands.slice(1) : [verb]).filter(
      isProgram,
    );
    if (files.length) return files.map(followed);
  }
  // yarn and bun run a program of a package by the same verb.
  if (running.has(verb.text) && name && /^(?:yarn|bun)$/.test(program?.text ?? ''))
    return [...run(name), commandOf(name, rest)];
  if (running.has(verb.text)) return name ? run(name) : [];
  if (lifecycle.has(verb.text)) return run({ ...verb, text: verb.text.startsWith('t') ? 'test' : verb.text });
  if (/^(?:exec|x|dlx)$/.test(verb.text))
    return fetched({ ...command, words: [verb, ...rest.slice(rest.indexOf(verb) + 1)] });
  const outside = installed('npm', rest);
  if (outside.length) return outside;
  // `yarn npm publish` of Yarn 2 and later.
  if (program?.text === 'yarn' && verb.text === 'npm' && name)
    return manager({ ...command, words: [{ ...program, text: 'npm' }, ...operands.slice(1)] });
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
  if (program?.text === 'npm') return [];
  return [...run(verb), commandOf(verb, rest)];
}

/** A program of a package that the project has: `yarn prisma db push`. */
function commandOf(verb: Word, rest: readonly Word[]): Said {
  const words = rest.slice(rest.indexOf(verb));
  return { nested: 'words', words, at: [verb.at[0], words.at(-1)?.at[1] ?? verb.at[1]], otherwise: [] };
}

function script(name: Word, folder: string | undefined, workspace: string | undefined): Said {
  return {
    does: 'follow',
    lead: {
      to: 'script',
      manifest: folder ? `${folder}/package.json` : 'package.json',
      name: name.text,
      ...(workspace !== undefined && { workspace }),
    },
    at: name.at,
  };
}

/** Which workspaces it runs in; `*` for all, and for a choice that is more than a name or a path. */
function workspacesOf(program: string, { has, value, flags }: Arguments): string | undefined {
  if (flags.some(it => it.text === '-ws')) return '*';
  const which =
    program === 'pnpm'
      ? value('--filter', '-F')?.text
      : value('--workspace', '--filter', ...(program === 'npm' ? ['-w'] : []))?.text;
  if (which !== undefined) return /^[@\w./*-]+$/.test(which) && !which.includes('...') ? which : '*';
  const all = program === 'pnpm' ? ['-r', '--recursive'] : ['--workspaces'];
  return has(...all) ? '*' : undefined;
}

function isProgram({ text }: Word): boolean {
  return /\.[cm]?[jt]sx?$/.test(text);
}

function followed({ text, at }: Word): Said {
  return { does: 'follow', lead: { to: 'file', path: text, as: 'javascript' }, at };
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
  const name = withoutVersion(first.text);
  const from = [first, value('--from', '--with', '-p', '--package')].filter(it => it && isOutside(it.text));
  return [
    ...from.map((it): Said => ({
      does: 'run',
      program: it?.text ?? '',
      origin: 'download',
      at: it?.at ?? first.at,
    })),
    {
      nested: 'words',
      words: [{ ...first, text: name }, ...more],
      at: [first.at[0], (more.at(-1) ?? first).at[1]],
    },
  ];
}

/** `@scope/name@1.2.3` is `@scope/name`, and `@scope/cli` the program of that scope. */
function withoutVersion(name: string): string {
  const at = name.lastIndexOf('@');
  const plain = at > 0 && at > name.lastIndexOf('/') ? name.slice(0, at) : name;
  return /^@([\w-]+)\/cli$/.exec(plain)?.[1] ?? plain;
}
