import type { Agent, Examined } from '../core/agent.ts';
import type { Masked } from '../core/masked.ts';
import type { DenyList } from '../core/denyList.ts';
import type { Met } from '../core/met.ts';
import type { Named } from '../core/masking.ts';
import type { Attempt, Decision, Effect, Reply } from '../core/model.ts';
import type { Answer, Approver, Machine } from '../core/ports.ts';
import type { Rotations } from '../core/rotation.ts';
import type { KnownAges } from '../core/aged.ts';
import type { Ending, Report, Scan, Secret, Staged } from '../core/report.ts';

/** Asks a person; `signal` says that nobody waits for the answer any more. */
export type Asker = (...asked: [...Parameters<Approver['ask']>, signal: AbortSignal]) => Promise<Answer>;

/** What the subcommands need of the machine and the tables; `alone.ts` gives it. */
export interface Cli {
  readonly version: string;
  readonly machine: Machine;
  readonly agents: readonly Agent[];
  readonly rotations: Rotations;
  readonly cwd: string;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly lines: () => AsyncIterable<string>;
  readonly state: string;
  /** What an attempt would do, and what would be made of it; nobody is asked and nothing is recorded. */
  readonly consider: (attempt: Attempt) => Promise<{
    readonly met: readonly Met[];
    readonly effects: readonly Effect[];
    readonly decision: Decision;
  }>;
  /** A file as an agent may see it. The path is absolute. */
  readonly read: (path: string) => Promise<Masked>;
  /** Whether an agent seems to be installed. */
  readonly isHere: (agent: Agent) => Promise<boolean>;
  readonly install: (agent: Agent) => Promise<Wired>;
  readonly uninstall: (agent: Agent) => Promise<Wired>;
  readonly examine: (agent: Agent) => Promise<Examined>;
  readonly problems: () => readonly string[];
  readonly windows: () => readonly { readonly folders: readonly string[]; readonly pid: number }[];
  readonly verify: () => Promise<{
    readonly lines: number;
    readonly problems: readonly { readonly line: number; readonly what: string }[];
  }>;
  readonly recent: (last: number) => readonly Recorded[];
  /** Answers hooks in the place of a window until told to stop. */
  readonly serve: (ask: Asker, seen: (attempt: Attempt, reply: Reply) => void) => Promise<() => void>;
  /** What is typed; nothing once the signal says that nobody waits for it. */
  readonly question: (text: string, signal?: AbortSignal) => Promise<string>;
  readonly scan: (scan: Scan) => Promise<Report>;
  /** What is staged below these paths, or everywhere. */
  readonly scanStaged: (paths: readonly string[], signal: Ending) => Promise<Staged>;
  /** What is known of the age of secrets, which are noted with it. */
  readonly ages: (secrets: readonly Secret[]) => Promise<KnownAges>;
  /** Changes the pre-commit hook that git runs for this folder. */
  readonly commitHook: (
    how: 'install' | 'uninstall',
  ) => Promise<{ readonly file: string; readonly removed?: true } | { readonly problem: string }>;
  /** Shows one line that is replaced by the next, where somebody watches; an empty one clears it. */
  readonly status: (line: string) => void;
  /** A path as it really is: links resolved. Throws where nothing is there. */
  readonly real: (path: string) => string;
  /** Calls back when the person ends us; the result stops listening. */
  readonly interrupted: (ended: () => void) => () => void;
  /** Agents' own lists of what they must not read, for this folder. */
  readonly lists: () => Promise<Listing>;
  /** Runs a command in a guarded terminal, or says in sentences why it was not started. */
  readonly confine: (given: Confining) => Promise<Confined>;
  /** Stands between a client here and the server that a command starts, which is called so. Never rejects. */
  readonly standBetween: (
    name: string,
    command: readonly string[],
  ) => Promise<
    { readonly exit: number } | { readonly signal: NodeJS.Signals } | { readonly problem: string }
  >;
  /** Puts that before the servers in files, and takes it out again. No files are the usual ones. */
  readonly servers: {
    readonly guard: (files: readonly string[]) => Promise<readonly Guarded[]>;
    readonly letGo: (files: readonly string[]) => Promise<readonly LetGo[]>;
  };
  /** The environment that sessions in this folder are pinned to; empty for none. */
  readonly pin: () => string;
  /** The value of a secret, for a command; asks the person where that is needed. Never rejects. */
  readonly secret: (
    name: string,
    from: string,
    command: readonly string[],
  ) => Promise<{ readonly value: string; readonly environment?: string } | { readonly problem: string }>;
  /** Runs a command with secrets, here and in this terminal. What it prints of them is masked. */
  readonly start: (
    command: readonly string[],
    secrets: readonly Named[],
  ) => Promise<
    { readonly exit: number } | { readonly signal: NodeJS.Signals } | { readonly problem: string }
  >;
}

/** The servers in a file that are guarded now, and those that cannot be. */
export type Guarded =
  | {
      readonly file: string;
      readonly changed: boolean;
      readonly guarded: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly problem: string };

export type LetGo = { readonly file: string; readonly changed: boolean } | { readonly problem: string };

export interface Listing {
  readonly all: readonly DenyList[];
  readonly write: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly undo: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly standings: (ids: readonly string[]) => readonly {
    readonly id: string;
    readonly file: string;
    readonly is: 'written' | 'outdated' | 'absent' | 'unreadable';
    readonly missing: readonly string[];
    readonly extra: readonly string[];
    readonly problem?: string;
  }[];
}

export interface Confining {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Names of variables that stay. */
  readonly keep: readonly string[];
  /** Hosts; none means what the settings say. */
  readonly domains: readonly string[];
  /** Hears what is kept out. */
  readonly say: (text: string) => void;
}

export type Confined = { readonly exit: number } | { readonly problems: readonly string[] };

export type Wired = { readonly changed: readonly string[] } | { readonly problem: string };

export interface Recorded {
  readonly n: number;
  readonly time: string;
  readonly agent: string;
  readonly text: string;
  readonly verdict: string;
  readonly outcome: string;
  readonly by: string;
}

/** A subcommand. `run` gives the exit status. */
export interface Subcommand {
  readonly usage: string;
  readonly summary: string;
  /** Behind the summary in its own help: options, exit statuses, an example. */
  readonly more?: string;
  readonly run: (args: readonly string[], cli: Cli) => Promise<number>;
}

/** Exit statuses, as `--help` states them. */
export const status = { fine: 0, failed: 1, ask: 3, deny: 4, found: 5, usage: 64, unguarded: 125 } as const;

/** A mistake in how a subcommand was called: shown with its usage. */
export class UsageError extends Error {}
