import type { Attempt, Reply, Ruling } from './model.ts';
import type { Machine } from './ports.ts';

/** One event of an agent's: how it is read, and how a ruling is worded for it. */
export interface Hook {
  /** `undefined` when this event is none of our business; an `unreadable` action when it is and we cannot. */
  readonly read: (payload: unknown, machine: Machine) => Attempt | undefined;
  readonly reply: (ruling: Ruling) => Reply;
  /** A no without a ruling: something of ours failed. `why` is a sentence for the agent. */
  readonly refuse: (why: string) => Reply;
}

/** A file or program by which we know that an agent is installed. `~/` is the person's home. */
export type Trace = { readonly file: string } | { readonly program: string };

/** How a hook starts the guard. All paths absolute. */
export interface Launch {
  readonly node: string;
  readonly guard: string;
  /** The folder of Chaperone's state: ledger, settings, windows. */
  readonly state: string;
  readonly platform: Machine['platform'];
}

/**
 * Something of ours in a file that the agent reads. Undoing takes exactly it out again. `~/` is the person's home. All
 * wirings of one file are of one kind.
 */
export type Wiring =
  /** A value in an array of a file of JSON with comments, or of YAML by its name. */
  | {
      readonly file: string;
      /** Where the array is, from the top of the file; made where it is missing. */
      readonly at: readonly string[];
      readonly entry: (launch: Launch) => unknown;
      /** What a file begins with that was not there. */
      readonly start?: Readonly<Record<string, unknown>>;
      /** Hooks elsewhere that the agent would run no more beside ours: where there are any, ours is not put in. */
      readonly displaces?: readonly { readonly file: string; readonly at: readonly string[] }[];
    }
  /** A whole file. One that is somebody else's is in the way, and stays. */
  | { readonly file: string; readonly text: (launch: Launch) => string; readonly executable?: true }
  /** Lines between marks at the end of a text in which `#` begins a comment, such as TOML. Each ends with a line break. */
  | { readonly file: string; readonly block: (launch: Launch, told: readonly unknown[]) => string }
  /** The same, with what the agent's own program says once the rest is written; `undefined` where it did not say it. */
  | {
      readonly file: string;
      readonly block: (launch: Launch, told: readonly unknown[]) => string | undefined;
      readonly asks: (home: string) => Asking;
      /** What a person can do where its program does not say it. */
      readonly untold: string;
    };

/** A program of an agent's, and the JSON lines that it is told one after another. */
export interface Asking {
  readonly program: string;
  readonly args: readonly string[];
  readonly lines: readonly unknown[];
  /** Whether it has said all that is wanted. */
  readonly isLast: (answer: unknown) => boolean;
}

/** The JSON lines that it said. */
export type Answered = { readonly answers: readonly unknown[] } | { readonly problem: string };

/** A hook started as the agent starts it, and whether it must stop what the payload attempts. */
export interface Trial {
  readonly what: string;
  readonly command: string;
  readonly payload: unknown;
  readonly stops: boolean;
}

/** What of an agent's doing an agent's hook is told of. */
export const sights = [
  'commands',
  'reads',
  'searches',
  'writes',
  'notebooks',
  'tasks',
  'web requests',
  'MCP calls',
  'subagents',
] as const;
export type Sight = (typeof sights)[number];

/** How far an agent's hook reaches, as the coverage view tells it. */
export interface Coverage {
  readonly sees: readonly Sight[];
  /** What the agent does with a call when our hook fails, wired as we wire it. */
  readonly failing: 'refuses' | 'goes on' | 'unknown';
  /** What no hook of its is told of, or what undoes them: sentences without a full stop. */
  readonly gaps: readonly string[];
  /** `run`: seen with its real program. `read`: from its own pages or package. `heard`: from others; to be confirmed. */
  readonly known: 'run' | 'read' | 'heard';
  /** Version or page, and the month. */
  readonly source: string;
}

/** Another program that runs this agent's hook files, and how that is seen. */
export interface Host {
  /** Its id in the table of agents. */
  readonly agent: string;
  /** `marks` are the names of `hostMarks` that its hook was started with. */
  readonly is: (payload: unknown, marks: readonly string[]) => boolean;
}

/** How an agent speaks. Two functions a hook; everything else about it is data. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly hooks: Readonly<Record<string, Hook>>;
  /** Seconds the agent waits for the hook, as we wire it. The guard answers before. */
  readonly timeout: number;
  readonly traces: readonly Trace[];
  readonly wiring: readonly Wiring[];
  /** How its hook gets there, where no file of its own is wired and the extension does not bring it. */
  readonly instead?: string;
  /** What shows, without the agent, that its hook works in that folder. */
  readonly trials: (launch: Launch, cwd: string) => readonly Trial[];
  readonly coverage: Coverage;
  /** Who else runs its hook files. Where such a program has a hook of its own, that one is answered, and this one is silent. */
  readonly hosts?: readonly Host[];
  /** Files with which hooks of this agent can be switched off: writing them is tampering. */
  readonly switches: readonly string[];
  /** Keys that, set so, switch its hooks off, or lines that do: looked for by whoever examines it. `./` is the workspace. */
  readonly off: readonly { readonly file: string; readonly key: string; readonly value: unknown }[];
}

/** How an agent stands: where it was found, how it is wired, and what its hook said when it was started. */
export interface Examined {
  readonly found: string | undefined;
  readonly wired: string;
  /** What switches its hooks off now, in sentences. */
  readonly off: readonly string[];
  readonly tried: readonly {
    readonly what: string;
    readonly ok: boolean;
    readonly took: number;
    readonly said: string;
  }[];
}
