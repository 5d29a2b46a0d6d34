import fs from 'node:fs';
import path from 'node:path';
import type { Agent } from '../core/agent.ts';
import { plain, tree } from './jsonc.ts';

/** A sentence for each of an agent's settings that switches its hooks off now. What cannot be read switches nothing. */
export function switchedOff(
  { name, off }: Pick<Agent, 'name' | 'off'>,
  given: { readonly home: string; readonly workspace: string },
): readonly string[] {
  return off.flatMap(({ file, key, value }) => {
    const place = path.join(file.startsWith('~/') ? given.home : given.workspace, file.slice(2));
    return settingsIn(place)?.[key] === value
      ? [`the hooks of ${name} are switched off: \`${key}\` in \`${place}\``]
      : [];
  });
}

function settingsIn(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const root = tree(text.startsWith('\uFEFF') ? text.slice(1) : text);
    const value = root && plain(root);
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
