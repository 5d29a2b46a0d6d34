import type { Span } from '../../model.ts';
import type { Input, Redirect } from '../../program.ts';
import { givenTo, nameOf, word } from './arguments.ts';
import type { Argument } from './bind.ts';
import { builtins } from './builtins.ts';
import { evaluate } from './evaluate.ts';
import { fullName, isCmdlet, isServiceManager, isWebRequest } from './names.ts';
import { outputOf } from './outputs.ts';
import type { Element, Expression, Parameter } from './tree.ts';
import { either, listOf, only, something, texts, type Item, type Value } from './values.ts';
import { copy, deepestCall, type Function, type State } from './state.ts';
import type { Walker } from './walk.ts';

/** Reads a command and runs what it stands for; `own` is where its own step is, if it has one. */
export function command(
  walker: Walker,
  element: Element & { kind: 'command' },
  state: State,
  fed: Value | undefined,
  input: Input,
): { readonly value: Value; readonly own: number | undefined } {
  walker.step();
  const host = walker.host(state);
  const at = state.source.place(...element.at);
  const [first, ...rest] = element.words;
  const called = evaluate(first as Expression, host);
  const place = state.source.place(...(first as Expression).at);
  const given = rest.flatMap(node => walker.argument(node, state));
  const redirects = walker.redirects(element.redirects, state);
  const blocks = called.items.filter(item => item.block);
  if (blocks.length) {
    const values = given
      .filter(it => !it.bare || !it.text.startsWith('-'))
      .map(it => ({ items: it.items, list: false }));
    const inner = element.call === '&' ? copy(state) : state;
    if (fed) inner.variables.set('_', { ...fed, list: false });
    const ran = blocks.map(item => walker.run(only(item), values, inner, element.at));
    return { value: either(...ran), own: undefined };
  }
  let own: number | undefined;
  const values = texts(called)
    .slice(0, 8)
    .map(name => {
      const bare = first?.kind === 'text' && first.quote === 'none';
      own ??= walker.steps.length;
      return invoked(
        walker,
        { name: nameOf(name), bare, given, redirects, fed, input, at, place, call: element.call },
        state,
      );
    });
  return { value: either(...values), own };
}

/** Runs what a name stands for: a function of this text, something of the shell, a command, a program. */
function invoked(walker: Walker, it: Invoked, state: State): Value {
  const { name, given, redirects, fed, input, at, place } = it;
  const lower = walker.aliases.get(name.text.toLowerCase()) ?? name.text.toLowerCase();
  const body = walker.functions.get(lower);
  if (body && name.known) {
    walker.met(body.body.block);
    if (redirects.length)
      walker.steps.push({ command: walker.made([], redirects, state, { from: 'nowhere' }, at) });
    return functioned(walker, body, given, fed, state);
  }
  const web = isWebRequest(
    lower,
    given.map(argument => argument.text),
  );
  const full = web
    ? 'invoke-webrequest'
    : isServiceManager(
          lower,
          given.map(argument => argument.text),
        )
      ? lower
      : fullName(lower);
  if (name.known && /^(?:sudo|gsudo)$/.test(full) && given.length) {
    const [inner, ...rest] = given as [Argument, ...Argument[]];
    return invoked(
      walker,
      {
        ...it,
        name: inner.items[0] ?? { text: inner.text, known: inner.known },
        given: rest,
        place: inner.at,
      },
      state,
    );
  }
  if (!name.known && name.origin === 'download') {
    walker.say([{ does: 'run', program: 'PowerShell', origin: 'download', at }], at, state);
    return something('$(…)');
  }
  if (/^(?:powershell|pwsh)(?:\.exe)?$/.test(full)) return started(walker, it, full, state);
  const words = [{ ...word(name.text, place), known: name.known }, ...given];
  const builtin = name.known && Object.hasOwn(builtins, full) ? builtins[full] : undefined;
  const value = builtin?.({ walker, state, words: given, fed, at });
  if (value) {
    if (redirects.length)
      walker.steps.push({ command: walker.made([], redirects, state, { from: 'nowhere' }, at) });
    return value;
  }
  walker.emit(full, words, redirects, state, input, at, fed);
  if (!isCmdlet(full))
    return (
      outputOf(full, { words: given, fed, cwd: state.cwd, machine: walker.machine }) ?? something('$(…)')
    );
  for (const argument of given)
    for (const item of argument.items)
      if (item.block) {
        const inner = copy(state);
        if (fed) inner.variables.set('_', { ...fed, list: false });
        walker.inside(item.block, inner, []);
      }
  return (
    outputOf(full, { words: given, fed, cwd: state.cwd, machine: walker.machine }) ??
    something(`$(${name.text} …)`)
  );
}

/** A block that is given to another PowerShell is its text. */
function started(
  walker: Walker,
  { given, redirects, fed, input, at, place }: Invoked,
  name: string,
  state: State,
): Value {
  const words = given.map(argument => {
    const [body] = argument.items.flatMap(item => item.block ?? []);
    if (!body) return argument;
    walker.met(body.block);
    const text = body.source.text.slice(body.block.at[0] + 1, body.block.at[1] - 1);
    return { ...word(text, argument.at), bare: true as const };
  });
  walker.emit(name, [word(name, place), ...words], redirects, state, input, at, fed);
  return something('$(…)');
}

function functioned(
  walker: Walker,
  { parameters, body }: Function,
  given: readonly Argument[],
  fed: Value | undefined,
  state: State,
): Value {
  if (walker.calls >= deepestCall) return something('$(…)');
  const inner = copy(state);
  const { values, rest } = givenTo(parameters, given);
  for (const parameter of parameters)
    inner.variables.set(
      parameter.name.toLowerCase(),
      values.get(parameter.name.toLowerCase()) ?? missing(walker, parameter, inner),
    );
  inner.variables.set('args', listOf(rest.flatMap(value => value.items)));
  if (fed) {
    inner.variables.set('_', { ...fed, list: false });
    inner.variables.set('input', fed);
  }
  const value = walker.inside({ ...body, block: { ...body.block, parameters: [] } }, inner, []);
  state.cwd = inner.cwd;
  return value;
}

function missing(walker: Walker, { fallback, name }: Parameter, state: State): Value {
  return fallback
    ? evaluate(fallback, walker.host(state))
    : { items: [{ text: `$${name}`, known: false }], list: false };
}

interface Invoked {
  readonly name: Item;
  readonly bare: boolean;
  readonly given: readonly Argument[];
  readonly redirects: readonly Redirect[];
  readonly fed: Value | undefined;
  readonly input: Input;
  readonly at: Span;
  readonly place: Span;
  readonly call: '&' | '.' | undefined;
}
