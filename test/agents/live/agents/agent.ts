import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Call } from '../../../support/model/script.ts';

/** One agent's real command line program: what to install, how to start it without a person, where it asks. */
export interface LiveAgent {
  /** Pinned: what these tests know about an agent was seen in this version. */
  readonly package: string;
  readonly version: string;
  /** The program, from the folder it was installed in. */
  readonly program: string;
  /** Writes what the program expects in a HOME that has been used before. A file that is there stays as it is. */
  readonly settle: (home: string) => Promise<void>;
  /** Writes what only one run can tell, before it starts. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  readonly args: (prompt: string, stage: Stage) => readonly string[];
  /** `url` is where the scripted model listens. */
  readonly env: (url: string, stage: Stage) => Readonly<Record<string, string>>;
  readonly calls: Calls;
  /** Arguments with which it declares the tools of all calls. */
  readonly declaring?: readonly string[];
  /** A no is the end of its run, and the model is shown nothing. */
  readonly endsAtNo?: true;
}

/** Where one run takes place. */
export interface Stage {
  readonly home: string;
  readonly workspace: string;
  readonly url: string;
  /** The folder the agent was installed in. */
  readonly folder: string;
}

/**
 * The calls with which the model has an agent do what every agent can; what is left out is what it has no tool for.
 * Paths are whole ones.
 */
export interface Calls {
  readonly shell: (command: string) => Call;
  readonly read?: (path: string) => Call;
  /** Writes a file that is not there yet. */
  readonly write?: (path: string, content: string) => Call;
  readonly search?: (pattern: string) => Call;
}

/** What stands for a key: programs ask for one, the scripted model does not. */
export const noKey = 'not-a-key';

/** Writes a file, in JSON if it is no text, unless it is there. */
export async function offer(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`;
  await writeFile(path, text, { flag: 'wx' }).catch(unlessThere);
}

/** Passes over the failure to make what is there already. */
export function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error;
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A program that npm links to. */
export function bin(name: string): string {
  return join('node_modules/.bin', name);
}
