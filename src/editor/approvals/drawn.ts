import type { ModeSwitch } from '../mode.ts';
import type { Problems } from '../problems.ts';
import type { ApprovalQueue } from './queue.ts';

/** What surfaces draw from. */
export interface Drawn {
  readonly queue: ApprovalQueue;
  readonly mode: ModeSwitch;
  readonly problems: Problems;
}
