import { calls, isShellLine, readsFiles, shows, type CallRow } from './code/calls.ts';
import { languages } from './code/languages.ts';
import type { Effects } from './code/cursor.ts';
import { readCode } from './code/reader.ts';
import { tokensOf } from './code/tokens.ts';
import { isEnvironment } from './code/pure.ts';
import { kit, stores } from './code/stores.ts';
import { web } from './code/web.ts';
import type { Span } from './model.ts';
import { unknown, type Said } from './program.ts';

/** What a text in a programming language does, as far as its calls say it. */
export function code(text: string, language: string, at: Span): readonly Said[] {
  const syntax = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (!syntax) return unlisted(text, language, at);
  const tokens = tokensOf(text, syntax);
  if (!tokens) return [unknown('a program that is too long to read', at)];
  const { said, last, variables } = readCode(tokens, syntax, at[0], effectsOf(syntax.name));
  return [
    ...said,
    // What a program of Perl puts among its arguments is what `<>` reads.
    ...(syntax.name === 'perl' ? readsFiles(variables.get('$ARGV'), at) : []),
    // `node -p process.env` prints what it comes to.
    ...(isEnvironment(last) && text.length < 200 ? shows({ given: [last], at }) : []),
    ...(isShellLine(text) ? [{ nested: 'shell', text, at } as const] : []),
  ];
}

/** Of running and files the first row that fits counts; what is sent and kept elsewhere stands beside it. */
function effectsOf(language: string): Effects {
  const met = new Map<string, readonly CallRow[]>();
  return call => {
    const rows = met.get(call.name) ?? rowsFor(call.name, language);
    met.set(call.name, rows);
    return rows.flatMap(row => row.does(call));
  };
}

function rowsFor(name: string, language: string): readonly CallRow[] {
  const fits = (row: CallRow) => (!row.languages || row.languages.includes(language)) && row.name.test(name);
  return [calls.find(fits), web.find(fits), stores.find(fits), kit].filter(row => row !== undefined);
}

/** A language of which only the calls that run a line are known. */
function unlisted(text: string, language: string, at: Span): readonly Said[] {
  switch (language) {
    case 'applescript':
      return [...text.matchAll(/\bdo\s+shell\s+script\s+("(?:[^"\\]|\\.){0,8000}")?/g)].map(
        ({ 1: line }): Said =>
          line === undefined
            ? unknown('a program that runs a line which cannot be read here', at)
            : { nested: 'shell', text: line.slice(1, -1).replace(/\\(.)/g, '$1'), at },
      );
    case 'tcl':
      return text.split(/[;[{\n]/).flatMap(line => tclCommand(line, at));
    case 'other':
      return begun(text, at);
    default:
      return [];
  }
}

function tclCommand(line: string, at: Span): readonly Said[] {
  const [, run, paths, opened] =
    /^\s*(?:exec\s([^\]]*)|file\s+delete\s([^\]]*)|(?:open|source)\s+([^\s\]]+))/.exec(line) ?? [];
  if (opened !== undefined) {
    const path = opened.replace(/^["{]|["}]$/g, '');
    if (path.startsWith('|') || /[$[]/.test(path) || !path)
      return [unknown('a program that opens what cannot be known here', at)];
    return [{ does: 'read', path, at }];
  }
  const said = run ?? (paths === undefined ? undefined : `rm -r ${paths}`);
  return said === undefined ? [] : [{ nested: 'shell', text: said, at }];
}

/** A script that nothing names: its first line says who reads it. */
function begun(text: string, at: Span): readonly Said[] {
  const [first = '', ...words] = /^#!([^\n]{0,200})/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const named = first.endsWith('/env') ? (words.find(word => !/^-|=/.test(word)) ?? '') : first;
  const reader = /^([a-z]+)[\d.]*$/.exec(named.slice(named.lastIndexOf('/') + 1))?.[1];
  if (reader === undefined) return [];
  const language = Object.hasOwn(languages, reader) ? reader : undefined;
  const rest = text.replace(/^[^\n]*/, '');
  if (language !== undefined) return code(rest, language, at);
  return /^(?:sh|bash|zsh|dash|ksh|ash|fish)$/.test(reader) ? [{ nested: 'shell', text: rest, at }] : [];
}
