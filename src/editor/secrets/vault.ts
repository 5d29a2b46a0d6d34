import { EventEmitter, type Disposable, type Event, type Memento, type SecretStorage } from 'vscode';
import { isVariableName } from '../../core/origin.ts';

/** A secret that a person gave to VS Code's secret storage, without its value. */
export interface Stored {
  readonly name: string;
  /** What it is for, as the person said when storing it. */
  readonly environment?: string;
}

/**
 * The secrets a person stored here, by name. Values lie in VS Code's secret storage, which the system's keyring encrypts
 * where there is one; only names and environments lie beside it.
 */
export interface Vault extends Disposable {
  readonly onDidChange: Event<undefined>;
  /** In the order of the alphabet. */
  readonly names: () => readonly Stored[];
  /** Replaces what has this name. Rejects where the name is no name of a variable. */
  readonly store: (name: string, value: string, environment?: string) => Promise<void>;
  readonly value: (name: string) => Promise<string | undefined>;
  readonly remove: (name: string) => Promise<void>;
}

export function vault(context: { readonly secrets: SecretStorage; readonly globalState: Memento }): Vault {
  const { secrets, globalState } = context;
  const changed = new EventEmitter<undefined>();
  const names = () => storedIn(globalState.get(index));
  const keep = async (all: readonly Stored[]) => {
    await globalState.update(
      index,
      [...all].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    changed.fire(undefined);
  };
  return {
    onDidChange: changed.event,
    names,
    store: async (name, value, environment) => {
      if (!isVariableName(name))
        throw new Error(`cannot store \`${name}\`: it is not the name of a variable`);
      await secrets.store(keyOf(name), value);
      const rest = names().filter(it => it.name !== name);
      await keep([...rest, environment ? { name, environment } : { name }]);
    },
    value: async name => secrets.get(keyOf(name)),
    remove: async name => {
      await secrets.delete(keyOf(name));
      await keep(names().filter(it => it.name !== name));
    },
    dispose: () => changed.dispose(),
  };
}

const index = 'chaperone.secrets';
const keyOf = (name: string) => `secret:${name}`;

/** What another version wrote there may be anything. */
function storedIn(value: unknown): readonly Stored[] {
  return Array.isArray(value) ? value.filter(isStored) : [];
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { name, environment } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    isVariableName(name) &&
    (environment === undefined || typeof environment === 'string')
  );
}
