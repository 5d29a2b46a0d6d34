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

/** One value put into an array of a JSON file that the agent reads. Undoing takes exactly it out again. */
export interface Wiring {
  /** `~/` is the person's home. */
  readonly file: string;
  /** Where the array is, from the top of the file; made where it is missing. */
  readonly at: readonly string[];
  readonly entry: (launch: Launch) => unknown;
}

/** A hook started as the agent starts it, and whether it must stop what the payload attempts. */
export interface Trial {
  readonly what: string;
  readonly command: string;
  readonly payload: unknown;
  readonly stops: boolean;
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
  /** What shows, without the agent, that its hook works in that folder. */
  readonly trials: (launch: Launch, cwd: string) => readonly Trial[];
  /** Files with which hooks of this agent can be switched off: writing them is tampering. */
  readonly switches: readonly string[];
  /** Keys that, set so, switch its hooks off: looked for by whoever examines it. `./` is the workspace. */
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
