import type { Span } from '../../model.ts';
import { parameters, type Argument, type Shape } from './bind.ts';
import { property } from './evaluate.ts';
import { deletes, moved } from './places.ts';
import { listOf, nothing, plain, something, type Value } from './values.ts';
import { word } from './arguments.ts';
import type { State } from './state.ts';
import type { Walker } from './walk.ts';

/** A command of the shell that changes how the rest is read, rather than a machine. */
interface Use {
  readonly walker: Walker;
  readonly state: State;
  readonly words: readonly Argument[];
  readonly fed: Value | undefined;
  readonly at: Span;
}

/** What it gives; `undefined` where it is a command like others after all. */
type Builtin = (use: Use) => Value | undefined;

const places: Shape = { values: 'path literalpath stackname', switches: 'passthru', order: 'path' };
const naming: Shape = {
  values: 'name value scope option description visibility force',
  switches: 'passthru force',
  order: 'name value',
};

export const builtins: Readonly<Record<string, Builtin>> = {
  'foreach-object': forEach,
  'where-object': use => {
    const { walker, state, words, at, fed } = use;
    walker.emit('where-object', [word('Where-Object', at), ...words], [], state, { from: 'nowhere' }, at);
    run(use);
    return fed ?? something('$_');
  },
  'invoke-expression': ({ walker, state, words, fed, at }) => {
    const given = parameters(words, { values: 'command', order: 'command' });
    const items = given.pieces('command');
    const value: Value | undefined = items.length ? { items, list: items.length > 1 } : fed;
    const nodes: Span = [at[0], at[1]];
    return walker.run(
      value ?? something('$(…)'),
      [],
      { ...state, source: { ...state.source, place: () => nodes } },
      nodes,
    );
  },
  'set-location': goes,
  'push-location': use => {
    use.state.places.push(use.state.cwd);
    return use.words.length ? goes(use) : nothing;
  },
  'pop-location': ({ state }) => {
    state.cwd = state.places.pop() ?? state.cwd;
    return nothing;
  },
  'cd..': ({ state, walker }) => {
    state.cwd = moved('..', state.cwd, walker.machine);
    return nothing;
  },
  'cd/': ({ state, walker }) => {
    state.cwd = moved('/', state.cwd, walker.machine);
    return nothing;
  },
  'set-variable': named,
  'new-variable': named,
  'remove-variable': ({ state, words }) => {
    for (const { text } of parameters(words, naming).pieces('name'))
      state.variables.delete(text.toLowerCase());
    return nothing;
  },
  'set-alias': aliased,
  'new-alias': aliased,
};

function forEach(use: Use): Value {
  const { walker, state, words, fed, at } = use;
  if (words.some(argument => argument.items.some(item => item.block))) return run(use);
  const given = parameters(words, { values: 'membername argumentlist', order: 'membername' });
  const name = given.text('membername')?.toLowerCase();
  if (name === 'delete')
    walker.say(
      (fed ?? something('$_')).items.map(item => deletes({ ...item, at }, true, 'Delete')),
      at,
      state,
    );
  return name === undefined ? something('$_') : property(fed ?? something('$_'), name, name);
}

/** Runs the blocks, each with what comes down the pipe. */
function run({ walker, state, words, fed }: Use): Value {
  const before = state.variables.get('_');
  const outputs: Value[] = [];
  for (const argument of words)
    for (const item of argument.items)
      if (item.block) {
        const piped: Value = { items: (fed ?? something('$_')).items, list: false };
        state.variables.set('_', piped);
        state.variables.set('psitem', piped);
        outputs.push(walker.inside(item.block, state, []));
      }
  if (before) state.variables.set('_', before);
  else state.variables.delete('_');
  return listOf(outputs.flatMap(value => value.items));
}

function goes({ walker, state, words }: Use): Value {
  const given = parameters(words, places);
  const [place] = given.pieces('path', 'literalpath');
  const back = place?.text === '-' || place?.text === '+';
  if (place && !back) state.cwd = providing(place.text) ?? moved(place.text, state.cwd, walker.machine);
  else if (!place && !given.has('stackname')) state.cwd = walker.machine.home;
  return nothing;
}

/** A place in the registry or another store is no folder; what is done there says so itself. */
function providing(path: string): string | undefined {
  return /^(?:hk\w+|env|cert|variable|function|alias|registry):/i.test(path)
    ? path.replaceAll('\\', '/')
    : undefined;
}

function named({ walker, state, words }: Use): Value {
  const given = parameters(words, naming);
  const value = given.value('value');
  for (const { text } of given.pieces('name'))
    walker.assign(text, value ? { items: value.items, list: value.items.length > 1 } : plain(''), state);
  return nothing;
}

function aliased({ walker, words }: Use): Value {
  const given = parameters(words, naming);
  const [name, value] = [given.text('name'), given.text('value')];
  if (name !== undefined && value !== undefined) walker.aliases.set(name.toLowerCase(), value.toLowerCase());
  return nothing;
}
