import { ConfigurationTarget, workspace, type Disposable, type Memento } from 'vscode';

export interface Excluding {
  /** The globs that should be hidden from the person too, none where they did not choose it; `undefined` where that is not known. */
  readonly wanted: () => Promise<readonly string[] | undefined>;
  /** Remembers across windows which keys are ours. */
  readonly memory: Pick<Memento, 'get' | 'update'>;
  /** What is wrong now, in sentences; none when all is well. */
  readonly complain: (problems: readonly string[]) => void;
}

/**
 * Keeps the person's own `files.exclude` and `search.exclude` as they chose, now and whenever our settings change. Only keys
 * that were added here are taken out again; a key that was there before stays as it is, whatever it says.
 */
export function excludes({
  wanted,
  memory,
  complain,
}: Excluding): Disposable & { readonly idle: () => Promise<void> } {
  let doing = Promise.resolve();
  const once = async () => {
    const problems: string[] = [];
    try {
      const globs = await wanted();
      if (!globs) return;
      for (const key of ['files.exclude', 'search.exclude'])
        await keep(key, globs, memory).catch((error: unknown) => problems.push(sentence(key, error)));
    } catch (error) {
      problems.push(sentence('files.exclude', error));
    }
    complain(problems);
  };
  const look = () => void (doing = doing.then(once));
  look();
  const listening = workspace.onDidChangeConfiguration(event => {
    if (['hideInEditor', 'hidden'].some(key => event.affectsConfiguration(`chaperone.${key}`))) look();
  });
  return { idle: () => doing, dispose: () => listening.dispose() };
}

/**
 * Another window may do the same at this moment. It writes the same; and where its word of what is ours comes late, the keys
 * are somebody's here: nothing is changed, and nothing that is remembered is forgotten.
 */
async function keep(key: string, wanted: readonly string[], memory: Excluding['memory']): Promise<void> {
  const set = workspace.getConfiguration().inspect<unknown>(key)?.globalValue;
  if (set !== undefined && !isTable(set)) throw new Error('not an object');
  const now = set ?? {};
  const before = remembered(memory, key);
  const isOurs = (glob: string) => before.includes(glob) && Object.hasOwn(now, glob) && now[glob] === true;
  const stale = Object.keys(now).filter(glob => isOurs(glob) && !wanted.includes(glob));
  const fresh = wanted.filter(glob => !Object.hasOwn(now, glob));
  const ours = [...before.filter(glob => isOurs(glob) && !stale.includes(glob)), ...fresh];
  if (stale.length || fresh.length) {
    // First remembered, then written: a window that closes in between leaves nothing behind that nobody takes out.
    await remember(memory, key, [...new Set([...before, ...fresh])]);
    const rest = Object.entries(now).filter(([glob]) => !stale.includes(glob));
    const next = Object.fromEntries([...rest, ...fresh.map(glob => [glob, true] as const)]);
    try {
      await workspace
        .getConfiguration()
        .update(key, Object.keys(next).length ? next : undefined, ConfigurationTarget.Global);
    } catch (error) {
      await remember(memory, key, before);
      throw error;
    }
  }
  await remember(memory, key, ours);
}

function remembered(memory: Excluding['memory'], key: string): readonly string[] {
  const value: unknown = memory.get(`chaperone.${key}`);
  return Array.isArray(value) ? value.filter(it => typeof it === 'string') : [];
}

async function remember(memory: Excluding['memory'], key: string, globs: readonly string[]): Promise<void> {
  if (JSON.stringify(globs) === JSON.stringify(remembered(memory, key))) return;
  await memory.update(`chaperone.${key}`, globs.length ? globs : undefined);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sentence(key: string, error: unknown): string {
  return `cannot keep \`${key}\` of your settings: ${error instanceof Error ? error.message : String(error)}`;
}
