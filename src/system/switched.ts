import fs from 'node:fs';
import path from 'node:path';
import type { Agent } from '../core/agent.ts';
import { sectionsIn } from '../core/assignments.ts';
import { plain, tree } from './jsonc.ts';

/** A sentence for each of an agent's settings that switches its hooks off now. What cannot be read switches nothing. */
export function switchedOff(
  { name, off }: Pick<Agent, 'name' | 'off'>,
  given: { readonly home: string; readonly workspace: string },
): readonly string[] {
  return off.flatMap(({ file, key, value }) => {
    const place = path.join(file.startsWith('~/') ? given.home : given.workspace, file.slice(2));
    return isSet(place, key, value)
      ? [`the hooks of ${name} are switched off: \`${key}\` in \`${place}\``]
      : [];
  });
}

/** A list that holds the value is set to it too. In a file without an ending, a line of its own says so. */
function isSet(file: string, key: string, value: unknown): boolean {
  if (path.extname(file) === '') return (textOf(file) ?? '').split('\n').includes(key);
  const found = file.endsWith('.toml') ? inToml(file, key) : inJson(file, key);
  if (Array.isArray(found)) return found.includes(value);
  return found === value || (file.endsWith('.toml') && found === String(value));
}

/** A key with dots in it, as VS Code has them, or else the way to one. */
function inJson(file: string, key: string): unknown {
  const text = textOf(file);
  const root = text === undefined ? undefined : tree(text);
  const settings = root && plain(root);
  return keysOf(settings).includes(key) ? at(settings, [key]) : at(settings, key.split('.'));
}

function at(value: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>(
    (held, key) => (keysOf(held).includes(key) ? (held as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** `[a]` and `b = c`, `a.b = c`, `a = { b = c }`: the text behind the equals sign. */
function inToml(file: string, key: string): string | undefined {
  const sections = sectionsIn(textOf(file) ?? '');
  const cut = key.lastIndexOf('.');
  const [table, name] = [key.slice(0, cut), key.slice(cut + 1)];
  const inline = sections.get('')?.get(table);
  return (
    sections.get(table)?.get(name) ??
    sections.get('')?.get(key) ??
    (inline?.startsWith('{')
      ? sectionsIn(inline.slice(1, -1).replaceAll(',', '\n')).get('')?.get(name)
      : undefined)
  );
}

function textOf(file: string): string | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}
