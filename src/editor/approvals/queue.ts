import { EventEmitter, type Disposable } from 'vscode';
import { covers, grantFor, handOut, handsOut } from '../../core/grants.ts';
import type { Attempt, Decision, Doer, Grant, Handed } from '../../core/model.ts';
import type { Answer, Approver } from '../../core/ports.ts';

/** An attempt that waits for a person. Times in milliseconds since 1970. */
export interface Pending {
  readonly id: string;
  readonly attempt: Attempt;
  readonly decision: Decision;
  readonly since: number;
  readonly until: number;
}

/** As long as this window lives: grants are never written down. */
export const untilClosed = Number.MAX_SAFE_INTEGER;

/**
 * What waits for a person, and what a person said yes to for a while: the only state there is about approvals. The first
 * answer wins, whoever gives it. No answer in time, a hook that went away and a closing window are all a no by nobody.
 */
export class ApprovalQueue implements Approver, Disposable {
  readonly #seconds: () => number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #settled = new Map<string, Answer>();
  readonly #changed = new EventEmitter<readonly Pending[]>();
  #grants: readonly Granted[] = [];
  #count = 0;
  #disposed = false;

  /** Fires after each change of what waits or is granted. */
  readonly onDidChange = this.#changed.event;

  /** `seconds` a person has to answer, asked anew for each attempt. */
  constructor(seconds: () => number) {
    this.#seconds = seconds;
  }

  /** Oldest first. */
  get pending(): readonly Pending[] {
    return [...this.#waiting.values()].map(it => it.pending);
  }

  /** Those that still hold. */
  get grants(): readonly Grant[] {
    const now = Date.now();
    return this.#grants.map(it => it.grant).filter(it => it.until > now);
  }

  /** Whether a person handed out what stands in a file to whoever does something. */
  handed(secret: { readonly name?: string; readonly file: string }, by: Doer): boolean {
    return handsOut(this.grants, secret, by, Date.now());
  }

  /** Waits for a person; a `signal` says that whoever asked has gone. Never rejects. */
  ask(attempt: Attempt, decision: Decision, signal?: AbortSignal): Promise<Answer> {
    const grant = covers(this.grants, attempt, decision, Date.now());
    if (grant) return Promise.resolve(byGrant);
    const why = this.#cannotAsk(decision, signal);
    return why === undefined ? this.#wait(attempt, decision, signal) : Promise.resolve(refusal(why));
  }

  /**
   * The answer that counts, which is the first: another one than `answer` if somebody was quicker. With `until` a yes is
   * remembered till then, where a yes to this may be remembered.
   */
  answer(id: string, answer: Answer, until?: number): Answer {
    const waiting = this.#waiting.get(id);
    if (!waiting) return this.#settled.get(id) ?? refusal('nothing of the kind waits');
    const { attempt, decision } = waiting.pending;
    const grant =
      until !== undefined && answer.outcome === 'allowed'
        ? grantFor(attempt, decision, until, this.#nextId('grant'))
        : undefined;
    this.#settle(waiting, answer);
    if (grant) this.#keep(grant);
    this.#changed.fire(this.pending);
    return answer;
  }

  /** Whoever asked has gone: nobody waits for an answer any more. */
  withdraw(id: string): void {
    this.answer(id, refusal('whoever asked has gone'));
  }

  /** Hands out a secret before anything asks for it: to an agent by its id, without one to all of this window. */
  handOut(secret: Handed, agent: string | undefined, until: number): void {
    if (this.#disposed) return;
    this.#keep(handOut(secret, agent, until, this.#nextId('grant')));
    this.#changed.fire(this.pending);
  }

  revoke(grantId: string): void {
    const gone = this.#grants.find(it => it.grant.id === grantId);
    if (!gone) return;
    clearTimeout(gone.end);
    this.#grants = this.#grants.filter(it => it !== gone);
    this.#changed.fire(this.pending);
  }

  /** Refuses all that waits, forgets all grants, and from now on everything. */
  dispose(): void {
    this.#disposed = true;
    for (const waiting of this.#waiting.values()) this.#settle(waiting, refusal(closing));
    for (const { end } of this.#grants) clearTimeout(end);
    this.#grants = [];
    this.#changed.fire([]);
    this.#changed.dispose();
  }

  #cannotAsk(decision: Decision, signal: AbortSignal | undefined): string | undefined {
    if (this.#disposed) return closing;
    if (decision.verdict === 'deny') return 'no approval can be given for this';
    if (signal?.aborted) return 'whoever asked has gone';
    if (this.#waiting.size >= mostWaiting) return `${mostWaiting} others are waiting for an answer`;
    return undefined;
  }

  #wait(attempt: Attempt, decision: Decision, signal: AbortSignal | undefined): Promise<Answer> {
    const seconds = this.#seconds();
    const since = Date.now();
    const pending = { id: this.#nextId('approval'), attempt, decision, since, until: since + seconds * 1000 };
    const withdraw = () => this.withdraw(pending.id);
    const end = setTimeout(
      () => this.answer(pending.id, refusal(`nobody answered within ${seconds} seconds`)),
      seconds * 1000,
    );
    signal?.addEventListener('abort', withdraw, { once: true });
    return new Promise(resolve => {
      const settle = (answer: Answer) => {
        clearTimeout(end);
        signal?.removeEventListener('abort', withdraw);
        resolve(answer);
      };
      this.#waiting.set(pending.id, { pending, settle });
      this.#changed.fire(this.pending);
    });
  }

  #settle(waiting: Waiting, answer: Answer): void {
    const { id } = waiting.pending;
    this.#waiting.delete(id);
    this.#settled.set(id, answer);
    const [oldest] = this.#settled.keys();
    if (this.#settled.size > mostRemembered && oldest !== undefined) this.#settled.delete(oldest);
    waiting.settle(answer);
  }

  /** The same yes answers what else waits and is covered by it. */
  #keep(grant: Grant): void {
    const left = grant.until - Date.now();
    const end = grant.until === untilClosed ? undefined : setTimeout(() => this.revoke(grant.id), left);
    this.#grants = [...this.#grants, { grant, end }];
    for (const waiting of this.#waiting.values()) {
      const { attempt, decision } = waiting.pending;
      const covering = covers(this.grants, attempt, decision, Date.now());
      if (covering) this.#settle(waiting, byGrant);
    }
  }

  #nextId(what: string): string {
    this.#count += 1;
    return `${what} ${this.#count}`;
  }
}

interface Waiting {
  readonly pending: Pending;
  readonly settle: (answer: Answer) => void;
}

interface Granted {
  readonly grant: Grant;
  readonly end: NodeJS.Timeout | undefined;
}

/** More than a person can answer; what comes on top is refused at once. */
const mostWaiting = 50;
/** Settled ones, to tell who comes too late what counted. */
const mostRemembered = 100;
const closing = 'the window is closing';

function refusal(note: string): Answer {
  return { outcome: 'refused', by: 'nobody', note };
}

const byGrant: Answer = { outcome: 'allowed', by: 'grant' };
