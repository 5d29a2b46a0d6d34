import type { Attempt, Decision } from '../../core/model.ts';
import { handedAhead, handedBy, handsOutAll } from '../../core/grants.ts';
import { across, type SecretAsked } from '../../core/origin.ts';
import type { Answer, Approver } from '../../core/ports.ts';
import type { ApprovalQueue } from '../approvals/queue.ts';
import type { Vault } from './vault.ts';

/** Where stored secrets are handed over to `guard run`, when a person said yes to it. */
export interface Desk {
  /** Asks as the queue does, and remembers for which secrets a yes was just given. */
  readonly approver: (signal?: AbortSignal) => Approver;
  /** As the reply of a window has it: the value, or a sentence why it is not handed over. Never rejects. */
  readonly give: (
    asked: SecretAsked,
    cwd: string,
    pin: string,
    decide: (attempt: Attempt, approver: Approver) => Promise<Answer['outcome']>,
    signal: AbortSignal,
  ) => Promise<{ readonly value: string; readonly environment?: string } | { readonly problem: string }>;
  readonly stored: (name: string) => { readonly environment?: string } | undefined;
  /** What was handed over otherwise: a yes that was just given to it is used. */
  readonly spend: (name: string, cwd: string) => void;
  /** Removes what is stored, and takes back what handed it out: another value of that name was never handed out. */
  readonly remove: (name: string) => Promise<void>;
  /** What is handed out ahead in a folder, to an agent by its id, as `--with` names it. */
  readonly ahead: (agent: string, cwd: string) => readonly { readonly name: string; readonly from: string }[];
}

export function desk(vault: Vault, queue: ApprovalQueue): Desk {
  let noted: readonly Noted[] = [];
  const stored = (name: string) => vault.names().find(it => it.name === name);
  const isStored = (it: Named, name: string) => it.name === name && /^(?:vscode)?$/.test(it.from);
  /** A yes that was just given is good for one use; one for a session, as long as it holds. */
  const covers = (name: string, cwd: string): boolean => {
    const now = Date.now();
    const fits = (it: Named & { readonly cwd: string }) =>
      isStored(it, name) && (cwd === it.cwd || cwd.startsWith(`${it.cwd}/`));
    if (queue.grants.some(it => it.until > now && it.handed?.some(fits))) return true;
    const found = noted.find(it => it.until > now && fits(it));
    noted = noted.filter(it => it !== found && it.until > now);
    return found !== undefined;
  };
  const approver = (signal?: AbortSignal): Approver => ({
    ask: async (attempt, decision) => {
      const answer = await queue.ask(attempt, decision, signal);
      // A yes for a session is a grant, and counts as long as that does.
      const granted = queue.grants.some(it => handsOutAll(it, attempt, decision));
      if (answer.outcome === 'allowed' && !granted)
        noted = [...noted, ...justAllowed(attempt, decision)].slice(-mostNoted);
      return answer;
    },
  });
  return {
    stored,
    approver,
    spend: (name, cwd) => void covers(name, cwd),
    remove: async name => {
      await vault.remove(name);
      noted = noted.filter(it => !isStored(it, name));
      for (const { id, handed } of queue.grants) if (handed?.some(it => isStored(it, name))) queue.revoke(id);
    },
    ahead: (agent, cwd) =>
      handedAhead(queue.grants, { agent, cwd }, Date.now()).map(({ name, from }) => ({ name, from })),
    give: async ({ name, command }, cwd, pin, decide, signal) => {
      const known = stored(name);
      if (!known) return { problem: `cannot get \`${name}\`: the editor has stored no secret of that name` };
      if (!command) return { value: '' };
      if (across(pin, known.environment) !== undefined)
        return { problem: `\`${name}\` is for ${known.environment}, and this is pinned to ${pin}` };
      const asking: Approver = {
        ask: async (attempt, decision) =>
          covers(name, cwd) ? { outcome: 'allowed', by: 'grant' } : queue.ask(attempt, decision, signal),
      };
      if ((await decide(attemptOf(name, command, cwd), asking)) !== 'allowed')
        return { problem: `\`${name}\` was not handed over: the person did not allow it` };
      const value = await vault.value(name);
      return value === undefined
        ? { problem: `cannot get \`${name}\`: the editor's secret storage has lost it` }
        : { value, ...(known.environment !== undefined && { environment: known.environment }) };
    },
  };
}

interface Named {
  readonly name: string;
  readonly from: string;
}

interface Noted extends Named {
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** How long a line that was allowed may take until it asks for its secrets. */
const timeToUse = 5 * 60_000;
const mostNoted = 100;

function justAllowed(attempt: Attempt, decision: Decision): readonly Noted[] {
  const until = Date.now() + timeToUse;
  return handedBy(attempt, decision).map(({ name, from, cwd }) => ({ name, from, cwd, until }));
}

/** Whoever started the command is judged by their own hook: here it is only about the secret. */
function attemptOf(name: string, command: readonly string[], cwd: string): Attempt {
  return {
    subject: {
      agent: 'guard',
      name: `\`${command.join(' ').slice(0, 200)}\` in a terminal`,
      session: 'terminal',
      cwd,
    },
    action: { kind: 'exec', argv: ['chaperone', 'run', '--with', `${name}=vscode`] },
  };
}
