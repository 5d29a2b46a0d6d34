import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { variablesIn } from '../core/envFile.ts';
import { environmentBy, type Environments } from '../core/environment.ts';
import type { SecretFact } from '../core/model.ts';
import { across, environmentOf, type Origin } from '../core/origin.ts';
import { hostOf } from '../core/urls.ts';
import { hasShims } from './shims.ts';
import { reason } from './state.ts';
import { contentOf } from './world/regular.ts';

/** A value and what is known of it, or a sentence that says why there is none. The sentence holds no value. */
export type Got =
  | { readonly value: string; readonly environment?: string; readonly file?: string }
  | { readonly problem: string };

export interface Around {
  /** Where paths begin, absolute. */
  readonly cwd: string;
  /** The folder whose env files are looked through where no source is named, absolute. */
  readonly workspace: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly environments: Environments;
  /** A person's own programs, by id: absolute. */
  readonly programs: Readonly<Record<string, string>>;
  /** What a person stored in the editor; asks the person where that is needed. */
  readonly window: (name: string) => Promise<Got>;
  /** Whether something of that name is stored there. Asks nobody. */
  readonly isStored: (name: string) => Promise<boolean>;
}

/** The value of a secret from its origin. Never rejects, and is back within a minute and a person's time. */
export async function valueOf(origin: Origin, name: string, from: string, around: Around): Promise<Got> {
  const got = await fetched(origin, name, around).catch((error: unknown): Got => ({
    problem: `cannot get \`${name}\`: ${reason(error)}`,
  }));
  if ('problem' in got) return got;
  if (got.value.includes('\0'))
    return { problem: `cannot use \`${name}\`: a zero stands in it, which no variable can hold` };
  const environment = got.environment ?? environmentOfValue(name, from, got, around.environments);
  return { ...got, ...(environment !== undefined && { environment }) };
}

/** What is known of a secret without getting it from anybody: no program is started for it, and nobody is asked. */
export async function secretFact(
  origin: Origin,
  { name, from }: { readonly name: string; readonly from: string },
  around: Around & { readonly stored: (name: string) => { readonly environment?: string } | undefined },
  pin: string,
): Promise<SecretFact> {
  const [place] = origin.kind === 'anywhere' ? await placesOf(name, around) : [];
  const where: Origin =
    place === undefined
      ? origin
      : place === 'vscode'
        ? { kind: 'window', name }
        : { kind: 'file', path: place, key: name };
  const got =
    where.kind === 'file' || where.kind === 'variable'
      ? await fetched(where, name, around).catch((): Got => ({ problem: '' }))
      : undefined;
  const found = got ? !('problem' in got) : where.kind !== 'anywhere';
  const stored = where.kind === 'window' ? around.stored(where.name)?.environment : undefined;
  const known = got && !('problem' in got) ? got : { value: '' };
  const environment = stored ?? environmentOfValue(name, from || (place ?? ''), known, around.environments);
  const pinned = across(pin, environment);
  return {
    found,
    ...(environment !== undefined && { environment }),
    ...('file' in known && known.file !== undefined && { file: known.file }),
    ...(pinned !== undefined && { pinned }),
  };
}

/** The places where a secret of that name lies, as `--with` names them. */
export async function placesOf(name: string, around: Around): Promise<readonly string[]> {
  const files = await Promise.all(
    envFiles(around).map(async file => ((await variableIn(file, name)) === undefined ? [] : [file])),
  );
  const stored = await around.isStored(name);
  return [
    ...(stored ? ['vscode'] : []),
    ...files.flat().map(file => path.relative(around.cwd, file) || file),
  ];
}

/**
 * The names in the env files in which a secret without a source is looked for, each with its file as `--with` names it.
 * `namesIn` reads them. A file that cannot be read has none. Never rejects.
 */
export async function variablesAround(
  around: Pick<Around, 'cwd' | 'workspace'>,
  namesIn: (text: string) => readonly string[],
): Promise<readonly { readonly name: string; readonly from: string }[]> {
  const found = await Promise.all(
    envFiles(around).map(async file => {
      const content = await contentOf(file, largest);
      const names = content.found === 'bytes' ? namesIn(content.bytes.toString('utf8')) : [];
      return names.map(name => ({ name, from: path.relative(around.cwd, file) || file }));
    }),
  );
  return found.flat();
}

/** The texts of these env files, as far as they can be read. Never rejects. */
export async function textsAround(around: Pick<Around, 'cwd' | 'workspace'>): Promise<readonly string[]> {
  const contents = await Promise.all(envFiles(around).map(file => contentOf(file, largest)));
  return contents.flatMap(it => (it.found === 'bytes' ? it.bytes.toString('utf8') : []));
}

/** By a person's patterns for where the value leads, else by the words of its name, its source and its host. */
export function environmentOfValue(
  name: string,
  from: string,
  { value, file }: { readonly value: string; readonly file?: string },
  environments: Environments,
): string | undefined {
  const host = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? hostOf(value) : undefined;
  const named = host ? environmentBy(environments)('secret', { host }).environment : undefined;
  return named ?? environmentOf(host, name, from, file && path.basename(file));
}

async function fetched(origin: Origin, name: string, around: Around): Promise<Got> {
  switch (origin.kind) {
    case 'window':
      return around.window(origin.name);
    case 'variable': {
      const value = around.variables[origin.name];
      return value
        ? { value }
        : { problem: `cannot get \`${name}\`: there is no variable \`${origin.name}\` here` };
    }
    case 'file': {
      const file = path.resolve(around.cwd, origin.path);
      const value = await variableIn(file, origin.key);
      return value === undefined
        ? { problem: `cannot get \`${name}\`: \`${origin.path}\` sets no \`${origin.key}\`` }
        : { value, file };
    }
    case 'program':
      return printedBy(origin, name, around);
    case 'custom': {
      const program = Object.hasOwn(around.programs, origin.id) ? around.programs[origin.id] : undefined;
      return program === undefined
        ? { problem: `cannot get \`${name}\`: \`chaperone.secretPrograms\` has no \`${origin.id}\`` }
        : printed(program, [origin.name], name, origin.id, around);
    }
    case 'anywhere':
      return anywhere(name, around);
  }
}

async function anywhere(name: string, around: Around): Promise<Got> {
  const places = await placesOf(name, around);
  const [only, another] = places;
  if (only === undefined)
    return {
      problem: `cannot find \`${name}\`: it is neither in the editor's secret storage nor in an env file here. Say where it is: \`--with ${name}=SOURCE\``,
    };
  if (another !== undefined)
    return {
      problem: `\`${name}\` lies in several places. Say which one is meant: ${places.map(it => `\`--with ${name}=${it}\``).join(', ')}`,
    };
  return fetched(
    only === 'vscode' ? { kind: 'window', name } : { kind: 'file', path: only, key: name },
    name,
    around,
  );
}

/** From here up to the folder of the work: what is nearer stands first. */
function envFiles({ cwd, workspace }: Pick<Around, 'cwd' | 'workspace'>): readonly string[] {
  const folders: string[] = [];
  for (let folder = cwd; folders.length < 16; folder = path.dirname(folder)) {
    folders.push(folder);
    if (folder === workspace || folder === path.dirname(folder)) break;
  }
  return folders.flatMap(folder => {
    try {
      return fs
        .readdirSync(folder)
        .filter(name => /^\.env(?:\.[\w.-]+)?$|^[\w-]+\.env$/.test(name) && !pattern.test(name))
        .sort()
        .slice(0, 32)
        .map(name => path.join(folder, name));
    } catch {
      return [];
    }
  });
}

const pattern = /(?:example|sample|template|dist|defaults?)(?:\.|$)/i;
const largest = 1024 * 1024;

/** `undefined` where the file sets no such variable. Throws where there is no such file. */
async function variableIn(file: string, key: string): Promise<string | undefined> {
  const content = await contentOf(file, largest);
  if (content.found === 'nothing') throw new Error(`there is no file \`${file}\``);
  if (content.found === 'unreadable') throw new Error(content.why);
  return variablesIn(content.bytes.toString('utf8')).findLast(it => it.name === key)?.value || undefined;
}

async function printedBy(
  origin: Origin & { readonly kind: 'program' },
  name: string,
  around: Around,
): Promise<Got> {
  const program = absoluteOf(origin.program, around.variables);
  if (!program) return { problem: `cannot get \`${name}\`: \`${origin.program}\` is not installed here` };
  const got = await printed(program, origin.args, name, origin.program, around);
  if ('problem' in got || origin.prints === 'value') return got;
  const secret = fieldOf(got.value, 'SecretString');
  if (secret === undefined) return { problem: `cannot get \`${name}\`: AWS gave no text for it` };
  if (origin.field === undefined) return { value: secret };
  const value = fieldOf(secret, origin.field);
  return value === undefined
    ? { problem: `cannot get \`${name}\`: the secret has no key \`${origin.field}\`` }
    : { value };
}

/** Somebody may have to unlock it with a finger. */
const timeToPrint = 60_000;

/** What a program prints without the end of its line. What it says on failing may hold anything, and is not passed on. */
function printed(
  program: string,
  args: readonly string[],
  name: string,
  called: string,
  { cwd, variables }: Around,
): Promise<Got> {
  return new Promise(resolve => {
    const child = execFile(
      program,
      [...args],
      {
        cwd,
        env: { ...variables },
        timeout: timeToPrint,
        maxBuffer: largest,
        windowsHide: true,
        shell: false,
      },
      (error, stdout) => {
        const value = stdout.replace(/\r?\n$/, '');
        if (error) resolve({ problem: `cannot get \`${name}\` from \`${called}\`: ${failing(error)}` });
        else if (value) resolve({ value });
        else resolve({ problem: `cannot get \`${name}\` from \`${called}\`: it printed nothing` });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
}

function failing(error: Error & { code?: unknown; killed?: boolean; signal?: unknown }): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${largest / 1024} kB`;
  if (typeof error.code === 'number') return `it ended with exit status ${error.code}`;
  if (error.killed || error.signal) return `it did not end within ${timeToPrint / 1000} seconds`;
  return reason(Object.assign(new Error('it cannot be started'), { code: error.code }));
}

/** The program as PATH finds it; not by a relative entry, which would find one in whatever folder this is. */
function absoluteOf(
  program: string,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  return (variables['PATH'] ?? variables['Path'] ?? '')
    .split(path.delimiter)
    .filter(folder => path.isAbsolute(folder) && !hasShims(folder))
    .flatMap(folder => endings.map(ending => path.join(folder, program + ending)))
    .find(file => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

/** A text in a JSON object; a number or a truth value as JSON writes it. */
function fieldOf(json: string, key: string): string | undefined {
  try {
    const object = JSON.parse(json) as unknown;
    if (typeof object !== 'object' || object === null || !Object.hasOwn(object, key)) return undefined;
    const value = (object as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
