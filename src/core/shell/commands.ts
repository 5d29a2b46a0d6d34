import type { Span } from '../model.ts';
import { absolute } from '../paths.ts';
import type { Machine } from '../ports.ts';
import type { Command, Input, Redirect } from '../program.ts';
import { forEachChild, parseShell } from './parse.ts';
import type * as Tree from './parse.ts';
import { expandWord, joinWord, type Scope, type Value, type Word } from './words.ts';

/** What a line comes down to: its simple commands in the order they stand, and what could not be read. */
export interface Walked {
  readonly commands: readonly Command[];
  readonly unread: readonly { readonly why: string; readonly at: Span }[];
}

export interface Start {
  readonly cwd: string;
  readonly machine: Machine;
  readonly place?: (from: number, to: number) => Span;
  /** Variables that are already known, such as a script's arguments. */
  readonly variables?: ReadonlyMap<string, Value>;
  /** How many nodes may still be visited: shared by the walks of one line. */
  readonly budget?: { left: number };
}

/** Walks a line as a shell would run it, following `cd`, assignments, functions and aliases, taking every branch. */
export function walk(text: string, start: Start): Walked {
  const parsed = parseShell(text);
  const place = start.place ?? ((from: number, to: number): Span => [from, to]);
  if (!parsed.ok) return { commands: [], unread: [{ why: parsed.why, at: place(0, text.length) }] };
  const walker = new Walker(start.machine, place, start.budget ?? { left: mostNodes });
  try {
    walker.all(parsed.script, { cwd: start.cwd, variables: new Map(start.variables), branch: 0 });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    walker.unread.push({ why: 'a line nested too deeply', at: place(0, text.length) });
  }
  return walker;
}

/** The most simple commands that are followed: a line with more is not read to its end. */
const mostCommands = 4_096;
/** The most nodes of the tree that are visited, those of a called function each time it is called. */
const mostNodes = 32_768;
/** More variables than these are not followed: their values are unknown. */
const mostVariables = 256;
const deepestCall = 8;

type Substitution =
  Tree.CommandExpansionPart | Tree.ProcessSubstitutionPart | Tree.ArithmeticCommandExpansion;

interface State {
  cwd: string;
  variables: Map<string, Value>;
  /** How many branches deep: what is assigned there may or may not hold afterwards. */
  branch: number;
}

/** A class because a walk has a life: it fills two lists, and knows the functions and aliases met so far. */
class Walker implements Walked {
  readonly commands: Command[] = [];
  readonly unread: { why: string; at: Span }[] = [];
  private readonly functions = new Map<string, Tree.Function['body']>();
  private readonly called = new Set<Tree.Function['body']>();
  private readonly met = new WeakSet<object>();
  private readonly aliases = new Map<string, string>();
  private calls = 0;
  private readonly machine: Machine;
  private readonly place: (from: number, to: number) => Span;
  private readonly budget: { left: number };
  private tooMuch = false;

  constructor(machine: Machine, place: (from: number, to: number) => Span, budget: { left: number }) {
    this.machine = machine;
    this.place = place;
    this.budget = budget;
  }

  /** A whole line. A function that nothing in it calls may be called by what cannot be seen, such as a trap. */
  all(script: Tree.Script, state: State): void {
    this.script(script, state);
    for (const body of this.functions.values())
      if (!this.called.has(body)) this.node(body, copy(state), { from: 'nowhere' });
  }

  private script(script: Tree.Script, state: State): void {
    this.statements(script.commands, state, { from: 'nowhere' });
  }

  private list(list: Tree.CompoundList, state: State, input: Input): void {
    this.statements(list.commands, state, input);
  }

  private statements(statements: readonly Tree.Statement[], state: State, input: Input): void {
    for (const { command, background } of statements) {
      const here = background ? copy(state) : state;
      this.node(command, here, input);
      this.hidden(command, here);
    }
  }

  /** Substitutions where nobody looks for them, in arithmetic, an index or a pattern, run as well. */
  private hidden(node: Tree.SyntaxNode, state: State): void {
    if (node.type === 'CompoundList' || node.type === 'Function') return;
    if ('script' in node) {
      if (!this.met.has(node)) this.inner(node, state);
    } else forEachChild(node, child => this.hidden(child, state));
  }

  private branched(list: Tree.CompoundList | undefined, state: State, input: Input): void {
    if (!list) return;
    state.branch++;
    this.list(list, state, input);
    state.branch--;
  }

  private node(node: Tree.PipelineNode | Tree.AndOr | Tree.CompoundList, state: State, input: Input): void {
    if (this.budget.left-- <= 0) return this.stop(this.place(node.pos, node.end));
    switch (node.type) {
      case 'Command':
        return this.command(node, state, input);
      case 'AndOr':
        return node.commands.forEach(part => this.node(part, state, input));
      case 'Pipeline':
        return this.pipeline(node, state, input);
      case 'CompoundList':
        return this.list(node, state, input);
      case 'Subshell':
        return this.list(node.body, copy(state), input);
      case 'BraceGroup':
        return this.list(node.body, state, input);
      case 'Redirected':
        return this.redirected(node, state, input);
      case 'If':
        this.list(node.clause, state, input);
        this.branched(node.then, state, input);
        for (const { clause, then } of node.elif) {
          this.branched(clause, state, input);
          this.branched(then, state, input);
        }
        return this.branched(node.else, state, input);
      case 'While':
        this.list(node.clause, state, input);
        return this.branched(node.body, state, input);
      case 'For':
      case 'Select':
        this.assign(state, node.name.value, this.loop(node, state));
        return this.branched(node.body, state, input);
      case 'ArithmeticFor':
        return this.branched(node.body, state, input);
      case 'Case':
        this.expand(node.word, state);
        return node.items.forEach(item => this.branched(item.body, state, input));
      case 'Function':
        this.functions.set(node.name.value, node.body);
        return;
      case 'Coproc':
        return this.node(node.body, copy(state), input);
      case 'TestCommand':
        return this.test(node.expression, state);
      case 'ArithmeticCommand':
        return;
    }
  }

  /** Each part runs in a shell of its own, and reads what the one before it writes. */
  private pipeline(node: Tree.Pipeline, state: State, first: Input): void {
    let input = first;
    let before = this.commands.length;
    for (const part of node.commands) {
      const from = this.commands.length;
      this.node(part, node.commands.length > 1 ? copy(state) : state, input);
      this.lead(before, from);
      before = from;
      input = { from: 'pipe', commands: this.commands.slice(from) };
    }
  }

  /** What the commands between these places print goes into the one that stands at the second. */
  private lead(before: number, from: number): void {
    const into = this.commands[from];
    if (into)
      for (let index = before; index < from; index++)
        this.commands[index] = { ...(this.commands[index] as Command), into };
  }

  private redirected(node: Tree.Redirected, state: State, input: Input): void {
    const fed = this.fed(node.redirects, state) ?? input;
    this.node(node.command, state, fed);
    const redirects = this.redirects(node.redirects, state);
    if (redirects.length)
      this.emit([], redirects, state, { from: 'nowhere' }, this.place(node.pos, node.end));
  }

  private loop(node: Tree.For | Tree.Select, state: State): Value {
    const words = node.wordlist?.flatMap(word => this.expand(word, state));
    if (!words?.length) return { options: [], known: false };
    return {
      options: words.map(word => word.text),
      known: words.every(word => word.known),
      wild: words.some(word => word.wild),
    };
  }

  private test(expression: Tree.TestExpression, state: State): void {
    switch (expression.type) {
      case 'TestUnary':
      case 'TestNot':
        if (expression.type === 'TestNot') this.test(expression.operand, state);
        else this.expand(expression.operand, state);
        return;
      case 'TestBinary':
        this.expand(expression.left, state);
        this.expand(expression.right, state);
        return;
      case 'TestLogical':
        return expression.operands.forEach(operand => this.test(operand, state));
      case 'TestGroup':
        return this.test(expression.expression, state);
    }
  }

  private command(node: Tree.Command, state: State, piped: Input): void {
    const set: [string, Value][] = [];
    for (const part of node.prefix)
      if (part.type === 'Assignment') set.push([part.name, this.value(part, state)]);
    const redirects = this.redirects(node.redirects, state);
    const input = this.fed(node.redirects, state) ?? piped;
    const at = this.place(node.pos, node.end);
    const words = [
      ...(node.name ? this.expand(node.name, state) : []),
      ...node.args.flatMap(argument => this.argument(argument, state)),
    ];
    this.hidden(node, state);
    if (!words.length) {
      for (const [name, value] of set) this.assign(state, name, value);
      if (redirects.length) this.emit([], redirects, state, input, at);
      return;
    }
    const inside = set.length ? { ...state, variables: new Map([...state.variables, ...set]) } : state;
    this.emit(words, redirects, inside, input, at);
    this.after(words, state, input);
  }

  /** What a command changes for those that follow it. */
  private after(words: readonly Word[], state: State, input: Input): void {
    const [name, ...rest] = words;
    switch (name?.text) {
      case 'cd':
      case 'pushd': {
        const to = rest.find(word => !/^-./.test(word.text));
        state.cwd = absolute(to ? (to.text === '-' ? '.' : to.text) : '~', state.cwd, this.machine);
        return;
      }
      case 'export':
      case 'declare':
      case 'typeset':
      case 'local':
      case 'readonly':
        for (const { text, known } of rest) {
          const equals = text.indexOf('=');
          if (equals > 0)
            this.assign(state, text.slice(0, equals), { options: [text.slice(equals + 1)], known });
        }
        return;
      case 'read':
      case 'unset':
      case 'mapfile':
      case 'readarray':
        for (const { text } of rest) if (!text.startsWith('-')) state.variables.delete(text);
        return;
      case 'printf':
        if (rest[0]?.text === '-v') state.variables.delete(rest[1]?.text ?? '');
        return;
      case 'alias':
        for (const { text } of rest) {
          const equals = text.indexOf('=');
          if (equals > 0) this.aliases.set(text.slice(0, equals), text.slice(equals + 1));
        }
        return;
      default:
        this.call(words, state, input);
    }
  }

  /** A function or an alias that this line defined is what its body says. */
  private call([name, ...rest]: readonly Word[], state: State, input: Input): void {
    const body = this.functions.get(name?.text ?? '');
    const alias = this.aliases.get(name?.text ?? '');
    if ((!body && alias === undefined) || this.calls >= deepestCall) return;
    this.calls++;
    if (body) {
      this.called.add(body);
      const inner = copy(state);
      const options = rest.map(word => word.text);
      inner.variables.set('@', { options, known: rest.every(word => word.known) });
      rest.forEach((word, index) =>
        inner.variables.set(String(index + 1), { options: [word.text], known: word.known }),
      );
      this.node(body, inner, input);
      state.cwd = inner.cwd;
    } else if (name) {
      const text = [alias, ...rest.map(word => word.text)].join(' ');
      const inner = walk(text, {
        cwd: state.cwd,
        machine: this.machine,
        place: () => name.at,
        variables: state.variables,
        budget: this.budget,
      });
      this.commands.push(...inner.commands);
      this.unread.push(...inner.unread);
    }
    this.calls--;
  }

  private emit(
    words: readonly Word[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
  ): void {
    if (this.commands.length >= mostCommands) return this.stop(at);
    const { cwd, variables } = state;
    const known = new Map(variables);
    this.commands.push({
      words,
      redirects,
      cwd,
      input,
      at,
      variable: name => known.get(name) ?? this.constant(name, cwd),
    });
  }

  private stop(at: Span): void {
    if (!this.tooMuch) this.unread.push({ why: 'more commands in one line than are followed', at });
    this.tooMuch = true;
  }

  private argument(argument: Tree.CommandArgument, state: State): readonly Word[] {
    if (argument.type === 'Word') return this.expand(argument, state);
    const at = this.place(argument.pos, argument.end);
    const { options, known } = this.value(argument, state);
    return (options.length ? options : ['']).map(text => ({
      text: `${argument.name}=${text}`,
      known,
      wild: false,
      at,
    }));
  }

  private value({ value, append, index, name }: Tree.Assignment, state: State): Value {
    if (value.type === 'ArrayValue') {
      const words = value.elements.flatMap(word => this.expand(word, state));
      return { options: words.map(word => word.text), known: words.every(word => word.known) };
    }
    const joined = joinWord(value, this.scope(state));
    if (!append && !index) return joined;
    const before = state.variables.get(name);
    const options = (before?.options ?? ['']).flatMap(text => joined.options.map(more => text + more));
    return { options: few(options), known: joined.known && !!before?.known };
  }

  // In a branch the assignment may not have happened: both values stay possible.
  private assign(state: State, name: string, value: Value): void {
    const before = state.branch > 0 ? state.variables.get(name) : undefined;
    const options = few([...new Set([...(before?.options ?? []), ...value.options])]);
    const room = state.variables.size < mostVariables || state.variables.has(name);
    const known = value.known && (before?.known ?? true);
    const wild = !!value.wild || !!before?.wild;
    if (options.length && room) state.variables.set(name, { options, known, wild });
    else state.variables.delete(name);
  }

  private redirects(nodes: readonly Tree.Redirection[], state: State): readonly Redirect[] {
    return nodes.flatMap(node => {
      if (node.type !== 'Redirect' || !node.target) return [];
      // `2>&1` and `>&-` name a descriptor, not a file.
      if (node.operator.endsWith('&') && /^(?:\d+-?|-)$/.test(node.target.value)) return [];
      return { operator: node.operator, target: joinWord(node.target, this.scope(state)).word };
    });
  }

  /** What redirections feed to a command's standard input: the last one counts. */
  private fed(nodes: readonly Tree.Redirection[], state: State): Input | undefined {
    let input: Input | undefined;
    for (const node of nodes) {
      if (node.descriptor?.type === 'FileDescriptor' && node.descriptor.value !== 0) continue;
      const at = this.place(node.pos, node.end);
      if (node.type === 'HereDoc') {
        if (!node.closing) this.unread.push({ why: 'a here-document without an end', at });
        const { text, parts, pos, end } = node.body;
        const body = parts
          ? joinWord({ type: 'Word', text, value: text, parts, pos, end }, this.scope(state))
          : undefined;
        input = { from: 'text', text: body?.options[0] ?? node.body.text, known: body?.known ?? true, at };
      } else if (node.target && node.type === 'HereString') {
        const { word } = joinWord(node.target, this.scope(state));
        input = { from: 'text', text: `${word.text}\n`, known: word.known, at };
      } else if (node.target && node.type === 'Redirect' && (node.operator === '<' || node.operator === '<>'))
        input = { from: 'file', path: joinWord(node.target, this.scope(state)).word };
    }
    return input;
  }

  private expand(node: Tree.Word, state: State): readonly Word[] {
    return expandWord(node, this.scope(state));
  }

  private scope(state: State): Scope {
    return {
      place: this.place,
      variable: name => state.variables.get(name) ?? this.constant(name, state.cwd),
      output: part => this.output(part, state),
    };
  }

  /** A substitution's commands run too, and what some of them print is plain. */
  private output(
    part: Tree.CommandExpansionPart | Tree.ProcessSubstitutionPart,
    state: State,
  ): Value | undefined {
    const commands = this.inner(part, state);
    const [only] = commands;
    if (part.type === 'ProcessSubstitution' || !only) return undefined;
    return (commands.length === 1 ? printed(only) : undefined) ?? listed(commands);
  }

  private inner(part: Substitution, state: State): readonly Command[] {
    const { script } = part;
    this.met.add(part);
    if (!script) return [];
    const from = this.commands.length;
    // A script within escaped backticks has a text of its own: its places are those of nobody's text.
    if (script.source === undefined) this.script(script, copy(state));
    else {
      const inner = walk(script.source, {
        cwd: state.cwd,
        machine: this.machine,
        place: () => this.place(script.pos, script.end),
        variables: state.variables,
        budget: this.budget,
      });
      this.commands.push(...inner.commands);
      this.unread.push(...inner.unread);
    }
    return this.commands.slice(from);
  }

  private constant(name: string, cwd: string): Value | undefined {
    if (name === 'HOME') return { options: [this.machine.home], known: true };
    if (name === 'PWD') return { options: [cwd], known: true };
    if (name === 'IFS') return { options: [' '], known: true };
    return undefined;
  }
}

/** What a command certainly prints: the few whose output stands in their own arguments. */
export function printed({ words, cwd, input }: Command): Value | undefined {
  const [name, ...rest] = words;
  const known = rest.every(word => word.known && !word.wild);
  switch (name?.text) {
    case 'pwd':
      return { options: [cwd], known: true };
    case 'echo':
      return {
        options: [
          rest
            .filter(word => !/^-[neE]+$/.test(word.text))
            .map(word => word.text)
            .join(' '),
        ],
        known,
      };
    case 'printf':
      return printedByPrintf(rest);
    case 'command':
    case 'which':
      return name.text === 'which' || rest[0]?.text === '-v'
        ? { options: [rest[rest.length - 1]?.text ?? ''], known }
        : undefined;
    case 'cat':
      return !rest.length && input.from === 'text'
        ? { options: [input.text], known: input.known }
        : undefined;
    default:
      return undefined;
  }
}

/**
 * The files that a listing names, as globs: `$(ls -A | grep env)` is some of what `ls -A` lists. What the filters behind it
 * leave out cannot be known, so that all of it stays possible.
 */
function listed([first, ...filters]: readonly Command[]): Value | undefined {
  const [name, ...rest] = first?.words ?? [];
  if (!filters.every(({ words: [filter] }) => narrowing.has(filter?.text ?? ''))) return undefined;
  const options = rest.filter(word => word.text.startsWith('-')).map(word => word.text);
  if (name?.text === 'ls') {
    const places = rest.filter(word => !word.text.startsWith('-')).map(word => word.text);
    const hidden = options.some(option => /^-\w*[aA]|^--(?:almost-)?all/.test(option));
    const folders = places.length ? places : ['.'];
    return {
      options: few(
        folders.flatMap(place => [
          `${place}/*`,
          ...(hidden ? [`${place}/.*`] : []),
          ...(places.length ? [place] : []),
        ]),
      ),
      known: true,
    };
  }
  if (name?.text !== 'find') return undefined;
  const end = rest.findIndex(word => /^[-(!]/.test(word.text));
  const roots = rest.slice(0, end < 0 ? undefined : end).map(word => word.text);
  const named = rest[rest.findIndex(word => /^-i?name$/.test(word.text)) + 1];
  const pattern = rest.some(word => /^-i?name$/.test(word.text)) ? (named?.text ?? '*') : undefined;
  const folders = roots.length ? roots : ['.'];
  return {
    options: few(
      folders.flatMap(root => (pattern === undefined ? [`${root}/*`, `${root}/.*`] : [`${root}/${pattern}`])),
    ),
    known: true,
  };
}

const narrowing = new Set([
  'grep',
  'egrep',
  'fgrep',
  'rg',
  'head',
  'tail',
  'sort',
  'uniq',
  'tac',
  'shuf',
  'cat',
]);

function printedByPrintf([format, ...values]: readonly Word[]): Value | undefined {
  if (!format) return undefined;
  let next = 0;
  const text = format.text
    .replace(/%(?:[sbq]|%)/g, it => (it === '%%' ? '%' : (values[next++]?.text ?? '')))
    .replaceAll('\\n', '\n')
    .replace(
      /\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})/g,
      (_, hex: string | undefined, octal: string | undefined) =>
        String.fromCharCode(hex ? parseInt(hex, 16) : parseInt(octal ?? '0', 8)),
    );
  return { options: [text], known: !text.includes('%') && [format, ...values].every(word => word.known) };
}

/** What a variable may hold, where that can be followed: nothing is known of it otherwise. */
function few(options: readonly string[]): readonly string[] {
  return options.length <= 64 && options.every(text => text.length <= 8_192) ? options : [];
}

function copy(state: State): State {
  return { ...state, variables: new Map(state.variables) };
}
