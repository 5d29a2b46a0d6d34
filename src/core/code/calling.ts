import type { Span } from '../model.ts';
import { Cursor } from './cursor.ts';
import { memberOf, pure } from './pure.ts';
import { unknown } from '../program.ts';
import { anyOf, items, none, nothing, thing, type Callable, type Value } from './values.ts';

/** More than this is not said of one text: the rest is unknown. */
const mostSaid = 1_000;

/** What a call gives, and what it does. */
export abstract class Calling extends Cursor {
  private full = false;

  protected call(
    callee: Value,
    given: readonly Value[],
    named: ReadonlyMap<string, Value>,
    from: number,
  ): Value {
    const options = given.find(it => it.is === 'table');
    const all = options?.is === 'table' ? new Map([...options.entries, ...named]) : named;
    const other = this.instead(callee, given);
    if (other) return this.call(other.callee, other.given, named, from);
    if (callee.is === 'list') return this.call(callee.items.at(-1) ?? nothing, given, named, from);
    if (callee.is === 'function') return this.enter(callee, given);
    if (callee.is !== 'thing') return nothing;
    this.iterate(callee.on, callee.name, given, from);
    const { name } = callee;
    const made = { name, given, named: all };
    const known = pure.called({ name, given, named: all, callee, made });
    const at: Span = [
      this.offset + (this.tokens[from - 1]?.from ?? 0),
      this.offset + (this.tokens[this.index - 1]?.to ?? 0),
    ];
    if (this.effects && this.said.length < mostSaid)
      this.said.push(...this.effects({ name, callee, given, named: all, language: this.syntax.name, at }));
    else if (this.effects && !this.full) {
      this.full = true;
      this.said.push(unknown('more calls in one program than are followed', at));
    }
    if (known) return known;
    return { is: 'thing', name, made: callee.made ?? (given.length || all.size ? made : undefined) } as Value;
  }

  /** A function of the program's own: its parameters may be what it is given here. */
  protected enter({ parameters, gives }: Callable, given: readonly Value[]): Value {
    parameters.forEach((parameter, at) => {
      const value = given[at];
      if (!value) return;
      if (typeof parameter === 'string') this.assign(parameter, value);
      else this.bind(parameter, value);
    });
    return gives ?? nothing;
  }

  /** Calls that are another: `f.call(null, x)`, `send(:system, x)`, `map(os.remove, files)`, a name in a text. */
  protected instead(
    callee: Value,
    given: readonly Value[],
  ): { readonly callee: Value; readonly given: readonly Value[] } | undefined {
    const [first, ...rest] = given;
    if (callee.is === 'text' && this.syntax.name === 'php' && callee.known)
      return { callee: thing(callee.options[0] ?? ''), given };
    if (callee.is !== 'thing') return undefined;
    const [, owner = '', method = ''] = /^(?:(.*)\.)?([^.]*)$/s.exec(callee.name) ?? [];
    const { name: language } = this.syntax;
    if (language === 'javascript' && owner && (method === 'call' || method === 'apply'))
      return { callee: { ...callee, name: owner }, given: method === 'call' ? rest : items(rest[0]) };
    if (language === 'ruby' && owner && method === 'call')
      return { callee: { ...callee, name: owner }, given };
    if (language === 'ruby' && /^(?:send|public_send|__send__|method)$/.test(method) && first?.is === 'text')
      return {
        callee: owner ? memberOf(thing(owner), first.options[0] ?? '') : thing(first.options[0] ?? ''),
        given: rest,
      };
    if (language === 'php' && /^(?:call_user_func|array_map|array_walk)$/.test(method) && first)
      return { callee: first, given: method === 'call_user_func' ? rest : [anyOf(rest.flatMap(items))] };
    if (
      language === 'python' &&
      /^(?:map|partial|submit|apply_async|starmap)$/.test(method) &&
      (first?.is === 'thing' || first?.is === 'function')
    )
      return { callee: first, given: method === 'map' ? [anyOf(items(rest[0]))] : rest };
    return undefined;
  }

  /** `paths.forEach(path => …)`, `paths.forEach(fs.unlinkSync)`, `promise.then(module => …)`. */
  protected iterate(on: Value | undefined, name: string, given: readonly Value[], from: number): void {
    const method = name.slice(name.lastIndexOf('.') + 1);
    const called = given.find(it => it.is === 'function' || it.is === 'thing');
    if (!called || !on) return;
    if (/^(?:forEach|map|each|flatMap|filter|some|every|find)$/.test(method))
      this.call(called, [anyOf(items(on))], none, from);
    if (method === 'then') this.call(called, [on], none, from);
  }

  protected bind(pattern: readonly string[], value: Value): void {
    for (const binding of pattern) {
      const [key = '', name = key] = binding.split(':');
      const inner = /^\d+$/.test(key) ? (items(value)[Number(key)] ?? nothing) : memberOf(value, key);
      this.assign(name, inner);
    }
  }
}
