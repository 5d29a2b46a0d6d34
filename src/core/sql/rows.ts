import type { Resource } from '../model.ts';
import { truth } from './condition.ts';
import { changed, gone, outside, until, type Deed, type Found } from './deeds.ts';
import type { Token } from './lexer.ts';

/** DELETE and UPDATE: every row where the condition is missing or chooses none, a change of some where it chooses. */
export function rowsWhere(found: Found): readonly Deed[] {
  const { service, rest, taken, owner } = found;
  const names = owner?.name === undefined ? found.names : [owner.name];
  const at = outside(rest, it => it === 'WHERE');
  const condition = at < 0 ? [] : until(rest.slice(at + 1), afterCondition);
  const isChosen = at >= 0 && condition.length > 0 && truth(condition, names[0]) !== 'always';
  if (!isChosen) {
    const isSome = taken.some(it => it.word === 'TOP') || outside(rest, it => it === 'LIMIT') >= 0;
    return gone({ service, names }, 'rows', !isSome);
  }
  if (names.length && names.every(isPassing)) return [];
  const isUpdate = taken.some(it => it.word === 'UPDATE');
  const set = isUpdate ? assigned(at < 0 ? rest : rest.slice(0, at)) : [];
  return [changed(kindOf(set), service, names[0])];
}

/** INSERT, REPLACE and MERGE: rows are added or put in the place of others. */
export function rowsAdded({ service, names, rest }: Found): readonly Deed[] {
  if (names.length && names.every(isPassing)) return [];
  const columns = rest[0]?.word === '(' ? inParentheses(rest) : [];
  return [changed(kindOf(columns), service, names[0])];
}

const afterCondition = new Set([
  'RETURNING',
  'ORDER',
  'LIMIT',
  'OPTION',
  'GROUP',
  'HAVING',
  'WHEN',
  'SETTINGS',
]);

/** Temporary tables and table variables of SQL Server go with their session. */
function isPassing(name: string): boolean {
  return name.startsWith('#') || name.startsWith('@');
}

/** The columns that a SET assigns to. */
function assigned(tokens: readonly Token[]): readonly string[] {
  const columns: string[] = [];
  let depth = 0;
  for (const [index, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (depth === 0 && (word === '=' || word === ':=')) columns.push(tokens[index - 1]?.text ?? '');
  }
  return columns;
}

function inParentheses(tokens: readonly Token[]): readonly string[] {
  const end = tokens.findIndex(it => it.word === ')');
  return tokens.slice(1, end < 0 ? undefined : end).map(it => it.text);
}

function kindOf(columns: readonly string[]): Resource {
  return columns.some(isAccess) ? 'access' : 'rows';
}

/** Columns that say who may log in and do what: `password_hash`, `isAdmin`, `api_key`. */
function isAccess(column: string): boolean {
  const name = column.toLowerCase().replace(/[^a-z]/g, '');
  return access.test(name);
}

const access =
  /^(?:user|admin|login|encrypted|hashed)?(?:password|passwd|passphrase|pwd|pw)(?:hash|salt|digest|hashed|encrypted)?$|^(?:hash|salt|pwhash|pwsalt)$|^(?:api|access|auth|refresh|reset|session|client|otp|totp|mfa|twofactor|user)?(?:token|secret|apikey|accesskey|secretkey)(?:hash)?$|^(?:is)?(?:admin|superuser|superadmin|staff|root)$|^(?:user)?roles?(?:id)?$|^permissions?$/;
