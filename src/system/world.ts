import type { HiddenBy } from '../core/hidden.ts';
import type { Holding } from '../core/holding.ts';
import type { Doer, Facts, PathFact, Question, SecretFact } from '../core/model.ts';
import { gravest, placeOf } from '../core/places.ts';
import type { Followed, Machine, World } from '../core/ports.ts';
import type { Environments } from '../core/environment.ts';
import type { Kept } from '../core/kept.ts';
import { reachKey, searchKey, secretKey, unlooked } from '../core/rule.ts';
import type { Spotted } from '../core/scan.ts';
import { tracer, type Holders, type Traced, type Tracer } from './traced/tracer.ts';
import { clock, each, share, unhurried, within, type Clock } from './world/clock.ts';
import { contentsFact, nearby } from './world/contents.ts';
import { credentialFacts, mentionFacts } from './world/credential.ts';
import { reachFact } from './world/environment.ts';
import type { Known } from './world/known.ts';
import { follow } from './world/lead.ts';
import { byName, lossFact, pathFact, twinsIn } from './world/path.ts';
import { realOf } from './world/real.ts';
import { shownBy } from './world/search.ts';

export interface Surrounded {
  readonly machine: Machine;
  /** The folders a person has open, absolute. */
  readonly workspace: readonly string[];
  /** The folders for what need not last, absolute. */
  readonly temp: readonly string[];
  readonly hiddenBy: HiddenBy;
  /** What of Chaperone's own a path is. */
  readonly guarded: (realPath: string) => string | undefined;
  /** What is known of a secret that is to be used by its name; without it nothing is. */
  readonly secret?: (asked: {
    readonly name: string;
    readonly from: string;
    readonly cwd: string;
  }) => Promise<SecretFact>;
  /** Whether a person handed a secret out to somebody; nobody did without it. `name` is its variable, `file` where it stands. */
  readonly handed?: (secret: { readonly name?: string; readonly file: string }, by: Doer) => boolean;
  /** Why a file that nobody can look into is taken for a hidden one; none is without it. */
  readonly supposedBy?: HiddenBy;
  /** What a file holds that agents should not have; the path is from the workspace's folder, where it lies in one. */
  readonly exposes: (text: string, path: string) => Holding | undefined;
  /** Whether a person shows a file to agents, whatever stands in it. */
  readonly excepted?: (realPath: string) => boolean;
  /** What is told of a hidden file, by why it is hidden and what stands in it: never a value. */
  readonly told?: (why: string, text: string) => Pick<PathFact, 'instead' | 'variables'>;
  /** By what the credentials that files keep are recognised in other texts; by nothing without it. */
  readonly traces?: Traces;
  /** What a person calls their environments, and what belongs to each. */
  readonly environments?: Environments;
  /** The variables that programs started here would see; those of this process without it. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds in which to answer. */
  readonly bound?: number;
}

/** What is told of credentials by those who know what one looks like. */
export interface Traces {
  /** The credentials in a file's text. */
  readonly kept: (path: string, text: string, hidden: boolean) => readonly Kept[];
  /** Whether what stands in a file hides it; the path is as for `exposes`, `kept` is what was found in it. */
  readonly holds: Traced['holds'];
  /** What looks like a credential in a text, without doubt. */
  readonly spotted: (text: string) => Pick<Spotted, 'title' | 'at' | 'rating'> | undefined;
  /** Files outside of the workspace that programs keep credentials in. */
  readonly places: Traced['places'];
  /** Whether this process stays: then files are looked at behind an answer too. */
  readonly stays: boolean;
}

/**
 * Knows this machine. Looks, and changes nothing. Each answer comes within its bound and a little more; what was not
 * found out by then is in `failed`, or is less than there is where the fact can say so.
 */
export function machineWorld(given: Surrounded): Watching {
  const traced = tracing(given);
  return {
    changed: path => traced.then(it => it.changed(path)),
    answer: questions =>
      answer(questions, given, traced).catch(error => ({
        ...nothing,
        paths: unseen(questions, given),
        failed: [wordsOf(error)],
      })),
    read: (lead, cwd) => within(follow(lead, cwd, given.machine), patience).catch(unreadable),
  };
}

/** A world that can be told that a file was made, changed or deleted: what it knows of files is looked at again. */
export interface Watching extends World {
  readonly changed: (path: string) => void;
}

async function tracing({ machine, workspace, hiddenBy, traces = noTraces }: Surrounded): Promise<Tracer> {
  const folders = await resolved(workspace, machine);
  return tracer({
    ...traces,
    workspace: folders,
    hidden: hiddenBy,
    holds: (path, text, kept) => traces.holds(nearby(path, { workspace: folders, machine }), text, kept),
  });
}

const noTraces: Traces = {
  kept: () => [],
  holds: () => false,
  spotted: () => undefined,
  places: [],
  stays: false,
};

const patience = 1000;
/** What a question may take longer than its time: one reading that was under way. */
const grace = 100;
const nothing: Facts = {
  paths: new Map(),
  contents: new Map(),
  searches: new Map(),
  credentials: new Map(),
  mentions: new Map(),
  secrets: new Map(),
  reaches: new Map(),
  failed: [],
};

async function answer(
  questions: readonly Question[],
  given: Surrounded,
  traced: Promise<Tracer>,
): Promise<Facts> {
  const bound = given.bound ?? 300;
  const time = clock(bound);
  // A few calls of the system, which only a machine that is very busy is slow with. What is hidden hangs on them. Files
  // are looked through for credentials once, and then known.
  const patient = clock(bound * 5);
  const failed: string[] = [];
  const known = await within(knowing(given, traced, time), time.left() + grace);
  const asked = <About extends Question['about']>(about: About) =>
    questions.filter((it): it is Question & { about: About } => it.about === about);

  const found = await collect(
    asked('path'),
    it => `\`${it.path}\``,
    it => pathFact(it.path, { ...known, time: isDeep(it.path) ? unhurried(time, patient) : patient }),
    patient,
    failed,
  );
  for (const [question, { partly }] of found)
    if (partly) failed.push(`cannot look at all of \`${question.path}\`: it names too many files`);
  const surveyed = {
    known,
    environments: given.environments ?? {},
    variables: given.variables ?? process.env,
  };
  const [losses, contents, searches, credentials, mentions, secrets, reaches] = await Promise.all([
    collect(
      [...found].filter(([it]) => it.loss),
      ([it]) => `what \`${it.path}\` holds`,
      ([, it]) => lossFact(it, known),
      time,
      failed,
    ),
    collect(
      asked('contents'),
      it => `what stands in \`${it.path}\``,
      it => contentsFact(it.path, { ...known, time: isDeep(it.path) ? unhurried(time, patient) : patient }),
      patient,
      failed,
    ),
    collect(
      asked('search'),
      it => `a search in \`${it.path}\``,
      it => shownBy(it, known, patient),
      patient,
      failed,
    ),
    // The values themselves are nobody's to read: they are not said.
    collect(
      [asked('credential')].filter(it => it.length),
      () => 'a credential',
      all =>
        credentialFacts(
          all.map(it => it.value),
          traced,
          { ...known, time: patient },
        ),
      patient,
      failed,
    ),
    collect(
      [asked('mention')].filter(it => it.length),
      () => 'what a text holds',
      all => mentionFacts(all, traced, given, patient),
      patient,
      failed,
    ),
    collect(
      asked('secret').filter(() => given.secret),
      it => `the secret \`${it.name}\``,
      it => given.secret?.(it) ?? Promise.resolve({ found: false }),
      patient,
      failed,
    ),
    collect(
      asked('reach'),
      it => `what a command of ${it.service} reaches`,
      it => reachFact(it, surveyed),
      time,
      failed,
    ),
  ]);

  const paths = unseen(questions, given);
  for (const [{ path }, { fact }] of found) paths.set(path, fact);
  for (const [[{ path }, { fact }], loss] of losses) if (loss) paths.set(path, { ...fact, loss });
  return {
    paths,
    contents: new Map([...contents].flatMap(([{ path }, fact]) => (fact ? [[path, fact] as const] : []))),
    searches: new Map([...searches].map(([search, fact]) => [searchKey(search), fact])),
    credentials: new Map([...credentials.values()].flatMap(values => [...values])),
    mentions: new Map([...mentions.values()].flatMap(it => [...it])),
    secrets: new Map([...secrets].map(([{ name, from }, fact]) => [secretKey(name, from), fact])),
    reaches: new Map([...reaches].map(([{ service, reach }, fact]) => [reachKey(service, reach), fact])),
    failed: [...new Set(failed)],
  };
}

/** What the names of paths alone tell, for those at which nobody could look in time. */
function unseen(questions: readonly Question[], given: Surrounded): Map<string, PathFact> {
  return new Map(
    questions.flatMap(question => {
      const fact = question.about === 'path' ? named(question.path, given) : undefined;
      return question.about === 'path' && fact ? [[question.path, fact] as const] : [];
    }),
  );
}

/** What not even a name tells about is hidden; nothing where a name says no more than that it is one. */
function named(path: string, given: Surrounded): PathFact | undefined {
  try {
    const { machine, hiddenBy: hidden, supposedBy: supposed = () => undefined } = given;
    const why = byName(path, { machine, hidden, supposed });
    const guarded = given.guarded(path);
    const rooted = path.startsWith('/') && !path.includes('\0');
    const place = rooted ? gravest(['outside', placeOf(path, given)]) : 'outside';
    if (why === undefined && guarded === undefined && place === 'outside') return undefined;
    return {
      ...unlooked(path),
      place,
      ...(why !== undefined && { hidden: why }),
      ...(guarded !== undefined && { guarded }),
    };
  } catch {
    return { ...unlooked(path), hidden: 'nobody could tell what it is' };
  }
}

/** Names of a whole tree of folders, which takes as long as there is time. */
function isDeep(path: string): boolean {
  return path.includes('**');
}

/** The answer to each, without those that failed: why is added to `failed`. */
async function collect<Asked, Answer>(
  asked: readonly Asked[],
  named: (it: Asked) => string,
  work: (it: Asked) => Promise<Answer>,
  time: Clock,
  failed: string[],
): Promise<ReadonlyMap<Asked, Answer>> {
  const answers = new Map<Asked, Answer>();
  const tried = new Set<Asked>();
  const fail = (it: Asked, why: unknown) => failed.push(`cannot tell about ${named(it)}: ${wordsOf(why)}`);
  await each(asked, time, async it => {
    tried.add(it);
    await within(work(it), time.left() + grace).then(
      found => answers.set(it, found),
      error => fail(it, error),
    );
  });
  for (const it of asked) if (!tried.has(it)) fail(it, 'no time was left');
  return answers;
}

async function knowing(
  { machine, workspace, temp, hiddenBy, supposedBy, guarded, exposes, excepted, told, traces }: Surrounded,
  traced: Promise<Tracer>,
  time: Clock,
): Promise<Known> {
  const [folders, temps, home] = await Promise.all([
    resolved(workspace, machine),
    resolved(temp, machine),
    realOf(machine.home, machine).catch(() => machine.home),
  ]);
  const known = {
    machine,
    time,
    workspace: folders,
    own: { workspace: [...folders, ...workspace], temp: [...temps, ...temp], machine: { ...machine, home } },
    hidden: hiddenBy,
    supposed: supposedBy ?? (() => undefined),
    guarded,
    exposes,
    excepted: excepted ?? (() => false),
    told: told ?? (() => ({})),
    holders: async (longest: Clock) =>
      traces
        ? within(
            traced.then(it => it.holders(longest)),
            longest.left() + grace,
          ).catch(() => nobody)
        : nobody,
    distrusted: folders,
  };
  let twins: Promise<ReadonlyMap<string, string>> | undefined;
  return { ...known, twins: () => (twins ??= twinsIn({ ...known, time: share(time, 100) })) };
}

const nobody: Holders = { files: new Set(), knows: () => false, whole: false };

async function resolved(folders: readonly string[], machine: Machine): Promise<readonly string[]> {
  return [...new Set(await Promise.all(folders.map(folder => realOf(folder, machine).catch(() => folder))))];
}

function unreadable(error: unknown): Followed {
  return { found: 'unreadable', why: `cannot read it: ${wordsOf(error)}` };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
