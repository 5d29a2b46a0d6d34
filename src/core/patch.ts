import type { Action } from './model.ts';
import { deleting, freshLines, writing } from './toolActions.ts';

/** Each file of a patch in the `*** Update File:` form, with what becomes of it: the text of each is all of the patch. */
export function patchActions(input: string): Action {
  const heads = /^[ \t]*\*{3}[ \t]*(?:(Add|Update|Delete)[ \t]+File|Move[ \t]+to)[ \t]*:[ \t]*(\S.*)$/gim;
  const fresh = freshLines(marked(input, '-'), marked(input, '+'));
  const actions = [...input.matchAll(heads)].map(([, verb, path = '']): Action =>
    verb?.toLowerCase() === 'delete' ? deleting(path.trim()) : { ...writing(path.trim(), input), fresh },
  );
  return actions.length
    ? { kind: 'several', actions }
    : { kind: 'unreadable', why: 'a patch that names no file' };
}

function marked(input: string, mark: string): string {
  return input
    .split('\n')
    .filter(line => line.startsWith(mark))
    .map(line => line.slice(1))
    .join('\n');
}
