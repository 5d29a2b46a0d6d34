import { basename, dirname } from '../../paths.ts';
import type { Machine } from '../../ports.ts';
import { parameters, type Argument, type Given, type Shape } from './bind.ts';
import {
  concatenated,
  listOf,
  mapped,
  nothing,
  only,
  plain,
  something,
  type Item,
  type Value,
} from './values.ts';

/** What a command is called with, for the few whose output stands in their own arguments. */
export interface Called {
  readonly words: readonly Argument[];
  /** What comes down the pipe. */
  readonly fed: Value | undefined;
  readonly cwd: string;
  readonly machine: Machine;
}

type Output = (given: Given, called: Called) => Value | undefined;

/** Parameters of `Get-ChildItem`, which decide what it lists. */
export const listing: Shape = {
  switches:
    'recurse force name directory ad file af hidden ah readonly ar system as followsymlink codesigningcert',
  values: 'path literalpath pspath lp filter include exclude depth attributes',
  order: 'path filter',
};

const passing: Output = (_, { fed }) => fed;

/** What commands certainly give, or give some of. The next one is a row. */
const outputs: Readonly<Record<string, readonly [Shape, Output]>> = {
  'get-childitem': [listing, (given, { fed }) => listOf(listed(given, fed))],
  'get-item': [
    { values: 'path literalpath filter include exclude stream', switches: 'force', order: 'path' },
    given => listOf(given.pieces('path', 'literalpath').map(asFound)),
  ],
  'resolve-path': [
    { values: 'path literalpath relativebasepath', switches: 'relative', order: 'path' },
    given => listOf(given.pieces('path', 'literalpath').map(asFound)),
  ],
  'convert-path': [
    { values: 'path literalpath', order: 'path' },
    given => listOf(given.pieces('path', 'literalpath').map(asFound)),
  ],
  'new-item': [
    { values: 'path name itemtype value target', switches: 'force', order: 'path' },
    given => listOf(named(given)),
  ],
  'join-path': [
    {
      values: 'path childpath additionalchildpath',
      switches: 'resolve',
      order: 'path childpath additionalchildpath',
    },
    given => joinedPath(given),
  ],
  'split-path': [
    {
      values: 'path literalpath',
      switches: 'parent leaf leafbase extension qualifier noqualifier isabsolute resolve',
      order: 'path',
    },
    given => splitPath(given),
  ],
  'get-location': [{}, (_, { cwd }) => plain(cwd)],
  'write-output': [
    { switches: 'noenumerate', values: 'inputobject', order: 'inputobject' },
    (given, { fed }) => {
      const items = [...given.pieces('inputobject'), ...given.rest.flatMap(word => word.items)];
      return items.length ? listOf(items) : fed;
    },
  ],
  'get-command': [
    { values: 'name module commandtype type', switches: 'all', order: 'name' },
    given => (given.value('name') ? listOf(given.pieces('name')) : undefined),
  ],
  'get-variable': [{ values: 'name scope', switches: 'valueonly', order: 'name' }, () => undefined],
  'new-temporaryfile': [{}, (_, { machine }) => plain(`${temporary(machine)}/tmp.tmp`)],
  'new-object': [
    {
      values: 'typename argumentlist property comobject',
      switches: 'strict',
      order: 'typename argumentlist',
    },
    given => made(given),
  ],
  'convertto-securestring': [
    { values: 'string key securekey', switches: 'asplaintext force', order: 'string' },
    () => something('$(ConvertTo-SecureString)'),
  ],
  'invoke-webrequest': [{}, () => downloaded],
  'invoke-restmethod': [{}, () => downloaded],
  curl: [{}, () => downloaded],
  wget: [{}, () => downloaded],
  'convertto-json': [
    { values: 'inputobject depth', switches: 'compress asarray enumsasstrings', order: 'inputobject' },
    (given, { fed }) => {
      const items = given.value('inputobject')?.items ?? fed?.items ?? [];
      return items.length ? only(asJson(items)) : undefined;
    },
  ],
  'where-object': [{}, passing],
  'sort-object': [{}, passing],
  'select-object': [
    {
      values: 'property expandproperty excludeproperty first last skip skiplast index',
      switches: 'unique wait',
      order: 'property',
    },
    passing,
  ],
  'get-unique': [{}, passing],
  'tee-object': [{}, passing],
  'out-string': [{}, passing],
  'group-object': [{}, passing],
  'out-null': [{}, () => nothing],
  'write-host': [{}, () => nothing],
};

export const downloaded: Value = { items: [{ text: '$(…)', known: false, origin: 'download' }], list: false };

/** What a command gives, where that is plain from its text. */
export function outputOf(name: string, called: Called): Value | undefined {
  const row = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  return row?.[1](parameters(called.words, row[0]), called);
}

/** The files that a listing finds, as patterns: what later filters leave out cannot be known. */
export function listed(given: Given, fed: Value | undefined): readonly Item[] {
  const paths = given.pieces('path', 'literalpath', 'pspath', 'lp');
  const places: readonly Item[] = paths.length
    ? paths
    : fed?.items.length
      ? fed.items
      : [{ text: '.', known: true }];
  const names = [...given.pieces('filter'), ...given.pieces('include')].map(item => item.text);
  const deep = given.has('recurse') ? '**/' : '';
  return places.flatMap((place): readonly Item[] => {
    const path = slashed(place.text);
    const last = basename(path);
    if (!names.length && /[*?]/.test(last))
      return [asFound({ ...place, text: deep && last !== '*' ? below(path, `**/${last}`) : place.text })];
    const folder = names.length && last === '*' ? dirname(path) : path;
    const file = !names.length && !deep && /^[^*?]*\.\w{1,8}$/.test(last);
    if (file) return [{ text: folder, known: place.known }];
    return (names.length ? names : ['*']).map((name): Item => ({
      text: `${folder}/${names.length && name !== '*' ? deep : ''}${name}`,
      known: place.known,
      ...(isMany(name, given) && { wild: true }),
    }));
  });
}

/** The same folder with another name in it. */
function below(path: string, name: string): string {
  return path.includes('/') ? `${dirname(path)}/${name}` : name;
}

function isMany(name: string, given: Given): boolean {
  return /[*?]/.test(name) || given.has('recurse');
}

export function asFound<T extends Item>(item: T): T {
  return /[*?]/.test(item.text) && item.known ? { ...item, wild: true } : item;
}

export function temporary({ platform, home }: Machine): string {
  return platform === 'windows' ? `${home}/AppData/Local/Temp` : '/tmp';
}

function named(given: Given): readonly Item[] {
  const places = given.pieces('path');
  const names = given.pieces('name');
  if (!names.length) return places;
  const folders: readonly Item[] = places.length ? places : [{ text: '.', known: true }];
  return folders.flatMap(folder =>
    names.map(name => ({ text: `${folder.text}/${name.text}`, known: folder.known && name.known })),
  );
}

function joinedPath(given: Given): Value {
  const parts = [given.value('path'), given.value('childpath'), given.value('additionalchildpath')];
  const values = parts.flatMap((part, index): readonly Value[] =>
    part ? [...(index ? [plain('/')] : []), { items: part.items, list: false }] : [],
  );
  const more = given.rest.flatMap(word => [plain('/'), { items: word.items, list: false }]);
  return concatenated([...values, ...more]);
}

function splitPath(given: Given): Value {
  const paths: Value = { items: given.pieces('path', 'literalpath'), list: false };
  if (given.has('leaf')) return mapped(paths, text => basename(slashed(text)));
  if (given.has('leafbase')) return mapped(paths, text => basename(slashed(text)).replace(/\.[^.]*$/, ''));
  if (given.has('extension'))
    return mapped(paths, text => /\.[^.]*$/.exec(basename(slashed(text)))?.[0] ?? '');
  if (given.has('qualifier', 'isabsolute')) return something('$(Split-Path)');
  return mapped(paths, text => dirname(slashed(text)));
}

function made(given: Given): Value {
  const type = (given.text('typename', 'comobject') ?? '').toLowerCase().replace(/^system\./, '');
  const list = given.value('argumentlist');
  const item: Item = {
    text: list?.items[0]?.text ?? `$(New-Object ${type})`,
    known: /^io\.(?:file|directory)info$|^uri$|^string$/.test(type) && (list?.known ?? false),
    type,
    made: (list?.items ?? []).map(only),
  };
  return only(item);
}

/** What tables, lists and texts are as JSON; what cannot be known stands there as it was written. */
function asJson(items: readonly Item[]): Item {
  const json = (item: Item): unknown =>
    item.table ? Object.fromEntries([...item.table].map(([key, value]) => [key, whole(value)])) : item.text;
  const whole = (value: Value): unknown =>
    value.list ? value.items.map(json) : json(value.items[0] ?? { text: '', known: true });
  const isKnown = (item: Item): boolean =>
    item.table ? [...item.table.values()].every(value => value.items.every(isKnown)) : item.known;
  const text = JSON.stringify(items.length === 1 && items[0] ? json(items[0]) : items.map(json));
  return { text, known: items.every(isKnown) };
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
