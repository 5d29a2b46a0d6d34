import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Progress } from '../../src/core/report.ts';
import { detectors } from '../../src/secrets/index.ts';
import { thisMachine } from '../../src/system/machine.ts';
import { textOfFile } from '../../src/system/scan/read.ts';
import { workerScanner } from '../../src/system/scan/scanner.ts';

/*
 * The scanner beside plain secretlint over some 49 MB of installed packages as ordinary code, in turn and each in a process of
 * its own: what it finds there is a false alarm, and what it finds in the detectors' own examples is not. Ratios count.
 * secretlint keeps a mark of every rule and file and looks through all of them at each: without that, or it would not end.
 */

Object.defineProperty(performance, 'mark', { value: () => undefined });

const root = path.resolve(import.meta.dirname, '../..');
const megabyte = 1_000_000;
const rounds = Number(process.env.ROUNDS ?? 3);

const ways = {
  'ours with secretlint': () => scanned(false),
  'ours alone': () => scanned(true),
  'plain secretlint': linted,
};

interface Measured {
  readonly bytes: number;
  readonly files: number;
  readonly took: number;
  readonly sure: number;
  readonly doubtful: number;
  /** Megabytes at most. */
  readonly memory: number;
}

const [way] = process.argv.slice(2);
if (way) console.log(JSON.stringify(await ways[way as keyof typeof ways]()));
else await all();

async function all(): Promise<void> {
  const runs = new Map<string, Measured[]>(Object.keys(ways).map(name => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, measured] of runs) {
      const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, name], {
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(stderr);
      measured.push(JSON.parse(stdout) as Measured);
    }
  const plain = Math.min(...(runs.get('plain secretlint') ?? []).map(it => it.took));
  console.log(`ordinary code, the best of ${rounds} rounds in turn`);
  for (const [name, measured] of runs) {
    const { bytes, files, took, sure, doubtful, memory } = measured.toSorted(
      (a, b) => a.took - b.took,
    )[0] as Measured;
    console.log(
      `  ${name.padEnd(22)} ${(bytes / megabyte / (took / 1000)).toFixed(1)} MB/s, ${(took / plain).toFixed(2)} × plain, ${memory.toFixed(0)} MB of memory; ` +
        `${sure} certain and ${doubtful} other findings in ${files} files of ${(bytes / megabyte).toFixed(0)} MB`,
    );
  }
  await recall();
  await cancelled();
}

/** Packages until there are 49 MB of texts. */
function packages(): readonly string[] {
  const modules = fs.realpathSync(path.join(root, 'node_modules'));
  const chosen: string[] = [];
  let left = 49 * megabyte;
  for (const name of fs.readdirSync(modules).sort()) {
    const folder = path.join(modules, name);
    const size = filesIn([folder]).reduce((sum, file) => sum + file.text.length, 0);
    if (size > left) continue;
    left -= size;
    chosen.push(folder);
  }
  return chosen;
}

function filesIn(folders: readonly string[]): readonly { readonly file: string; readonly text: string }[] {
  return folders.flatMap(folder => {
    if (!fs.statSync(folder).isDirectory()) return [];
    return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry => {
      const file = path.join(entry.parentPath, entry.name);
      const read = entry.isFile() ? textOfFile(file, false) : { skip: 'special' as const };
      return 'text' in read ? [{ file, text: read.text }] : [];
    });
  });
}

function ours(alone: boolean) {
  return workerScanner({
    machine: thisMachine(),
    key: Buffer.alloc(32),
    hidden: [],
    program: path.join(root, 'dist/scanner.js'),
    ignored: { reason: () => undefined },
    alone,
  });
}

async function scanned(alone: boolean): Promise<Measured> {
  const paths = packages();
  const scanner = ours(alone);
  await scanner.file('/warm', 'x');
  const before = process.memoryUsage().rss;
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const { secrets, bytes, files, took } = await scanner.scan({ paths, ignored: true });
  clearInterval(watching);
  const sure = secrets.filter(it => it.sure).length;
  return { bytes, files, took, sure, doubtful: secrets.length - sure, memory: (most - before) / megabyte };
}

async function linted(): Promise<Measured> {
  const paths = packages();
  const names = filesIn(paths).map(({ file }) => file);
  await messagesIn('/warm', 'x');
  const before = process.memoryUsage().rss;
  let [bytes, sure, most] = [0, 0, before];
  const began = performance.now();
  for (const file of names) {
    const read = textOfFile(file, false);
    if (!('text' in read)) continue;
    bytes += read.bytes;
    sure += await messagesIn(file, read.text);
    most = Math.max(most, process.memoryUsage().rss);
  }
  const took = performance.now() - began;
  return { bytes, files: names.length, took, sure, doubtful: 0, memory: (most - before) / megabyte };
}

async function messagesIn(file: string, text: string): Promise<number> {
  const { messages } = await lintSource({
    source: { filePath: file, content: text, contentType: 'text', ext: path.extname(file) },
    options: { noPhysicFilePath: true, config: { rules: [{ id: 'preset', rule: creator }] } },
  });
  return messages.length;
}

/** The detectors' own examples, made as this runs: of course ours find them, and not all are kinds that secretlint means to. */
async function recall(): Promise<void> {
  const examples = detectors.flatMap(it => it.examples.catches);
  const [scanner, alone] = [ours(false), ours(true)];
  const found = { both: 0, alone: 0, plain: 0 };
  for (const text of examples) {
    if ((await scanner.file('/example.txt', text)).length) found.both++;
    if ((await alone.file('/example.txt', text)).length) found.alone++;
    if (await messagesIn('/example.txt', text)) found.plain++;
  }
  scanner.dispose();
  alone.dispose();
  console.log(
    `${examples.length} examples of ${detectors.length} kinds: ours with secretlint ${found.both}, ours alone ${found.alone}, plain secretlint ${found.plain}`,
  );
}

/** The same tree with progress, ended in the midst of it; and once more to its end, where nothing has changed since. */
async function cancelled(): Promise<void> {
  const paths = packages();
  const scanner = ours(false);
  const ending = new AbortController();
  let [told, aborted] = [0, 0];
  const progress = ({ done }: Progress) => {
    told++;
    if (done < 500 || aborted) return;
    aborted = performance.now();
    ending.abort();
  };
  const first = await scanner.scan({ paths, ignored: true, signal: ending.signal, progress });
  console.log(
    `cancelled: ${first.cancelled}, ${(performance.now() - aborted).toFixed(1)} ms after it was asked to, with ${first.files} files read and ${told} times told how far it was`,
  );
  const second = await scanner.scan({ paths, ignored: true, progress });
  const third = await scanner.scan({ paths, ignored: true });
  console.log(
    `to the end: ${second.files} files, ${second.unchanged} known already, ${(second.took / 1000).toFixed(1)} s, ${told} times told; again, unchanged: ${(third.took / 1000).toFixed(2)} s`,
  );
  scanner.dispose();
}
