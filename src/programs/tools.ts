import type { Said } from '../core/program.ts';
import { takesAway, wordsOf } from '../core/resources.ts';

/** Fields by which tools of MCP servers name a file, a statement, an address or a shell line. */
const paths = ['path', 'file_path', 'filePath', 'filename', 'file', 'uri', 'source', 'destination'];
const statements = ['sql', 'query', 'statement'];
const lines = ['command', 'cmd', 'script'];

/** What a tool of an MCP server does, as far as its name and the names of its fields say. */
export function toolEffects(server: string | undefined, name: string, input: unknown): readonly Said[] {
  const fields = isRecord(input) ? input : {};
  const words = wordsOf(name);
  const at = [0, 0] as const;
  const texts = (names: readonly string[]) =>
    names.flatMap(key => (typeof fields[key] === 'string' ? [fields[key]] : []));
  const many = Array.isArray(fields.paths) ? fields.paths.filter(path => typeof path === 'string') : [];
  const reading = words.some(word => /^(?:read|get|view|cat|open|load|fetch|download)$/.test(word));
  const writing = words.some(word => /^(?:write|edit|create|update|save|append|move|copy|put)$/.test(word));
  const said: Said[] = [];
  for (const path of [...texts(paths), ...many].map(it => it.replace(/^file:\/\//, ''))) {
    if (takesAway(words))
      said.push({ does: 'delete', path, deep: words.includes('directory') || words.includes('folder') });
    else if (writing) said.push({ does: 'write', path, how: 'edit' });
    else if (reading) said.push({ does: 'read', path });
  }
  if (words.some(word => /^(?:sql|query|execute|exec|db|database|postgres|mysql|sqlite)$/.test(word)))
    for (const text of texts(statements))
      if (looksLikeSql(text)) said.push({ nested: 'sql', text, dialect: 'unknown', at });
  if (words.some(word => /^(?:shell|bash|terminal|command|exec|execute|run)$/.test(word)))
    for (const text of texts(lines)) said.push({ nested: 'shell', text, at });
  if (said.length === 0 && takesAway(words))
    said.push({ does: 'call', tool: name, input, ...(server !== undefined && { server }) });
  return said;
}

function looksLikeSql(text: string): boolean {
  return /^\s*(?:--|\/\*|with|select|insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|replace|explain|do|call|copy|begin|set|exec)\b/i.test(
    text,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
