import type { Said } from '../program.ts';
import type { Effects } from './cursor.ts';
import { Expressions } from './expressions.ts';
import type { Syntax } from './languages.ts';
import { moduleName } from './pure.ts';
import type { Token } from './tokens.ts';
import { anyOf, items, none, nothing, textOf, thing, type Parameter, type Value } from './values.ts';
import { skipped } from './words.ts';

/** Times that a program's text is gone through: what stands further down is known the next time. */
const rounds = 3;
const manyTokens = 4_000;

/** Goes through a program and says what its calls do. Every branch is taken, every function is entered once. */
export function readCode(
  tokens: readonly Token[],
  syntax: Syntax,
  offset: number,
  effects: Effects,
): { readonly said: readonly Said[]; readonly last: Value; readonly variables: ReadonlyMap<string, Value> } {
  const scope = new Map<string, Value>();
  const times = tokens.length > manyTokens ? rounds - 1 : rounds;
  for (let round = 1; round < times; round++) new Reader(tokens, syntax, offset, scope, undefined).all();
  const reader = new Reader(tokens, syntax, offset, scope, effects);
  reader.all();
  return { said: reader.said, last: reader.lastValue, variables: scope };
}

/** Statements: what is imported, defined, gone through one after the other. */
class Reader extends Expressions {
  all(): void {
    this.statements(false);
  }

  protected statements(within: boolean): Value {
    const bracketed = this.bracketed;
    this.bracketed = 0;
    let last: Value = nothing;
    while (this.index < this.tokens.length) {
      if (this.sign('}')) {
        if (within) break;
        this.index++;
        continue;
      }
      const before = this.index;
      if (this.sign('{')) {
        this.index++;
        this.deeper(() => this.statements(true));
        if (this.sign('}')) this.index++;
        continue;
      }
      const value = this.statement();
      if (value) last = value;
      if (this.index === before) this.index++;
    }
    this.bracketed = bracketed;
    this.lastValue = last;
    return last;
  }

  protected statement(): Value | undefined {
    const token = this.token();
    if (token?.is === 'name') {
      switch (token.text) {
        case 'import':
          if (this.next()?.text === '(') break;
          this.index++;
          this.imports();
          return undefined;
        case 'from':
          if (this.syntax.name !== 'python') break;
          this.index++;
          this.importsFrom();
          return undefined;
        case 'use':
          if (this.syntax.name !== 'perl' && this.syntax.name !== 'php') break;
          this.skipTo(';');
          return undefined;
        case 'const':
        case 'let':
        case 'var':
          this.index++;
          if (this.sign('{') || this.sign('[')) this.unpacks();
          return undefined;
        case 'my':
          this.index++;
          return undefined;
        case 'def':
        case 'function':
        case 'sub':
        case 'fn':
          this.index++;
          this.defines();
          return undefined;
        case 'class':
          this.skipClass();
          return undefined;
        case 'for':
        case 'foreach':
          this.index++;
          this.loops();
          return undefined;
        default:
      }
      if (skipped.has(token.text) && this.next()?.text !== '.') {
        this.index++;
        return undefined;
      }
    }
    if (!token || token.is === 'line') return undefined;
    return this.assigned();
  }

  /** An expression, and what it is assigned to where several are at once: `a, b = 'x', 'y'`. */
  protected assigned(): Value {
    const targets = this.severalTargets();
    if (targets.length > 1) {
      const values = [this.expression(1).value];
      while (this.sign(',')) {
        this.index++;
        values.push(this.expression(1).value);
      }
      const [only = nothing] = values;
      const unpacked = values.length === 1 && only.is === 'list' ? only.items : values;
      targets.forEach((target, at) => this.assign(target, unpacked[at] ?? nothing));
      return only;
    }
    const first = this.expression(0);
    if (this.word('as') && this.token(1)?.is === 'name') {
      this.assign(this.token(1)?.text, first.value);
      this.index += 2;
    }
    return first.value;
  }

  /** `a, b =`: the names, with where it stands behind the sign; none where it is something else. */
  protected severalTargets(): readonly string[] {
    const names: string[] = [];
    for (let ahead = 0; this.syntax.lines && ahead < 40; ahead += 2) {
      const [name, mark] = [this.token(ahead), this.token(ahead + 1)];
      if (name?.is !== 'name' || mark?.is !== 'sign') return [];
      names.push(name.text);
      if (mark.text === '=' && names.length > 1) {
        this.index += ahead + 2;
        return names;
      }
      if (mark.text !== ',') return [];
    }
    return [];
  }

  protected imports(): void {
    if (this.syntax.name === 'python') {
      do {
        if (this.sign(',')) this.index++;
        const path = this.dotted();
        if (!path) return;
        if (this.word('as')) {
          this.index++;
          this.assign(this.takeName(), thing(path));
        }
      } while (this.sign(','));
      return;
    }
    if (this.syntax.name !== 'javascript') return;
    const bindings: { readonly name: string; readonly of: string }[] = [];
    let inBraces = false;
    for (let count = 0; count < 500 && this.index < this.tokens.length; count++) {
      const token = this.token();
      if (token?.is === 'text') {
        const value = this.textValue(token);
        const module = moduleName(textOf(value).options[0] ?? '');
        this.index++;
        if (textOf(value).options[0]?.endsWith('.json'))
          this.call(thing('import'), [value], none, this.index);
        for (const { name, of } of bindings) this.assign(name, thing(of ? `${module}.${of}` : module));
        return;
      }
      this.index++;
      if (token?.text === '{') inBraces = true;
      else if (token?.text === ';' || token?.text === '(') return;
      else if (token?.is === 'name' && token.text !== 'from' && token.text !== 'type') {
        const alias = this.word('as') ? this.token(1) : undefined;
        if (alias) this.index += 2;
        bindings.push({
          name: alias?.text ?? token.text,
          of: inBraces && token.text !== 'default' ? token.text : '',
        });
      } else if (token?.text === '*' && this.word('as')) {
        bindings.push({ name: this.token(1)?.text ?? '', of: '' });
        this.index += 2;
      }
    }
  }

  protected importsFrom(): void {
    const path = this.dotted();
    if (!path || !this.word('import')) return;
    this.index++;
    const open = this.sign('(');
    if (open) this.index++;
    for (let count = 0; count < 500; count++) {
      while (open && (this.token()?.is === 'line' || this.sign(','))) this.index++;
      const name = this.takeName();
      if (!name) break;
      const alias = this.word('as') ? (this.index++, this.takeName()) : undefined;
      this.assign(alias ?? name, thing(`${path}.${name}`));
      if (this.sign(',')) this.index++;
    }
    if (this.sign(')')) this.index++;
  }

  protected dotted(): string {
    let path = '';
    while (this.sign('.')) this.index++;
    for (let name = this.takeName(); name; name = this.takeName()) {
      path += path ? `.${name}` : name;
      if (!this.sign('.')) break;
      this.index++;
    }
    return path;
  }

  /** `const { a, b: c } = value` and `const [a, b] = value`. */
  protected unpacks(): void {
    const pattern = this.pattern();
    if (!this.sign('=')) return;
    this.index++;
    this.bind(pattern, this.expression(0).value);
  }

  /** The names in a pattern, `key:name` where they differ. */
  protected pattern(): readonly string[] {
    const isList = this.sign('[');
    const close = isList ? ']' : '}';
    this.index++;
    const names: string[] = [];
    for (let count = 0; count < 200 && this.index < this.tokens.length && !this.sign(close); count++) {
      const key = this.takeName();
      if (key === undefined) {
        this.index++;
        continue;
      }
      if (this.sign(':')) {
        this.index++;
        names.push(`${key}:${this.takeName() ?? key}`);
      } else names.push(isList ? `${names.length}:${key}` : `${key}:${key}`);
      if (this.sign('=')) {
        this.index++;
        this.expression(1);
      }
    }
    this.index++;
    return names;
  }

  protected defines(): void {
    let name = '';
    for (
      let token = this.token();
      token?.is === 'name' || this.sign('.') || this.sign('*');
      token = this.token()
    ) {
      if (token?.is === 'name') name = token.text;
      this.index++;
      if (this.syntax.bareCalls && !this.sign('.')) break;
    }
    const parameters = this.sign('(')
      ? this.parameters(')')
      : this.syntax.name === 'ruby'
        ? this.bareParameters()
        : [];
    const gives = this.sign('{') ? this.block() : undefined;
    if (name)
      this.scope.set(name, { is: 'function', parameters, ...(gives && gives.is !== 'unknown' && { gives }) });
  }

  protected bareParameters(): readonly Parameter[] {
    const names: string[] = [];
    for (let token = this.token(); token && token.is !== 'line' && token.text !== ';'; token = this.token()) {
      if (token.is === 'name') names.push(token.text);
      this.index++;
    }
    return names;
  }

  /** The names between these signs; what they are otherwise is read as it stands. */
  protected parameters(close: string): readonly Parameter[] {
    this.index++;
    const found: Parameter[] = [];
    for (let count = 0; count < 200 && this.index < this.tokens.length && !this.sign(close); count++) {
      const token = this.token();
      if (this.syntax.name === 'javascript' && (this.sign('{') || this.sign('['))) {
        found.push(this.pattern());
      } else if (token?.is === 'name' && !/^(?:string|array|int|bool|mixed|self)$/.test(token.text)) {
        found.push(token.text);
        this.index++;
        if (this.sign(':') && this.syntax.name !== 'ruby') this.type();
      } else this.index++;
      if (this.sign('=') || (this.sign(':') && this.syntax.name === 'ruby')) {
        this.index++;
        const given = found.at(-1);
        if (this.sign(',') || this.sign(close)) continue;
        const { value } = this.expression(close === '|' ? 4 : 1);
        if (typeof given === 'string') this.assign(given, value);
      }
    }
    this.index++;
    return found;
  }

  /** Passes over the type of a parameter. */
  protected type(): void {
    let open = 0;
    for (; this.index < this.tokens.length; this.index++) {
      const mark = this.token()?.text ?? '';
      if (open === 0 && (mark === ',' || mark === ')' || mark === '=' || mark === '=>')) return;
      if (/^[([{<]$/.test(mark)) open++;
      if (/^[)\]}>]$/.test(mark)) open--;
    }
  }

  protected block(): Value {
    this.index++;
    const value = this.deeper(() => this.statements(true)) ?? nothing;
    if (this.sign('}')) this.index++;
    return value;
  }

  protected skipClass(): void {
    while (
      this.index < this.tokens.length &&
      !/^[{:;]$/.test(this.token()?.text ?? '') &&
      this.token()?.is !== 'line'
    )
      this.index++;
  }

  /** What a loop's variable takes one after the other, in each language's manner. */
  protected loops(): readonly Value[] {
    const start = this.index;
    if (this.word('await')) this.index++;
    const open = this.sign('(');
    if (open) this.index++;
    while (this.word('const') || this.word('let') || this.word('var') || this.word('my')) this.index++;
    if (this.sign('[') || this.sign('{')) {
      const pattern = this.pattern();
      if (!this.word('of') && !this.word('in')) {
        this.index = start;
        return [];
      }
      this.index++;
      const each = items(this.expression(0).value);
      this.bind(pattern, anyOf(each));
      return each;
    }
    const names: string[] = [];
    const tuple = !open && this.sign('(');
    if (tuple) this.index++;
    while (this.token()?.is === 'name' && !this.word('in') && !this.word('of')) {
      names.push(this.token()?.text ?? '');
      this.index++;
      if (this.sign(',')) this.index++;
    }
    if (tuple && this.sign(')')) this.index++;
    if (names.length && (this.word('in') || this.word('of'))) {
      this.index++;
      const each = items(this.expression(0).value);
      for (const name of names) this.assign(name, anyOf(each));
      return each;
    }
    this.index = start;
    if (this.syntax.name === 'perl') {
      if (this.word('my') || this.word('our')) this.index++;
      const name = this.token()?.text.startsWith('$') ? this.takeName() : '$_';
      if (!this.sign('(') && name !== '$_') return [];
      this.assign(name, anyOf(items(this.expression(1).value)));
      return [];
    }
    if (this.syntax.name === 'php' && this.sign('(')) {
      this.index++;
      this.bracketed++;
      const { value } = this.expression(0);
      if (this.word('as')) {
        this.index++;
        for (const token of [this.token(), this.next()?.text === '=>' ? this.token(2) : undefined])
          if (token?.is === 'name') this.assign(token.text, anyOf(items(value)));
      }
      this.bracketed--;
    }
    return [];
  }

  protected inside(part: readonly Token[]): Reader {
    const inner = new Reader(part, this.syntax, this.offset, this.scope, this.effects);
    inner.depth = this.depth;
    return inner;
  }
}
