import { blockBegin, blockEnd, blockIn } from '../../core/denyList.ts';
import type { Form } from './form.ts';

/**
 * Lines of ours between two marks, at the end of a text in which `#` begins a comment: in TOML a table on top would take
 * the keys below it.
 */
export const block: Form = {
  find: text => {
    const ours = blockIn(text);
    if (ours.is === 'broken') throw new Error(`has a block of ours that is broken: ${ours.why}`);
    return ours.is === 'there' ? [{ path: [0], value: `${ours.lines.join('\n')}\n` }] : [];
  },
  put: (text, wanted) => {
    const lines = wanted.map(({ value }) => String(value)).join('');
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${blockBegin}\n${lines}${blockEnd}\n`;
  },
  take: (text, found, { fresh }) => {
    const ours = blockIn(text);
    if (!found.length || ours.is !== 'there') return text;
    const rest = text.slice(0, ours.at[0]) + text.slice(ours.at[1]);
    return fresh && rest.trim() === '' ? undefined : rest;
  },
  made: () => [],
};
