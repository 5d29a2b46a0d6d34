import { plainForms } from './encodings.ts';
import type { Attempt, Decision } from './model.ts';
import { textOf } from './text.ts';

/**
 * A text as it may be shown and kept: without the credentials that the attempt carries, that stand in files, or that look
 * like one. What stands in the attempt in pieces only (`"abc""def"`, two variables) is taken out piece by piece.
 */
export function withoutValues(text: string, { action }: Attempt, decision: Decision): string {
  const values = valuesIn(decision);
  if (!values.length) return text;
  const whole = textOf(action);
  return values.reduce((left, value) => {
    const forms = plainForms(value).filter(form => form.length >= shortest);
    const masked = forms.reduce((it, form) => it.replaceAll(form, () => shown(value)), left);
    return forms.some(form => whole.includes(form)) ? masked : withoutPieces(masked, value);
  }, text);
}

/** The same where there is no attempt to speak of: our own words about it. */
export function withoutWholeValues(text: string, decision: Decision): string {
  return valuesIn(decision).reduce((left, value) => left.replaceAll(value, () => shown(value)), text);
}

/** A shorter text stands anywhere by chance. */
const shortest = 6;
/** A piece of a value that is shorter says nothing of it. */
const piece = 4;

/** Longest first: one may stand within another. */
function valuesIn({ findings, facts }: Decision): readonly string[] {
  const carried = findings.flatMap(({ effect }) =>
    effect.does === 'carry' ? (effect.credential.value ?? []) : [],
  );
  const mentioned = [...facts.mentions].flatMap(([text, { known, exposes }]) =>
    [...known.map(it => it.at), ...(exposes ? [exposes.at] : [])].map(at => text.slice(...at)),
  );
  return [...new Set([...carried, ...mentioned])]
    .filter(value => value.length >= shortest)
    .sort((a, b) => b.length - a.length);
}

/** So much that its owner knows it again, where that is little of it. */
function shown(value: string): string {
  return value.length < 20 ? '…' : `${value.slice(0, 3)}…`;
}

function withoutPieces(text: string, value: string): string {
  const pieces = new Set(
    Array.from({ length: Math.max(0, value.length - piece + 1) }, (_, at) => value.slice(at, at + piece)),
  );
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at + piece <= text.length; at++) {
    if (!pieces.has(text.slice(at, at + piece))) continue;
    let end = at + piece;
    while (end < text.length && pieces.has(text.slice(end - piece + 1, end + 1))) end++;
    kept.push(text.slice(from, at), '…');
    from = end;
    at = end - 1;
  }
  return [...kept, text.slice(from)].join('');
}
