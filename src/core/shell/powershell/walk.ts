import type { Span } from '../../model.ts';
import type { Machine } from '../../ports.ts';
import type { Command, Input, Redirect, Said } from '../../program.ts';
import type { Value as Known } from '../words.ts';
import type { Argument } from './bind.ts';
import {
  Enough,
  mostNodes,
  mostSteps,
  mostWords,
  type Start,
  type Step,
  type Unread,
  type Walked,
} from '../steps.ts';
import { argumentOf, flat, isBare, word } from './arguments.ts';
import { assign } from './assign.ts';
import { constant } from './constants.ts';
import { command } from './invoke.ts';
import { copy, deepestCall, type Function, type State } from './state.ts';
import { evaluate, type Host } from './evaluate.ts';
import { asKnown, ordinarily, textInput } from './ordinary.ts';
import { isCmdlet } from './names.ts';
import { parsePowershell } from './parse.ts';
import type { Block, Element, Expression, Parameter, RedirectNode, Statement } from './tree.ts';
import {
  either,
  listOf,
  nothing,
  only,
  something,
  texts,
  type Body,
  type Source,
  type Value,
} from './values.ts';

const mostVariables = 256;

/** Walks a text as PowerShell would run it: variables, functions, blocks and pipes followed, every branch taken. */
export function walkPowershell(text: string, start: Start): Walked {
  const walker = new Walker(start.machine);
  const source: Source = { text, place: (from, to) => [from, to] };
  walker.all(text, { cwd: start.cwd, variables: new Map(), places: [], branch: 0, source });
  return walker;
}

/** A class because a walk has a life: it fills two lists, and knows the functions met so far. */
export class Walker {
  readonly steps: Step[] = [];
  readonly unread: Unread[] = [];
  readonly machine: Machine;
  readonly functions = new Map<string, Function>();
  readonly aliases = new Map<string, string>();
  /** What was found on no path yet: bodies that nothing here calls. */
  private readonly waiting = new Map<Block, Body>();
  private left = mostNodes;
  private wordsLeft = mostWords;
  calls = 0;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  all(text: string, state: State): void {
    const parsed = parsePowershell(text);
    if (!parsed.ok) {
      this.unread.push({ why: parsed.why, at: parsed.at });
      return;
    }
    try {
      this.block(parsed.block, state, []);
      for (const [block, { source }] of this.waiting) this.block(block, { ...copy(state), source }, []);
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      this.unread.push({ why: 'more in one text than is followed', at: [0, text.length] });
    }
  }

  /** Reads a text as PowerShell, in this state: what `Invoke-Expression` does. */
  text(text: string, state: State, at: Span): Value {
    const block = this.parsed(text, state, at);
    return block ? this.inside(block, state, []) : something('$(…)');
  }

  /** A text as a block; none where it cannot be read, which is said. */
  parsed(text: string, state: State, at: Span): Body | undefined {
    const place = state.source.place(...at);
    const parsed = parsePowershell(text);
    if (parsed.ok) return { block: parsed.block, source: { text, place: () => place } };
    this.unread.push({ why: parsed.why, at: place });
    return undefined;
  }

  /** Runs a body in this state. */
  inside({ block, source }: Body, state: State, given: readonly Value[]): Value {
    this.waiting.delete(block);
    if (this.calls >= deepestCall) return something('$(…)');
    this.calls++;
    const before = state.source;
    state.source = source;
    const value = this.block(block, state, given);
    state.source = before;
    this.calls--;
    return value;
  }

  /** What runs anyway need not be read once more at the end. */
  met(block: Block): void {
    this.waiting.delete(block);
  }

  host(state: State): Host {
    return {
      variable: name => this.variable(name, state),
      forget: name => void state.variables.delete(name.toLowerCase()),
      captured: statements => this.statements(statements, state, true),
      body: block => {
        const body = { block, source: state.source };
        if (block.statements.length) this.waiting.set(block, body);
        return body;
      },
      say: (said, at) => this.say(said, state.source.place(...at), state),
      run: (value, given, at) => this.run(value, given, state, at),
      blockOf: (value, at) => this.blockOf(value, state, at),
      written: at => state.source.text.slice(at[0], Math.min(at[1], at[0] + 120)),
      place: at => state.source.place(...at),
      step: () => this.step(),
    };
  }

  step(): void {
    if (this.left-- <= 0 || this.steps.length > mostSteps) throw new Enough();
  }

  /** Runs blocks, and texts as PowerShell. What cannot be known is said to be unknown. */
  run(value: Value, given: readonly Value[], state: State, at: Span): Value {
    const place = state.source.place(...at);
    const results = texts(value, '\n').map((item): Value => {
      if (item.block) return this.inside(item.block, state, given);
      if (item.origin === 'download') {
        this.say([{ does: 'run', program: 'PowerShell', origin: 'download', at: place }], place, state);
        return something('$(…)');
      }
      if (item.origin === 'decoded')
        this.say([{ does: 'run', program: 'PowerShell', origin: 'decoded', at: place }], place, state);
      if (item.known) return this.text(item.text, state, at);
      if (item.origin !== 'decoded')
        this.say(
          [{ does: 'unknown', why: `it runs \`${item.text}\`, which cannot be known here`, at: place }],
          place,
          state,
        );
      return something('$(…)');
    });
    return results.length ? either(...results) : nothing;
  }

  blockOf(value: Value, state: State, at: Span): Value {
    return {
      ...value,
      items: texts(value, '\n').map(item => {
        const body = item.known ? this.parsed(item.text, state, at) : undefined;
        return body
          ? { text: '{…}', known: false, block: body, ...(item.origin && { origin: item.origin }) }
          : item;
      }),
    };
  }

  say(said: readonly Said[], at: Span, state: State): void {
    this.steps.push({ command: this.made([], [], state, { from: 'nowhere' }, at), said });
  }

  variable(name: string, state: State): Value {
    const lower = name.toLowerCase().replace(/^(?:global|script|local|private|using|variable):/, '');
    const known = state.variables.get(lower) ?? constant(lower, state.cwd, this.machine);
    if (known) return known;
    return something(`$${name.replace(/^env:/i, '')}`);
  }

  assign(name: string, value: Value, state: State): void {
    const lower = name.toLowerCase().replace(/^(?:global|script|local|private|variable):/, '');
    const before = state.branch > 0 ? state.variables.get(lower) : undefined;
    if (state.variables.size >= mostVariables && !state.variables.has(lower)) return;
    state.variables.set(lower, before ? either(before, value) : value);
  }

  private block(block: Block, state: State, given: readonly Value[]): Value {
    block.parameters.forEach((parameter, index) => {
      const value = given[index] ?? this.fallback(parameter, state);
      state.variables.set(parameter.name.toLowerCase(), value);
    });
    if (given.length) state.variables.set('args', listOf(given.flatMap(value => value.items)));
    return this.statements(block.statements, state, false);
  }

  private fallback({ fallback, name }: Parameter, state: State): Value {
    const value = fallback && evaluate(fallback, this.host(state));
    // What is given from outside may be anything else.
    return value ? either(value, something(`$${name}`)) : something(`$${name}`);
  }

  private statements(statements: readonly Statement[], state: State, captured: boolean): Value {
    const values = statements.map(statement => this.statement(statement, state, captured));
    const [first] = values;
    if (values.length === 1 && first) return first;
    const given = values.filter(value => value.items.length);
    const [only] = given;
    return given.length === 1 && only ? only : listOf(given.flatMap(value => value.items));
  }

  private branched(block: Block, state: State, captured: boolean): Value {
    state.branch++;
    const value = this.statements(block.statements, state, captured);
    state.branch--;
    return value;
  }

  private statement(node: Statement, state: State, captured: boolean): Value {
    this.step();
    switch (node.kind) {
      case 'pipeline':
        return this.pipeline(node.elements, state, captured);
      case 'several':
        return this.statements(node.statements, state, captured);
      case 'assign':
        return this.assignment(node, state);
      case 'if': {
        const values = node.clauses.map(({ condition, body }) => {
          this.statement(condition, state, true);
          return this.branched(body, state, captured);
        });
        return either(...values, ...(node.otherwise ? [this.branched(node.otherwise, state, captured)] : []));
      }
      case 'foreach': {
        const over = this.statement(node.over, state, true);
        this.assign(
          node.variable,
          {
            items: over.items.length ? over.items : [{ text: `$${node.variable}`, known: false }],
            list: false,
          },
          state,
        );
        return listOf(this.branched(node.body, state, captured).items);
      }
      case 'loop': {
        for (const head of node.heads) this.statement(head, state, true);
        return listOf(this.branched(node.body, state, captured).items);
      }
      case 'switch': {
        const on = node.on.map(it => this.statement(it, state, true));
        state.variables.set('_', { items: either(...on).items, list: false });
        return either(
          ...node.cases.map(({ match, body }) => {
            const value = evaluate(match, this.host(state));
            for (const item of value.items) if (item.block) this.inside(item.block, state, []);
            return this.branched(body, state, captured);
          }),
        );
      }
      case 'try':
        return either(
          this.branched(node.body, state, captured),
          ...node.others.map(body => this.branched(body, state, captured)),
        );
      case 'function': {
        const body = { block: node.body, source: state.source };
        this.functions.set(node.name.toLowerCase(), {
          parameters: [...node.parameters, ...node.body.parameters],
          body,
        });
        this.waiting.set(node.body, body);
        return nothing;
      }
      case 'bodies':
        return either(...node.bodies.map(body => this.branched(body, state, captured)));
      case 'flow':
        return node.value ? this.statement(node.value, state, captured) : nothing;
    }
  }

  private assignment(node: Statement & { kind: 'assign' }, state: State): Value {
    const value = this.statement(node.value, state, true);
    assign(this, node.target, node.operator, value, state);
    return nothing;
  }

  private pipeline(elements: readonly Element[], state: State, captured: boolean): Value {
    let fed: Value | undefined;
    let input: Input = { from: 'nowhere' };
    let before = this.steps.length;
    for (const [index, element] of elements.entries()) {
      const from = this.steps.length;
      const at = state.source.place(...element.at);
      let own: number | undefined;
      if (element.kind === 'expression') fed = this.expression(element, state, captured);
      else {
        const ran = command(this, element, state, fed, input);
        ({ value: fed, own } = ran);
      }
      if (index > 0) this.lead(before, own ?? from, from);
      before = from;
      const ran = this.steps.slice(from).flatMap(step => (step.said ? [] : [ordinarily(step)]));
      input =
        ran.length && element.kind === 'command'
          ? { from: 'pipe', commands: ran, by: ran.slice(-1) }
          : textInput(fed, at);
    }
    return fed ?? nothing;
  }

  /** What the steps between print goes into the one that stands at `own`. */
  private lead(before: number, own: number, end: number): void {
    const into = this.steps[own];
    if (!into || own < end) return;
    for (let index = before; index < end; index++) {
      const step = this.steps[index] as Step;
      this.steps[index] = { ...step, command: { ...step.command, into: ordinarily(into) } };
    }
  }

  private expression(element: Element & { kind: 'expression' }, state: State, captured: boolean): Value {
    const value = evaluate(element.expression, this.host(state));
    const at = state.source.place(...element.at);
    const redirects = this.redirects(element.redirects, state);
    if (redirects.length)
      this.steps.push({ command: this.made([], redirects, state, { from: 'nowhere' }, at) });
    // What nobody takes is printed.
    else if (
      !captured &&
      value.items.some(item => !item.known && item.text.startsWith('$') && !item.text.startsWith('$('))
    )
      this.emit(
        'write-output',
        [word('Write-Output', at), argumentOf(value, at)],
        [],
        state,
        { from: 'nowhere' },
        at,
      );
    return value;
  }

  emit(
    name: string,
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
    fed?: Value,
  ): void {
    this.step();
    const cmdlet = isCmdlet(name);
    const list = cmdlet ? words : words.flatMap(flat);
    const command = this.made(list, redirects, state, input, at);
    this.steps.push({
      command: fed?.items.length ? { ...command, fed: argumentOf(fed, at) } : command,
      ...(cmdlet && { name }),
    });
  }

  made(
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
  ): Command {
    this.wordsLeft -= words.length + redirects.length;
    if (this.wordsLeft < 0) throw new Enough();
    const { cwd } = state;
    const variables = new Map(state.variables);
    const variable = (name: string) =>
      asKnown(variables.get(`env:${name.toLowerCase()}`)) ?? this.same(name, cwd);
    return { words, redirects, cwd, input, at, variable, environment: variable };
  }

  private same(name: string, cwd: string): Known | undefined {
    if (name === 'HOME') return { options: [this.machine.home], known: true };
    return name === 'PWD' ? { options: [cwd], known: true } : undefined;
  }

  redirects(nodes: readonly RedirectNode[], state: State): readonly Redirect[] {
    return nodes.flatMap(({ operator, target }) => {
      const value = evaluate(target, this.host(state));
      const at = state.source.place(...target.at);
      return texts(value)
        .filter(item => item.text !== '' && !(item.known && /^(?:nul|\/dev\/null)$/i.test(item.text)))
        .map(({ text, known }) => ({
          operator,
          target: { text: text.replaceAll('\\', '/'), known, wild: false, at },
        }));
    });
  }

  /** An argument; the entries of a known table that is spread are arguments each. */
  argument(node: Expression, state: State): readonly Argument[] {
    const at = state.source.place(...node.at);
    if (node.kind === 'splat') {
      const value = state.variables.get(node.name.toLowerCase());
      const [table] = value?.items.flatMap(item => item.table ?? []) ?? [];
      if (table) return [...table].flatMap(([key, entry]) => [word(`-${key}:`, at), argumentOf(entry, at)]);
      if (value?.items.length) return value.items.map(item => argumentOf(only(item), at));
    }
    // A bare word that only looks like a path of a member.
    const value = evaluate(node, this.host(state));
    const bare =
      (node.kind === 'text' && node.quote === 'none') || (node.kind === 'list' && isBare(node.items[0]));
    const made = argumentOf(value, at);
    return [bare ? { ...made, bare: true } : made];
  }
}
