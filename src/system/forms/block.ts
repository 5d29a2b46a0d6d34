import { blockBegin, blockEnd, blockIn } from '../../core/denyList.ts';
import type { Form, IsOurs } from './form.ts';

/**
 * Lines of ours between two marks, at the end of a text in which `#` begins a comment: in TOML a table on top would take
 * the keys below it. A program that adds a table at the end adds it before our last mark (observed with Codex 0.169.0,
 * November 2026): what stands behind our lines is somebody else's, and stays.
 */
export const block: Form = {
  find: (text, _, isOurs) => {
    const ours = blockIn(text);
    if (ours.is === 'broken') throw new Error(`has a block of ours that is broken: ${ours.why}`);
    return ours.is === 'there' ? [{ path: [0], value: textOf(oursAmong(ours.lines, isOurs)) }] : [];
  },
  put: (text, wanted) => {
    const lines = wanted.map(({ value }) => String(value)).join('');
    const there = new Set(text.split(/\r?\n/));
    const twice = lines.split('\n').find(line => /^\[(?!\[)/.test(line) && there.has(line));
    if (twice !== undefined) throw new Error(`has \`${twice}\` already, which must not stand there twice`);
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${blockBegin}\n${lines}${blockEnd}\n`;
  },
  take: (text, [found], { fresh }) => {
    const ours = blockIn(text);
    if (!found || ours.is !== 'there') return text;
    const inner = text.slice(ours.at[0], ours.at[1]);
    const rest = text.slice(0, ours.at[0]) + behind(inner, String(found.value)) + text.slice(ours.at[1]);
    return fresh && rest.trim() === '' ? undefined : rest;
  },
  made: () => [],
};

/** The first tables that are known to be ours, and those behind them that are by themselves; if none is, the first. */
function oursAmong(lines: readonly string[], isOurs: IsOurs): readonly string[] {
  const begins = lines.flatMap((line, index) => (index > 0 && line.startsWith('[') ? [index] : []));
  const cuts = [...begins, lines.length];
  const known = cuts.findIndex(cut => isOurs([], textOf(lines.slice(0, cut))));
  let last = Math.max(known, 0);
  while (last + 1 < cuts.length && isOurs([], textOf(lines.slice(cuts[last], cuts[last + 1])))) last++;
  return lines.slice(0, cuts[last]);
}

/** What of the block stands behind our lines. */
function behind(inner: string, ours: string): string {
  const mine = ours.split('\n').filter(line => line !== '');
  const lines = inner.split(/(?<=\n)/).filter(line => ![blockBegin, blockEnd].includes(line.trimEnd()));
  let met = 0;
  const rest = lines.filter(line => {
    if (met === mine.length) return true;
    if (line.trimEnd() === mine[met]?.trimEnd()) met++;
    return false;
  });
  return rest.join('').trim() === '' ? '' : rest.join('');
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
