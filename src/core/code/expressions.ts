import type { Read } from './cursor.ts';
import { Postfix } from './postfix.ts';
import { constant, pure } from './pure.ts';
import { either, joined, none, nothing, text, thing, type Value } from './values.ts';
import { key } from './cursor.ts';
import { binary, skipped, wordy } from './words.ts';

/** Expressions: what is joined, chosen, assigned. */
export abstract class Expressions extends Postfix {
  protected expression(least: number): Read {
    return (
      this.deeper(() => {
        let left = this.unary();
        for (;;) {
          const joinedTo = this.beside(left, least);
          if (joinedTo) {
            left = joinedTo;
            continue;
          }
          const mark = this.operator(least);
          if (mark === undefined) return left;
          left = this.operated(left, mark);
        }
      }) ?? { value: nothing }
    );
  }

  /** Texts side by side are one in some languages. */
  protected beside(left: Read, least: number): Read | undefined {
    if (!this.syntax.adjacent || least > 6) return undefined;
    const token = this.token();
    const isText = token?.is === 'text' && (this.syntax.name === 'awk' || left.value.is === 'text');
    const isValue =
      this.syntax.name === 'awk' &&
      (token?.is === 'name' || token?.is === 'number') &&
      !/^(?:getline|in|if|else|while|for|do|print|printf|next|exit|delete|function|return|BEGIN|END)$/.test(
        token.text,
      ) &&
      (left.value.is === 'text' || left.value.is === 'unknown');
    if (!isText && !isValue) return undefined;
    const before = this.index;
    const { value } = this.unary();
    return this.index > before ? { value: joined([left.value, value]) } : undefined;
  }

  protected operator(least: number): string | undefined {
    const token = this.token();
    if (!token) return undefined;
    if (token.is === 'line') {
      if (!this.syntax.lines) return undefined;
      return undefined;
    }
    const binds =
      token.is === 'sign'
        ? Object.hasOwn(binary, token.text)
          ? binary[token.text]
          : undefined
        : token.is === 'name' && Object.hasOwn(wordy, token.text)
          ? wordy[token.text]
          : undefined;
    if (binds === undefined || binds < least) return undefined;
    // In a pattern of a loop and in a list these words mean something else.
    if (token.text === 'in' && this.bracketed === 0 && this.syntax.name !== 'python') return undefined;
    this.index++;
    return token.text;
  }

  protected operated(left: Read, mark: string): Read {
    const binds = binary[mark] ?? wordy[mark] ?? 0;
    if (binds === 0) return this.assigning(left, mark);
    if (mark === '?') {
      const yes = this.expression(1).value;
      if (!this.sign(':')) return { value: either(left.value, yes) };
      this.index++;
      return { value: either(yes, this.expression(1).value) };
    }
    if (this.syntax.name === 'awk' && (mark === '|' || mark === '>' || mark === '>>'))
      return this.piped(left, mark);
    const right = this.expression(binds + 1).value;
    if (/^(?:\|\||\?\?|or|\|)$/.test(mark)) return { value: either(left.value, right) };
    if (mark === '&&' || mark === 'and') return { value: right };
    if (mark === '/' && (isPath(left.value) || isPath(right)))
      return { value: { ...joined([left.value, right], '/'), path: true } };
    if (mark === '%' && left.value.is === 'text')
      return { value: pure.formatted(left.value, right.is === 'list' ? right.items : [right]) };
    if (mark === '+' && left.value.is === 'list' && right.is === 'list')
      return { value: { is: 'list', items: [...left.value.items, ...right.items] } };
    if (mark === '*' && left.value.is === 'text' && this.syntax.name === 'python')
      return { value: left.value };
    if (this.syntax.joins.includes(mark) && (left.value.is === 'text' || right.is === 'text'))
      return { value: joined([left.value, right]) };
    return { value: nothing };
  }

  protected assigning(left: Read, mark: string): Read {
    const { value } = this.expression(0);
    const whole =
      mark === '.=' || mark === '+='
        ? left.value.is === 'list'
          ? value
          : joined([left.value, value])
        : value;
    this.assign(left.target, whole);
    if (left.value.is === 'thing')
      this.call({ ...left.value, name: `${left.value.name}=` }, [value], none, this.index);
    return { value, ...(left.target !== undefined && { target: left.target }) };
  }

  /** `print x | "command"`, `"command" | getline`, `print x > "file"` of awk. */
  protected piped(left: Read, mark: string): Read {
    const from = this.index;
    if (mark === '|' && this.word('getline')) {
      this.index++;
      this.call(thing('awk|getline'), [left.value], none, from);
      return { value: nothing };
    }
    const right = this.expression(5).value;
    if (mark === '|') this.call(thing('awk|print'), [right], none, from);
    else if (right.is === 'text' && right.options.some(option => !/^[\d.]*$/.test(option)))
      this.call(thing('awk>print'), [right], none, from);
    return { value: nothing };
  }

  protected unary(): Read {
    for (let count = 0; count < 100; count++) {
      const token = this.token();
      if (!token) return { value: nothing };
      const isMark = token.is === 'sign' && /^(?:!|-|\+|~|\.\.\.|\*|\*\*|&|\\|@|\+\+|--|%)$/.test(token.text);
      const isWord =
        token.is === 'name' &&
        /^(?:new|await|async|typeof|void|delete|not|yield|return|throw|raise|static|my|our|local|clone|do)$/.test(
          token.text,
        ) &&
        !/^(?:\.|=|\()$/.test(this.next()?.text ?? '');
      const afterNew = token.is === 'name' && token.text === 'delete' ? false : isWord;
      if (!isMark && !afterNew && !isWord) break;
      if (token.text === '\\' && this.syntax.name === 'perl' && this.next()?.is === 'sign') break;
      this.index++;
    }
    return this.postfix(this.primary());
  }

  protected primary(): Read {
    const token = this.token();
    if (!token) return { value: nothing };
    switch (token.is) {
      case 'text':
        this.index++;
        return { value: this.textValue(token) };
      case 'number':
        this.index++;
        return { value: text(token.text) };
      case 'pattern':
        this.index++;
        return { value: thing('pattern') };
      case 'name':
        return this.named(token.text);
      case 'sign':
        return this.bracket(token.text);
      case 'line':
        return { value: nothing };
    }
  }

  protected named(name: string): Read {
    const { name: language } = this.syntax;
    if (name === 'lambda' && language === 'python') {
      this.index++;
      const parameters: string[] = [];
      while (this.index < this.tokens.length && !this.sign(':')) {
        if (this.token()?.is === 'name') parameters.push(this.token()?.text ?? '');
        this.index++;
      }
      this.index++;
      return { value: { is: 'function', parameters, gives: this.expression(1).value } };
    }
    if ((name === 'function' || name === 'sub' || name === 'fn') && language !== 'python') {
      this.index++;
      if (this.token()?.is === 'name') this.index++;
      const parameters = this.sign('(') ? this.parameters(')') : [];
      if (this.sign('=>')) return this.arrow(parameters);
      return { value: { is: 'function', parameters, ...(this.sign('{') && { gives: this.block() }) } };
    }
    if (language === 'awk' && name === 'getline') {
      this.index++;
      if (this.token()?.is === 'name') this.index++;
      if (!this.sign('<')) return { value: nothing };
      const from = this.index++;
      this.call(thing('awk<'), [this.unary().value], none, from);
      return { value: nothing };
    }
    if (language === 'javascript' && this.next()?.text === '=>') {
      this.index++;
      return this.arrow([name]);
    }
    if (
      skipped.has(name) &&
      !/^(?:delete|end|default|do|then|local|case|loop|begin)$/.test(name) &&
      this.next()?.text !== '('
    )
      return { value: nothing };
    this.index++;
    const known = this.scope.get(key(name));
    const unbound: Value =
      this.syntax.sigils && /^[$@%]/.test(name) && !/^\$?(?:[@%]?ENV|_ENV|_SERVER)/.test(name)
        ? { is: 'unknown', written: name }
        : thing(name);
    return { value: known ?? constant(name) ?? unbound, target: name };
  }
}

function isPath(value: Value): boolean {
  return value.is === 'text' && value.path === true;
}
