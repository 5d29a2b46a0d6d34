import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { isWithin, normal } from '../core/paths.ts';
import { plainWords } from '../core/plainWords.ts';
import type { Machine, Rotating } from '../core/ports.ts';
import { reason } from './state.ts';
import { contentNow } from './world/regular.ts';

export interface RotatingGiven {
  readonly machine: Machine;
  /** Where its name is looked for: the value of `PATH`. */
  readonly path: string;
  /** The folders an agent works in. */
  readonly workspace: () => readonly string[];
  /** The kind of a credential that stands in a text, and its line. */
  readonly exposes: (text: string) => { readonly kind: string; readonly line: number } | undefined;
  /** A text without credentials, and without these values in any form. */
  readonly masked: (text: string, values: readonly string[]) => string;
}

/** Commands that replace a secret, looked at before they run: whoever can write their files could have written anything. */
export function rotating(given: RotatingGiven): Rotating {
  return {
    examine: async line => {
      const words = plainWords(line);
      if (!words) return refused('it is more than one program and its words: put it into a script');
      const program = found(words[0] as string, given);
      if (!program)
        return refused(`\`${words[0]}\` is not found: give the whole path of a program that can be run`);
      const files = [program, ...words.slice(1).filter(isFile)].map(it => fs.realpathSync(it));
      const looked = files.map(file => lookAt(file, given));
      return {
        argv: [program, ...words.slice(1)],
        problems: looked.flatMap(it => it.problems),
        doubts: looked.flatMap(it => it.doubts),
        marks: Object.fromEntries(looked.flatMap(({ file, mark }) => (mark ? [[file, mark]] : []))),
      };
    },
    run: (argv, { cwd, env, hide, signal }) =>
      new Promise(resolve => {
        const child = spawn(argv[0] as string, argv.slice(1), {
          cwd,
          env: { ...process.env, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: posix,
          windowsHide: true,
        });
        let output = '';
        // What is cut in the middle might be half a value: everything is masked in one piece.
        const hear = (chunk: Buffer) =>
          (output = output.length < mostOutput ? output + chunk.toString('utf8') : output);
        child.stdout.on('data', hear);
        child.stderr.on('data', hear);
        const stop = () => end(child.pid);
        const late = setTimeout(stop, patience);
        signal.addEventListener('abort', stop);
        const done = (exit: number | undefined, more = '') => {
          clearTimeout(late);
          signal.removeEventListener('abort', stop);
          resolve({ exit, output: given.masked(output + more, hide) });
        };
        child.on('error', error => done(undefined, reason(error)));
        child.on('close', exit => done(exit ?? undefined));
        if (signal.aborted) stop();
      }),
  };
}

const posix = process.platform !== 'win32';
/** Characters. */
const mostOutput = 256 * 1024;
const mostScript = 1024 * 1024;
/** Milliseconds: ten minutes. */
const patience = 600_000;

function refused(problem: string) {
  return { argv: [], problems: [problem], doubts: [], marks: {} };
}

function found(name: string, given: RotatingGiven): string | undefined {
  if (name.startsWith('~/')) return runnable(path.join(given.machine.home, name.slice(2)));
  if (path.isAbsolute(name)) return runnable(name);
  if (/[\\/]/.test(name)) return undefined;
  const folders = given.path.split(path.delimiter).filter(it => path.isAbsolute(it));
  return folders.map(folder => runnable(path.join(folder, name))).find(it => it !== undefined);
}

function runnable(file: string): string | undefined {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return isFile(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isFile(word: string): boolean {
  return path.isAbsolute(word) && (fs.statSync(word, { throwIfNoEntry: false })?.isFile() ?? false);
}

interface Looked {
  readonly file: string;
  readonly problems: readonly string[];
  readonly doubts: readonly string[];
  /** Of the content; none of a program that belongs to the system, which updates change. */
  readonly mark?: string;
}

function lookAt(file: string, { machine, workspace, exposes }: RotatingGiven): Looked {
  const { uid } = fs.statSync(file);
  const problems = posix ? writableByOthers(file) : [];
  if (posix && uid === 0 && process.getuid?.() !== 0) return { file, problems, doubts: [] };
  const content = contentNow(file, mostScript);
  const text = content && !content.subarray(0, 8192).includes(0) ? content.toString('utf8') : '';
  const exposed = exposes(text);
  const inside = workspace().some(it => isWithin(normal(file, machine), normal(it, machine), machine));
  return {
    file,
    problems: [
      ...problems,
      ...(exposed ? [`a credential (${exposed.kind}) stands in \`${file}\`, line ${exposed.line}`] : []),
    ],
    doubts: inside ? [`\`${file}\` lies in the workspace, where an agent can change it`] : [],
    mark: createHash('sha256')
      .update(content ?? `${fs.statSync(file).mtimeMs}`)
      .digest('hex'),
  };
}

/** The file and each folder above it: who can write one of them can put another program there. */
function writableByOthers(file: string): readonly string[] {
  const problems: string[] = [];
  for (let at = file; ; at = path.dirname(at)) {
    const { uid, gid, mode } = fs.statSync(at);
    // In a folder with this bit, only its owner can replace what is in it.
    const sticky = at !== file && (mode & 0o1000) !== 0;
    if (uid !== 0 && uid !== process.getuid?.()) problems.push(`\`${at}\` belongs to somebody else`);
    if (mode & 0o002 && !sticky) problems.push(`everybody can write to \`${at}\``);
    // A group of one's own has one's own number, by the custom of most systems.
    else if (mode & 0o020 && !sticky && gid !== 0 && gid !== process.getuid?.())
      problems.push(`a group can write to \`${at}\``);
    if (at === path.dirname(at)) return problems;
  }
}

/** With all that it started. */
function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(posix ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
