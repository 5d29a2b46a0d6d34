import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { base62, sample } from '../../src/core/detector.ts';
import { bench } from '../support/guard.ts';

/*
 * Real servers, the official client, and the built guard between them, in a workspace with a hidden file and a database.
 */

const root = path.resolve(import.meta.dirname, '../..');
export const its = bench();
export const state = its.state();
/** Must never be seen by a client. */
export const secret = `tok_${sample(base62, 44)}`;
export const database = path.join(its.folder, 'people.db');

fs.writeFileSync(path.join(its.folder, '.env'), `API_TOKEN="${secret}"\n`);
fs.writeFileSync(path.join(its.folder, 'notes.txt'), 'hello\nthere\n');
fs.writeFileSync(path.join(its.folder, 'large.txt'), `${'0123456789abcdef'.repeat(64)}\n`.repeat(4096));
const made = new DatabaseSync(database);
made.exec("CREATE TABLE people (name TEXT); INSERT INTO people VALUES ('Ada'), ('Grace')");
made.close();

/** How many people are in the table; nothing where there is none. */
export function people(): number | undefined {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return Number(opened.prepare('SELECT count(*) AS n FROM people').get()?.['n']);
  } catch {
    return undefined;
  } finally {
    opened.close();
  }
}

export const files = [
  process.execPath,
  path.join(root, 'node_modules/@modelcontextprotocol/server-filesystem/dist/index.js'),
  its.folder,
];
export const databases = [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  path.join(import.meta.dirname, 'database.ts'),
  database,
];

/** The command line by which a client starts a server behind the guard. */
export function guarded(server: readonly string[], name = 'it', inState = state): readonly string[] {
  return [process.execPath, its.guard, 'mcp', '--state', inState, '--name', name, '--', ...server];
}

export interface Connected {
  readonly client: Client;
  readonly transport: StdioClientTransport;
  readonly call: (name: string, input?: Readonly<Record<string, unknown>>) => Promise<CallToolResult>;
  readonly stderr: () => string;
}

export const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: its.home,
  XDG_RUNTIME_DIR: its.root,
};

/** The official client, connected to what the command starts. */
export async function connected(
  [command = '', ...args]: readonly string[],
  cwd = its.folder,
): Promise<Connected> {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { capabilities: { sampling: {}, roots: { listChanged: true } } },
  );
  const transport = new StdioClientTransport({ command, args, cwd, stderr: 'pipe', env: environment });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  await client.connect(transport);
  return {
    client,
    transport,
    call: async (name, input = {}) => (await client.callTool({ name, arguments: input })) as CallToolResult,
    stderr: () => stderr,
  };
}

/** Somebody who answers every question so, until it is told to stop. */
export async function somebody(answer: 'allow' | 'deny', inState = state): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [its.guard, 'approve', '--answer', answer, '--state', inState], {
    cwd: its.folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('Ctrl+C') && resolve());
    child.once('exit', () => reject(new Error('nobody came to answer')));
  });
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

export function textOf({ content }: CallToolResult): string {
  return content.map(it => (it.type === 'text' ? it.text : '')).join('');
}

/** A no by the guard: the tool's own error, with a reason. */
export function assertRefused(result: CallToolResult): void {
  assert.equal(result.isError, true, JSON.stringify(result));
  assert.match(textOf(result), /^Chaperone stopped this\./);
}
