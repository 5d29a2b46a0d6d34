import { createHmac, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { locked } from './lock.ts';
import { parts, reason, writePrivate } from './state.ts';

/** Says what value it was to nobody without the key. 128 bits: no two values have the same. */
export function fingerprint(value: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(value).digest('hex').slice(0, 32);
}

/**
 * What fingerprints are made with: this person's alone, made when it is first asked for, and the same for every window.
 * A file that cannot be it is replaced. Rejects where it can be neither read nor made.
 */
export async function fingerprintKey(state: string): Promise<Uint8Array> {
  const { key: file } = parts(state);
  try {
    return keyIn(file) ?? (await locked(`${file}.lock`, () => keyIn(file) ?? make(file)));
  } catch (error) {
    throw new Error(`cannot use \`${file}\`: ${reason(error)}`, { cause: error });
  }
}

const length = 32;

function keyIn(file: string): Uint8Array | undefined {
  if (!fs.existsSync(file)) return undefined;
  const key = Buffer.from(fs.readFileSync(file, 'latin1').trim(), 'hex');
  return key.length === length ? key : undefined;
}

function make(file: string): Uint8Array {
  const key = randomBytes(length);
  writePrivate(file, `${key.toString('hex')}\n`);
  return key;
}
