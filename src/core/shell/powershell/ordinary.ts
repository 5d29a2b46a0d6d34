import type { Span } from '../../model.ts';
import type { Command, Input } from '../../program.ts';
import type { Step } from '../steps.ts';
import type { Value as Known } from '../words.ts';
import { joined, texts, type Value } from './values.ts';

/** The names that the tables of ordinary programs know. */
const ordinary: Readonly<Record<string, string>> = {
  'get-content': 'cat',
  'write-output': 'echo',
  'write-host': 'echo',
  'get-childitem': 'ls',
  'select-string': 'grep',
  'invoke-webrequest': 'curl',
  'invoke-restmethod': 'curl',
  'tee-object': 'tee',
  'sort-object': 'sort',
  'out-string': 'cat',
};

/** A command by the name that the tables of ordinary programs know. */
export function ordinarily({ command, name }: Step): Command {
  const [first, ...rest] = command.words;
  const own = name === undefined ? undefined : ordinary[name];
  return first && own ? { ...command, words: [{ ...first, text: own }, ...rest] } : command;
}

/** What an expression gives to the command behind it. */
export function textInput(fed: Value | undefined, at: Span): Input {
  if (!fed?.items.length) return { from: 'nowhere' };
  const { text, known } = joined(fed.items, '\n');
  return { from: 'text', text, known, at };
}

/** A value as programs ask for it. */
export function asKnown(value: Value | undefined): Known | undefined {
  return (
    value && { options: texts(value).map(item => item.text), known: value.items.every(item => item.known) }
  );
}
