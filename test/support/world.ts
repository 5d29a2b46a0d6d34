import { environmentBy, type Environments } from '../../src/core/environment.ts';
import { anywhere, hiddenBy, type HiddenBy } from '../../src/core/hidden.ts';
import type {
  ContentsFact,
  CredentialFact,
  Lead,
  MentionFact,
  PathFact,
  Question,
  Reach,
  ReachFact,
  Recognised,
  SearchFact,
  SecretFact,
} from '../../src/core/model.ts';
import { basename, beforeWildcard } from '../../src/core/paths.ts';
import { placeOf, type Surroundings } from '../../src/core/places.ts';
import type { Machine, World } from '../../src/core/ports.ts';
import { reachKey, searchKey, secretKey } from '../../src/core/rule.ts';
import { scanText } from '../../src/core/scan.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { detectors } from '../../src/secrets/index.ts';
import { shellSegment } from '../../src/system/world/expand.ts';
import { sourcesOf } from '../../src/system/world/sources/index.ts';

/** What a paper world is told; everything has a default. */
export interface Paper {
  readonly machine?: Machine;
  readonly workspace?: readonly string[];
  readonly temp?: readonly string[];
  /** A person's globs of hidden files. */
  readonly hidden?: readonly string[];
  readonly guarded?: (path: string) => string | undefined;
  /** Files that a glob may find. Any other path exists too, unless it is in `missing`. */
  readonly files?: readonly string[];
  readonly missing?: readonly string[];
  /** Where a link leads: path → real path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Path → the credential that stands in it. */
  readonly holds?: Readonly<Record<string, ContentsFact>>;
  /** Path → what is told of the hidden file it names. */
  readonly told?: Readonly<Record<string, Pick<PathFact, 'instead' | 'variables'>>>;
  /** Query → the hidden files whose lines a search for it shows. */
  readonly shows?: Readonly<Record<string, readonly string[]>>;
  /** Value → where it stands. What a text mentions is found by them too. */
  readonly credentials?: Readonly<Record<string, CredentialFact>>;
  /** Name → what is known of the secret. */
  readonly secrets?: Readonly<Record<string, SecretFact>>;
  /** Script name, or path as the lead has it → text. */
  readonly leads?: Readonly<Record<string, string>>;
  /** Service → what this machine's files and variables add to what its commands reach. */
  readonly reaches?: Readonly<Record<string, Reach & Pick<ReachFact, 'from'>>>;
  /** A person's environments. */
  readonly environments?: Environments;
  /** Questions about these paths, queries and values fail. */
  readonly failing?: readonly string[];
}

export const paperMachine: Machine = { platform: 'posix', home: '/home/user' };

/**
 * A world without a disk. The workspace is `/work/project`, the home `/home/user`, temp `/tmp`. Places and hidden
 * files are judged by name; a name without a dot, and every place above the workspace, is a folder.
 */
export function paperWorld(options: Paper = {}): World {
  const hides = hiddenBy(secretFiles, options.hidden ?? [], options.machine ?? paperMachine);
  return {
    answer: async questions => {
      const known = questions.filter(question => !options.failing?.includes(subjectOf(question)));
      return {
        paths: table(known, question =>
          question.about === 'path' ? pathFact(question.path, options, hides) : undefined,
        ),
        contents: table(known, question =>
          question.about === 'contents' ? options.holds?.[question.path] : undefined,
        ),
        searches: table(known, question =>
          question.about === 'search' ? searchFact(question.query, options) : undefined,
        ),
        credentials: table(known, question =>
          question.about === 'credential' ? options.credentials?.[question.value] : undefined,
        ),
        mentions: table(known, question =>
          question.about === 'mention' ? mentionFact(question.text, options) : undefined,
        ),
        secrets: table(known, question =>
          question.about === 'secret'
            ? (options.secrets?.[question.name] ?? paperSecrets[question.name])
            : undefined,
        ),
        reaches: table(known, question =>
          question.about === 'reach' ? reachFact(question.service, question.reach, options) : undefined,
        ),
        failed: questions.filter(question => !known.includes(question)).map(question => subjectOf(question)),
      };
    },
    read: async (lead, cwd) => {
      const text = options.leads?.[nameOf(lead)];
      return text === undefined
        ? { found: 'nothing' }
        : { found: 'text', text, file: fileOf(lead, cwd), line: 1 };
    },
  };
}

/** One that the session may not have, for it is pinned, and one of production. */
const paperSecrets: Readonly<Record<string, SecretFact>> = {
  LIVE_DB: { found: true, environment: 'production', pinned: 'staging' },
  PROD_TOKEN: { found: true, environment: 'production' },
};

const paperFiles = [
  '/work/project/.env',
  '/work/project/.env.example',
  '/work/project/.git',
  '/work/project/README.md',
  '/work/project/package.json',
  '/work/project/notes.txt',
  '/work/project/app.py',
  '/work/project/seed.sql',
  '/work/project/src',
  '/work/project/src/index.ts',
];

function table<Fact>(questions: readonly Question[], answer: (question: Question) => Fact | undefined) {
  return new Map(
    questions.flatMap(question => {
      const fact = answer(question);
      return fact === undefined ? [] : [[keyOf(question), fact] as const];
    }),
  );
}

function pathFact(path: string, options: Paper, hides: HiddenBy): PathFact {
  const machine = options.machine ?? paperMachine;
  const around: Surroundings = {
    workspace: options.workspace ?? ['/work/project'],
    temp: options.temp ?? ['/tmp'],
    machine,
  };
  const { folder: base, wild } = beforeWildcard(path);
  const real = options.links?.[path] ?? path;
  const place = placeOf(wild && /\/\*+$/.test(path) ? base : real, around);
  const found = wild ? (options.files ?? paperFiles).filter(file => isFoundBy(path, file, machine)) : [real];
  const isFolder = (it: string) =>
    /^(?:root|system|home|workspace)$/.test(placeOf(it, around)) ||
    (!basename(it).includes('.') && hides(it) === undefined);
  const first = (why: (it: string) => string | undefined) =>
    [path, real, ...found].map(why).find(it => it !== undefined);
  const hidden = first(it => hides(it));
  const guarded = first(it => options.guarded?.(it));
  return {
    real,
    exists: !options.missing?.includes(path) && (!wild || found.length > 0),
    folder: found.some(isFolder),
    place,
    ...(hidden !== undefined && { hidden }),
    ...options.told?.[path],
    ...(guarded !== undefined && { guarded }),
    ...(first(it => options.guarded?.(`${it}/`)) !== undefined && { keeps: true as const }),
  };
}

/** As a shell expands it: no star takes a leading dot. */
function isFoundBy(glob: string, file: string, machine: Machine): boolean {
  if (glob.includes('**')) return anywhere(glob, machine)(file);
  const [wanted, parts] = [glob.split('/'), file.split('/')];
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => shellSegment(part, machine)(parts[index] as string))
  );
}

function searchFact(query: string, options: Paper): SearchFact {
  return { shows: options.shows?.[query] ?? [] };
}

function mentionFact(text: string, { credentials = {} }: Paper): MentionFact | undefined {
  const known = Object.entries(credentials).flatMap(([value, fact]): readonly Recognised[] => {
    const at = text.indexOf(value);
    return at < 0 ? [] : [{ ...fact, at: [at, at + value.length], files: [fact.file] }];
  });
  const looks = scanText('', text, detectors).find(it => it.sure && !known.length);
  return known.length || looks
    ? { known, ...(looks && { exposes: { kind: looks.title, at: looks.at, rating: looks.rating } }) }
    : undefined;
}

/** As `machineWorld` does it on a machine with nothing but what it is told. */
function reachFact(service: string, reach: Reach, options: Paper): ReachFact {
  const { from, ...more } = options.reaches?.[service] ?? {};
  const whole = { ...more, ...reach };
  const here = sourcesOf(service).some(
    source =>
      'knows' in source &&
      source.knows({ reach: whole, variable: () => undefined, found: () => undefined, cwd: '/' }).here,
  );
  return {
    reach: whole,
    ...environmentBy(options.environments ?? {})(service, whole, { here }),
    ...(from !== undefined && { from }),
  };
}

function subjectOf(question: Question): string {
  switch (question.about) {
    case 'path':
    case 'contents':
      return question.path;
    case 'search':
      return question.query;
    case 'credential':
      return question.value;
    case 'mention':
      return question.text;
    case 'secret':
      return question.name;
    case 'reach':
      return JSON.stringify(question.reach);
  }
}

function keyOf(question: Question): string {
  if (question.about === 'reach') return reachKey(question.service, question.reach);
  if (question.about === 'secret') return secretKey(question.name, question.from);
  return question.about === 'search' ? searchKey(question) : subjectOf(question);
}

function nameOf(lead: Lead): string {
  return 'name' in lead ? lead.name : lead.path;
}

function fileOf(lead: Lead, cwd: string): string {
  const path = lead.to === 'script' ? lead.manifest : lead.to === 'target' ? lead.file : lead.path;
  return path.startsWith('/') ? path : `${cwd}/${path}`;
}
