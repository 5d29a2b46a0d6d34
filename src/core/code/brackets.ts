import { Calling } from './calling.ts';
import type { Read } from './cursor.ts';
import { nothing, text, textOf, type Parameter, type Value } from './values.ts';

/** Comprehensions of more items, or of longer expressions, are not gone through item by item. */
const mostCompared = 64;

/** What stands between brackets. */
export abstract class Brackets extends Calling {
  private comprehending = false;

  protected abstract expression(least: number): Read;
  protected abstract parameters(close: string): readonly Parameter[];
  protected abstract type(): void;
  protected abstract block(): Value;
  protected abstract loops(): readonly Value[];

  protected bracket(mark: string): Read {
    if (mark === '(') {
      if (this.syntax.name === 'javascript' && this.isArrow()) {
        const parameters = this.parameters(')');
        if (this.sign(':')) this.type();
        if (this.sign('=>')) return this.arrow(parameters);
      }
      const { values, several } = this.list(')');
      const [only] = values;
      return { value: several || !only ? { is: 'list', items: values } : only };
    }
    if (mark === '[') return { value: { is: 'list', items: this.list(']').values } };
    if (mark === '{') return { value: this.table() };
    if (mark === '<' && this.syntax.name === 'perl') return this.angled();
    return { value: nothing };
  }

  /** `<*.c>` of Perl is what the pattern stands for. */
  protected angled(): Read {
    let [end, found] = [this.index + 1, ''];
    while (end < this.tokens.length && end < this.index + 12 && this.tokens[end]?.text !== '>')
      found += this.tokens[end++]?.text ?? '';
    if (this.tokens[end]?.text !== '>') return { value: nothing };
    this.index = end + 1;
    return { value: /[*?]/.test(found) ? { ...text(found), wild: true } : nothing };
  }

  protected isArrow(): boolean {
    let open = 0;
    for (let at = this.index; at < this.tokens.length && at < this.index + 120; at++) {
      const mark = this.tokens[at];
      if (mark?.is !== 'sign') continue;
      if (/^[([{]$/.test(mark.text)) open++;
      if (/^[)\]}]$/.test(mark.text) && --open === 0)
        return this.tokens[at + 1]?.text === '=>' || this.tokens[at + 1]?.text === ':';
    }
    return false;
  }

  /** What stands between brackets; `name = value` and `name: value` in them are apart. */
  protected list(close: string): {
    readonly values: readonly Value[];
    readonly named: ReadonlyMap<string, Value>;
    readonly several: boolean;
  } {
    this.index++;
    this.bracketed++;
    const values: Value[] = [];
    const named = new Map<string, Value>();
    let [several, start] = [false, this.index];
    while (this.index < this.tokens.length && !this.sign(close) && !this.sign('}')) {
      const before = this.index;
      if (this.sign(',') || this.sign(';') || this.token()?.is === 'line') {
        several ||= this.sign(',');
        this.index++;
        continue;
      }
      const label = this.label();
      if (label !== undefined) named.set(label, this.expression(1).value);
      else if (this.word('for')) {
        const each = this.comprehended(start);
        if (each)
          values.splice(0, values.length, ...(close === ')' ? [{ is: 'list', items: each } as const] : each));
      } else if (this.word('const') || this.word('let') || this.word('var') || this.word('if')) this.index++;
      else {
        start = this.index;
        const spreads = this.sign('...') || (this.sign('*') && this.syntax.name === 'python');
        const { value } = this.expression(0);
        if (this.sign('=>')) {
          this.index++;
          named.set(textOf(value).options[0] ?? '', this.expression(1).value);
        } else if (spreads && value.is === 'list') values.push(...value.items);
        else if (values.length < 256) values.push(value);
      }
      if (this.index === before) this.index++;
    }
    this.bracketed--;
    if (this.sign(close)) this.index++;
    if (named.size && !values.length && close !== ')') values.push({ is: 'table', entries: named });
    return { values, named, several };
  }

  /** `f(x) for x in items`: what stands before, for each of them where they are known. */
  protected comprehended(start: number): readonly Value[] | undefined {
    const name = this.token(1)?.text;
    const simple = this.token(2)?.text === 'in';
    const long = this.index - start > mostCompared;
    this.index++;
    const each = this.loops();
    // Within another one it is not gone through: each would be, for each of the other's.
    if (this.comprehending || !simple || !name || long || each.length > mostCompared) return undefined;
    if (!each.every(it => it.is === 'text' && it.known)) return undefined;
    const [end, effects, before] = [this.index, this.effects, this.scope.get(name)];
    this.effects = undefined;
    this.comprehending = true;
    const values = each.map(it => {
      this.scope.set(name, it);
      this.index = start;
      return this.expression(0).value;
    });
    this.comprehending = false;
    this.effects = effects;
    this.index = end;
    if (before) this.scope.set(name, before);
    return values;
  }

  protected label(): string | undefined {
    const [token, sign] = [this.token(), this.next()];
    if (token?.is !== 'name' || sign?.is !== 'sign') return undefined;
    const { name } = this.syntax;
    const labels =
      (sign.text === '=' && /^(?:python|r|julia)$/.test(name)) ||
      (sign.text === ':' && /^(?:ruby|php|groovy)$/.test(name));
    if (!labels) return undefined;
    this.index += 2;
    return token.text;
  }

  protected table(): Value {
    this.index++;
    this.bracketed++;
    const entries = new Map<string, Value>();
    const values: Value[] = [];
    while (this.index < this.tokens.length && !this.sign('}')) {
      const before = this.index;
      if (this.sign(',') || this.sign(';') || this.token()?.is === 'line') {
        this.index++;
        continue;
      }
      const token = this.token();
      const named = token?.is === 'name' ? token.text : undefined;
      const { value } =
        named !== undefined && /^(?:=>|:|=)$/.test(this.next()?.text ?? '')
          ? (this.index++, { value: text(named) })
          : this.sign('[') && this.syntax.name === 'javascript'
            ? { value: this.list(']').values[0] ?? nothing }
            : this.expression(2);
      const label = textOf(value).options[0] ?? '';
      if (this.sign(':') || this.sign('=>') || this.sign('=')) {
        this.index++;
        entries.set(label, this.expression(1).value);
      } else if (named !== undefined && this.sign('{')) this.block();
      else {
        if (named !== undefined) entries.set(named, value);
        else if (value.is === 'table') for (const [k, v] of value.entries) entries.set(k, v);
        values.push(value);
      }
      if (this.index === before) this.index++;
    }
    this.bracketed--;
    if (this.sign('}')) this.index++;
    return this.syntax.name === 'python' && !entries.size && values.length
      ? { is: 'list', items: values }
      : { is: 'table', entries };
  }

  protected arrow(parameters: readonly Parameter[]): Read {
    this.index++;
    const gives = this.sign('{') ? this.block() : this.expression(1).value;
    return { value: { is: 'function', parameters, gives } };
  }
}
