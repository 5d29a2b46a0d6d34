import type { Said } from '../core/program.ts';
import { takesAway, wordsOf } from '../core/resources.ts';
import { pathOf } from '../core/tool.ts';

/** Fields by which tools of MCP servers name a file, a statement, an address or a shell line. */
const isPath =
  /^(?:(?:abs(?:olute)?|rel(?:ative)?|target|input|output|source|src|dest(?:ination)?|notebook|local|root|base|old|new|image|document|pdf)_?)?(?:path|file|filepath|filename|uri|dir|directory|folder)s?(?:_?(?:path|name|uri)s?)?$|^(?:source|destination|from|to|src|dest|resource|attachments?|uris?|files)$/i;
const isAddress = /^(?:url|href|link|location|image|document)s?(?:_?urls?)?$/i;
const patterns = ['pattern', 'query', 'regex', 'search', 'text', 'term', 'q'];
const statements = ['sql', 'query', 'statement'];
const lines = ['command', 'cmd', 'script'];

/** What a tool of an MCP server does, as far as its name and the names of its fields say. */
export function toolEffects(server: string | undefined, name: string, input: unknown): readonly Said[] {
  const fields = isRecord(input) ? input : {};
  const words = wordsOf(name);
  const at = [0, 0] as const;
  const texts = (names: readonly string[]) =>
    names.flatMap(key => (typeof fields[key] === 'string' ? [fields[key]] : []));
  const searching = words.some(word => /^(?:search|grep|ripgrep|rg|find)$/.test(word));
  const listing = words.some(word => /^(?:list|ls|tree|glob)$/.test(word));
  const writing = words.some(word => /^(?:write|edit|create|update|save|append|put|mkdir)$/.test(word));
  const said: Said[] = [];
  for (const path of pathsIn(fields)) {
    if (takesAway(words))
      said.push({ does: 'delete', path, deep: words.includes('directory') || words.includes('folder') });
    else if (writing) said.push({ does: 'write', path, how: 'edit' });
    else if (listing) said.push({ does: 'list', path });
    else if (searching)
      for (const query of texts(patterns).slice(0, 1))
        said.push({ does: 'search', query, regex: true, path, ignored: true });
    else if (words.some(word => /^(?:move|copy|rename|link)$/.test(word)))
      said.push({ does: 'read', path }, { does: 'write', path, how: 'edit' });
    // What its name does not say may hand the file on: an upload, a conversion, an attachment.
    else said.push({ does: 'read', path });
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

/** The files that an input names, in lists and in objects in them too: a list of edits, of attachments. */
function pathsIn(fields: Readonly<Record<string, unknown>>, depth = 0): readonly string[] {
  return Object.entries(fields)
    .flatMap(([key, value]) => named(key, value, depth))
    .slice(0, mostPaths);
}

const mostPaths = 100;

function named(key: string, value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') {
    if (/^file:/i.test(value) && (isPath.test(key) || isAddress.test(key))) return [pathOf(value)];
    // An address of somewhere else, or a text that is no name of a file.
    const isName = value !== '' && value.length < 4096 && !/^[a-z][a-z0-9+.-]+:\/\/|\n/i.test(value);
    return isPath.test(key) && isName ? [value] : [];
  }
  if (Array.isArray(value)) return value.slice(0, mostPaths).flatMap(it => named(key, it, depth));
  return isRecord(value) && depth < 3 ? pathsIn(value, depth + 1) : [];
}

function looksLikeSql(text: string): boolean {
  return /^\s*(?:--|\/\*|with|select|insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|replace|explain|do|call|copy|begin|set|exec)\b/i.test(
    text,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
