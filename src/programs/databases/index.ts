import type { Program } from '../../core/program.ts';
import { client } from './client.ts';
import { clients, within } from './clients.ts';
import { cypherShell } from './cypher.ts';
import { mongo } from './mongo.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { sqlplus } from './sqlplus.ts';
import { statements } from './statements.ts';

/** Clients of databases, and the tools that come with them. A client of SQL is a row in `clients.ts`. */
export const databases: Readonly<Record<string, Program>> = {
  ...clients,
  ...Object.fromEntries(Object.entries(within).map(([name, verbs]) => [name, verb(verbs)])),
  ...postgres,
  ...mysql,
  ...redis,
  ...mongo,
  ...statements,
  sqlplus,
  'cypher-shell': cypherShell,
};

/** A program of which one verb is a client: `cockroach sql`. */
function verb(verbs: (typeof within)[string]): Program {
  const programs = new Map(Object.entries(verbs).map(([name, row]) => [name, client(row)]));
  return (command, machine) => {
    const [name, sub, ...rest] = command.words;
    const program = programs.get(sub?.text ?? '');
    return name && program ? program({ ...command, words: [name, ...rest] }, machine) : [];
  };
}
