import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/*
 * The folder in which Chaperone keeps what must last. Everything in it is the person's own and nobody else's: it holds
 * the tokens of windows, copies of agents' settings, and the program that hooks start.
 */

/** The paths of the parts of a state folder. They need not exist. */
export interface Parts {
  readonly ledger: string;
  readonly settings: string;
  /** What fingerprints of secrets are made with. */
  readonly key: string;
  /** When which secret was first seen, by fingerprint. */
  readonly ages: string;
  readonly windows: string;
  /** What terminals source. */
  readonly shell: string;
  /** What stands before programs on PATH, where a person chose so. */
  readonly shims: string;
  readonly wiring: string;
  readonly heard: string;
  /** Why a person ignores which secrets, by fingerprint. */
  readonly ignored: string;
  readonly bin: string;
  /** What hooks start. */
  readonly guard: string;
  /** What people and agents start: the same, with our Node. */
  readonly launcher: string;
}

export function parts(state: string): Parts {
  const bin = path.join(state, 'bin');
  return {
    ledger: path.join(state, 'ledger.jsonl'),
    settings: path.join(state, 'settings.json'),
    key: path.join(state, 'fingerprint.key'),
    ages: path.join(state, 'ages.jsonl'),
    heard: path.join(state, 'heard.json'),
    windows: path.join(state, 'windows'),
    shell: path.join(state, 'shell'),
    shims: path.join(state, 'shims'),
    wiring: path.join(state, 'wiring'),
    ignored: path.join(state, 'ignored.json'),
    bin,
    guard: path.join(bin, 'guard.js'),
    launcher: path.join(bin, posix ? 'chaperone' : 'chaperone.cmd'),
  };
}

/** The folder is there and private, or a sentence says why it cannot be. */
export type Folder = { readonly parts: Parts } | { readonly problem: string };

/** Makes the state folder and its parts private to this person, or says why that cannot be. */
export function stateFolder(state: string): Folder {
  const its = parts(state);
  for (const folder of [state, its.windows, its.wiring, its.bin, its.shell]) {
    const problem = privateFolder(folder);
    if (problem) return { problem };
  }
  return { parts: its };
}

/**
 * Where the state lies unless somebody says otherwise. Not for hooks: they are told where, because a workspace can
 * put words into their environment.
 */
export function defaultState(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = (name: string): string | undefined =>
    env[name] && path.isAbsolute(env[name]) ? env[name] : undefined;
  if (platform === 'win32')
    return path.join(given('LOCALAPPDATA') ?? path.join(home, 'AppData', 'Local'), 'Chaperone');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Chaperone');
  return path.join(given('XDG_STATE_HOME') ?? path.join(home, '.local', 'state'), 'chaperone');
}

/** Replaces a file as a whole: whoever reads sees the old or the new one. Only its owner can read it. Throws. */
export function writePrivate(file: string, content: string | Uint8Array, mode = 0o600): void {
  const fresh = path.join(path.dirname(file), `.${path.basename(file)}.${suffix()}`);
  try {
    const handle = fs.openSync(fresh, 'wx', mode);
    try {
      fs.writeFileSync(handle, content);
      if (posix) fs.fchmodSync(handle, mode);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    renamePatiently(fresh, file);
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
}

/** The words for an error of the file system, without the path that the sentence around it has already. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && words[code]) || code || message || String(error);
}

/**
 * Copies the guard into the state folder, so that a hook keeps its program when the extension's own folder is updated
 * or removed, and gives the path that hooks start. That file only leads to a folder named for its content: a guard
 * that is running keeps the files it began with, and windows that install at once write the same. Throws.
 */
export async function installProgram(state: string, from: string, version: string): Promise<string> {
  const { bin, guard } = parts(state);
  const files = await programFiles(from);
  const folder = `${version.replaceAll(/[^\w.-]/g, '_')}-${fingerprint(files)}`;
  fs.mkdirSync(path.join(bin, folder), { recursive: true, mode: 0o700 });
  touch(path.join(bin, folder));
  // A `package.json` further up, such as one in the home folder, must not say what kind of module these are.
  writeIfDifferent(path.join(bin, 'package.json'), Buffer.from('{"type":"commonjs"}\n'));
  for (const { name, content } of files) {
    const file = path.join(bin, folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeIfDifferent(file, content);
  }
  // What asks a window without Node loads nothing else, so that it needs no folder of its own.
  for (const { name, content } of await quickFiles(from)) writeIfDifferent(path.join(bin, name), content);
  const former = target(guard);
  writeIfDifferent(guard, Buffer.from(`require('./${folder}/guard.js');\n`));
  retire(bin, folder, former);
  writeIfDifferent(parts(state).launcher, Buffer.from(launcher(state)), 0o700);
  return guard;
}

const posix = process.platform !== 'win32';
const retention = 7 * 24 * 60 * 60 * 1000;
const leftOver = 60 * 60 * 1000;
const words: Readonly<Record<string, string>> = {
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else is in its place',
  ELOOP: 'its links lead in a circle',
};

function privateFolder(folder: string): string | undefined {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!posix) return undefined;
    const { uid } = fs.statSync(folder);
    if (uid !== process.getuid?.()) return `cannot use folder \`${folder}\`: it belongs to somebody else`;
    if (!open(folder)) return undefined;
    fs.chmodSync(folder, 0o700);
    return open(folder) ? `cannot use folder \`${folder}\`: others can read or change it` : undefined;
  } catch (error) {
    return `cannot use folder \`${folder}\`: ${reason(error)}`;
  }
}

function open(folder: string): boolean {
  return (fs.statSync(folder).mode & 0o077) !== 0;
}

function suffix(): string {
  return `${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
}

/** On Windows a virus scanner or a reader can hold a file for a moment. */
function renamePatiently(from: string, to: string): void {
  for (let left = posix ? 0 : 5; ; left--) {
    try {
      return fs.renameSync(from, to);
    } catch (error) {
      if (left === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

interface ProgramFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The files beside the guard and below that it may load: what the editor alone runs stays behind. */
async function programFiles(from: string): Promise<readonly ProgramFile[]> {
  const entries = await fs.promises.readdir(from, { withFileTypes: true, recursive: true });
  const names = entries
    .filter(entry => entry.isFile() && /\.(?:c?js|json|wasm|jar)$/.test(entry.name))
    .map(entry => path.relative(from, path.join(entry.parentPath, entry.name)))
    .filter(name => name !== 'extension.js')
    .sort();
  if (!names.includes('guard.js'))
    throw new Error(`cannot install the guard: \`${from}\` has no \`guard.js\``);
  return Promise.all(
    names.map(async name => ({ name, content: await fs.promises.readFile(path.join(from, name)) })),
  );
}

async function quickFiles(from: string): Promise<readonly ProgramFile[]> {
  const names = ['hook.sh', 'hook.pl'];
  return Promise.all(
    names.map(async name => ({ name, content: await fs.promises.readFile(path.join(from, name)) })),
  );
}

function fingerprint(files: readonly ProgramFile[]): string {
  const hash = createHash('sha256');
  for (const { name, content } of files) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, 12);
}

/** Starts the guard of this state with the Node that installed it: an editor's own is one by a variable. */
function launcher(state: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const [node, guard] = [process.execPath, parts(state).guard];
  if (!posix)
    return `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${node}" "${guard}" --state "${state}" %*\r\n`;
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(guard)} --state ${quoted(state)} "$@"\n`;
}

/** Writes only what is not there already. Throws. */
export function writeIfDifferent(file: string, content: Uint8Array, mode?: number): void {
  try {
    if (fs.readFileSync(file).equals(content)) return;
  } catch {
    // Not there, or not a file we can read: writing says what is wrong.
  }
  writePrivate(file, content, mode);
}

function target(guard: string): string | undefined {
  try {
    return /^require\('\.\/([\w.-]+)\/guard\.js'\)/.exec(fs.readFileSync(guard, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** A program that was replaced stays for a week, counted from now: a guard may still be running from it. */
function retire(bin: string, current: string, former: string | undefined): void {
  for (const name of fs.readdirSync(bin)) {
    if (
      name === current ||
      name === 'guard.js' ||
      name === 'package.json' ||
      name === path.basename(parts('').launcher)
    )
      continue;
    const left = path.join(bin, name);
    try {
      if (name === former) touch(left);
      else if (Date.now() - fs.statSync(left).mtimeMs > (name.endsWith('.tmp') ? leftOver : retention))
        fs.rmSync(left, { recursive: true, force: true });
    } catch {
      // Another window has just removed it.
    }
  }
}

/** A folder is as old as its last use: another window may be about to tidy up. */
function touch(folder: string): void {
  const now = Date.now() / 1000;
  fs.utimesSync(folder, now, now);
}
