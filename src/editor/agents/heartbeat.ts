import { Disposable, l10n, window } from 'vscode';
import { silentAgents, type Heard, type Marked } from '../../core/coverage.ts';

/** What the heartbeat needs. */
export interface Beating {
  /** What runs with an agent's marks below the shells of these processes. Never rejects. */
  readonly marked: (shells: readonly number[]) => Promise<readonly Marked[]>;
  readonly heard: () => Readonly<Record<string, Heard>>;
  readonly nameOf: (agent: string) => string;
  readonly complain: (sentences: readonly string[]) => void;
}

/**
 * Looks every few seconds at what runs in this window's terminals: an agent that starts commands there while its hook is
 * silent is told. Only what was started since counts, so that a window that opens late is no alarm.
 */
export function heartbeat({ marked, heard, nameOf, complain }: Beating): Disposable {
  const since = Date.now();
  const told = new Set<string>();
  let looking = false;
  const look = async () => {
    if (looking || !window.terminals.length) return;
    looking = true;
    try {
      const shells = await Promise.all(window.terminals.map(it => it.processId));
      const found = await marked(shells.filter(it => it !== undefined));
      if (!found.length && !told.size) return;
      const all = heard();
      for (const agent of silentAgents(found, all, since, Date.now())) told.add(agent);
      // One that spoke since is well again.
      for (const agent of told) if ((all[agent]?.at ?? 0) > Date.now() - recent) told.delete(agent);
      complain(
        [...told].map(agent =>
          l10n.t(
            '{0} runs commands in a terminal, and its hook is silent: nothing stops it there. See the view Coverage.',
            nameOf(agent),
          ),
        ),
      );
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), timeBetweenLooks);
  return new Disposable(() => clearInterval(timer));
}

const timeBetweenLooks = 2_000;
const recent = 10_000;
