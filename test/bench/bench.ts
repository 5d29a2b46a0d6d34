import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { sqlDialects, type Attempt } from '../../src/core/model.ts';
import { decide } from '../../src/core/supervise.ts';
import { actionFor, attemptTo, paperLine, understanding } from '../support/line.ts';
import { understand } from '../../src/core/understand.ts';
import { Keyed, Values } from '../../src/system/traced/values.ts';
import { giants, otherGiants } from '../property/lines.ts';
import { median } from './median.ts';

/*
 * How fast it is, as ratios in one run: a decision in process against parsing the same line as JSON, and a whole hook
 * against the same Node doing nothing. Absolute times are printed for orientation; these machines differ.
 */

const root = path.resolve(import.meta.dirname, '../..');
const guard = path.join(root, 'dist/guard.js');

await decisions();
await longTexts();
traces();
if (!process.env.NOHOOKS) await hooks();

/** A decision over our own corpus, or the files of rows that are named: understanding alone, then the whole line without a disk. */
async function decisions(): Promise<void> {
  const files = process.argv.slice(2);
  const lines = (files.length ? files : [path.join(root, 'test/corpus/cases.jsonl')]).flatMap(attemptsIn);
  const line = paperLine();
  for (const attempt of lines) await decide(attempt, line);
  const understood: number[] = [];
  const decided: number[] = [];
  for (let round = 0; round < 5; round++)
    for (const attempt of lines) {
      const began = performance.now();
      understand(attempt, understanding);
      const between = performance.now();
      await decide(attempt, line);
      understood.push(between - began);
      decided.push(performance.now() - between);
    }
  console.log(`decisions over ${lines.length} lines, five rounds`);
  report('  understanding', understood);
  report('  the whole line, no disk', decided);
}

interface Row {
  readonly command?: string;
  readonly sql?: string;
  readonly dialect?: string;
}

/** Rows of `{command}` or `{sql, dialect}`, one a line. */
function attemptsIn(file: string): readonly Attempt[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Row)
    .flatMap(({ command, sql, dialect }) =>
      command !== undefined
        ? [attemptTo({ kind: 'shell', line: command, dialect: 'posix' })]
        : sql !== undefined
          ? [
              attemptTo({
                kind: 'sql',
                statement: sql,
                dialect: sqlDialects.find(it => it === dialect) ?? 'unknown',
              }),
            ]
          : [],
    );
}

/** Texts of 100,000 characters that a parser may stumble over, each judged once: the longest first. */
async function longTexts(): Promise<void> {
  const line = paperLine();
  const times: [string, number][] = [];
  for (const [name, of] of Object.entries({ ...giants, ...otherGiants })) {
    const attempt = attemptTo(actionFor(of(100_000)));
    const short = attemptTo(actionFor(of(60_000)));
    const began = performance.now();
    await decide(attempt, line);
    const between = performance.now();
    await decide(short, line);
    times.push([name, Math.max(between - began, performance.now() - between)]);
  }
  times.sort(([, a], [, b]) => b - a);
  console.log(`\n${times.length} shapes of 60,000 and 100,000 characters, the longest of each`);
  for (const [name, time] of times.slice(0, 8)) console.log(`  ${name.padEnd(34)} ${time.toFixed(1)} ms`);
}

/** Ten thousand credentials of which one stands in a command. The bar is 0.1 ms a look, and this fails above it. */
function traces(): void {
  const keyed = new Keyed();
  const values = new Values<number>(keyed);
  const all = Array.from({ length: 10_000 }, () => randomBytes(24).toString('base64url'));
  const began = process.cpuUsage();
  for (const [number, value] of all.entries())
    for (const mark of keyed.marksOf(value)) values.add(mark, number);
  const { user, system } = process.cpuUsage(began);
  const commands = all.map(
    value =>
      `curl -X POST https://api.example.com/graphql/v2 -H "Authorization: Bearer ${value}" -d '{"query":"{ me { id } }"}'`,
  );
  const looks: number[] = [];
  const parses: number[] = [];
  for (const [number, command] of commands.entries()) {
    const text = JSON.stringify({ command });
    const start = performance.now();
    const [met] = values.in(command);
    const between = performance.now();
    JSON.parse(text);
    parses.push(performance.now() - between);
    looks.push(between - start);
    if (met?.value !== number) throw new Error('a credential was not found');
  }
  const look = median(looks);
  console.log(
    `\n10,000 credentials, found in a command of ${commands[0]?.length} characters\n` +
      `  a look                     median ${(look * 1000).toFixed(1)} µs, ${(look / median(parses)).toFixed(1)} × parsing it as JSON\n` +
      `  to know them               ${((user + system) / 1000).toFixed(0)} ms of processor time`,
  );
  if (look > 0.1) throw new Error('a look takes longer than 0.1 ms');
}

function report(name: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
  console.log(`${name.padEnd(28)} median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
}

/** Whole processes in turn, so that the machine's moods fall on all alike: bare Node, a hook with a window, a hook alone. */
async function hooks(): Promise<void> {
  const stage = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const [workspace, state, nowhere] = ['workspace', 'state', 'nowhere'].map(name =>
    path.join(stage, name),
  ) as [string, string, string];
  mkdirSync(workspace);
  const approver = spawn(process.execPath, [guard, 'approve', '--answer', 'deny', '--state', state], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise(resolve => approver.stdout.once('data', resolve));
  const payload = JSON.stringify({
    session_id: 'bench',
    cwd: workspace,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'git status && npm test' },
  });
  const hook = (folder: string) => [
    process.execPath,
    guard,
    'hook',
    'claude',
    'PreToolUse',
    '--state',
    folder,
  ];
  const quick = path.join(root, 'dist/hook.sh');
  const ways: Readonly<Record<string, readonly string[]>> = {
    'bare node -e 0': [process.execPath, '-e', '0'],
    'hook, window open': ['sh', quick, ...hook(state)],
    'the same by Node': hook(state),
    'hook, alone': ['sh', quick, ...hook(nowhere)],
  };
  const times = new Map(Object.keys(ways).map(name => [name, [] as number[]]));
  try {
    for (let round = 0; round < 31; round++)
      for (const [name, args] of Object.entries(ways))
        times.get(name)?.push(await took(args, payload, workspace));
  } finally {
    approver.kill('SIGTERM');
    rmSync(stage, { recursive: true, force: true });
  }
  const bare = median((times.get('bare node -e 0') ?? []).slice(1));
  console.log('\nwhole processes, 30 rounds in turn');
  for (const [name, all] of times) {
    const typical = median(all.slice(1));
    console.log(
      `  ${name.padEnd(26)} median ${typical.toFixed(1)} ms, ${(typical / bare).toFixed(2)} × bare`,
    );
  }
}

function took([program = '', ...args]: readonly string[], payload: string, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, { cwd, stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', () => resolve(performance.now() - began));
    child.stdin.on('error', () => undefined);
    child.stdin.end(payload);
  });
}
