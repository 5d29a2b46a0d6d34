import * as fs from 'node:fs';
import type { Ignored } from '../../core/ports.ts';
import { parts, writePrivate } from '../state.ts';

/*
 * Which secrets do not matter. It lies in the state folder, which agents cannot write: a list in the repository could be
 * added to by one, and would need fingerprints that anybody can make, and so could test guesses against.
 */

/** The secrets that a person ignores. What cannot be read ignores nothing. `now` is in milliseconds since 1970. */
export function ignoredSecrets(state: string, now: () => number): Ignored {
  const file = parts(state).ignored;
  let last: { readonly mark: number; readonly rows: Rows } | undefined;
  const rows = (): Rows => {
    const mark = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (last?.mark !== mark) last = { mark, rows: rowsIn(file) ?? {} };
    return last.rows;
  };
  const write = (change: (rows: Record<string, Row>) => void) => {
    const kept = rowsIn(file);
    if (!kept) throw new Error(`cannot change \`${file}\`: it is not what we wrote`);
    const changed = { ...kept };
    change(changed);
    writePrivate(file, `${JSON.stringify(changed, null, 2)}\n`);
    last = undefined;
  };
  return {
    reason: fingerprint => (Object.hasOwn(rows(), fingerprint) ? rows()[fingerprint]?.reason : undefined),
    ignore: (fingerprint, why) =>
      write(changed => {
        changed[fingerprint] = { reason: why.replaceAll(/\s+/g, ' ').trim().slice(0, 200), since: now() };
      }),
    mind: fingerprint =>
      write(changed => {
        delete changed[fingerprint];
      }),
  };
}

interface Row {
  readonly reason: string;
  readonly since: number;
}
type Rows = Readonly<Record<string, Row>>;

/** Empty where there is none yet, absent where something else is in its place. */
function rowsIn(file: string): Rows | undefined {
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : undefined;
  }
  try {
    const rows = JSON.parse(text) as unknown;
    const isRows =
      typeof rows === 'object' &&
      rows !== null &&
      Object.values(rows).every(row => typeof row?.reason === 'string');
    return isRows ? (rows as Rows) : undefined;
  } catch {
    return undefined;
  }
}
