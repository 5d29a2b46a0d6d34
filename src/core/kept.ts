import { isRandom, type Detector } from './detector.ts';
import { variablesIn } from './envFile.ts';
import type { Rating } from './model.ts';
import { environmentIn, rated } from './rating.ts';
import { isLocalHost } from './rule.ts';
import { mostSpotted, scanText } from './scan.ts';
import { secretName } from './seek.ts';
import { hostOf } from './urls.ts';

/*
 * Which values of a file are credentials that are worth recognising elsewhere. A word that stands in anybody's text by
 * itself (`postgres`, `changeme`, `localhost:5432`) is none, whatever its variable is called: nobody must be asked because
 * an agent wrote it.
 */

/** A credential that a file keeps. `value` never leaves the process. */
export interface Kept {
  readonly value: string;
  readonly name?: string;
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  readonly rating: Rating;
}

/**
 * The credentials in a file's text, each value once, at most `mostKept`: what the detectors find without doubt, and in a
 * hidden file the values whose names or whose looks say that they are secret, passwords within addresses among them.
 * Linear in the text; `path` is only a name.
 */
export function keptIn(
  path: string,
  text: string,
  hidden: boolean,
  detectors: readonly Detector[],
): readonly Kept[] {
  const forTests = isForTests(path);
  const spotted = scanText(path, text, detectors).filter(it => it.sure && it.value.length <= longest);
  const found: Kept[] = spotted.flatMap(({ value, title, rating, line, at }) => {
    const named = nameBefore(text, at[0]);
    // That it is secret says its name alone, and the name says that it is not.
    if (rating.provider === 'unknown' && isPublic.test(named.name ?? '')) return [];
    return wholeLines(value).map(part => ({
      value: part,
      ...named,
      line,
      kind: title.toLowerCase(),
      rating,
    }));
  });
  const all = hidden ? [...found, ...namedIn(path, text)] : found;
  const kept = new Map<string, Kept>();
  for (const it of all)
    if (!kept.has(it.value) && kept.size < mostKept && isTelling(it.value))
      kept.set(it.value, forTests && it.rating.stage === 'unknown' ? forTest(it) : it);
  return [...kept.values()];
}

export const mostKept = mostSpotted;

/** Characters. What is shorter stands anywhere by chance, what is longer is no credential. */
const shortest = 8;
const longest = 4_096;

/** What the names in a hidden file say to be secret. */
function namedIn(path: string, text: string): readonly Kept[] {
  const variables = [...variablesIn(text), ...entriesIn(text)];
  const local = hasLocalHost(variables);
  return variables.slice(0, mostKept).flatMap(({ name, value, line }): readonly Kept[] => {
    const password = passwordIn(value);
    if (password !== undefined) {
      const stage = isNear(hostOf(value)) ? 'test' : 'unknown';
      const rating = { ...rated({ provider: 'unknown' }, value, `${name}=`, path), stage } as const;
      const secret = isSecret(password, true);
      return secret
        ? [
            { value, name, line, kind: 'address with a password', rating },
            { value: password, name, line, kind: 'password in an address', rating },
          ]
        : [];
    }
    if (isPublic.test(name) || !isSecret(value, secretName.test(name))) return [];
    const rating = rated({ provider: 'unknown' }, value, `${name}=`, path);
    const here = local && ofDatabase.test(name) && rating.stage === 'unknown';
    return [{ value, name, line, kind: kindOf(name), rating: here ? { ...rating, stage: 'test' } : rating }];
  });
}

function kindOf(name: string): string {
  return /pass/i.test(name)
    ? 'password'
    : /token/i.test(name)
      ? 'token'
      : /key/i.test(name)
        ? 'key'
        : 'secret';
}

/** Made to be seen by everybody who loads a page, or no credential at all. */
const isPublic =
  /^(?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY)_|(?:^|_)(?:ID|SHA|COMMIT|RELEASE|VERSION|HASH|DIGEST|CHECKSUM|USER|USERNAME|HOST|PORT|REGION|EMAIL|PUBLIC_KEY)$/i;
const ofDatabase = /^(?:DB|DATABASE|PG|POSTGRES|MYSQL|MARIADB|REDIS|MONGO|RABBITMQ|CLICKHOUSE|MSSQL|SA)/i;

/** A database on this machine, by the host that is set beside its password. */
function hasLocalHost(variables: readonly { readonly name: string; readonly value: string }[]): boolean {
  const hosts = variables.filter(({ name }) => ofDatabase.test(name) && /HOST$/i.test(name));
  return hosts.length > 0 && hosts.every(({ value }) => isNear(value));
}

function isNear(host: string): boolean {
  return isLocalHost(host) || /^[\w-]+$/.test(host);
}

/** Entries of files that are no lists of variables: JSON, `.npmrc`, `.netrc`, `.pgpass`, a URL a line. */
function entriesIn(
  text: string,
): readonly { readonly name: string; readonly value: string; readonly line: number }[] {
  const entries: { name: string; value: string; line: number }[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    if (entries.length >= mostKept) break;
    const line = index + 1;
    const whole = written.slice(0, longest);
    const before = entries.length;
    for (const { index: at, 0: name } of whole.matchAll(/[A-Za-z_]{3,}/g)) {
      if (!/(?:token|secret|password|passwd|auth|key)$/i.test(name)) continue;
      const value = behindName.exec(whole.slice(at + name.length))?.[1];
      if (value !== undefined) entries.push({ name, value, line });
      if (entries.length - before >= mostInLine) break;
    }
    const trimmed = whole.trim();
    if (entries.length === before && passwordIn(trimmed) !== undefined)
      entries.push({ name: '', value: trimmed, line });
    const pass = /^[^:\s]{1,200}:(?:\d{1,5}|\*):[^:\s]{1,200}:[^:\s]{1,200}:(\S{1,400})$/.exec(trimmed)?.[1];
    if (pass !== undefined) entries.push({ name: 'password', value: pass, line });
  }
  return entries;
}

const mostInLine = 20;
const behindName = /^["']?(?:\s{0,3}[:=]\s{0,3}|\s{1,8})["']?([^\s"',;:=][^\s"',;]{7,4000})/;

/** The password within an address: `postgres://user:password@host/…`. */
function passwordIn(value: string): string | undefined {
  const written = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/]{0,200}:([^\s@/]{1,400})@/i.exec(value)?.[1];
  if (written === undefined) return undefined;
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Whether a value is somebody's secret: `named` where its name says that it is one. */
function isSecret(value: string, named: boolean): boolean {
  if (value.length < shortest || value.length > longest || /\s/.test(value)) return false;
  if (isReference.test(value) || isPlace.test(value)) return false;
  if (!named)
    return isRandom(value) && /^[\w+/=.~-]+$/.test(value) && !uuid.test(value) && !/\/\w+\//.test(value);
  return !placeholders.test(value) && isTelling(value) && !isWords(value);
}

/** The least that every value has: else it could stand in a text that means nothing by it. */
function isTelling(value: string): boolean {
  return value.length >= shortest && /[0-9A-Z]/.test(value) && new Set(value).size >= 5;
}

/** What stands for a value: a variable, a template, a reference to a store. */
const isReference = /^(?:\$|<|\{\{|%\w+%|\*+$|op:\/\/|vault:|arn:|secretref:|ref\+|enc\[|\[)/i;
/** An address without a password, a path, a host, an e-mail address, a version, a date, a number. */
const isPlace =
  /^(?:[a-z][a-z0-9+.-]{1,30}:\/\/|\.{0,2}\/[\w.-]{1,80}(?:\/|$)|~\/|[A-Za-z]:\\|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::\d{1,5})?$|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[a-z]{2,20}){1,4}$|v?\d{1,9}(?:\.\d{1,9}){1,4}|[\d\W_]{1,15}$|[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d$)/i;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const placeholders =
  /example|placeholder|change[-_]?(?:me|this)|your[-_]|dummy|sample|fake|xxxx|^(?:test|dev|demo|local|insecure|not[-_]a)[-_]|1234567|\.\.\./i;

/** Words with what people put around them: `development`, `my-secret-key`, `postgres123`, `Password1!`. */
function isWords(value: string): boolean {
  const core = value.replace(/^[\W\d_]{1,6}/, '').replace(/[\W\d_]{1,8}$/, '');
  if (!/^[A-Za-z]+(?:[-_.:/ ][A-Za-z]+)*$/.test(core)) return false;
  const long = /^[A-Za-z]{20,}$/.test(core) && /[a-z][A-Z][a-z]*[A-Z]/.test(core);
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter(it => it.test(value)).length;
  return !long && (classes < 4 || isCommon(core));
}

/** A word that stands for a password, or two of them. */
function isCommon(core: string): boolean {
  const lower = core.toLowerCase();
  return (
    common.has(lower) ||
    [...common].some(word => lower.startsWith(word) && common.has(lower.slice(word.length)))
  );
}

const common = new Set(
  'pass password passwd passphrase secret admin root user guest test dev demo default local postgres mysql maria redis mongo rabbit minio docker welcome hello letmein qwerty changeit django rails laravel symfony master key token'.split(
    ' ',
  ),
);

/** Of a private key, its last whole line: who has the key has that. */
function wholeLines(value: string): readonly string[] {
  const lines = value.split(/\s+|\\n/).filter(line => line.length >= 40);
  if (!/[\s\\]/.test(value)) return [value];
  const last = lines.findLast(line => line.length >= 60) ?? lines.at(-1);
  return last === undefined ? [] : [last];
}

function nameBefore(text: string, at: number): Pick<Kept, 'name'> {
  const before = text.slice(Math.max(0, at - 120), at);
  const name = /(?<!\w)([A-Za-z_]\w{1,80})["']?\s{0,3}[:=]\s{0,3}["'`]?$/.exec(before)?.[1];
  return name === undefined ? {} : { name };
}

/** Files whose credentials open what is made to be tried: fixtures, examples, the environments of tests. */
function isForTests(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^\.env\b/.test(name))
    return ['test', 'development'].includes(environmentIn(name.replace(/local/gi, '')) ?? '');
  return (
    /\/(?:tests?|__tests__|__fixtures__|fixtures?|testdata|specs?|examples?|samples?|mocks?|docs?)\//i.test(
      path,
    ) || /[._-](?:test|spec|fixture|example|sample)s?\.\w+$/i.test(name)
  );
}

function forTest(it: Kept): Kept {
  return { ...it, rating: { ...it.rating, stage: 'test' } };
}
