import type { Program } from '../../core/program.ts';

/*
 * A statement of SQL where a command of a shell should stand. No shell runs it, but whoever hands it to one may hand it
 * to a database next.
 */

/** What must stand behind the verb, or it is a program of somebody's. */
const verbs: Readonly<Record<string, RegExp>> = {
  DROP: /^(?:table|database|schema|view|index|role|user|materialized|function|procedure|trigger|sequence|type|extension|tablespace|keyspace|collection)\b/i,
  TRUNCATE: /^(?:table\b|[a-z_"`])/i,
  DELETE: /^from\b/i,
  UPDATE: /^[\w."`]+ set\b/i,
  ALTER: /^(?:table|database|schema|role|user|system)\b/i,
  REVOKE: /\bfrom\b/i,
};

export const statements: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(verbs)
    // `truncate` is a program that has its own row.
    .flatMap(([verb, follows]) =>
      [verb, ...(verb === 'TRUNCATE' ? [] : [verb.toLowerCase()])].map(it => [it, follows] as const),
    )
    .map(([name, follows]) => [name, sql(follows)]),
);

function sql(follows: RegExp): Program {
  return ({ words, at }) => {
    const [first, ...rest] = words.map(word => word.text);
    const text = rest.join(' ');
    return follows.test(text)
      ? [{ nested: 'sql', text: `${first} ${text}`, dialect: 'unknown', at }]
      : [{ does: 'run', program: first ?? '', origin: 'unfamiliar', at }];
  };
}
