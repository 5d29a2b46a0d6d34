import type { Said } from './program.ts';
import type { Span } from './model.ts';

/*
 * A line that is no line for a shell: an agent types into a client of a database that is open in the terminal.
 */

const statement =
  /^\s*(?:drop\s+(?:table|database|schema|view|materialized\s+view|index|user|role|owned|keyspace|type|function|procedure|trigger|tablespace|extension|sequence|collection)\s|truncate\s+(?:table\s+|only\s+)?[\w."`[\]]+\s*(?:;|,|$|cascade|restart)|delete\s+from\s|update\s+(?:only\s+)?[\w."`[\]]+\s+set\s|alter\s+(?:table|database|schema|user|role|system|default|type|sequence|view)\s|revoke\s[\s\S]{1,400}?\sfrom\s|grant\s[\s\S]{1,400}?\sto\s)/i;

/** What a line is to a client of a database, if it reads as a statement that changes something. */
export function typedStatement(line: string, at: Span): readonly Said[] {
  if (statement.test(line.length > 2_000 ? line.slice(0, 2_000) : line))
    return [{ nested: 'sql', text: line, dialect: 'unknown', at }];
  return /^flush(?:all|db)(?:\s(?:async|sync))?;?$/i.test(line.trim())
    ? [{ does: 'destroy', what: 'database', service: 'redis', all: true, at }]
    : [];
}
