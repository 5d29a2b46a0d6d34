import { ConfigurationTarget, Disposable, workspace, type Uri } from 'vscode';
import type { Verdict } from '../core/model.ts';
import { verdicts } from '../core/model.ts';
import { factory, readSettings, settingKeys, tighten, type Settings } from '../core/settings.ts';

/** What holds at a moment, and what of the settings could not be used. */
export interface Read {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

export interface Watched extends Disposable {
  readonly current: () => Read;
}

/**
 * Reads the settings now and whenever one changes. What a person set in their own scope counts; what the workspace or a
 * folder in it sets can only tighten that, trusted or not. A value that does not parse leaves the last good one.
 */
export function watchSettings(onChange: (read: Read) => void): Watched {
  const goods = new Map<string, unknown>();
  let current = readAll(goods);
  const reread = () => {
    current = readAll(goods);
    onChange(current);
  };
  const listening = Disposable.from(
    workspace.onDidChangeConfiguration(event => event.affectsConfiguration('chaperone') && reread()),
    workspace.onDidChangeWorkspaceFolders(reread),
  );
  return { current: () => current, dispose: () => listening.dispose() };
}

/** What the person set in their own scope, by key without `chaperone.`, as it stands there. */
export function personalValues(): Readonly<Record<string, unknown>> {
  const { get } = personal();
  return Object.fromEntries(settingKeys.map(key => [key, get(key)]));
}

/** Writes a setting of the person's own. Only after a person said so in a dialog. */
export async function setForPerson(key: (typeof settingKeys)[number], value: unknown): Promise<void> {
  await workspace.getConfiguration('chaperone').update(key, value, ConfigurationTarget.Global);
}

/** `goods` remembers the last usable value of each key in each scope. */
function readAll(goods: Map<string, unknown>): Read {
  const problems: string[] = [];
  const read = ({ name, get }: Scope, fallback: Settings) => {
    const usable = (key: string) => lastGood(`${name} ${key}`, key, get(key), goods, problems);
    return readSettings(usable, fallback).settings;
  };
  const person = read(personal(), factory);
  const settings = shared().reduce((sum, scope) => tightened(sum, read(scope, asksNothing)), person);
  return { settings, problems: [...new Set(problems)] };
}

function lastGood(
  place: string,
  key: string,
  value: unknown,
  goods: Map<string, unknown>,
  problems: string[],
): unknown {
  const { problems: found } = readSettings(it => (it === key ? value : undefined));
  if (found.length === 0) goods.set(place, value);
  problems.push(...found);
  return goods.get(place);
}

interface Scope {
  readonly name: string;
  readonly get: (key: string) => unknown;
}

function personal(): Scope {
  return { name: 'person', get: key => inspect(key)?.globalValue };
}

function shared(): readonly Scope[] {
  const folders = workspace.workspaceFolders ?? [];
  return [
    { name: 'workspace', get: key => inspect(key)?.workspaceValue },
    ...folders.map(({ uri }) => ({
      name: uri.toString(),
      get: (key: string) => inspect(key, uri)?.workspaceFolderValue,
    })),
  ];
}

function inspect(key: string, uri?: Uri) {
  return workspace.getConfiguration('chaperone', uri).inspect<unknown>(key);
}

/** What a workspace says that sets nothing: the loosest of everything, so that it tightens nothing. */
const asksNothing: Settings = { ...factory, mode: 'watch', approvalTimeout: Number.MAX_SAFE_INTEGER };

function tightened(sum: Settings, scope: Settings): Settings {
  return { ...tighten(sum, scope), floors: strictest(sum.floors, scope.rules) };
}

function strictest(a: Settings['floors'], b: Settings['floors']): Settings['floors'] {
  const stricter = Object.entries(b).filter(([rule, verdict]) => rank(verdict) > rank(a[rule]));
  return { ...a, ...Object.fromEntries(stricter) };
}

function rank(verdict: Verdict | undefined): number {
  return verdict ? verdicts.indexOf(verdict) : -1;
}
