import { l10n, ProgressLocation, Uri, window, workspace, type LogOutputChannel, type Memento } from 'vscode';
import type { Aged } from '../../core/aged.ts';
import { pressingFirst } from '../../core/aged.ts';
import { dueWords } from '../../core/ages.ts';
import type { Rotating, Rotation } from '../../core/ports.ts';
import { label } from '../../core/visible.ts';
import { question } from '../question.ts';
import { rangeOf } from './diagnostics.ts';
import type { Findings } from './findings.ts';

export interface RotationGiven {
  readonly findings: Findings;
  readonly memory: Memento;
  readonly log: Pick<LogOutputChannel, 'info' | 'show'>;
  readonly rotating: () => Promise<Rotating>;
  /** A person's commands, by the name, kind or provider of what they replace. */
  readonly commands: () => Readonly<Record<string, string>>;
  readonly show: () => unknown;
}

/**
 * Tells once a week that secrets are overdue. Only what was looked at in this window counts: what stands in a file that
 * nobody looked at may be gone.
 */
export async function remind({ findings, memory, show }: RotationGiven, now: number): Promise<void> {
  const { last, muted } = remembered(memory);
  if (now >= last && now - last < week) return;
  const overdue = findings.all
    .filter(({ secret, due }) => due?.state === 'overdue' && secret.ignored === undefined && secret.sure)
    .filter(({ secret }) => !muted.includes(secret.fingerprint))
    .sort(pressingFirst);
  const [first] = overdue;
  if (!first?.due) return;
  await memory.update(key, { last: now, muted });
  const what = `${first.secret.title} ${first.secret.shown}, ${workspace.asRelativePath(first.secret.file)}`;
  const distinct = new Set(overdue.map(({ secret }) => secret.fingerprint)).size;
  const text =
    distinct === 1
      ? l10n.t('A secret should be replaced: {0} ({1}).', label(what), dueWords(first.due))
      : l10n.t(
          '{0} secrets should be replaced. First of all {1} ({2}).',
          distinct,
          label(what),
          dueWords(first.due),
        );
  const [yes, later, never] = [l10n.t('Show'), l10n.t('Later'), l10n.t('Not Again for This One')];
  const pressed = await window.showWarningMessage(text, yes, later, never);
  if (pressed === yes) await show();
  if (pressed === never)
    await memory.update(key, { last: now, muted: [...muted, first.secret.fingerprint].slice(-mostMuted) });
}

/** Runs the person's own command for a secret, after they have said so, and says whether the value is another one now. */
export async function rotate(aged: Aged, given: RotationGiven): Promise<void> {
  const { secret, sighting } = aged;
  const set = commandFor(aged, given.commands());
  if (!set)
    return void window.showInformationMessage(
      l10n.t(
        'No command is set that replaces it. Name one in `chaperone.rotation.commands`, by `{0}`, `{1}` or `{2}`.',
        sighting?.place ?? secret.detector,
        secret.detector,
        secret.provider,
      ),
    );
  const rotating = await given.rotating();
  const rotation = await rotating.examine(set.line);
  if (rotation.problems.length)
    throw new Error(l10n.t('the command for {0} is not run: {1}', set.key, rotation.problems.join('; ')));
  if (!(await confirmed(aged, set.line, rotation, given))) return;
  // Whoever waited for the yes may have changed the script since.
  const again = await rotating.examine(set.line);
  if (again.problems.length || JSON.stringify(again.marks) !== JSON.stringify(rotation.marks))
    throw new Error(l10n.t('the command for {0} is not run: its script was changed a moment ago', set.key));
  await given.memory.update(marksKey, { ...marks(given.memory), ...rotation.marks });
  const { exit, output } = await run(aged, again, rotating);
  given.log.info(`the command for ${set.key} ended with ${exit ?? 'no status'}:\n${output}`);
  await conclude(aged, exit, given);
}

const week = 7 * 24 * 60 * 60 * 1000;
const mostMuted = 500;
const key = 'chaperone.reminders';
const marksKey = 'chaperone.rotationScripts';

interface Remembered {
  readonly last: number;
  readonly muted: readonly string[];
}

/** What another version wrote there may be anything. */
function remembered(memory: Memento): Remembered {
  const { last, muted } = memory.get<{ readonly last?: unknown; readonly muted?: unknown }>(key) ?? {};
  return {
    last: typeof last === 'number' ? last : -Infinity,
    muted: Array.isArray(muted) ? muted.filter(it => typeof it === 'string') : [],
  };
}

function marks(memory: Memento): Readonly<Record<string, string>> {
  const value = memory.get(marksKey);
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, string>>) : {};
}

/** The most particular entry: by its name, its kind, its provider. */
function commandFor(
  { secret, sighting }: Aged,
  commands: Readonly<Record<string, string>>,
): { readonly key: string; readonly line: string } | undefined {
  for (const it of [sighting?.place, secret.detector, secret.provider])
    if (it !== undefined && Object.hasOwn(commands, it)) return { key: it, line: commands[it] as string };
  return undefined;
}

async function confirmed(
  { secret, sighting }: Aged,
  line: string,
  { doubts, marks: now }: Rotation,
  { memory }: RotationGiven,
): Promise<boolean> {
  const before = marks(memory);
  const changed = Object.keys(now).filter(file => before[file] !== undefined && before[file] !== now[file]);
  const yes = l10n.t('Run It');
  const asked = {
    message: l10n.t('Replace {0}?', label(`${secret.title} ${secret.shown}`)),
    detail: [
      l10n.t('Your command runs: {0}', line),
      '',
      ...doubts.map(it => `• ${it}`),
      ...changed.map(it => `• ${l10n.t('`{0}` was changed since it last ran', it)}`),
      ...(Object.keys(now).some(file => before[file] === undefined)
        ? [`• ${l10n.t('It runs for the first time')}`]
        : []),
      '',
      l10n.t('It is told {0}, and no value. Cancel: nothing happens.', sighting?.place ?? secret.detector),
    ].join('\n'),
    no: l10n.t('Cancel'),
  };
  return (await question(asked, yes)) === yes;
}

async function run({ secret, sighting }: Aged, { argv }: Rotation, rotating: Rotating) {
  const uri = Uri.file(secret.file);
  const value = (await workspace.openTextDocument(uri)).getText(rangeOf(secret));
  const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..');
  const title = l10n.t('Replacing {0}', label(`${secret.title} ${secret.shown}`));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const ending = new AbortController();
      const listening = token.onCancellationRequested(() => ending.abort());
      try {
        return await rotating.run(argv, {
          cwd: folder.fsPath,
          env: {
            CHAPERONE_SECRET_NAME: sighting?.place ?? secret.detector,
            CHAPERONE_SECRET_KIND: secret.detector,
            CHAPERONE_SECRET_FILE: secret.file,
          },
          hide: value ? [value] : [],
          signal: ending.signal,
        });
      } finally {
        listening.dispose();
      }
    },
  );
}

/** The clock begins anew with another value, whatever the command says. */
async function conclude(
  { secret, sighting }: Aged,
  exit: number | undefined,
  given: RotationGiven,
): Promise<void> {
  const { findings, log } = given;
  const files = new Set([
    secret.file,
    ...findings.all.filter(it => it.secret.fingerprint === secret.fingerprint).map(it => it.secret.file),
  ]);
  for (const file of files) await findings.look(file);
  const now = findings.all.filter(it => files.has(it.secret.file));
  const still = now.find(it => it.secret.fingerprint === secret.fingerprint);
  const another = now.find(
    it => it.sighting?.place === sighting?.place && it.secret.detector === secret.detector,
  );
  const output = l10n.t('Show Output');
  const ended = exit === 0 ? '' : l10n.t('The command ended with {0}. ', exit ?? l10n.t('no status'));
  const text = still
    ? l10n.t(
        '{0}The value in {1} is still the same: it was not replaced.',
        ended,
        label(workspace.asRelativePath(still.secret.file)),
      )
    : another
      ? l10n.t('{0}The value is another one now: its time begins anew.', ended)
      : l10n.t('{0}The value is gone from {1}.', ended, label(workspace.asRelativePath(secret.file)));
  const tell = still || exit !== 0 ? window.showWarningMessage : window.showInformationMessage;
  if ((await tell(text, output)) === output) log.show();
}
