import type { Effect, Span } from '../model.ts';
import type { ClientDeed } from './clients.ts';
import type { Deed } from './deeds.ts';
import { moved, unknown, type Context, type Given } from './given.ts';

/** A deed as effects, read further where it must be. */
export function done(
  deed: ClientDeed,
  at: Span,
  piece: { readonly line: string; readonly at: Span } | undefined,
  { given, memory }: Pick<Context, 'given' | 'memory'>,
): readonly Effect[] {
  switch (deed.does) {
    case 'sql':
      return dynamicEffects(deed, at, given);
    case 'text':
      // Not run yet, and perhaps no SQL at all: only what it would destroy counts.
      return nestedEffects(deed.sql, at, { ...given, body: true }).filter(it => it.does === 'destroy');
    case 'shell':
      return deed.on === 'client'
        ? clientShell(deed, at, piece, { given, memory })
        : serverShell(deed.line, at);
    case 'file':
      return [{ ...deed.doing, at }, ...elsewhere(deed, at, given)];
    case 'follow':
      return [
        { ...deed, at },
        ...(given.here ? [] : [unknown('a file of a machine that nothing names', at)]),
      ];
    case 'use':
      memory.reach = { ...memory.reach, ...deed.reach };
      return [];
    case 'prepare':
      memory.prepared.add(deed.name.toLowerCase());
      return [];
    case 'execute':
      return memory.prepared.has(deed.name.toLowerCase()) ? [] : [unknown(`runs \`${deed.name}\``, at)];
    case 'stop':
    case 'alter':
    case 'strange':
      return [];
    case 'destroy':
    case 'change':
    case 'interrupt':
      return [{ ...deed, ...(memory.reach && { reach: memory.reach }), at }];
    default:
      return [{ ...deed, at }];
  }
}

/** Databases that are files of this machine, read by the program that is asked. */
const embedded = new Set(['sqlite', 'duckdb']);

/** A file on a machine that nobody here can look at. */
function elsewhere(
  { of, doing }: Extract<Deed, { readonly does: 'file' }>,
  at: Span,
  { here, dialect }: Given,
): readonly Effect[] {
  const isReading = doing.does === 'read' || doing.does === 'list';
  if (embedded.has(dialect) ? here || isReading : here && of === 'client') return [];
  const verb = isReading ? 'reads' : 'writes';
  return [unknown(`${verb} a file of ${here ? "the database's" : 'another'} machine`, at)];
}

/** What stands before a line that is fed with what a query gives. */
const feeding = 'psql |';

function clientShell(
  { line, fed }: Extract<Deed, { readonly does: 'shell' }>,
  at: Span,
  piece: { readonly line: string } | undefined,
  { given, memory }: Pick<Context, 'given' | 'memory'>,
): readonly Effect[] {
  const where = given.here ? [] : [unknown('a line for the shell of a machine that nothing names', at)];
  if (!line) return [unknown('starts a shell', at)];
  if (memory.shellLines-- <= 0) return [unknown('more lines for the shell than are read', at)];
  if (fed) {
    const fedWith = given.shell(`${feeding} ${line}`, at[0]).filter(it => it.does === 'unknown');
    return [...given.shell(line, at[0]), ...fedWith, ...where].map(it => ({ ...it, at }));
  }
  const offset = piece?.line.lastIndexOf(line) ?? -1;
  return [
    ...(offset < 0 ? given.shell(line, at[0]).map(it => ({ ...it, at })) : given.shell(line, at[0] + offset)),
    ...where,
  ];
}

/** A line for the shell of the machine that the database runs on: nobody here can look at that machine. */
function serverShell(line: string, at: Span): readonly Effect[] {
  const program = line.trim().split(/\s/, 1)[0] ?? '';
  return [
    { does: 'run', program, origin: 'unfamiliar', at },
    unknown("runs a program on the database's machine", at),
  ];
}

/** SQL that is made from text. Literal parts are read; anything else in it is not known. */
function dynamicEffects(
  { tokens, body }: Extract<Deed, { readonly does: 'sql' }>,
  at: Span,
  given: Given,
): readonly Effect[] {
  const strings = tokens.filter(it => it.kind === 'string');
  const isLiteral = strings.length > 0 && tokens.every(it => it.kind === 'string' || glue.has(it.word));
  const only = strings.length === 1 ? strings[0] : undefined;
  const inner = { ...given, body: body ?? !isLiteral };
  const effects =
    isLiteral && only?.inner !== undefined
      ? given.understand(only.text, deeper(inner)).map(it => moved(it, only.inner ?? 0))
      : nestedEffects(strings.map(it => it.text).join(isLiteral ? '' : ' '), at, inner);
  return isLiteral
    ? effects
    : [...effects.filter(it => it.does === 'destroy'), unknown('SQL made while it runs', at)];
}

const glue = new Set(['+', '||', '(', ')']);

function nestedEffects(text: string, at: Span, given: Given): readonly Effect[] {
  return given.understand(text, deeper(given)).map(it => ({ ...it, at }));
}

function deeper(given: Given): Given {
  return { ...given, depth: given.depth + 1 };
}
