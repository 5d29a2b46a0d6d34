import type { Quoting, Syntax } from './languages.ts';

/** A piece of a program's text. */
export type Token =
  | {
      readonly is: 'name' | 'number' | 'sign';
      readonly text: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly is: 'line' | 'pattern'; readonly text: string; readonly from: number; readonly to: number }
  | {
      /** In quotes: plain pieces, and what is computed between them. `runs` is a line for a shell. */
      readonly is: 'text';
      readonly parts: readonly Part[];
      readonly as: 'text' | 'run' | 'words';
      readonly text: string;
      readonly from: number;
      readonly to: number;
    };
export type Part = string | readonly Token[];

const mostTokens = 20_000;
const deepest = 12;

/** Cuts a program's text into tokens. Tolerant: what is no token is passed over. `undefined` where there are too many. */
export function tokensOf(text: string, syntax: Syntax): readonly Token[] | undefined {
  const cutter = new Cutter(text, syntax);
  const tokens = cutter.cut(undefined, 0);
  return cutter.left > 0 ? tokens : undefined;
}

const blank = /[ \t\r\f\v]+|\\\r?\n/y;
const newline = /\n[\s]*/y;
const number = /(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)[nLlfF]?/y;
const name = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*[?!]?/y;
const plainName = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const sign =
  /\.\.\.|===|!==|\*\*=|\|\|=|&&=|\?\?=|<=>|=>|->|::|\?\.|&\.|\?\?|\|\||&&|==|!=|<=|>=|\+=|-=|\*=|\/=|\.=|:=|\*\*|<<|>>|\/\/|=~|!~|\.\.|\|>|\+\+|--|[^\s]/y;
const pythonPrefix = /([rRbBuUfF]{0,2})("""|'''|"|')/y;
const symbol = /:(?:[A-Za-z_]\w*[?!]?|(?="))/y;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** A class because cutting has a life: where it stands, and how much may still be cut. */
class Cutter {
  left = mostTokens;
  private index = 0;
  private last: Token | undefined;
  private readonly waiting: { readonly end: string; readonly fill: (body: string) => void }[] = [];
  private readonly text: string;
  private readonly syntax: Syntax;

  constructor(text: string, syntax: Syntax) {
    this.text = text;
    this.syntax = syntax;
  }

  /** Cuts up to an unmatched `until`, or to the end. */
  cut(until: string | undefined, depth: number): readonly Token[] {
    const tokens: Token[] = [];
    let open = 0;
    while (this.index < this.text.length && this.left > 0) {
      const from = this.index;
      const token = this.next(depth);
      if (!token) continue;
      this.left--;
      if (until && token.is === 'sign') {
        if (token.text === '{') open++;
        if (token.text === '}' && open-- === 0) return tokens;
      }
      if (token.to <= from) this.index = from + 1;
      tokens.push(token);
      this.last = token;
    }
    return tokens;
  }

  private next(depth: number): Token | undefined {
    const { syntax } = this;
    if (this.eat(syntax.comment) || this.eat(blank)) return undefined;
    const from = this.index;
    const line = this.eat(newline);
    if (line) {
      this.bodies(from);
      return syntax.lines && this.last?.is !== 'line' ? this.made('line', '\n', from) : undefined;
    }
    return (
      this.special(from, depth) ??
      this.quoted(from, depth) ??
      this.patterned(from) ??
      this.word(from) ??
      this.made('sign', this.eat(sign)?.[0] ?? this.text[this.index++] ?? '', from)
    );
  }

  private word(from: number): Token | undefined {
    const { sigils } = this.syntax;
    const variable = sigils && this.variable(sigils);
    if (variable) return this.made('name', variable, from);
    const digits = this.eat(number)?.[0];
    if (digits) return this.made('number', digits, from);
    const found = this.eat(this.syntax.name === 'javascript' ? name : plainName)?.[0];
    if (!found) return undefined;
    if (this.syntax.name === 'javascript' && /[?!]$/.test(found)) {
      this.index--;
      return this.made('name', found.slice(0, -1), from);
    }
    if (this.syntax.name === 'ruby' && /^[?!](?!=)/.test(this.text.slice(this.index, this.index + 2)))
      return this.made('name', found + (this.text[this.index++] ?? ''), from);
    return this.made('name', found, from);
  }

  // `%x` and `@x` are variables only where a value may begin: elsewhere they are signs.
  private variable(sigils: RegExp): string | undefined {
    const found = this.peek(sigils)?.[0];
    if (!found || (/^[%@]/.test(found) && this.afterValue() && this.syntax.name === 'perl')) return undefined;
    this.index += found.endsWith('(') ? found.length - 1 : found.length;
    return found.replace(/\($/, '');
  }

  /** Here-documents, raw texts, and words that quote: each language has its own. */
  private special(from: number, depth: number): Token | undefined {
    const { name: language } = this.syntax;
    if (language === 'python') {
      const prefix = this.peek(pythonPrefix);
      if (!prefix) return undefined;
      const [all, letters = '', quote = ''] = prefix;
      this.index += all.length;
      const raw = /r/i.test(letters);
      const quoting: Quoting = {
        escapes: raw ? 'none' : 'known',
        ...(/f/i.test(letters) && { fills: '{' as const }),
        ...(quote.length === 1 && { short: true as const }),
      };
      return this.quotedText(from, this.body(quote, quoting, undefined, depth, raw), 'text');
    }
    if (language === 'lua') {
      const level = this.peek(/\[(=*)\[/y);
      if (!level) return undefined;
      this.index += level[0].length;
      return this.quotedText(
        from,
        this.body(`]${level[1] ?? ''}]`, { escapes: 'none' }, undefined, depth),
        'text',
      );
    }
    if ((language === 'groovy' || language === 'julia') && this.text.startsWith('"""', from)) {
      this.index += 3;
      return this.quotedText(from, this.body('"""', this.syntax.double, undefined, depth), 'text');
    }
    if (language === 'ruby' || language === 'perl' || language === 'php')
      return this.here(from) ?? (language === 'php' ? undefined : this.quoteWord(from, depth));
    return undefined;
  }

  /** The body of a here-document stands behind the line: it is filled in when that line ends. */
  private here(from: number): Token | undefined {
    const found =
      this.syntax.name === 'php'
        ? this.peek(/<<<[ \t]*(["']?)([A-Za-z_]\w*)\1/y)
        : this.peek(/<<[~-]?(["'`]?)([A-Z_]\w*)\1/y);
    if (!found || (this.syntax.name === 'ruby' && this.afterValue() && /\s/.test(this.text[from + 2] ?? ' ')))
      return undefined;
    this.index += found[0].length;
    const parts: Part[] = [];
    this.waiting.push({ end: found[2] ?? '', fill: body => void parts.push(body) });
    return { is: 'text', parts, as: found[1] === '`' ? 'run' : 'text', text: '', from, to: this.index };
  }

  private bodies(newlineAt: number): void {
    if (!this.waiting.length) return;
    let line = newlineAt + 1;
    for (const { end, fill } of this.waiting.splice(0)) {
      const start = line;
      let stop = start;
      for (; line < this.text.length; stop = line) {
        const next = this.text.indexOf('\n', line);
        const lineEnd = next < 0 ? this.text.length : next;
        const whole = this.text.slice(line, Math.min(lineEnd, line + 200));
        line = lineEnd + 1;
        if (/^\s*([A-Za-z_]\w*)[;,)]*\s*$/.exec(whole)?.[1] === end) break;
      }
      fill(this.text.slice(start, stop));
    }
    this.index = Math.min(line, this.text.length);
  }

  /** `%w[a b]`, `qw(a b)`, `%x{ls}`, `qx/ls/`, `q(a)`, `%q{a}`. */
  private quoteWord(from: number, depth: number): Token | undefined {
    const isPerl = this.syntax.name === 'perl';
    const found = isPerl
      ? this.peek(/(q|qq|qw|qx|m|qr|s|tr|y)(?=[^\w\s=,;)])([^\w\s=,;)])/y)
      : this.peek(/%([qQwWiIx]?)([([{<|!/])/y);
    const argument = this.last?.is === 'name' && /\s/.test(this.text[from - 1] ?? '') && found?.[1] !== '';
    if (
      !found ||
      (isPerl ? this.text[from - 1] === '>' || this.text[from - 1] === '{' : this.afterValue() && !argument)
    )
      return undefined;
    const [all, kind = '', open = ''] = found;
    if (isPerl && /^(?:[mys]|tr)$/.test(kind) && /^[)\]}>.]$/.test(open)) return undefined;
    this.index += all.length;
    const close = closers[open] ?? open;
    const fills = isPerl ? '$' : '#{';
    const raw = /^(?:q|qw|w|i)$/.test(kind);
    const quoting: Quoting = raw || open === "'" ? { escapes: 'own' } : { escapes: 'all', fills };
    const parts = this.body(close, quoting, closers[open] && open, depth);
    if (/^(?:m|qr)$/.test(kind)) return this.made('pattern', this.text.slice(from, this.index), from);
    if (/^(?:s|tr|y)$/.test(kind) && isPerl) {
      if (closers[open] && this.text[this.index] === open) this.index++;
      this.body(close, { escapes: 'own' }, closers[open] && open, depth);
      this.eat(/[a-z]+/y);
      return this.made('pattern', this.text.slice(from, this.index), from);
    }
    return this.quotedText(
      from,
      parts,
      kind.endsWith('x') ? 'run' : /^(?:q?w|[WiI])$/.test(kind) ? 'words' : 'text',
    );
  }

  private quoted(from: number, depth: number): Token | undefined {
    const quote = this.text[from] ?? '';
    const { double, single, backtick } = this.syntax;
    if (this.syntax.name === 'ruby') {
      const sym = this.text[from - 1] === ':' || this.text[from + 1] === ':' ? null : this.peek(symbol);
      if (sym && sym[0].length > 1) {
        this.index += sym[0].length;
        return this.quotedText(from, [sym[0].slice(1)], 'text');
      }
    }
    const how =
      quote === '"' ? double : quote === "'" ? single : quote === '`' ? (backtick ?? undefined) : undefined;
    if (!how) return undefined;
    this.index++;
    const runs = how === 'run';
    const quoting: Quoting = runs ? { escapes: 'all', ...fillsOf(double) } : how;
    return this.quotedText(from, this.body(quote, quoting, undefined, depth), runs ? 'run' : 'text');
  }

  /** What stands up to the closing quote, which may nest. */
  private body(
    close: string,
    { escapes, fills, short }: Quoting,
    opens: string | undefined,
    depth: number,
    raw = false,
  ): readonly Part[] {
    const parts: Part[] = [];
    let [plain, nested] = ['', 0];
    const { text } = this;
    while (this.index < text.length) {
      const character = text[this.index] ?? '';
      if (short && character === '\n') break;
      if (opens && character === opens) nested++;
      if (text.startsWith(close, this.index) && nested-- === 0) {
        this.index += close.length;
        break;
      }
      if (character === '\\' && (escapes !== 'none' || raw)) {
        plain += raw ? text.slice(this.index, this.index + 2) : this.escape(escapes, close);
        if (raw) this.index += 2;
        continue;
      }
      const filled = fills && this.fill(fills, depth);
      if (filled) {
        parts.push(plain, filled);
        plain = '';
        continue;
      }
      if (fills === '{' && (text.startsWith('{{', this.index) || text.startsWith('}}', this.index)))
        this.index++;
      plain += character;
      this.index++;
    }
    return [...parts, plain];
  }

  private escape(escapes: Quoting['escapes'], close: string): string {
    const rest = this.text.slice(this.index + 1, this.index + 10);
    if (escapes === 'own') {
      const own = rest[0] === '\\' || rest[0] === close;
      this.index += own ? 2 : 1;
      return own ? (rest[0] ?? '') : '\\';
    }
    const code =
      /^x([\da-fA-F]{1,2})|^x\{([\da-fA-F]{1,6})\}|^u\{([\da-fA-F]{1,6})\}|^u([\da-fA-F]{4})|^U([\da-fA-F]{8})/.exec(
        rest,
      );
    const octal = code ? null : /^[0-7]{1,3}/.exec(rest);
    if (code || octal) {
      this.index += 1 + (code ?? octal ?? [''])[0].length;
      const digits = code ? (code[1] ?? code[2] ?? code[3] ?? code[4] ?? code[5] ?? '0') : '';
      const point = octal ? parseInt(octal[0], 8) : parseInt(digits, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    }
    this.index += 2;
    const known = simple[rest[0] ?? ''];
    if (known !== undefined) return known;
    return escapes === 'known' && !/^[\\'"]/.test(rest) ? `\\${rest[0] ?? ''}` : (rest[0] ?? '');
  }

  /** What is computed inside of a text. */
  private fill(fills: Quoting['fills'] & {}, depth: number): readonly Token[] | undefined {
    const { text, index } = this;
    const two = text.slice(index, index + 2);
    if (fills === '{' ? two[0] === '{' && two !== '{{' : two === '${' || two === '#{' || two === '{$') {
      if (fills === '#{' && two !== '#{') return undefined;
      if (fills === '${' && two !== '${') return undefined;
      if (fills === '$' && two !== '${') return undefined;
      if (fills === '${$' && two === '#{') return undefined;
      if (depth >= deepest) return undefined;
      this.index += fills === '{' || two === '{$' ? 1 : 2;
      const before = this.last;
      this.last = undefined;
      const tokens = this.cut('}', depth + 1);
      this.last = before;
      return fills === '$' || (fills === '${$' && two === '${' && this.syntax.name === 'php')
        ? tokens.map(token => (token.is === 'name' ? { ...token, text: `$${token.text}` } : token))
        : tokens;
    }
    if (fills !== '$' && fills !== '${$') return undefined;
    const found = this.peek(
      /\$[A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*|->\{\w+\}|\{['"]?\w+['"]?\}|\[['"]?\w+['"]?\])?|[@$](?:[A-Za-z_]\w*|[0-9_&])/y,
    )?.[0];
    if (!found || (found.startsWith('@') && this.syntax.name !== 'perl')) return undefined;
    this.index += found.length;
    const own = new Cutter(
      this.syntax.name === 'groovy' || this.syntax.name === 'julia' ? found.slice(1) : found,
      this.syntax,
    );
    return own.cut(undefined, deepest).map(token => ({ ...token, from: index, to: this.index }));
  }

  private patterned(from: number): Token | undefined {
    if (!this.syntax.patterns || this.text[from] !== '/' || this.afterValue()) return undefined;
    let inClass = false;
    for (let at = from + 1; at < Math.min(this.text.length, from + 2_000); at++) {
      const character = this.text[at];
      if (character === '\n') return undefined;
      if (character === '\\') at++;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !(inClass && this.syntax.name === 'javascript')) {
        this.index = at + 1;
        this.eat(/[a-z]+/y);
        return this.made('pattern', this.text.slice(from, this.index), from);
      }
    }
    return undefined;
  }

  /** Whether what stands before is a value, so that `/` divides and `%` is a remainder. */
  private afterValue(): boolean {
    const { last } = this;
    if (!last) return false;
    if (last.is === 'sign') return /^[)\]}]$/.test(last.text);
    if (last.is === 'name')
      return !/^(?:return|typeof|case|in|of|and|or|not|if|unless|split|puts|print|when|grep|map|join)$/.test(
        last.text,
      );
    return last.is !== 'line';
  }

  private made(is: Exclude<Token['is'], 'text'>, text: string, from: number): Token {
    return { is, text, from, to: this.index };
  }

  private quotedText(from: number, parts: readonly Part[], as: 'text' | 'run' | 'words'): Token {
    return { is: 'text', parts, as, text: '', from, to: this.index };
  }

  private peek(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text);
  }

  private eat(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.peek(pattern);
    if (!found || !found[0]) return undefined;
    this.index += found[0].length;
    return found;
  }
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '\n': '',
};

function fillsOf({ fills }: Quoting): Pick<Quoting, 'fills'> {
  return fills ? { fills } : {};
}
