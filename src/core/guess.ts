import type { Command, Said } from './program.ts';
import { isVerb, resourceOf, wordsOf } from './resources.ts';

/** Verbs that say plainly, of whatever program, that something is taken away. */
const plainly =
  /^(?:delete|destroy|purge|wipe|drop|terminate|nuke|obliterate|deprovision|decommission|unregister|deregister)(?:s|d|ed)?$/;
const notSo = /^(?:no|not|dont|never|un|without|undelete)$/;

/** How many plain words from its name on are a program's verbs. */
const verbs = 3;

/** What a program that nobody described does by its own words: `frobnicate volume delete v-1` destroys a volume. */
export function guessed(name: string, { words: [, ...rest] }: Command): readonly Said[] {
  if (rest.some(({ text }) => /^--?(?:help|h|dry-?run)(?:=|$)/.test(text))) return [];
  const read: string[] = [];
  for (const [index, { text, known }] of rest.entries()) {
    if (text.startsWith('-')) continue;
    const said = wordsOf(text);
    if (!known || read.length >= verbs || !/^[A-Za-z][\w:.-]*$/.test(text) || isVerb(said)) return [];
    read.push(...said);
    const near = rest[index - 1]?.text ?? '';
    const loose = /^-./.test(near) && !near.includes('=');
    if (loose || !takesAway(text, said)) continue;
    const thing = rest.slice(index + 1).find(word => !word.text.startsWith('-'))?.text;
    return [
      {
        does: 'destroy',
        what: resourceOf([...read, ...wordsOf(thing ?? '')]),
        service: name.toLowerCase(),
        all: false,
        reach: {},
        ...(thing !== undefined && { name: thing }),
      },
    ];
  }
  return [];
}

function takesAway(text: string, words: readonly string[]): boolean {
  return (
    /^factory-?reset$/.test(text) ||
    (words.some(word => plainly.test(word)) && !words.some(word => notSo.test(word)))
  );
}
