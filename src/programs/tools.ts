import type { ToolHints } from '../core/model.ts';
import type { Said } from '../core/program.ts';
import { requestEffects } from '../core/request.ts';
import { takesAway, wordsOf } from '../core/resources.ts';
import type { Word } from '../core/shell/words.ts';
import { pathOf } from '../core/toolActions.ts';

/** Fields by which tools of MCP servers name a file, a statement, an address or a shell line. */
const isPath =
  /^(?:(?:abs(?:olute)?|rel(?:ative)?|target|input|output|source|src|dest(?:ination)?|notebook|local|root|base|old|new|image|document|pdf)_?)?(?:path|file|filepath|filename|uri|dir|directory|folder)s?(?:_?(?:path|name|uri)s?)?$|^(?:source|destination|from|to|src|dest|resource|attachments?|uris?|files)$/i;
const isAddress = /^(?:url|href|link|location|image|document)s?(?:_?urls?)?$/i;
const patterns = ['pattern', 'query', 'regex', 'search', 'text', 'term', 'q'];
const statements = /^(?:sql(?:_?(?:query|text|statement|script))?|quer(?:y|ies)|statements?)$/i;
const lines = /^(?:shell_?)?(?:command(?:_?line)?|cmd|script)$/i;
const isDatabase =
  /^(?:sql|query|execute|exec|db|databases?|postgres(?:ql)?|pg|mysql|mariadb|sqlite|mssql|sqlserver|oracle|duckdb|motherduck|clickhouse|bigquery|snowflake|redshift|supabase|neon|turso|libsql|cockroach(?:db)?|timescale)$/;
const isShell =
  /^(?:shell|bash|zsh|sh|powershell|pwsh|cmd|terminal|console|command|exec|execute|run|process|spawn|ssh)$/;
const isWeb = /^(?:fetch|https?|request|curl|rest|api|webhook|post|put|patch)$/;

/**
 * What a tool of an MCP server does, as far as its name, the names of its fields and what its server says of them tell.
 * What the server says only ever adds to it.
 */
export function toolEffects(
  server: string | undefined,
  name: string,
  input: unknown,
  { destructive, fields: told = {} }: ToolHints = {},
): readonly Said[] {
  const fields = isRecord(input) ? input : {};
  const words = wordsOf(name);
  const around = [...words, ...wordsOf(server ?? '')];
  const at = [0, 0] as const;
  const holds = (key: string, kind: 'path' | 'statement' | 'line') =>
    Object.hasOwn(told, key) && told[key] === kind;
  const searching = words.some(word => /^(?:search|grep|ripgrep|rg|find)$/.test(word));
  const listing = words.some(word => /^(?:list|ls|tree|glob)$/.test(word));
  const writing = words.some(word => /^(?:write|edit|create|update|save|append|put|mkdir)$/.test(word));
  const said: Said[] = [];
  for (const path of pathsIn(fields, key => holds(key, 'path'))) {
    if (takesAway(words))
      said.push({ does: 'delete', path, deep: words.includes('directory') || words.includes('folder') });
    else if (writing) said.push({ does: 'write', path, how: 'edit' });
    else if (listing) said.push({ does: 'list', path });
    else if (searching)
      for (const query of patterns.flatMap(key => textsOf(fields[key])).slice(0, 1))
        said.push({ does: 'search', query, regex: true, path, ignored: true });
    else if (words.some(word => /^(?:move|copy|rename|link)$/.test(word)))
      said.push({ does: 'read', path }, { does: 'write', path, how: 'edit' });
    // What its name does not say may hand the file on: an upload, a conversion, an attachment.
    else said.push({ does: 'read', path });
  }
  const database = around.some(word => isDatabase.test(word));
  for (const text of textsIn(fields, key => statements.test(key) || holds(key, 'statement')))
    if (/sql/i.test(text.key) || ((database || holds(text.key, 'statement')) && looksLikeSql(text.text)))
      said.push({ nested: 'sql', text: text.text, dialect: 'unknown', at });
  if (around.some(word => isShell.test(word)) || Object.values(told).includes('line'))
    for (const { text } of textsIn(fields, key => lines.test(key) || holds(key, 'line')))
      said.push({ nested: 'shell', text: [text, ...argumentsIn(fields)].join(' '), at });
  if (words.some(word => isWeb.test(word)) || isMethod(fields['method']))
    said.push(...requested(fields, words));
  if (said.length === 0 && (takesAway(words) || destructive))
    said.push({ does: 'call', tool: name, input, ...(server !== undefined && { server }) });
  return said;
}

/** A request that a tool makes: its address, and as far as they are given method, headers and body. */
function requested(fields: Readonly<Record<string, unknown>>, words: readonly string[]): readonly Said[] {
  const named = Object.entries(fields).filter(([key]) => /^(?:url|uri|endpoint|href|address)s?$/i.test(key));
  const urls = named.flatMap(([, value]) => textsOf(value)).filter(it => /^https?:\/\//i.test(it));
  const body = ['body', 'data', 'json', 'payload'].map(key => fields[key]).find(it => it !== undefined);
  const verb = words.map(it => it.toUpperCase()).find(isMethod);
  const method = isMethod(fields['method']) ? fields['method'].toUpperCase() : verb;
  return urls.flatMap(url =>
    requestEffects({
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      url: word(url),
      headers: headersOf(fields['headers']).map(word),
      ...(body !== undefined && { body: word(typeof body === 'string' ? body : JSON.stringify(body)) }),
    }),
  );
}

function isMethod(value: unknown): value is string {
  return typeof value === 'string' && /^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/i.test(value);
}

/** `Name: value`, whether they are a list of such lines, of pairs, or an object. */
function headersOf(headers: unknown): readonly string[] {
  if (typeof headers === 'string') return headers.split(/\r?\n/);
  if (Array.isArray(headers))
    return (headers as unknown[]).flatMap(it =>
      typeof it === 'string'
        ? [it]
        : isRecord(it)
          ? [`${String(it['name'] ?? it['key'])}: ${String(it['value'])}`]
          : [],
    );
  return isRecord(headers) ? Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`) : [];
}

function word(text: string): Word {
  return { text, known: true, wild: false, at: [0, 0] };
}

/** Texts in fields of such names, in lists and objects in them too: a batch of statements. */
function textsIn(
  fields: Readonly<Record<string, unknown>>,
  isNamed: (key: string) => boolean,
  depth = 0,
): readonly { readonly key: string; readonly text: string }[] {
  return Object.entries(fields)
    .flatMap(([key, value]) => {
      const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, mostTexts) : [value];
      return items.flatMap(item => {
        if (typeof item === 'string') return isNamed(key) ? [{ key, text: item }] : [];
        return isRecord(item) && depth < 3 ? textsIn(item, isNamed, depth + 1) : [];
      });
    })
    .slice(0, mostTexts);
}

const mostTexts = 100;

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(it => typeof it === 'string');
}

/** Words that stand beside a command rather than in it, as a shell would have to be given them. */
function argumentsIn(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return ['args', 'arguments', 'argv']
    .flatMap(key => (Array.isArray(fields[key]) ? textsOf(fields[key]) : []))
    .map(text => `'${text.replaceAll("'", "'\\''")}'`);
}

/** The files that an input names, in lists and in objects in them too: a list of edits, of attachments. */
function pathsIn(
  fields: Readonly<Record<string, unknown>>,
  told: (key: string) => boolean,
  depth = 0,
): readonly string[] {
  return Object.entries(fields)
    .flatMap(([key, value]) => named(key, value, told, depth))
    .slice(0, mostPaths);
}

const mostPaths = 100;

function named(
  key: string,
  value: unknown,
  told: (key: string) => boolean,
  depth: number,
): readonly string[] {
  if (typeof value === 'string') {
    const isNamed = isPath.test(key) || told(key);
    if (/^file:/i.test(value) && (isNamed || isAddress.test(key))) return [pathOf(value)];
    // An address of somewhere else, or a text that is no name of a file.
    const isName = value !== '' && value.length < 4096 && !/^[a-z][a-z0-9+.-]+:\/\/|\n/i.test(value);
    return isNamed && isName ? [value] : [];
  }
  if (Array.isArray(value)) return value.slice(0, mostPaths).flatMap(it => named(key, it, told, depth));
  return isRecord(value) && depth < 3 ? pathsIn(value, told, depth + 1) : [];
}

/** A statement of it may begin like one, and not the first alone: what ends a transaction comes before what it was to stop. */
function looksLikeSql(text: string): boolean {
  return /(?:^|;)\s*(?:--|\/\*|\(|(?:with|select|insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|replace|explain|do|call|copy|begin|set|exec|execute|commit|end|rollback|abort|start|savepoint|release|declare|prepare|lock|values|pragma|attach|detach|vacuum|reindex|use|load)\b)/i.test(
    text,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
