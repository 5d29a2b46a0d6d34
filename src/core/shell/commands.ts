import type { Span } from '../model.ts';
import type { Machine } from '../ports.ts';
import type { Command, Input, Setting } from '../program.ts';
import { behindPrefixes, builtins } from './builtins.ts';
import { forEachChild, parseShell, type Parsed } from './parse.ts';
import type * as Tree from './parse.ts';
import { listedFrom, printedByAll, withoutLastLines } from './printed.ts';
import { redirections, type Redirections } from './redirections.ts';
import { printing, printingAll, startsItself } from './nodes.ts';
import { repair } from './repair.ts';
import { secretName } from '../seek.ts';
import * as States from './state.ts';
import { isTelling } from './variables.ts';
import type { State } from './state.ts';
import { expandChoices, expandWord, joinWord, type Scope, type Value, type Word } from './words.ts';

/** What a line comes down to: its simple commands in the order they stand, and what could not be read. */
export interface Walked {
  readonly commands: readonly Command[];
  readonly unread: readonly { readonly why: string; readonly at: Span }[];
}

export interface Start {
  readonly cwd: string;
  readonly machine: Machine;
  readonly place?: (from: number, to: number) => Span;
  /** Variables that are already known, such as those of the shell that starts this one. */
  readonly outer?: (name: string) => Value | undefined;
  /** What `$0`, `$1` and so on are. */
  readonly given?: readonly Word[];
  /** Typed into a shell, not the text of a script: there are no arguments. */
  readonly typed?: true;
}

/** Walks a line as a shell would run it, following `cd`, assignments, functions and aliases, taking every branch. */
export function walk(text: string, start: Start): Walked {
  const parsed = parseShell(text);
  const repaired = parsed.ok ? undefined : repair(text);
  const given = start.place ?? ((from: number, to: number): Span => [from, to]);
  const place = repaired
    ? (from: number, to: number) => given(repaired.placed(from), repaired.placed(to))
    : given;
  const walker = new Walker(start.machine, place);
  const script = parsed.ok
    ? parsed.script
    : (repaired?.script ?? (text.length <= longestPartial ? parsed.script : undefined));
  if (!parsed.ok && !repaired) walker.unread.push({ why: parsed.why, at: given(0, text.length) });
  try {
    const state = States.begin(start.cwd, start.outer);
    if (start.typed) States.haveNoArguments(state);
    if (start.given) giveArguments(state, start.given);
    if (script) walker.all(script, state);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    walker.unread.push({ why: 'a line nested too deeply', at: given(0, text.length) });
  }
  return walker;
}

function giveArguments(state: State, [zero, ...rest]: readonly Word[]): void {
  if (zero) States.assign(state, '0', { options: [zero.text], known: zero.known });
  States.setArguments(state, rest);
}

/** The most characters of a text that does not parse and is read all the same. */
const longestPartial = 8_192;
/** The most simple commands that are followed: a line with more is not read to its end. */
const mostCommands = 1_024;
/** The most words and redirections of all of them. */
const mostWords = 8_192;
/** The most nodes of the tree that are visited, those of a called function each time it is called. */
const mostNodes = 8_192;
/** The most ways that one command may turn out, where its words differ by more than the files they name. */
const mostWays = 16;
const deepestCall = 8;

type Substitution =
  Tree.CommandExpansionPart | Tree.ProcessSubstitutionPart | Tree.ArithmeticCommandExpansion;

const nothing: Input = { from: 'nowhere' };

/** A class because a walk has a life: it fills two lists, and knows the functions and aliases met so far. */
class Walker implements Walked {
  readonly commands: Command[] = [];
  readonly unread: { why: string; at: Span }[] = [];
  private readonly functions = new Map<string, Tree.Function['body']>();
  private readonly bodies = new Set<Tree.Function['body']>();
  private readonly called = new Set<Tree.Function['body']>();
  private readonly endless = new Set<Tree.Function['body']>();
  private readonly met = new WeakSet<object>();
  private readonly aliases = new Map<string, string>();
  private readonly texts = new Map<string, Parsed>();
  /** What each node has last come to, so that what it prints can be asked. */
  private readonly done = new WeakMap<Tree.Command, Command>();
  private readonly values = new WeakMap<Tree.Assignment, Value>();
  private calls = 0;
  private left = mostNodes;
  private wordsLeft = mostWords;
  private tooMuch = false;
  /** The variable that all of what is printed here goes into. */
  private keptIn: string | undefined;
  private readonly machine: Machine;
  private place: (from: number, to: number) => Span;

  constructor(machine: Machine, place: (from: number, to: number) => Span) {
    this.machine = machine;
    this.place = place;
  }

  /** A whole line. A function that nothing in it calls may be called by what cannot be seen, such as a trap. */
  all(script: Tree.Script, state: State): void {
    this.statements(script.commands, state, nothing);
    // One that is walked may define another: the set grows meanwhile.
    for (const body of this.bodies)
      if (!this.called.has(body)) {
        const unseen = States.copy(state);
        States.forgetArguments(unseen);
        this.node(body, unseen, nothing);
      }
  }

  private list(list: Tree.CompoundList, state: State, input: Input): void {
    this.statements(list.commands, state, input);
  }

  private statements(statements: readonly Tree.Statement[], state: State, input: Input): void {
    for (const { command, background } of statements) {
      if (this.tooMuch) return;
      const here = background ? States.copy(state) : state;
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
    if (this.left-- <= 0) return this.stop(this.place(node.pos, node.end));
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
        return this.list(node.body, States.copy(state), input);
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
        States.assign(state, node.name.value, this.loop(node, state));
        return this.branched(node.body, state, input);
      case 'ArithmeticFor':
        return this.branched(node.body, state, input);
      case 'Case':
        this.expand(node.word, state);
        return node.items.forEach(item => this.branched(item.body, state, input));
      case 'Function':
        return this.define(node);
      case 'Coproc':
        return this.node(node.body, States.copy(state), input);
      case 'TestCommand':
        return this.test(node.expression, state);
      case 'ArithmeticCommand':
        return;
    }
  }

  private define(node: Tree.Function): void {
    const name = node.name.value;
    this.functions.set(name, node.body);
    this.bodies.add(node.body);
    if (!startsItself(node.body, name)) return;
    this.endless.add(node.body);
    this.unread.push({
      why: `\`${name}\` starts itself again and again`,
      at: this.place(node.pos, node.end),
    });
  }

  /** Each part runs in a shell of its own, and reads what the one before it writes. */
  private pipeline(node: Tree.Pipeline, state: State, first: Input): void {
    let input = first;
    let before = this.commands.length;
    for (const part of node.commands) {
      const from = this.commands.length;
      this.node(part, node.commands.length > 1 ? States.copy(state) : state, input);
      this.lead(before, from);
      before = from;
      const by = printing(part, this.done);
      input = { from: 'pipe', commands: this.commands.slice(from), ...(by && { by }) };
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
    const { redirects, input: fed = input } = this.redirections(node.redirects, state);
    this.node(node.command, state, fed);
    if (redirects.length)
      this.emit(
        { words: [], redirects, input: nothing, at: this.place(node.pos, node.end), around: true },
        state,
      );
  }

  private loop(node: Tree.For | Tree.Select, state: State): Value {
    const words = node.wordlist
      ? node.wordlist.flatMap(word => this.expand(word, state))
      : States.lookUp('@', state)?.list;
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
    if (node.args.length + node.redirects.length > this.wordsLeft)
      return this.stop(this.place(node.pos, node.end));
    const set: Setting[] = [];
    const alone = !node.name && node.redirects.length === 0;
    const inside =
      !alone && node.prefix.some(part => part.type === 'Assignment') ? States.copy(state) : state;
    for (const part of node.prefix)
      if (part.type === 'Assignment') {
        const value = this.value(part, inside);
        set.push({ name: part.name, value, at: this.place(part.pos, part.end) });
        States.assign(inside, part.name, value, alone ? undefined : true);
      }
    const { redirects, input = piped } = this.redirections(node.redirects, state);
    const at = this.place(node.pos, node.end);
    const ways = this.ways(node, state);
    this.hidden(node, state);
    if (!ways[0]?.length) {
      if (!alone) for (const { name, value } of set) States.assign(state, name, value);
      if (redirects.length || set.some(isTelling))
        this.emit({ words: [], redirects, input, at, ...(set.length && { set }) }, state);
      return;
    }
    for (const words of ways) {
      const inlined = this.inlines(words);
      const command = this.emit(
        { words, redirects, input, at, ...(set.length && { set }), ...(inlined && { inlined }) },
        inside,
      );
      if (!command) return;
      this.done.set(node, command);
      this.after(command, node, state);
      const last = words.at(-1);
      if (last) States.follow(state, last);
    }
  }

  /** The words of a command: where a variable may hold several things, and not only names of files, each by itself. */
  private ways(node: Tree.Command, state: State): readonly (readonly Word[])[] {
    let all: Word[][] = [[]];
    const nodes = [...(node.name ? [node.name] : []), ...node.args];
    for (const part of nodes) {
      const choices = part.type === 'Word' ? this.choices(part, state) : [this.assigned(part, state)];
      const apart =
        choices.length > 1 &&
        (all.some(words => !words.length) ||
          choices.some(([first, more]) => more || !first || /^-|\s/.test(first.text)));
      if (apart && all.length * choices.length <= mostWays)
        all = all.flatMap(words => choices.map(choice => [...words, ...choice]));
      else if (apart && all.every(words => !words.length))
        all = choices.slice(0, 64).map(choice => [...choice]);
      else {
        const more = choices.flat();
        for (const words of all) words.push(...more);
      }
    }
    return all;
  }

  /** What a command changes for those that follow it. */
  private after(command: Command, node: Tree.Command, state: State): void {
    const words = behindPrefixes(command.words);
    const [name, ...rest] = words;
    const text = name?.text ?? '';
    const changes = Object.hasOwn(builtins, text) ? builtins[text] : undefined;
    if (changes) {
      changes(rest, state, { ...command, words }, this.machine);
      for (const argument of node.args)
        if (argument.type === 'Assignment' && argument.value.type === 'ArrayValue')
          States.assign(state, argument.name, this.values.get(argument) ?? { options: [], known: false });
      return;
    }
    switch (text) {
      case 'eval':
        if (command.inlined && name)
          this.text(
            rest.map(word => word.text).join(' '),
            [rest[0]?.at[0] ?? 0, rest.at(-1)?.at[1] ?? 0],
            state,
            command.input,
          );
        return;
      case 'alias':
        for (const { text: said } of rest) {
          const equals = said.indexOf('=');
          if (equals > 0) this.aliases.set(said.slice(0, equals), said.slice(equals + 1));
        }
        return;
      default:
        this.call(words, state, command.input);
    }
  }

  /** Whether what a command runs is walked right behind it. */
  private inlines(words: readonly Word[]): true | undefined {
    const [name, ...rest] = behindPrefixes(words);
    const text = name?.text ?? '';
    if (this.calls >= deepestCall) return undefined;
    if (text === 'eval') return rest.length > 0 && rest.every(word => word.known) ? true : undefined;
    return this.functions.has(text) || this.aliases.has(text) ? true : undefined;
  }

  /** A function or an alias that this line defined is what its body says. */
  private call([name, ...rest]: readonly Word[], state: State, input: Input): void {
    const body = this.functions.get(name?.text ?? '');
    const alias = this.aliases.get(name?.text ?? '');
    if ((!body && alias === undefined) || !name || this.calls >= deepestCall) return;
    if (body) {
      if (this.endless.has(body) && this.called.has(body)) return;
      this.calls++;
      this.called.add(body);
      const before = state.variables;
      state.shared = true;
      States.setArguments(state, rest);
      state.branch++;
      this.node(body, state, input);
      state.branch--;
      States.restoreArguments(state, before);
      this.calls--;
    } else if (alias !== undefined) {
      // An alias is not looked up again in its own text.
      this.aliases.delete(name.text);
      this.text([alias, ...rest.map(quotedAgain)].join(' '), name.at, state, input);
      this.aliases.set(name.text, alias);
    }
  }

  /** A text within the text, run by the same shell. */
  private text(text: string, at: Span, state: State, input: Input): void {
    if (this.left <= 0) return this.stop(at);
    const parsed = this.texts.get(text) ?? parseShell(text);
    this.texts.set(text, parsed);
    if (!parsed.ok) this.unread.push({ why: parsed.why, at });
    const { script } = parsed;
    if (!script) return;
    this.calls++;
    this.within(
      () => at,
      () => this.statements(script.commands, state, input),
    );
    this.calls--;
  }

  private within(place: (from: number, to: number) => Span, act: () => void): void {
    const before = this.place;
    this.place = place;
    act();
    this.place = before;
  }

  private emit(given: Omit<Command, 'cwd' | 'variable' | 'environment'>, state: State): Command | undefined {
    this.wordsLeft -= given.words.length + given.redirects.length;
    if (this.commands.length >= mostCommands || this.wordsLeft < 0) {
      this.stop(given.at);
      return undefined;
    }
    state.shared = true;
    const { cwd, before, last, variables, outer } = state;
    const { machine } = this;
    const { keptIn } = this;
    const command: Command = {
      ...given,
      ...(keptIn !== undefined && { keptIn }),
      cwd,
      variable: name =>
        States.lookUp(name, { variables, outer }) ?? States.constant(name, { cwd, before, last }, machine),
      environment: name => {
        const held = variables.get(name);
        return held
          ? (held.exported && States.lookUp(name, { variables, outer })) || undefined
          : outer?.(name);
      },
    };
    this.commands.push(command);
    return command;
  }

  private stop(at: Span): void {
    if (!this.tooMuch) this.unread.push({ why: 'more commands in one line than are followed', at });
    this.tooMuch = true;
    this.left = 0;
  }

  private assigned(argument: Tree.Assignment, state: State): readonly Word[] {
    const at = this.place(argument.pos, argument.end);
    const value = this.value(argument, state);
    this.values.set(argument, value);
    const { options, known, list } = value;
    const texts = list ? [list.map(item => item.text).join(' ')] : options.length ? options : [''];
    return texts.map(text => ({ text: `${argument.name}=${text}`, known, wild: false, at }));
  }

  private value({ value, append, index, name }: Tree.Assignment, state: State): Value {
    const before = States.lookUp(name, state);
    if (value.type === 'ArrayValue') {
      const words = value.elements.flatMap(word => this.expand(word, state));
      const added = words.map(({ text, known, wild }) => ({ text, known, wild }));
      const list = append ? [...(before?.list ?? []), ...added] : added;
      return { options: [list[0]?.text ?? ''], known: list.every(item => item.known), list };
    }
    const outside = this.keptIn;
    this.keptIn = isOutput(value) ? name : outside;
    const joined = joinWord(value, this.scope(state));
    this.keptIn = outside;
    if (index) return { options: [], known: false };
    // What a command put there goes by the variable's name, so that showing it is seen.
    if (!append)
      return !joined.known && isOutput(value) && secretName.test(name)
        ? { options: [`$${name}`], known: false }
        : joined;
    const options = (before?.options ?? ['']).flatMap(text => joined.options.map(more => text + more));
    return { options: States.few(options), known: joined.known && !!before?.known };
  }

  private redirections(nodes: readonly Tree.Redirection[], state: State): Redirections {
    const unended = (at: Span) => void this.unread.push({ why: 'a here-document without an end', at });
    return redirections(nodes, this.scope(state), unended);
  }

  private expand(node: Tree.Word, state: State): readonly Word[] {
    return expandWord(node, this.scope(state));
  }

  private choices(node: Tree.Word, state: State): readonly (readonly Word[])[] {
    return expandChoices(node, this.scope(state));
  }

  private scope(state: State): Scope {
    return {
      place: this.place,
      variable: name => States.lookUp(name, state) ?? States.constant(name, state, this.machine),
      assign: (name, value) => States.assign(state, name, value),
      output: part => this.output(part, state),
    };
  }

  /** A substitution's commands run too, and what some of them print is plain. */
  private output(
    part: Tree.CommandExpansionPart | Tree.ProcessSubstitutionPart,
    state: State,
  ): Value | undefined {
    this.inner(part, state);
    if (part.type === 'ProcessSubstitution' || !part.script) return undefined;
    const by = printingAll(
      part.script.commands.map(it => it.command),
      this.done,
    );
    const value = by?.length ? printedByAll(by) : undefined;
    if (value?.known) return { ...value, options: value.options.map(withoutLastLines) };
    return by?.length === 1 ? listedFrom(by) : undefined;
  }

  private inner(part: Substitution, state: State): void {
    const { script } = part;
    this.met.add(part);
    if (!script) return;
    const run = () => this.statements(script.commands, States.copy(state), nothing);
    // A script within escaped backticks has a text of its own: its places are those of nobody's text.
    if (script.source === undefined) return run();
    const at = this.place(script.pos, script.end);
    this.within(() => at, run);
    const [error] = script.errors ?? [];
    if (error) this.unread.push({ why: error.message, at });
  }
}

/** `$(…)` or `"$(…)"`, and nothing beside it; not one that prints elsewhere too. */
function isOutput({ parts = [] }: Tree.Word): boolean {
  const [only, ...more] = parts;
  if (!only || more.length) return false;
  const part = only.type === 'DoubleQuoted' && only.parts.length === 1 ? only.parts[0] : only;
  return (
    part?.type === 'CommandExpansion' && !/(?<!2)>&(?!-)|\/dev\/(?:tty|stderr|fd|pts)|\btee\b/.test(part.text)
  );
}

/** A word as it must be written to be one word again. */
function quotedAgain({ text, known, wild }: Word): string {
  return known && !wild && /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : text;
}
