import type { Command } from '../../src/core/program.ts';
import { walk } from '../../src/core/shell/commands.ts';
import type { Word } from '../../src/core/shell/words.ts';
import { paperMachine } from './world.ts';

/**
 * What a line comes down to, a text a command. `?word` cannot be known, `*word` may become many, `‹a word›` holds
 * blanks or nothing; then come `>` with a file, `<` with what is fed, `@` with another folder than the project.
 * What could not be read is `unread`.
 */
export function walked(line: string): readonly string[] {
  const { commands, unread } = walk(line, { cwd: '/work/project', machine: paperMachine });
  return [...commands.map(commandText), ...unread.map(() => 'unread')];
}

function commandText({ words, redirects, input, cwd }: Command): string {
  return [
    ...words.map(wordText),
    ...redirects.map(({ operator, target }) => `${operator}${wordText(target)}`),
    ...(input.from === 'text' ? [`<${input.known ? '' : '?'}${JSON.stringify(input.text)}`] : []),
    ...(input.from === 'file' ? [`<${wordText(input.path)}`] : []),
    ...(input.from === 'pipe' ? ['<|'] : []),
    ...(cwd === '/work/project' ? [] : [`@${cwd}`]),
  ].join(' ');
}

function wordText({ text, known, wild }: Word): string {
  const shown = text === '' || /\s/.test(text) ? `‹${text}›` : text;
  return `${known ? '' : '?'}${wild ? '*' : ''}${shown}`;
}
