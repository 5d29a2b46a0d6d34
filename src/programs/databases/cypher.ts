import { connectionIn } from '../../core/connection.ts';
import type { Doing, Reach } from '../../core/model.ts';
import { unknown, type Program, type Said } from '../../core/program.ts';
import { withoutComments } from '../../core/quoted.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed, isWhollyUnseen, variableOf } from './client.ts';

/** Neo4j's shell: a statement of Cypher, a file of them, or its input. Not checked against its manual. */
export const cypherShell: Program = command => {
  const [, ...rest] = command.words;
  const given = readArguments(rest, {
    values: [
      ...['-a', '--address', '--uri', '-u', '--username', '-p', '--password', '-d', '--database'],
      ...['--format', '-P', '--param', '-f', '--file', '--encryption', '--history', '--access-mode'],
    ],
  });
  if (given.has('--help', '-h', '--version', '-v')) return [];
  const address = given.value('-a', '--address', '--uri');
  const variable = variableOf(address);
  const connection = address && variable === undefined ? connectionIn(address.text) : undefined;
  const reach: Reach =
    variable !== undefined ? { variable } : (connection?.reach ?? (address ? {} : { host: 'localhost' }));
  const text = ({ text: statement, known, at }: Pick<Word, 'text' | 'known' | 'at'>): readonly Said[] =>
    !known && isWhollyUnseen(statement)
      ? [unknown('a statement that is made while it runs', at)]
      : doings(statement).map(doing => ({ ...doing, at, ...(doing.does !== 'unknown' && { reach }) }));
  const files = given.all('-f', '--file');
  if (given.operands.length) return given.operands.flatMap(text);
  if (files.length) return files.map(({ at }) => unknown('statements in a file', at));
  return fed(command, text, ({ at }) => unknown('statements in a file', at));
};

function doings(statement: string): readonly Doing[] {
  return withoutComments(statement, 'blank')
    .split(';')
    .flatMap((part): readonly Doing[] => {
      if (/\bDROP\s/i.test(part))
        return [destroys(/\bDROP\s+(?:COMPOSITE\s+)?DATABASE\b/i.test(part) ? 'database' : 'resource')];
      if (/\b(?:DELETE|REMOVE)\b/i.test(part))
        return [/\bWHERE\b|\{/.test(part.toUpperCase()) ? change : destroys('rows')];
      if (/\b(?:apoc|dbms)\.\w/i.test(part)) return [{ does: 'unknown', why: 'calls a procedure' }];
      return /\b(?:CREATE|MERGE|SET|LOAD|ALTER|GRANT|DENY|REVOKE)\b/i.test(part) ? [change] : [];
    });
}

const change: Doing = { does: 'change', what: 'rows', service: 'neo4j' };

function destroys(what: 'database' | 'resource' | 'rows'): Doing {
  return { does: 'destroy', what, service: 'neo4j', all: what !== 'resource' };
}
