import type { Span } from '../../model.ts';
import type { Said } from '../../program.ts';
import { evaluate } from './evaluate.ts';
import { asKnown } from './ordinary.ts';
import type { Expression, Part } from './tree.ts';
import { either, joined, listOf, only, something, texts, type Value } from './values.ts';
import type { State } from './state.ts';
import type { Walker } from './walk.ts';

/** Puts a value where an assignment says. */
export function assign(
  walker: Walker,
  target: Expression,
  operator: string,
  value: Value,
  state: State,
): void {
  switch (target.kind) {
    case 'cast':
      return assign(walker, target.operand, operator, value, state);
    case 'list':
      return target.items.forEach((item, index) => {
        const own = value.items[index];
        assign(walker, item, operator, own ? only(own) : something('$(…)'), state);
      });
    case 'variable': {
      const before = walker.variable(target.name, state);
      const result = operator === '=' ? value : changed(before, operator, value, state);
      walker.assign(target.name, result, state);
      if (/^env:/i.test(target.name)) environment(walker, target.name.slice(4), result, target.at, state);
      return;
    }
    case 'member': {
      const name = target.name.kind === 'text' ? textIn(target.name.parts).toLowerCase() : '';
      const owner = evaluate(target.target, walker.host(state));
      if (target.target.kind === 'variable') entry(target.target.name, owner, name, value, state);
      if (name === 'commandtext') sql(walker, value, target.at, state);
      return;
    }
    case 'index': {
      const owner = evaluate(target.target, walker.host(state));
      const key = texts(evaluate(target.index, walker.host(state)))[0]?.text ?? '';
      if (target.target.kind === 'variable')
        entry(target.target.name, owner, key.toLowerCase(), value, state);
      return;
    }
    default:
      evaluate(target, walker.host(state));
  }
}

/** A variable that the programs behind it find too. */
function environment(walker: Walker, name: string, value: Value, span: Span, state: State): void {
  const at = state.source.place(...span);
  const known = asKnown(value) ?? { options: [], known: false };
  walker.steps.push({
    command: { ...walker.made([], [], state, { from: 'nowhere' }, at), set: [{ name, value: known, at }] },
  });
}

/** A table that gets an entry more. */
function entry(variable: string, owner: Value, key: string, value: Value, state: State): void {
  const [item] = owner.items;
  if (item?.table)
    state.variables.set(
      variable.toLowerCase(),
      only({ ...item, table: new Map([...item.table, [key, value]]) }),
    );
}

function sql(walker: Walker, value: Value, at: Span, state: State): void {
  const place = state.source.place(...at);
  walker.say(
    texts(value).map((item): Said =>
      item.known
        ? { nested: 'sql', text: item.text, dialect: 'unknown', at: place }
        : { does: 'unknown', why: 'a statement that cannot be known here', at: place },
    ),
    place,
    state,
  );
}

function textIn(parts: readonly Part[]): string {
  return parts.map(part => (typeof part === 'string' ? part : '')).join('');
}

function changed(before: Value, operator: string, value: Value, state: State): Value {
  if (operator === '??=') return either(before, value);
  if (operator !== '+=') return something('$(…)');
  if (before.list) return listOf([...before.items, ...value.items]);
  const [text] = texts(before);
  const [more] = texts(value);
  if (!text || !more) return value;
  return only({ ...joined([text, more], ''), ...(state.branch > 0 && { known: false }) });
}
