import type { Reach } from '../../core/model.ts';
import { unknown, type Program, type Said } from '../../core/program.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed, statement } from './client.ts';

/** `sqlplus user/password@//host:1521/service @file.sql`; statements come from its input. Not checked against its manual. */
export const sqlplus: Program = command => {
  const [, ...rest] = command.words;
  const login = rest.find(({ text }) => /[/@]/.test(text) && !/^[@-]/.test(text));
  const reach = reachOf(login?.text ?? '');
  const sqlFile = ({ text, known, at }: Word): Said =>
    known
      ? { does: 'follow', lead: { to: 'file', path: text, as: 'sql', dialect: 'oracle', reach }, at }
      : unknown('a file of SQL that is not named', at);
  const files = rest.filter(({ text }) => /^@./.test(text));
  return [
    ...files.map(word => sqlFile({ ...word, text: word.text.replace(/^@@?/, '') })),
    ...(files.length ? [] : fed(command, text => [statement(text, 'oracle', reach)], sqlFile)),
  ];
};

/** What stands behind the last `@`: an address, or a name that a file of the client explains. Never the password. */
function reachOf(login: string): Reach {
  const target = login.slice(login.lastIndexOf('@') + 1);
  if (!login.includes('@') || !target) return {};
  const [, host, database] = /^(?:\/\/)?([\w.-]+)(?::\d+)?(?:\/([\w.$-]+))?$/.exec(target) ?? [];
  if (!host) return {};
  return target.includes('/') || target.includes(':')
    ? { host, ...(database && { database }) }
    : { database: host };
}
