import type { Doing, Reach, Resource, Span } from './model.ts';
import { unknown, type Said } from './program.ts';
import { withoutComments } from './quoted.ts';

/*
 * What MongoDB's shell is told: JavaScript whose calls change a database. Methods of `db` and of collections, one row
 * each; not checked against the manual.
 */

/** What a text for the shell of MongoDB does to the database. Never throws; linear in the text. */
export function mongo(text: string, at: Span, reach?: Reach): readonly Said[] {
  if (text.length > longest) return [unknown('a long script for a database', at)];
  const plain = withoutComments(text);
  const said = callsIn(plain).flatMap(call => doings(call).map((doing): Said => placed(doing, at, reach)));
  return hides.test(plain) ? [...said, unknown('a call whose name is made while it runs', at)] : said;
}

const longest = 262_144;
const most = 400;

/** `db['drop' + …]()`: a method by a name that is not there. */
const hides = /\]\s{0,4}\(|\beval\s{0,4}\(|\bnew\s{1,4}Function\b/;

interface Call {
  readonly method: string;
  /** What stands before the method: `db.orders`. */
  readonly on: string;
  /** The arguments, as written, and the first one alone. */
  readonly all: string;
  readonly first: string;
}

/** What a call does by its method. */
const methods: Readonly<Record<string, (call: Call) => readonly Doing[]>> = {
  dropDatabase: destroys('database', true),
  drop: destroys('table'),
  dropCollection: destroys('table'),
  dropIndex: destroys('resource'),
  dropIndexes: destroys('resource', true),
  dropSearchIndex: destroys('resource'),
  deleteMany: filtered,
  remove: filtered,
  deleteOne: filtered,
  findOneAndDelete: filtered,
  findAndModify: changes('rows'),
  updateMany: filtered,
  update: call =>
    /\bmulti['"]?\s{0,4}:\s{0,4}(?:true|1)/.test(call.all) ? filtered(call) : changes('rows')(call),
  updateOne: updates,
  replaceOne: updates,
  findOneAndUpdate: updates,
  findOneAndReplace: updates,
  insert: changes('rows'),
  insertOne: changes('rows'),
  insertMany: changes('rows'),
  save: changes('rows'),
  bulkWrite: bulk,
  initializeUnorderedBulkOp: bulk,
  initializeOrderedBulkOp: bulk,
  aggregate: aggregates,
  createCollection: changes('table'),
  createView: changes('code'),
  createIndex: changes('resource'),
  createIndexes: changes('resource'),
  ensureIndex: changes('resource'),
  reIndex: changes('resource'),
  renameCollection: ({ all, on }) =>
    /,\s{0,4}true\b/.test(all)
      ? destroys('table')({ method: '', on, all, first: '' })
      : changes('table')({ method: '', on, all, first: '' }),
  convertToCapped: destroys('rows'),
  cloneCollection: changes('table'),
  createUser: changes('access'),
  updateUser: destroys('access'),
  changeUserPassword: destroys('access'),
  dropUser: destroys('access'),
  dropAllUsers: destroys('access', true),
  grantRolesToUser: changes('access'),
  revokeRolesFromUser: destroys('access'),
  createRole: changes('access'),
  updateRole: destroys('access'),
  dropRole: destroys('access'),
  dropAllRoles: destroys('access', true),
  grantPrivilegesToRole: changes('access'),
  revokePrivilegesFromRole: destroys('access'),
  shutdownServer: interrupts('database'),
  fsyncLock: interrupts('database'),
  killOp: interrupts('process'),
  stepDown: interrupts('database'),
  freeze: interrupts('database'),
  reconfig: changes('cluster'),
  initiate: changes('cluster'),
  removeShard: destroys('cluster'),
  removeShardFromZone: changes('cluster'),
  stopBalancer: interrupts('cluster'),
  runCommand: command,
  adminCommand: command,
};

/** The first key of a command's document says what it does: `{ drop: 'orders' }`. */
const commands: Readonly<Record<string, (call: Call) => readonly Doing[]>> = {
  dropDatabase: destroys('database', true),
  drop: destroys('table'),
  dropIndexes: destroys('resource'),
  delete: ({ all, on }) =>
    /\bq['"]?\s{0,4}:\s{0,4}\{\s{0,8}\}/.test(all)
      ? [gone('rows', nameOn(on), true)]
      : [changed('rows', nameOn(on))],
  update: ({ all, on }) =>
    /\bq['"]?\s{0,4}:\s{0,4}\{\s{0,8}\}/.test(all)
      ? [gone('rows', nameOn(on), true)]
      : [changed('rows', nameOn(on))],
  insert: changes('rows'),
  shutdown: interrupts('database'),
  replSetStepDown: interrupts('database'),
  dropUser: destroys('access'),
  dropAllUsersFromDatabase: destroys('access', true),
  dropRole: destroys('access'),
  updateUser: destroys('access'),
  removeShard: destroys('cluster'),
  setParameter: changes('database'),
  killOp: interrupts('process'),
  collMod: changes('table'),
  create: changes('table'),
  createIndexes: changes('resource'),
  renameCollection: changes('table'),
  convertToCapped: destroys('rows'),
  eval: () => [{ does: 'unknown', why: 'code that runs in the database' }],
};

function doings(call: Call): readonly Doing[] {
  return Object.hasOwn(methods, call.method) ? (methods[call.method]?.(call) ?? []) : [];
}

function command(call: Call): readonly Doing[] {
  const key =
    /^\s{0,16}\{\s{0,16}['"]?(\w+)/.exec(call.all)?.[1] ??
    /^\s{0,16}['"](\w+)['"]\s{0,16}$/.exec(call.all)?.[1];
  if (key === undefined) return [{ does: 'unknown', why: 'a command for a database that is not named' }];
  return Object.hasOwn(commands, key) ? (commands[key]?.(call) ?? []) : [];
}

/** An empty filter is every document; so is one that is not there. */
function filtered({ on, first, method }: Call): readonly Doing[] {
  const isEvery = /^(?:\{\s{0,16}\}|null|undefined|)$/.test(first.trim());
  const isOne = /One/.test(method);
  if (isEvery && !isOne) return [gone('rows', nameOn(on), true)];
  if (isEvery) return [changed('rows', nameOn(on))];
  return updates({ on, first, method, all: first });
}

function updates({ on, all }: Call): readonly Doing[] {
  return [changed(guarded.test(all) ? 'access' : 'rows', nameOn(on))];
}

const guarded =
  /\b(?:password|passwordHash|password_hash|passwd|isAdmin|is_admin|roles?|apiKey|api_key)['"]?\s{0,4}:/;

function bulk({ all, on }: Call): readonly Doing[] {
  return /deleteMany['"]?\s{0,4}:\s{0,4}\{\s{0,8}['"]?filter['"]?\s{0,4}:\s{0,4}\{\s{0,8}\}/.test(all)
    ? [gone('rows', nameOn(on), true)]
    : [changed('rows', nameOn(on))];
}

function aggregates({ all, on }: Call): readonly Doing[] {
  if (/\$out\b/.test(all)) return [gone('table', nameOn(on), false)];
  return /\$merge\b/.test(all) ? [changed('rows', nameOn(on))] : [];
}

function destroys(what: Resource, all = false): (call: Call) => readonly Doing[] {
  return ({ on }) => [gone(what, nameOn(on), all)];
}

function changes(what: Resource): (call: Call) => readonly Doing[] {
  return ({ on }) => [changed(what, nameOn(on))];
}

function interrupts(what: 'database' | 'process' | 'cluster'): () => readonly Doing[] {
  return () => [{ does: 'interrupt', what, service: 'mongodb', all: what !== 'process' }];
}

function gone(what: Resource, name: string | undefined, all: boolean): Doing {
  return { does: 'destroy', what, service: 'mongodb', all, ...(name !== undefined && { name }) };
}

function changed(what: Resource, name: string | undefined): Doing {
  return { does: 'change', what, service: 'mongodb', ...(name !== undefined && { name }) };
}

/** `db.orders` and `db.getCollection('orders')` are about `orders`; `db.getSiblingDB('shop')` about `shop`. */
function nameOn(on: string): string | undefined {
  return (
    /(?:getCollection|collection|getSiblingDB)\(['"]([^'"]{1,120})['"]\)$/.exec(on)?.[1] ??
    /^db\.([\w.-]{1,120})$/.exec(on)?.[1]
  );
}

function placed(doing: Doing, at: Span, reach: Reach | undefined): Said {
  return reach && (doing.does === 'destroy' || doing.does === 'change' || doing.does === 'interrupt')
    ? { ...doing, reach, at }
    : { ...doing, at };
}

/** Calls of a method: `db.orders.drop()`. What stands in strings is no call. */
function callsIn(text: string): readonly Call[] {
  const calls: Call[] = [];
  for (const found of withoutComments(text, 'blank').matchAll(/\.\s{0,4}(\w{1,40})\s{0,4}\(/g)) {
    if (calls.length >= most) break;
    const [whole, method = ''] = found;
    const open = found.index + whole.length;
    const { all, first } = argumentsAt(text, open);
    calls.push({ method, on: before(text, found.index), all, first });
  }
  return calls;
}

const furthest = 4_000;

/** What stands before a dot, as far as it is a chain of names and of calls with a text. */
function before(text: string, dot: number): string {
  const near = text.slice(Math.max(0, dot - 200), dot).trimEnd();
  const start = Math.max(near.lastIndexOf('db.'), near.lastIndexOf('db['));
  return start < 0 ? near.slice(near.lastIndexOf(';') + 1).trim() : near.slice(start);
}

function argumentsAt(text: string, open: number): { readonly all: string; readonly first: string } {
  let depth = 0;
  let comma = -1;
  let quote = '';
  const end = Math.min(text.length, open + furthest);
  for (let at = open; at < end; at++) {
    const character = text[at] ?? '';
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (/['"`]/.test(character)) quote = character;
    else if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) {
      if (depth === 0) return { all: text.slice(open, at), first: text.slice(open, comma < 0 ? at : comma) };
      depth--;
    } else if (character === ',' && depth === 0 && comma < 0) comma = at;
  }
  return { all: text.slice(open, end), first: text.slice(open, comma < 0 ? end : comma) };
}
