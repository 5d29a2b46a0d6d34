import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Node } from 'jsonc-parser';
import { nodeAt, plain, tree, type Path } from '../jsonc.ts';
import { locked } from '../lock.ts';
import { parts, reason, writePrivate } from '../state.ts';
import { readCurrent, replace, textIn } from '../wiring.ts';

/*
 * Files in which clients find the servers that they start. Before each that is a program, ours is put: its command becomes
 * an argument of ours. Only those words are written; all else in the file stays as it stands, comments too.
 */

/** The servers of a file that are guarded now, and those that are reached by HTTP. */
export type Guarded =
  | {
      readonly file: string;
      readonly changed: boolean;
      readonly guarded: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly problem: string };

export type LetGo = { readonly file: string; readonly changed: boolean } | { readonly problem: string };

/** The files that are there, of those in which clients look. */
export function usualFiles(folder: string, home: string): readonly string[] {
  const named = [
    ...['.vscode/mcp.json', '.cursor/mcp.json', '.mcp.json'].map(file => path.join(folder, file)),
    ...['.cursor/mcp.json', '.claude.json', '.gemini/settings.json', '.codeium/windsurf/mcp_config.json'].map(
      file => path.join(home, file),
    ),
    ...[
      ['.config', 'Code', 'User', 'mcp.json'],
      ['Library', 'Application Support', 'Code', 'User', 'mcp.json'],
      ['AppData', 'Roaming', 'Code', 'User', 'mcp.json'],
      ['.config', 'Claude', 'claude_desktop_config.json'],
      ['Library', 'Application Support', 'Claude', 'claude_desktop_config.json'],
      ['AppData', 'Roaming', 'Claude', 'claude_desktop_config.json'],
    ].map(names => path.join(home, ...names)),
  ];
  return [...new Set(named)].filter(file => fs.existsSync(file));
}

/** Of each file the servers that are guarded, those that are not, and those that cannot be; without files that hold none. */
export function serversOf(files: readonly string[]) {
  return files.flatMap(file => {
    try {
      const all = serversIn(textIn(readCurrent(file)), file);
      const names = (which: (it: Server) => boolean) => all.filter(which).map(it => it.name);
      return all.length
        ? [
            {
              file,
              guarded: names(it => it.ours > 0),
              open: names(it => it.command !== undefined && !it.ours),
              left: names(it => !it.command),
            },
          ]
        : [];
    } catch {
      return [];
    }
  });
}

/** Puts the guard before the servers of each file. Doing it again changes nothing. Never rejects. */
export function guardServers(files: readonly string[], state: string): Promise<readonly Guarded[]> {
  return each(files, state, 'cannot guard MCP servers', (file, record) => {
    const current = readCurrent(file);
    if (!current.bytes) throw new Error(`\`${file}\` is not there`);
    const text = textIn(current);
    const servers = serversIn(text, file);
    const before = record.get(file);
    const bytes = Buffer.from(put(text, servers, state));
    if (!bytes.equals(current.bytes)) {
      // What it goes back to holds nothing of ours, even where servers were added since.
      const original =
        before?.wrote === hashOf(current.bytes)
          ? before.original
          : Buffer.from(taken(text, file, before)).toString('base64');
      record.set(file, { file, original, wrote: hashOf(bytes) });
      writeRecord(record, state);
      replace(current, bytes);
    }
    return {
      file,
      changed: !bytes.equals(current.bytes),
      guarded: servers.filter(it => it.command).map(it => it.name),
      left: servers.filter(it => !it.command).map(it => it.name),
    };
  });
}

/**
 * Takes it out again: a file that is as we wrote it becomes what it was, from any other exactly ours goes. Without files:
 * every file that is remembered. Never rejects.
 */
export async function letServersGo(files: readonly string[], state: string): Promise<readonly LetGo[]> {
  const all = files.length ? files : [...readRecord(state).keys()];
  return each(all, state, 'cannot take the guard from MCP servers', (file, record) => {
    const kept = record.get(file);
    const current = readCurrent(file);
    if (current.bytes) {
      const untouched = kept && kept.wrote === hashOf(current.bytes);
      const bytes = untouched
        ? Buffer.from(kept.original, 'base64')
        : Buffer.from(taken(textIn(current), file, kept));
      if (!bytes.equals(current.bytes)) replace(current, bytes);
      forget(file, record, state);
      return { file, changed: !bytes.equals(current.bytes) };
    }
    forget(file, record, state);
    return { file, changed: false };
  });
}

interface Server {
  readonly name: string;
  readonly node: Node;
  /** Its program; missing where it is reached otherwise. */
  readonly command?: Node;
  readonly args?: Node;
  /** How many arguments of ours stand before its own command; none where it is not guarded. */
  readonly ours: number;
}

/** Where clients keep their servers, by name: `*` is every key. */
const places: readonly Path[] = [
  ['servers'],
  ['mcpServers'],
  ['mcp', 'servers'],
  ['context_servers'],
  ['projects', '*', 'mcpServers'],
];

function serversIn(text: string, file: string): readonly Server[] {
  const root = tree(text.replace(/^\uFEFF/, ' '));
  if (!root) throw new Error(`\`${file}\` does not parse as JSON`);
  return places
    .flatMap(at => nodesAt(root, at))
    .flatMap(entriesOf)
    .flatMap(serverOf);
}

function nodesAt(root: Node, [step, ...rest]: Path): readonly Node[] {
  if (step === undefined) return [root];
  if (step === '*') return entriesOf(root).flatMap(([, node]) => nodesAt(node, rest));
  const next = nodeAt(root, [step]);
  return next ? nodesAt(next, rest) : [];
}

function entriesOf(node: Node): readonly (readonly [string, Node])[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [[String(key.value), value] as const] : [],
  );
}

function serverOf([name, node]: readonly [string, Node]): readonly Server[] {
  if (node.type !== 'object') return [];
  const [command, args, url] = ['command', 'args', 'url'].map(key => nodeAt(node, [key]));
  if (command?.type === 'string' && (!args || args.type === 'array'))
    return [{ name, node, command, ...(args && { args }), ours: oursIn(command, args) }];
  return url || nodeAt(node, ['httpUrl']) || nodeAt(node, ['serverUrl']) ? [{ name, node, ours: 0 }] : [];
}

/** `<state>/bin/chaperone mcp --name NAME --`, of whatever state. */
function oursIn(command: Node, args: Node | undefined): number {
  const words = args ? (plain(args) as readonly unknown[]) : [];
  const isOurs = /[\\/]bin[\\/]chaperone(?:\.cmd)?$/.test(String(command.value)) && words[0] === 'mcp';
  const mark = words.indexOf('--');
  return isOurs && mark > 0 && mark < words.length - 1 ? mark + 1 : 0;
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function put(text: string, servers: readonly Server[], state: string): string {
  const { launcher } = parts(state);
  return changed(
    text,
    servers.flatMap(({ name, command, args, ours }): readonly Change[] => {
      if (!command) return [];
      // Of another state, or from before: the launcher alone is written anew.
      if (ours) return [over(command, JSON.stringify(launcher))];
      const words = ['mcp', '--name', name, '--', String(command.value)].map(it => JSON.stringify(it));
      const list = words.join(', ');
      if (!args) return [over(command, `${JSON.stringify(launcher)}, "args": [${list}]`)];
      const more = args.children?.length ? ', ' : '';
      const start = args.offset + 1;
      return [over(command, JSON.stringify(launcher)), { from: start, to: start, text: `${list}${more}` }];
    }),
  );
}

/** The text with exactly what is ours taken out. */
function taken(text: string, file: string, kept: Kept | undefined): string {
  const before = kept ? serversIn(Buffer.from(kept.original, 'base64').toString('utf8'), file) : [];
  return changed(
    text,
    serversIn(text, file).flatMap(({ name, command, args, ours }): readonly Change[] => {
      const words = args?.children ?? [];
      const [was, next] = [words[ours], words[ours + 1]];
      if (!command || !args || !ours || was?.type !== 'string') return [];
      const own = over(command, JSON.stringify(was.value));
      const had = before.find(it => it.name === name);
      if (!next && had && !had.args) {
        // The list was made by us, behind the command.
        const from = command.offset + command.length;
        const between = text.slice(from, args.offset);
        if (/^\s*,\s*"args"\s*:\s*$/.test(between))
          return [own, { from, to: args.offset + args.length, text: '' }];
      }
      const first = words[0]?.offset ?? args.offset + 1;
      return [own, { from: first, to: next ? next.offset : was.offset + was.length, text: '' }];
    }),
  );
}

function over(node: Node, text: string): Change {
  return { from: node.offset, to: node.offset + node.length, text };
}

function changed(text: string, changes: readonly Change[]): string {
  return [...changes]
    .sort((a, b) => b.from - a.from)
    .reduce((rest, { from, to, text: fresh }) => rest.slice(0, from) + fresh + rest.slice(to), text);
}

/** What is remembered of a file that we wrote. */
interface Kept {
  readonly file: string;
  /** Its bytes before, in base64. */
  readonly original: string;
  /** The hash of what we wrote. */
  readonly wrote: string;
}

async function each<T>(
  files: readonly string[],
  state: string,
  what: string,
  work: (file: string, record: Map<string, Kept>) => T,
): Promise<readonly (T | { readonly problem: string })[]> {
  const folder = parts(state).wiring;
  const problem = (error: unknown) => ({ problem: `${what}: ${reason(error)}` });
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await locked(path.join(folder, 'lock'), () =>
      files.map(file => {
        try {
          return work(file, readRecord(state));
        } catch (error) {
          return problem(error);
        }
      }),
    );
  } catch (error) {
    return [problem(error)];
  }
}

function recordFile(state: string): string {
  return path.join(parts(state).wiring, 'mcp-servers.json');
}

function readRecord(state: string): Map<string, Kept> {
  try {
    const { files } = JSON.parse(fs.readFileSync(recordFile(state), 'utf8')) as { files: unknown };
    return new Map(
      (Array.isArray(files) ? (files as unknown[]) : []).filter(isKept).map(it => [it.file, it]),
    );
  } catch {
    return new Map();
  }
}

function writeRecord(record: ReadonlyMap<string, Kept>, state: string): void {
  writePrivate(recordFile(state), `${JSON.stringify({ version: 1, files: [...record.values()] })}\n`);
}

function forget(file: string, record: Map<string, Kept>, state: string): void {
  if (record.delete(file)) writeRecord(record, state);
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { file, original, wrote } = value as Record<string, unknown>;
  return [file, original, wrote].every(it => typeof it === 'string');
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
