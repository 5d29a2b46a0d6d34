import type { Word } from './words.ts';

/**
 * The words by which a program that nobody knows is given files: what has a slash, or begins with a dot or a tilde.
 * What stands behind an option is handed over to be used, not shown, unless the option says that it is read.
 */
export function pathsAmong(words: readonly Word[]): readonly Word[] {
  return words.filter((word, index) => {
    const before = words[index - 1]?.text ?? '';
    return isPath(word) && !word.text.startsWith('-') && (!handsOver.test(before) || isRead.test(before));
  });
}

const handsOver = /^-(?:[iefckKC]|-[^=]+)$/;
const isRead =
  /^--(?:file|input|in|read|source|src|data|from|body|attach|attachment|upload|content|include|cwd|dir|directory|folder)(?:-file)?$/;

function isPath({ text }: Word): boolean {
  return /^(?:~|\.[\w.]|\.{1,2}\/)|\//.test(text) && !/^[a-z][a-z0-9+.-]*:\/\/|^@|\s/i.test(text);
}
