import { parseArgs } from 'node:util';
import { aged, agedWords, gravestFirst, type Aged, type KnownAges } from '../core/aged.ts';
import { grouped } from '../core/grouped.ts';
import { absolute, relative } from '../core/paths.ts';
import { isLive, type Report, type Secret, type Skip, type Staged } from '../core/report.ts';
import { label, visible } from '../core/visible.ts';
import { status, UsageError, type Cli, type Subcommand } from './cli.ts';

/** Secrets that stand in files, or in what is about to be committed. */
export const scan: Subcommand = {
  usage:
    'scan [PATH…] [--staged | --ignored] [--live] [--report] [--json | --quiet] | scan --install-hook | --uninstall-hook',
  summary: 'Looks for secrets in files or in what is staged; shows where and what kind, never a value.',
  more: `--staged   what git's index holds, whatever the files on the disk say; only lines that the last commit has not count
--ignored  everything that git ignores too; without it, of that only files that hold secrets by their name (.env)
--live     only what is without doubt a secret and not one for tests
--report   how old each is and when it is to be replaced: git's history says since when, else the first scan
--json     one JSON object: {secrets: [{fingerprint, file, line, column, endLine, endColumn, detector, title, provider,
           rating: {provider, reach, stage, lasts, expires?, environment?}, shown, sure, ignored?,
           firstSeen?, by?: commit or scan, due?}],
           former?: [the same, of lines that are committed already], files, unchanged, bytes, skipped: [{file, why}],
           took, cancelled, failed?}; lines and columns count from 1, \`took\` is in milliseconds, times are since 1970 in milliseconds

--quiet    not a word where nothing is found

--install-hook    puts a few lines into the pre-commit hook that git runs here: a commit that would add live secrets is stopped
                  unless you say \`--no-verify\`; where the scan fails or is gone, it says so and the commit passes
--uninstall-hook  takes them out again: the hook is as it was

A line with \`chaperone-ignore: REASON\` in it or on the line before is told as ignored where it is not without doubt a secret.

Exit status: ${status.fine} nothing found, ${status.found} found, ${status.failed} nothing found and not looked at to the end.`,
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        staged: { type: 'boolean' },
        ignored: { type: 'boolean' },
        live: { type: 'boolean' },
        report: { type: 'boolean' },
        json: { type: 'boolean' },
        quiet: { type: 'boolean' },
        'install-hook': { type: 'boolean' },
        'uninstall-hook': { type: 'boolean' },
      },
    });
    if (values['install-hook'] || values['uninstall-hook'])
      return changeHook(values['install-hook'] ? 'install' : 'uninstall', args, cli);
    if (values.staged && values.ignored)
      throw new UsageError('cannot scan: what is staged is not ignored, so give one of both');
    const paths = positionals.map(it => pathOf(it, cli));
    const report = values.staged
      ? await staged(paths, cli)
      : await files(paths, values.ignored ?? false, cli);
    const shown = values.live ? only(report, isLive) : report;
    const whole = isWhole(report);
    if (!values.quiet || !whole || shown.secrets.length)
      cli.write(await written(shown, values.report ?? false, values.json ?? false, cli));
    if (shown.secrets.some(it => it.ignored === undefined)) return status.found;
    return whole ? status.fine : status.failed;
  },
};

/** What is no text, or belongs to somebody else, is no part of what was to be looked at. */
function isWhole({ failed, cancelled, skipped }: Report): boolean {
  return failed === undefined && !cancelled && !skipped.some(({ why }) => /^(?:slow|failed|many)$/.test(why));
}

async function changeHook(how: 'install' | 'uninstall', args: readonly string[], cli: Cli): Promise<number> {
  if (args.length > 1) throw new UsageError('cannot change the hook: it takes no other options');
  const changed = await cli.commitHook(how);
  if ('problem' in changed) {
    cli.complain(`cannot ${how} the hook: ${changed.problem}\n`);
    return status.failed;
  }
  const { file, removed } = changed;
  cli.write(
    how === 'install'
      ? `\`${file}\` now looks for secrets before each commit\n`
      : `\`${file}\` is ${removed ? 'gone: there was nothing else in it' : 'as it was'}\n`,
  );
  return status.fine;
}

/** A path of what is staged may be gone from the disk. */
function pathOf(written: string, cli: Cli): string {
  const path = absolute(written, cli.cwd, cli.machine);
  try {
    return cli.real(path);
  } catch {
    throw new Error(`cannot scan \`${path}\`: it is not there`);
  }
}

function only(report: Report, wanted: (secret: Secret) => boolean): Report {
  return { ...report, secrets: report.secrets.filter(wanted) };
}

async function files(paths: readonly string[], ignored: boolean, cli: Cli): Promise<Report> {
  return interruptible(cli, signal =>
    cli.scan({
      paths: paths.length ? paths : [cli.real(cli.cwd)],
      ignored,
      signal,
      progress: ({ files: all, done, found }) => cli.status(`${done} of ${all} files, ${found} found`),
    }),
  );
}

function staged(paths: readonly string[], cli: Cli): Promise<Staged> {
  return interruptible(cli, signal => cli.scanStaged(paths, signal));
}

async function interruptible<T>(cli: Cli, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const stop = cli.interrupted(() => ending.abort());
  try {
    return await work(ending.signal);
  } finally {
    stop();
    cli.status('');
  }
}

/** The report as it is printed: for a program, or for a person. */
async function written(report: Report, ages: boolean, json: boolean, cli: Cli): Promise<string> {
  const its = ages ? await cli.ages(report.secrets) : nothingKnown;
  const secrets = report.secrets.map(it => aged(it, its.sightings, its.days, its.now));
  if (!json) return told(report, secrets, ages, cli);
  const plain = secrets.map(({ secret, sighting, due }) => ({
    ...secret,
    ...(sighting && { firstSeen: sighting.firstSeen, by: sighting.by }),
    ...(due?.due !== undefined && { due: due.due }),
  }));
  return `${JSON.stringify({ ...report, secrets: plain })}\n`;
}

const nothingKnown: KnownAges = { sightings: new Map(), days: 0, now: 0 };

function told(report: Report, secrets: readonly Aged[], ages: boolean, cli: Cli): string {
  const counted = report.secrets.filter(it => it.ignored === undefined);
  const groups = [...grouped(secrets.toSorted(gravestFirst), it => it.secret.file)].map(
    ([file, its]) => `${named(file, cli)}\n${its.map(line).join('')}`,
  );
  const former = 'former' in report ? (report as Staged).former.length : 0;
  const overdue = secrets.filter(it => it.due?.state === 'overdue' && it.secret.ignored === undefined).length;
  const ends = [
    summary(counted, report),
    ...(ages ? [`${overdue || 'none'} of them overdue`] : []),
    ...(former ? [`${former} on lines that the last commit has already`] : []),
    ...skips(report, cli),
    ...(report.cancelled ? ['ended before its end: there may be more'] : []),
    ...(report.failed === undefined ? [] : [`not looked at to the end: ${report.failed}`]),
  ];
  return visible([...groups, `${ends.join('\n')}\n`].join('\n'));
}

function line(its: Aged): string {
  const { line: number, column, title, shown } = its.secret;
  return `  ${`${number}:${column}`.padEnd(9)} ${title}  ${shown}  (${label(agedWords(its))})\n`;
}

function summary(secrets: readonly Secret[], { files, bytes, took }: Report): string {
  const [sure, all] = [secrets.filter(it => it.sure).length, secrets.length];
  const found = all ? `${all} found, ${sure} of them certain` : 'nothing found';
  return `${found}, in ${files === 1 ? '1 file' : `${files} files`} (${(bytes / 1_000_000).toFixed(1)} MB, ${(took / 1000).toFixed(1)} s)`;
}

const whys: Readonly<Record<Skip, string>> = {
  binary: 'not texts',
  large: 'too large',
  unreadable: 'cannot be read',
  changing: 'changed while they were read',
  slow: 'took too long',
  failed: 'broke what reads them',
  special: 'not ordinary files',
  many: 'more than is told',
};

/** What is not a text is only counted. */
function skips({ skipped }: Report, cli: Cli): readonly string[] {
  const reasons = new Set(skipped.map(({ why }) => why));
  return [...reasons].map(why => {
    const its = skipped.filter(it => it.why === why).map(({ file }) => named(file, cli));
    const some = why === 'binary' ? '' : `: ${its.slice(0, 10).join(', ')}${its.length > 10 ? ', …' : ''}`;
    return `skipped, ${whys[why]}: ${its.length}${some}`;
  });
}

function named(file: string, { cwd, machine }: Cli): string {
  return relative(file, cwd, machine);
}
