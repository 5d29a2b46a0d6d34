import { wanted } from './origin.ts';
import { unknown, type Command, type Said } from './program.ts';
import type { Action, Span } from './model.ts';
import type { Machine } from './ports.ts';
import type { Word } from './shell/words.ts';

/*
 * What Chaperone's own command line does, started by an agent: it may ask, and use secrets that it does not see. What
 * answers, wires or unwires is a person's to start.
 */

/** What our program does with the words behind its name. */
export function ours(rest: readonly Word[], at: Span): readonly Said[] {
  const mark = rest.findIndex(word => word.text === '--');
  const own = mark < 0 ? rest : rest.slice(0, mark);
  const verbs = own.filter((_, index) => !/^--state$/.test(own[index - 1]?.text ?? ''));
  const verb = verbs.find(word => !word.text.startsWith('-'));
  if (verb?.text === 'run') return runs(own.slice(own.indexOf(verb) + 1), rest.slice(mark + 1), at);
  if (verb?.text === 'mcp' && !own.some(word => /^--(?:un)?install$/.test(word.text)))
    return mark < 0 ? [] : [{ nested: 'words', words: rest.slice(mark + 1), at }];
  const hooks = own.some(word => /^--(?:un)?install-hook$/.test(word.text));
  return hooks || (verb && /^(?:approve|install|uninstall|hook|hide|mcp)$/.test(verb.text))
    ? [{ does: 'tamper', what: 'how Chaperone is wired and answered' }]
    : [];
}

/** The same where an interpreter starts the file that holds our program, or one that has its name; nothing elsewhere. */
export function oursAmong({ words, at }: Command): readonly Said[] {
  const own = words.findIndex(({ text }) => /(?:^|[\\/])(?:(?:guard|alone)\.js|hook\.(?:pl|sh))$/.test(text));
  return own < 0 ? [] : ours(words.slice(own + 1), at);
}

/** What an agent asks of our own tool, as the line that would do the same in a terminal: so both are judged alike. */
export function lineWith(secrets: readonly string[], command: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text: string) => (/^[\w./:=@#-]+$/.test(text) ? text : quoted(text));
  return `chaperone run ${secrets.map(it => `--with ${plain(it)}`).join(' ')} -- sh -c ${quoted(command)}`;
}

/** A line that our own tool runs: by `sh`, on Windows by cmd.exe. */
export function ownShell(line: string, { platform }: Machine): Action {
  return { kind: 'shell', line, dialect: platform === 'windows' ? 'cmd' : 'posix' };
}

/** Each secret, and what is run with it. Of what that prints of the secrets nobody sees more than the names. */
function runs(options: readonly Word[], inner: readonly Word[], at: Span): readonly Said[] {
  const environment = valuesOf('--environment', options)[0]?.text;
  const masked: string[] = [];
  const secrets = valuesOf('--with', options).map((word): Said => {
    const secret = word.known ? wanted(word.text) : undefined;
    if (!secret) return unknown(`which secret \`${word.text}\` is cannot be known here`, word.at);
    masked.push(secret.name);
    return { does: 'inject', ...secret, ...(environment !== undefined && { environment }), at: word.at };
  });
  return [...secrets, ...(inner.length ? [{ nested: 'words', words: inner, at, masked } as const] : [])];
}

/** Values that stand behind an option or are joined to it. */
function valuesOf(option: string, words: readonly Word[]): readonly Word[] {
  return words.flatMap((word, index) => {
    if (word.text.startsWith(`${option}=`)) return [{ ...word, text: word.text.slice(option.length + 1) }];
    return words[index - 1]?.text === option ? [word] : [];
  });
}
