import { Worker } from 'node:worker_threads';
import type { Ignored, Scanner } from '../../core/ports.ts';
import type { Ending, Progress, Report, Scan, Secret, Skip, Skipped } from '../../core/report.ts';
import type { Answer, Given, Listed, Looked, Request } from './messages.ts';

export interface ScannerGiven extends Pick<Given, 'machine' | 'key' | 'hidden' | 'alone'> {
  /** The bundle that the worker runs, absolute. */
  readonly program: string;
  readonly ignored: Pick<Ignored, 'reason'>;
  /** Milliseconds for one file, and for the list of files; ours where absent. */
  readonly patience?: { readonly file: number; readonly list: number };
}

/** A scanner that looks at a text too, for who must know whether it was looked at to its end. */
export interface WorkerScanner extends Scanner {
  readonly text: (file: string, text: string, signal?: Ending) => Promise<Looked>;
}

/**
 * Scans in a worker that is started when it is first needed, and ended and started anew when a file takes too long, takes
 * too much memory or breaks it: the file is then told as skipped, and the rest is read.
 */
export function workerScanner(given: ScannerGiven): WorkerScanner {
  const hand = new Hand(given);
  const known = new Map<string, Known>();
  const one = async (request: Request, signal?: Ending): Promise<Looked> => {
    let looked: Looked = { secrets: [], bytes: 0 };
    const outcome = await hand.ask(
      request,
      answer => {
        if (answer.is === 'found') looked = { secrets: answer.secrets, bytes: 0 };
        if (answer.is === 'looked') looked = answer;
      },
      signal,
    );
    const skip = outcome === 'done' ? looked.skip : outcome === 'slow' ? 'slow' : 'failed';
    return { secrets: minded(looked.secrets, given.ignored), bytes: looked.bytes, ...(skip && { skip }) };
  };
  return {
    scan: async scan => {
      const began = performance.now();
      const report = await scanned(scan, hand, known);
      return { ...report, secrets: minded(report.secrets, given.ignored), took: performance.now() - began };
    },
    file: async (path, text) =>
      (await one(text === undefined ? { do: 'read', files: [path] } : { do: 'text', file: path, text }))
        .secrets,
    text: (file, text, signal) => one({ do: 'text', file, text }, signal),
    dispose: () => hand.end(),
  };
}

/** A file that was read, as it was then. */
interface Known extends Looked {
  readonly mark: string;
}

function minded(secrets: readonly Secret[], { reason }: Pick<Ignored, 'reason'>): readonly Secret[] {
  return secrets.map(secret => {
    const why = reason(secret.fingerprint);
    return why === undefined ? secret : { ...secret, ignored: why };
  });
}

/** How many files may break the worker before it is given up: each costs its whole time. */
const mostBroken = 20;
/** A batch is what a worker is told at once: other requests wait for no more than that. */
const batch = { files: 64, bytes: 4 * 1024 * 1024 };

async function scanned(scan: Scan, hand: Hand, known: Map<string, Known>): Promise<Omit<Report, 'took'>> {
  const [files, skipped]: [Listed[], Skipped[]] = [[], []];
  const say = telling(scan.progress);
  const listed = await hand.ask(
    { do: 'list', paths: scan.paths, ignored: scan.ignored },
    answer => {
      if (answer.is !== 'listed') return;
      files.push(...answer.files);
      skipped.push(...answer.skipped);
      say({ files: files.length, done: 0, found: 0 });
    },
    scan.signal,
  );
  if (listed === 'slow' || listed === 'failed')
    skipped.push(...scan.paths.map(file => ({ file, why: listed })));

  const rest = files.filter(({ file, mark }) => known.get(file)?.mark !== mark);
  const unchanged = files.length - rest.length;
  let [bytes, found, broken] = [0, 0, 0];
  for (const { file, mark } of files)
    if (known.get(file)?.mark === mark) found += secretsOf(known, file).length;
  let outcome: Outcome = listed;
  for (
    let done = 0;
    done < rest.length && outcome !== 'ended' && outcome !== 'unstarted' && broken < mostBroken;
  ) {
    let partly: readonly Secret[] = [];
    const learn = (looked: Looked) => {
      const { file, mark } = rest[done++] as Listed;
      known.set(file, { ...looked, mark });
      partly = [];
      bytes += looked.bytes;
      found += looked.secrets.length;
      say({ files: files.length, done: unchanged + done, found });
    };
    const asked = batchOf(rest, done);
    const end = done + asked.length;
    outcome = await hand.ask(
      { do: 'read', files: asked },
      answer => {
        if (answer.is === 'found') partly = answer.secrets;
        if (answer.is === 'looked') learn(answer);
      },
      scan.signal,
    );
    if ((outcome === 'slow' || outcome === 'failed') && done < end) {
      broken++;
      learn({ secrets: partly, bytes: 0, skip: outcome });
    }
  }
  const seen = files.filter(({ file, mark }) => known.get(file)?.mark === mark);
  const report = {
    secrets: seen.flatMap(({ file }) => secretsOf(known, file)),
    files: seen.length,
    unchanged,
    bytes,
    skipped: [...skipped, ...seen.flatMap(({ file }) => skipOf(known, file))],
    cancelled: outcome === 'ended',
    ...(outcome === 'unstarted' && { failed: 'the program that looks for secrets does not start' }),
    ...(broken >= mostBroken && { failed: `${broken} files took too long, and the others were not read` }),
  };
  if (outcome !== 'ended') forget(known, files, scan.paths);
  return report;
}

function batchOf(rest: readonly Listed[], from: number): readonly string[] {
  let [to, bytes] = [from, 0];
  while (to < rest.length && to - from < batch.files && (to === from || bytes < batch.bytes))
    bytes += rest[to++]?.size ?? 0;
  return rest.slice(from, to).map(({ file }) => file);
}

function secretsOf(known: ReadonlyMap<string, Known>, file: string): readonly Secret[] {
  return known.get(file)?.secrets ?? [];
}

function skipOf(known: ReadonlyMap<string, Known>, file: string): readonly Skipped[] {
  const why = known.get(file)?.skip;
  return why ? [{ file, why }] : [];
}

/** What is gone is forgotten, and what could not be read is tried again. */
function forget(known: Map<string, Known>, files: readonly Listed[], paths: readonly string[]): void {
  const there = new Set(files.map(({ file }) => file));
  const again: ReadonlySet<Skip | undefined> = new Set(['unreadable', 'changing', 'failed']);
  for (const [file, { skip }] of known)
    if (
      again.has(skip) ||
      (!there.has(file) && paths.some(path => file === path || file.startsWith(`${path}/`)))
    )
      known.delete(file);
}

/** Told at once and then at most twenty times a second. */
function telling(progress: Scan['progress']): (now: Progress) => void {
  let last = -Infinity;
  return now => {
    if (!progress || (performance.now() - last < 50 && now.done < now.files)) return;
    last = performance.now();
    progress(now);
  };
}

/** How a request ended: `ended` by a person, `unstarted` where there is no worker to be had. */
type Outcome = 'done' | 'slow' | 'failed' | 'ended' | 'unstarted';

/** A worker that does one thing at a time, and can be ended at any. */
class Hand {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private over = false;
  private readonly given: ScannerGiven;

  constructor(given: ScannerGiven) {
    this.given = given;
  }

  /** Never rejects. `hear` is given all answers but the first and the last. */
  ask(request: Request, hear: (answer: Answer) => void, signal?: Ending): Promise<Outcome> {
    const turn = this.last.then(() =>
      this.over || signal?.aborted ? 'ended' : this.one(request, hear, signal),
    );
    this.last = turn;
    return turn;
  }

  end(): void {
    this.over = true;
    this.stop();
  }

  private stop(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private one(request: Request, hear: (answer: Answer) => void, signal?: Ending): Promise<Outcome> {
    const { file, list } = this.given.patience ?? { file: 5_000, list: 90_000 };
    const patience = request.do === 'list' ? list : file;
    return new Promise(resolve => {
      let ready = this.worker !== undefined;
      const worker = (this.worker ??= this.start());
      let timer: NodeJS.Timeout | undefined;
      const wait = (milliseconds: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => finish(ready ? 'slow' : 'unstarted'), milliseconds);
      };
      const ask = () => {
        worker.postMessage(request);
        wait(patience);
      };
      const heard = (answer: Answer) => {
        if (answer.is === 'end') return finish('done');
        if (answer.is === 'ready') {
          ready = true;
          return ask();
        }
        wait(patience);
        hear(answer);
      };
      const broke = () => finish(ready ? 'failed' : 'unstarted');
      const ended = () => finish('ended');
      const finish = (outcome: Outcome) => {
        clearTimeout(timer);
        worker.off('message', heard).off('error', broke).off('exit', exited);
        signal?.removeEventListener('abort', ended);
        if (outcome !== 'done') this.stop();
        else worker.unref();
        resolve(outcome);
      };
      const exited = () => (this.over ? ended() : broke());
      worker.on('message', heard).on('error', broke).on('exit', exited).ref();
      signal?.addEventListener('abort', ended);
      if (ready) ask();
      else wait(timeToStart);
    });
  }

  private start(): Worker {
    const { program, machine, key, hidden, alone } = this.given;
    const given: Given = { machine, key, hidden, ...(alone && { alone }) };
    const worker = new Worker(program, {
      workerData: given,
      // What secretlint tells of its own work when asked to is nobody's to read.
      env: { ...process.env, DEBUG: '' },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    // One that breaks while nobody asks it anything must not break us, nor be asked again.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    return worker;
  }
}

const timeToStart = 30_000;
