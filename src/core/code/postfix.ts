import { Brackets } from './brackets.ts';
import type { Read } from './cursor.ts';
import { memberOf } from './pure.ts';
import type { Part, Token } from './tokens.ts';
import { anyOf, items, joined, none, nothing, text, textOf, thing, type Value } from './values.ts';
import { skipped, wordy } from './words.ts';

/** What follows a value: members, indices, arguments, blocks. */
export abstract class Postfix extends Brackets {
  protected abstract unary(): Read;
  /** Another reader for what is computed inside of a text. */
  protected abstract inside(part: readonly Token[]): Postfix;

  protected textValue(token: Token & { readonly is: 'text' }): Value {
    const value = joined(token.parts.map(part => this.partValue(part)));
    if (token.as === 'words')
      return {
        is: 'list',
        items: (value.options[0] ?? '')
          .split(/\s+/)
          .filter(Boolean)
          .map(word => text(word)),
      };
    if (token.as === 'run') {
      this.call(thing('backticks'), [value], none, this.index);
      return thing('backticks');
    }
    return value;
  }

  protected partValue(part: Part): Value {
    if (typeof part === 'string') return text(part);
    return (
      this.deeper(() => {
        const inner = this.inside(part);
        const { value, target } = inner.expression(0);
        this.said.push(...inner.said);
        return value.is === 'unknown' && target ? { ...value, written: target } : value;
      }) ?? nothing
    );
  }

  protected postfix({ value, target }: Read): Read {
    let current: Read = { value, ...(target !== undefined && { target }) };
    for (let count = 0; count < 2_000; count++) {
      const after = this.continued(current);
      if (!after) return current;
      current = after;
    }
    return current;
  }

  protected continued({ value, target }: Read): Read | undefined {
    this.overLines();
    const token = this.token();
    if (!token) return undefined;
    const from = this.index;
    if (token.is === 'sign') {
      switch (token.text) {
        case '.':
          return this.syntax.joins.includes('.') || this.syntax.name === 'awk'
            ? undefined
            : this.member(value);
        case '?.':
        case '&.':
        case '::':
        case '->':
          return this.member(value);
        case ':':
          if (this.syntax.name !== 'lua' || this.token(2)?.text !== '(') return undefined;
          return this.member(value);
        case '[':
          if (this.syntax.bareCalls && this.spaced() && value.is !== 'list') return undefined;
          return this.indexed(value);
        case '{':
          if (this.syntax.name === 'perl' && target?.startsWith('$')) return this.keyed(value, target);
          return this.rubyBlock(value);
        case '(': {
          if (
            this.syntax.lines &&
            this.spaced() &&
            this.syntax.name !== 'ruby' &&
            this.syntax.name !== 'python' &&
            this.syntax.name !== 'awk'
          )
            return undefined;
          const { values, named } = this.list(')');
          if (this.sign('{') && this.syntax.name === 'javascript' && this.isDefinition(from))
            return { value: nothing };
          return { value: this.call(value, values, named, from) };
        }
        case '!':
          if (this.syntax.name === 'javascript') this.index++;
          return this.syntax.name === 'javascript' ? { value } : undefined;
        default:
          return undefined;
      }
    }
    if (token.is === 'text' && value.is === 'thing' && this.syntax.name === 'javascript') {
      this.index++;
      return { value: this.call(value, [this.textValue(token)], none, from) };
    }
    if (token.is === 'name' && token.text === 'do' && this.syntax.name === 'ruby')
      return this.rubyBlock(value);
    return this.bareCall(value, target);
  }

  /** Whether `name(…) {` is a method's definition and no call: nothing stands before the name. */
  protected isDefinition(open: number): boolean {
    const before = this.tokens[open - 2];
    return (
      !before ||
      (before.is === 'sign' ? /^[{};,*]$/.test(before.text) : /^(?:async|static|get|set)$/.test(before.text))
    );
  }

  /** A line that begins with `.` goes on with the one before. */
  protected overLines(): void {
    if (this.token()?.is !== 'line') return;
    const next = this.next()?.text ?? '';
    if (this.bracketed > 0 || ((next === '.' || next === '&.') && this.syntax.name !== 'awk')) this.index++;
  }

  protected member(value: Value): Read {
    this.index++;
    const from = this.index;
    const token = this.token();
    if (token?.is === 'sign' && (token.text === '[' || token.text === '(')) {
      if (token.text === '[') return this.indexed(value);
      return { value: this.call(value, this.list(')').values, none, from) };
    }
    if (token?.is === 'sign' && token.text === '{') return this.keyed(value, '');
    if (token?.is !== 'name') return { value: nothing };
    this.index++;
    const inner = memberOf(value, token.text);
    // Without parentheses a method of Ruby is called all the same.
    const called =
      /^(?:ruby|perl)$/.test(this.syntax.name) &&
      !this.sign('(') &&
      !this.sign('=') &&
      !this.startsArgument(token.text);
    const given = called && inner.is === 'thing' ? this.call(inner, [], none, from) : inner;
    return { value: given, target: inner.is === 'thing' ? inner.name : token.text };
  }

  protected indexed(value: Value): Read {
    const from = this.index;
    const { values } = this.list(']');
    const [first] = values;
    const name = first?.is === 'text' && first.known ? (first.options[0] ?? '') : undefined;
    if (value.is === 'list' && name !== undefined && /^\d+$/.test(name))
      return { value: value.items[Number(name)] ?? nothing };
    if (value.is === 'text') return { value: { is: 'unknown', written: 'part' } };
    if (value.is === 'thing' && value.name === 'Dir')
      return { value: this.call(thing('Dir.glob'), values, none, from) };
    return { value: name === undefined ? nothing : memberOf(value, name) };
  }

  protected keyed(value: Value, target: string): Read {
    const table = this.table();
    const entries = table.is === 'table' ? [...table.entries.keys()] : [];
    return { value: memberOf(target === '$ENV' ? thing('ENV') : value, entries[0] ?? '') };
  }

  /** `{ |x| … }` and `do |x| … end`: what the block is given are the items of what it stands behind. */
  protected rubyBlock(value: Value): Read | undefined {
    if (this.syntax.name === 'groovy' && this.sign('{')) {
      for (const name of ['it']) this.assign(name, anyOf(items(value)));
      this.block();
      return { value };
    }
    if (this.syntax.name !== 'ruby' || (value.is === 'text' && !value.wild)) return undefined;
    const opened = this.sign('{');
    if (this.next()?.text !== '|' && !opened) return undefined;
    if (opened && this.next()?.text !== '|' && value.is !== 'thing') return undefined;
    this.index++;
    if (this.sign('|')) {
      for (const name of this.parameters('|'))
        if (typeof name === 'string') this.assign(name, anyOf(items(value)));
    }
    if (!opened) return undefined;
    this.index--;
    this.block();
    return { value };
  }

  /** `system "rm -rf /"`: arguments without parentheses. */
  protected bareCall(value: Value, target: string | undefined): Read | undefined {
    if (!this.syntax.bareCalls || (value.is !== 'thing' && value.is !== 'function')) return undefined;
    if (target === undefined || !this.startsArgument(target)) return undefined;
    const from = this.index;
    const values: Value[] = [];
    const named = new Map<string, Value>();
    for (let count = 0; count < 64; count++) {
      if (this.declares()) this.index++;
      const label = this.label();
      const { value: argument } = this.expression(this.syntax.name === 'perl' ? 3 : 1);
      if (this.sign('=>')) {
        this.index++;
        named.set(textOf(argument).options[0] ?? '', this.expression(1).value);
      } else if (label !== undefined) named.set(label, argument);
      else values.push(argument);
      if (!this.sign(',')) break;
      this.index++;
      while (this.token()?.is === 'line') this.index++;
    }
    return { value: this.call(value, values, named, from) };
  }

  /** `open my $file, …`: a variable of Perl is declared where it is given. */
  protected declares(): boolean {
    return this.syntax.name === 'perl' && /^(?:my|our|local)$/.test(this.token()?.text ?? '');
  }

  protected startsArgument(name: string): boolean {
    const token = this.token();
    if (!token || token.is === 'line' || skipped.has(name)) return false;
    if (token.is === 'text') return true;
    if (!this.spaced()) return false;
    if (token.is === 'number') return this.syntax.name !== 'awk';
    if (token.is === 'sign')
      return (
        (token.text === '<' && this.syntax.name === 'perl' && /^(?:unlink|rmdir|print)$/.test(name)) ||
        (token.text === '[' && this.syntax.name === 'ruby' && !this.scope.has(name)) ||
        (token.text === '\\' && this.syntax.name === 'perl')
      );
    if (token.is !== 'name' || this.scope.get(name)?.is === 'text') return false;
    if (this.declares()) return true;
    return (
      !skipped.has(token.text) &&
      !Object.hasOwn(wordy, token.text) &&
      !/^(?:for|foreach|x|eq|ne|lt|gt|le|ge|cmp|instanceof|rescue)$/.test(token.text)
    );
  }
}
