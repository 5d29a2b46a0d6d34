import type { Sighting } from './ages.ts';
import type {
  Attempt,
  Authority,
  Decision,
  Effect,
  Entry,
  Facts,
  Lead,
  Policy,
  Question,
  Redacted,
  Source,
  Span,
  SqlDialect,
} from './model.ts';
import type { Ending, Report, Scan, Secret } from './report.ts';

/*
 * What others must provide. Every port promises never to reject: a world that cannot tell says so, an approver
 * that goes away refuses, a ledger that cannot write complains elsewhere.
 */

/** Knows the machine: where paths lead, what they hold, what a lead says. Bounded in time. */
export interface World {
  readonly answer: (questions: readonly Question[]) => Promise<Facts>;
  /** The text a lead leads to: absent where there is none, a reason where it cannot be read. */
  readonly read: (lead: Lead, cwd: string) => Promise<Followed>;
}

/** What stands at the end of a lead. `file` is absolute; `line` is where the text begins, from 1. */
export type Followed =
  | { readonly found: 'text'; readonly text: string; readonly file: string; readonly line: number }
  | { readonly found: 'nothing' }
  | { readonly found: 'unreadable'; readonly why: string };

export interface Answer {
  readonly outcome: 'allowed' | 'refused';
  readonly by: Exclude<Authority, 'policy'>;
  readonly note?: string;
}

/** Whoever can say yes. */
export interface Approver {
  readonly ask: (attempt: Attempt, decision: Decision) => Promise<Answer>;
}

export interface Ledger {
  readonly append: (entry: Entry) => Promise<void>;
}

/** Finds secrets in files, elsewhere than in this thread. What was found is remembered while a file stays as it is. */
export interface Scanner {
  readonly scan: (scan: Scan) => Promise<Report>;
  /** One file: as it is on the disk, or with this text, as an editor has it. Nothing where it cannot be read. */
  readonly file: (path: string, text?: string) => Promise<readonly Secret[]>;
  readonly dispose: () => void;
}

/** What a person said about secrets that do not matter, by fingerprint: kept with the state, out of agents' reach. */
export interface Ignored {
  readonly reason: (fingerprint: string) => string | undefined;
  /** Throws where it cannot be kept. */
  readonly ignore: (fingerprint: string, reason: string) => void;
  readonly mind: (fingerprint: string) => void;
}

/** Remembers when which secret was first seen, by fingerprint. Each rejects where the file cannot be read or written. */
export interface Ages {
  readonly known: () => Promise<ReadonlyMap<string, Sighting>>;
  /** Notes all that was found in the files that were looked at, and gives what is known of each by then. */
  readonly note: (secrets: readonly Secret[]) => Promise<ReadonlyMap<string, Sighting>>;
}

/** What git makes of a file. `elsewhere` is in no repository, or git cannot say. */
export type Tracked = 'tracked' | 'ignored' | 'untracked' | 'elsewhere';

/** A command that replaces a secret, as it was looked at before it runs. */
export interface Rotation {
  /** Empty where it cannot be run. */
  readonly argv: readonly string[];
  /** Why it must not be run, in sentences without a capital. */
  readonly problems: readonly string[];
  /** What a person should know before they let it run. */
  readonly doubts: readonly string[];
  /** What tells by file whether it was changed. */
  readonly marks: Readonly<Record<string, string>>;
}

/** Runs a person's own commands that replace secrets. Neither rejects. */
export interface Rotating {
  readonly examine: (line: string) => Promise<Rotation>;
  /** Ends with all that it started when told to, and after ten minutes. `output` is masked, `exit` absent where it was ended. */
  readonly run: (
    argv: readonly string[],
    given: {
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      /** Values that the output must not show. */
      readonly hide: readonly string[];
      readonly signal: Ending;
    },
  ) => Promise<{ readonly exit: number | undefined; readonly output: string }>;
}

/** What is the same for every attempt on this machine. */
export interface Machine {
  readonly platform: 'posix' | 'windows';
  /** Absolute. */
  readonly home: string;
}

/** A statement as the dialect's own parser sees it: its trees, or nothing where it does not parse. */
export type ParseSql = (statement: string, dialect: SqlDialect) => readonly unknown[] | undefined;

/** Everything one attempt is supervised with, made anew from the settings of that moment. */
export interface Supervision {
  readonly policy: Policy;
  readonly machine: Machine;
  readonly understand: Understand;
  readonly understandText: UnderstandText;
  readonly world: World;
  readonly approver: Approver;
  readonly ledger: Ledger;
  readonly redact: (text: string) => Redacted;
}

/** From an attempt to its effects. Never throws, never waits. */
export type Understand = (attempt: Attempt) => readonly Effect[];

/** The same for a text that an attempt leads to; the effects name where they stand. */
export type UnderstandText = (
  text: string,
  lead: Lead,
  source: Source,
  cwd: string,
  at: Span,
) => readonly Effect[];
