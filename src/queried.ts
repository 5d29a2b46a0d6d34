import { vscode } from './agents/vscode/index.ts';
import { forAgent } from './core/explain.ts';
import type { Action } from './core/model.ts';
import { across, wanted } from './core/origin.ts';
import type { Supervision } from './core/ports.ts';
import { absolute } from './core/paths.ts';
import { unfit } from './core/query.ts';
import type { Settings } from './core/settings.ts';
import { supervise } from './core/supervise.ts';
import { inherited, maskedAround, secretFrom } from './injected.ts';
import { thisMachine } from './system/machine.ts';
import type { Around } from './system/origins.ts';
import { queried } from './system/queries.ts';

/** A statement that a model wants to put to a connection by its name. */
export interface Asked {
  readonly connection: string;
  readonly statement: string;
  readonly limit: number;
  readonly cwd: string;
}

/**
 * Puts it there by the one line, and gives rows as a table, or why not. Of the connection a model learns the name. What
 * `passed` its hook is not ruled on a second time. Never rejects; `signal` ends it.
 */
export async function queryForModel(
  { connection: name, statement, limit, cwd }: Asked,
  given: Supervision,
  settings: Settings,
  vault: Pick<Around, 'window' | 'isStored'>,
  passed: (action: Action) => boolean,
  signal: AbortSignal,
): Promise<string> {
  const { connections } = settings;
  const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (!connection) return `It was not run: ${known(Object.keys(connections))}`;
  if (across(settings.environment, connection.environment) !== undefined)
    return `It was not run: \`${name}\` is for ${connection.environment}, and this is pinned to ${settings.environment}.`;
  const why = unfit(statement, connection);
  if (why) return `It was not run: ${why}.`;
  const action: Action = { kind: 'sql', statement, dialect: 'unknown', profile: name };
  const subject = { agent: vscode.id, name: vscode.name, session: 'chaperone_query', cwd };
  const ruling = passed(action) ? undefined : await supervise({ subject, action }, given);
  if (ruling?.outcome === 'refused') return `It was not run. ${forAgent(ruling)}`;
  const machine = thisMachine();
  const address = await addressOf(connection.kind === 'sqlite', connection.from, { cwd, settings, vault });
  if ('problem' in address) return `It was not run: ${address.problem}`;
  const variables = inherited();
  const query = { connection, address: address.value, statement, limit, cwd, variables, signal };
  // A row may hold what an env file keeps secret.
  return maskedAround(await queried(query, machine), { cwd, workspace: cwd });
}

async function addressOf(
  isFile: boolean,
  from: string,
  { cwd, settings, vault }: { cwd: string; settings: Settings; vault: Pick<Around, 'window' | 'isStored'> },
): Promise<{ readonly value: string } | { readonly problem: string }> {
  if (isFile) return { value: absolute(from, cwd, thisMachine()) };
  const source = wanted(from);
  if (!source) return { problem: 'the setting does not name where the address of this connection is' };
  const got = await secretFrom(source.name, source.from, settings, { cwd, workspace: cwd, ...vault });
  if ('problem' in got) return got;
  return across(settings.environment, got.environment) === undefined
    ? got
    : { problem: `its address is for ${got.environment}, and this is pinned to ${settings.environment}` };
}

function known(names: readonly string[]): string {
  return names.length
    ? `there is no such connection. There are: ${names.join(', ')}.`
    : 'the person has named no connection in the setting `chaperone.connections`. Ask them.';
}
