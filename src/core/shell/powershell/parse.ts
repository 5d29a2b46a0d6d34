import type { Span } from '../../model.ts';
import { command, redirection } from './commands.ts';
import { expression, item, suffixes, typeName } from './expressions.ts';
import { Scanner, Unreadable } from './scanner.ts';
import { isQuote, variable, type Grammar } from './texts.ts';
import type { Block, Case, Element, Expression, Parameter, Statement } from './tree.ts';

/*
 * PowerShell 5.1 and 7 by its own grammar, as the language reference of learn.microsoft.com has it (not checked against
 * it). An own reader, because understanding is synchronous and loaded by every hook: the grammars that could be taken
 * over are WebAssembly, which loads asynchronously and keeps a short process from ending.
 */

/** The most characters that are parsed: beyond, no person wrote it and no person could review it. */
export const longest = 65_536;

export type Parsed =
  | { readonly ok: true; readonly block: Block }
  | { readonly ok: false; readonly why: string; readonly at: Span };

/** Text to tree. A text that PowerShell would not run, or that we will not read, is a reason and a place. */
export function parsePowershell(text: string): Parsed {
  if (text.length > longest)
    return { ok: false, why: `a line of more than ${longest} characters`, at: [0, text.length] };
  try {
    return { ok: true, block: new Parser(text).script() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message, at: error.at };
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, why: 'a line nested too deeply', at: [0, text.length] };
  }
}

const keyword = /[A-Za-z]+(?![\w\-.\\/:])/y;
const label = /:[A-Za-z_]\w*[ \t]*/y;
const name = /[^\s{}();|&,"'$]+/y;
const assignment = /(?:\?\?|[-+*/%])?=(?!=)/y;

/** A class because a parse has a life: its scanner moves on. */
class Parser implements Grammar {
  private readonly scan: Scanner;

  constructor(text: string) {
    this.scan = new Scanner(text);
  }

  script(): Block {
    const { scan } = this;
    scan.take('\ufeff');
    const block = this.body('');
    if (!scan.done) scan.fail(`a \`${scan.next}\` that closes nothing`);
    return block;
  }

  readonly statements = (closing: ')' | '}' | ''): readonly Statement[] => {
    const { scan } = this;
    const statements: Statement[] = [];
    for (;;) {
      scan.gaps();
      if (scan.done || scan.next === closing) return statements;
      const before = scan.index;
      const statement = this.statement();
      if (statement) statements.push(statement);
      scan.blanks();
      // A statement in the background.
      if (scan.next === '&' && scan.peek(1) !== '&') scan.index++;
      else if (scan.index === before) scan.fail(`a \`${scan.next}\` that is not expected here`);
    }
  };

  readonly block = (): Block => {
    const from = this.scan.index - 1;
    const before = this.parametersHere;
    const body = this.body('}');
    this.parametersHere = before;
    this.scan.expect('}', 'a block');
    return { ...body, at: [from, this.scan.index] };
  };

  readonly item = (): Expression => item(this.scan, this);

  readonly expression = (): Expression => expression(this.scan, this);

  readonly suffixes = (value: Expression): Expression => suffixes(this.scan, this, value);

  readonly statement = (): Statement | undefined => {
    const { scan } = this;
    scan.match(label);
    const word = scan.look(keyword)?.[0].toLowerCase();
    return (word === undefined ? undefined : this.worded(word)) ?? this.chain();
  };

  /** The statements of a script or a block, with its parameters. */
  private body(closing: '}' | ''): Block {
    const from = this.scan.index;
    const parameters: Parameter[] = [];
    this.parametersHere = parameters;
    const statements = this.statements(closing);
    return { parameters, statements, at: [from, this.scan.index] };
  }

  /** Where a `param( … )` puts what it reads: the block that is being read. */
  private parametersHere: Parameter[] = [];

  /** A statement that a keyword begins; none where the word is the name of a command. */
  private worded(word: string): Statement | undefined {
    const { scan } = this;
    const from = scan.index;
    const taken = <T>(read: () => T): T => {
      scan.index = from + word.length;
      scan.lines();
      return read();
    };
    const follows = (pattern: RegExp) => {
      scan.index = from + word.length;
      scan.lines();
      const stands = pattern.test(scan.next);
      scan.index = from;
      return stands;
    };
    switch (word) {
      case 'if':
        return follows(/\(/) ? taken(() => this.conditional()) : undefined;
      case 'foreach':
        return follows(/[(-]/) ? taken(() => this.foreach()) : undefined;
      case 'for':
      case 'while':
        return follows(/\(/) ? taken(() => this.loop()) : undefined;
      case 'do':
        return follows(/\{/) ? taken(() => this.doing()) : undefined;
      case 'switch':
        return follows(/[(-]/) ? taken(() => this.switched()) : undefined;
      case 'try':
        return follows(/\{/) ? taken(() => this.tried()) : undefined;
      case 'function':
      case 'filter':
      case 'workflow':
        return taken(() => this.defined());
      case 'configuration':
        return taken(() => {
          scan.match(name);
          return this.bodies();
        });
      case 'class':
      case 'enum':
        return taken(() => this.classed());
      case 'param':
        return follows(/\(/) ? taken(() => this.declared()) : undefined;
      case 'begin':
      case 'process':
      case 'end':
      case 'clean':
      case 'dynamicparam':
      case 'inlinescript':
      case 'parallel':
      case 'sequence':
        return follows(/\{/) ? taken(() => this.bodies()) : undefined;
      case 'trap':
        return taken(() => {
          if (scan.next === '[') typeName(scan);
          scan.lines();
          return this.bodies();
        });
      case 'data':
        return follows(/\{/) ? taken(() => this.bodies()) : undefined;
      case 'using':
        return taken(() => {
          scan.match(/[^\r\n;]*/y);
          return { kind: 'flow', word };
        });
      case 'return':
      case 'throw':
      case 'exit':
      case 'break':
      case 'continue':
        return this.flow(word);
      default:
        return undefined;
    }
  }

  private flow(word: string): Statement {
    const { scan } = this;
    scan.index += word.length;
    scan.blanks();
    if (scan.done || /[\r\n;})|&]/.test(scan.next)) return { kind: 'flow', word };
    const value = this.chain();
    return { kind: 'flow', word, ...(value && { value }) };
  }

  /** `( … )` with one statement or several in it. */
  private condition(): Statement {
    const { scan } = this;
    scan.lines();
    scan.expect('(', 'a condition');
    const statements = scan.within(() => this.statements(')'));
    scan.expect(')', 'a condition');
    const [only] = statements;
    return only && statements.length === 1 ? only : { kind: 'several', statements };
  }

  private braces(): Block {
    this.scan.lines();
    this.scan.expect('{', 'a block');
    return this.scan.within(this.block);
  }

  private conditional(): Statement {
    const { scan } = this;
    const clauses = [{ condition: this.condition(), body: this.braces() }];
    for (;;) {
      const before = scan.index;
      scan.lines();
      const word = scan.match(/else(?:if)?(?!\w)/iy)?.[0].toLowerCase();
      if (word === 'elseif') clauses.push({ condition: this.condition(), body: this.braces() });
      else if (word === 'else') {
        scan.lines();
        // `else if` is not PowerShell, but people write it.
        if (scan.match(/if(?!\w)/iy)) clauses.push({ condition: this.condition(), body: this.braces() });
        else return { kind: 'if', clauses, otherwise: this.braces() };
      } else {
        scan.index = before;
        return { kind: 'if', clauses };
      }
    }
  }

  /** `foreach ($x in …) { … }`, with its options before it. */
  private foreach(): Statement | undefined {
    const { scan } = this;
    scan.match(/(?:-\w+[ \t]+(?:\d+[ \t]+)?)*/y);
    scan.expect('(', 'a loop');
    scan.lines();
    const named = scan.next === '$' ? variable(scan) : undefined;
    scan.lines();
    if (named?.kind !== 'variable' || !scan.match(/in(?!\w)/iy))
      return scan.fail('a loop without its variable');
    const statements = scan.within(() => this.statements(')'));
    scan.expect(')', 'a loop');
    return {
      kind: 'foreach',
      variable: named.name,
      over: { kind: 'several', statements },
      body: this.braces(),
    };
  }

  private loop(): Statement {
    return { kind: 'loop', heads: [this.condition()], body: this.braces() };
  }

  private doing(): Statement {
    const { scan } = this;
    const body = this.braces();
    scan.lines();
    if (!scan.match(/(?:while|until)(?!\w)/iy)) scan.fail('a `do` without its condition');
    return { kind: 'loop', heads: [this.condition()], body };
  }

  private switched(): Statement {
    const { scan } = this;
    const on: Statement[] = [];
    while (scan.match(/-\w+/y)) {
      scan.blanks();
      if (scan.next !== '(' && scan.next !== '-' && scan.next !== '{') {
        const value = this.item();
        on.push({ kind: 'pipeline', elements: [plain(value)], at: value.at });
      }
      scan.lines();
    }
    if (scan.next === '(') on.push(this.condition());
    scan.lines();
    scan.expect('{', 'a switch');
    const cases: Case[] = [];
    for (;;) {
      scan.gaps();
      if (scan.take('}')) return { kind: 'switch', on, cases };
      const match = this.caseMatch();
      cases.push({ match, body: this.braces() });
    }
  }

  private caseMatch(): Expression {
    const { scan } = this;
    const from = scan.index;
    const bare = scan.match(/[A-Za-z_*?][\w.*?-]*/y)?.[0];
    return bare === undefined
      ? this.item()
      : { kind: 'text', parts: [bare], quote: 'single', at: [from, scan.index] };
  }

  private tried(): Statement {
    const { scan } = this;
    const body = this.braces();
    const others: Block[] = [];
    for (;;) {
      const before = scan.index;
      scan.lines();
      if (scan.match(/catch(?!\w)/iy)) {
        scan.lines();
        while (scan.next === '[') {
          typeName(scan);
          scan.lines();
          scan.take(',');
          scan.lines();
        }
        others.push(this.braces());
      } else if (scan.match(/finally(?!\w)/iy)) others.push(this.braces());
      else {
        scan.index = before;
        return { kind: 'try', body, others };
      }
    }
  }

  private defined(): Statement {
    const { scan } = this;
    const called = scan.match(name)?.[0] ?? scan.fail('a function without a name');
    scan.lines();
    const parameters: Parameter[] = [];
    if (scan.take('(')) parameters.push(...scan.within(() => this.parameters()));
    const body = this.braces();
    return {
      kind: 'function',
      name: called.replace(/^(?:global|script|local|private):/i, ''),
      parameters,
      body,
    };
  }

  private declared(): Statement {
    const { scan } = this;
    scan.expect('(', 'parameters');
    const here = this.parametersHere;
    const found = scan.within(() => this.parameters());
    this.parametersHere = here;
    here.push(...found);
    return { kind: 'several', statements: [] };
  }

  /** Up to the closing bracket: attributes and types, then a name, perhaps a default. */
  private parameters(): readonly Parameter[] {
    const { scan } = this;
    const found: Parameter[] = [];
    for (;;) {
      scan.lines();
      if (scan.take(')')) return found;
      const types: string[] = [];
      while (scan.next === '[') {
        types.push(typeName(scan));
        scan.lines();
      }
      const named = scan.next === '$' ? variable(scan) : undefined;
      if (named?.kind !== 'variable') return scan.fail('a parameter without a name');
      scan.lines();
      const fallback = scan.take('=') ? this.default() : undefined;
      scan.lines();
      found.push({
        name: named.name,
        alone: types.some(type => /^switch$/i.test(type)),
        ...(fallback && { fallback }),
      });
      scan.take(',');
    }
  }

  private default(): Expression {
    this.scan.lines();
    return this.item();
  }

  /** `Name : Base { members }`: what members do is in their braces. */
  private classed(): Statement {
    const { scan } = this;
    scan.match(/[^{\r\n]*/y);
    scan.lines();
    scan.expect('{', 'a class');
    const bodies: Block[] = [];
    for (;;) {
      scan.gaps();
      if (scan.take('}')) return { kind: 'bodies', bodies };
      if (scan.done) scan.fail('a class without its end');
      if (scan.next === '{') bodies.push(this.braces());
      else if (isQuote(scan.next) || scan.next === '@') this.item();
      else scan.index++;
    }
  }

  private bodies(): Statement {
    return { kind: 'bodies', bodies: [this.braces()] };
  }

  /** Pipelines with `&&` and `||` between them, or an assignment. */
  private chain(): Statement | undefined {
    const { scan } = this;
    const first = this.pipelineOrAssignment();
    const parts = first ? [first] : [];
    for (;;) {
      scan.blanks();
      if (!scan.take('&&') && !scan.take('||')) break;
      scan.lines();
      const more = this.pipelineOrAssignment();
      if (!more) return scan.fail('a chain that ends too early');
      parts.push(more);
    }
    return parts.length > 1 ? { kind: 'several', statements: parts } : first;
  }

  private pipelineOrAssignment(): Statement | undefined {
    const { scan } = this;
    const from = scan.index;
    const first = this.element(true);
    scan.blanks();
    if (first.kind === 'expression') {
      const operator = scan.match(assignment)?.[0];
      if (operator !== undefined) {
        scan.lines();
        const value = scan.within(this.statement);
        if (!value) return scan.fail('an assignment without a value');
        return { kind: 'assign', target: first.expression, operator, value };
      }
    }
    const elements: Element[] = [first];
    for (;;) {
      scan.blanks();
      if (!this.pipe()) break;
      scan.lines();
      elements.push(this.element(false));
    }
    return { kind: 'pipeline', elements, at: [from, scan.index] };
  }

  /** A `|` here, or at the beginning of the next line. */
  private pipe(): boolean {
    const { scan } = this;
    const before = scan.index;
    scan.lines();
    if (scan.match(/\|(?!\|)/y)) return true;
    scan.index = before;
    return false;
  }

  private element(first: boolean): Element {
    const { scan } = this;
    if (!(first ? this.beginsExpression() : /[$('"@[]/.test(scan.next))) return command(scan, this);
    const from = scan.index;
    const value = this.expression();
    const redirects = [];
    for (;;) {
      scan.blanks();
      const redirect = scan.next === '<' ? undefined : redirection(scan, this);
      if (!redirect) break;
      redirects.push(...redirect);
    }
    return { kind: 'expression', expression: value, redirects, at: [from, scan.index] };
  }

  private beginsExpression(): boolean {
    const { scan } = this;
    const { next } = scan;
    if (/[$("'@[{!,\u2018-\u201e]/.test(next)) return true;
    if (/[-+]/.test(next)) return /[\d$(+.'"-]/.test(scan.peek(1)) || scan.look(unaryOperator) !== undefined;
    return scan.look(plainNumber) !== undefined;
  }
}

const unaryOperator = /-(?:not|bnot|join|split|isplit|csplit)(?![\w-])/iy;
const plainNumber =
  /(?:0x[\da-f]+|\d+(?:\.\d+)?|\.\d+)(?:kb|mb|gb|tb|l)?(?=[\s;|)}\]*+,.%-]|$)(?!\.?[\\/A-Za-z])/iy;

function plain(expression: Expression): Element {
  return { kind: 'expression', expression, redirects: [], at: expression.at };
}
