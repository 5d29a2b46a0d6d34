import type { ToolHints } from '../../core/model.ts';

/**
 * What a server says of its tool, as far as it makes us look closer. A server that calls a tool read-only is not
 * believed: nobody vouches for it.
 */
export function hintsOf(annotations: unknown, schema: unknown): ToolHints | undefined {
  const destructive = recordOf(annotations)['destructiveHint'] === true;
  const fields = Object.fromEntries(
    Object.entries(recordOf(schema)).flatMap(([name, said]) => {
      const holds = typeof said === 'string' ? held(said) : undefined;
      return holds ? [[name, holds]] : [];
    }),
  );
  const told = Object.keys(fields).length > 0;
  return destructive || told ? { ...(destructive && { destructive }), ...(told && { fields }) } : undefined;
}

/** What a field holds, by what is said of it: the first that fits. */
function held(said: string): NonNullable<ToolHints['fields']>[string] | undefined {
  return kinds.find(([, pattern]) => pattern.test(said))?.[0];
}

const kinds = [
  [
    'statement',
    /\bSQL\b|\b(?:SELECT|INSERT|UPDATE|DELETE)\b (?:query|statement)|\bstatements? to (?:run|execute)\b/,
  ],
  [
    'line',
    /\b(?:shell|bash|terminal|command[- ]line) (?:command|line|script)\b|\bcommand to (?:run|execute)\b/i,
  ],
  [
    'path',
    /\b(?:file|folder|directory)(?:'s)? ?(?:path|name)\b|\bpath (?:to|of)\b|\b(?:absolute|relative) path\b/i,
  ],
] as const;

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
