import type { HiddenBy } from '../../core/hidden.ts';
import type { Holding } from '../../core/holding.ts';
import type { PathFact } from '../../core/model.ts';
import type { Surroundings } from '../../core/places.ts';
import type { Machine } from '../../core/ports.ts';
import type { Holders } from '../traced/tracer.ts';
import type { Clock } from './clock.ts';

/** What all questions of one asking share. */
export interface Known {
  readonly machine: Machine;
  readonly time: Clock;
  /** With links resolved, and as given. */
  readonly own: Surroundings;
  /** The folders a person has open, with links resolved, each once. */
  readonly workspace: readonly string[];
  readonly hidden: HiddenBy;
  /** Where nobody can look into the file. */
  readonly supposed: HiddenBy;
  readonly guarded: (realPath: string) => string | undefined;
  readonly exposes: (text: string, path: string) => Holding | undefined;
  readonly excepted: (realPath: string) => boolean;
  readonly told: (why: string, text: string) => Pick<PathFact, 'instead' | 'variables'>;
  /** Which file of the workspace, hidden by name, has another name too: `device:inode` → why it is hidden. */
  readonly twins: () => Promise<ReadonlyMap<string, string>>;
  /** The files that are hidden for what stands in them, as far as they were found in time. Never rejects. */
  readonly holders: (time: Clock) => Promise<Holders>;
  readonly distrusted: readonly string[];
}
