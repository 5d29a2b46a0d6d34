import type { Span } from '../../model.ts';
import type { Machine } from '../../ports.ts';
import type { Input, Redirect } from '../../program.ts';
import type { Argument, Invocation } from '../powershell/bind.ts';
import { moved } from '../powershell/places.ts';
import { Enough, mostNodes, mostSteps, mostWords, type Step, type Unread, type Walked } from '../steps.ts';
import type { Value, Word } from '../words.ts';
import { fields, mostOptions, type Options, type State } from './expand.ts';
import { parseCmd } from './parse.ts';
import type { Node, RawRedirect, RawWord } from './tree.ts';

const mostVariables = 256;
/** Characters of a value that is kept: `set a=%a%%a%` again and again doubles it each time. */
const longestValue = 8_192;
const deepestText = 6;

/** A class because a walk has a life: it fills two lists. */
export class Walker implements Walked {
  readonly steps: Step[] = [];
  readonly unread: Unread[] = [];
  private readonly machine: Machine;
  private left = mostNodes;
  private wordsLeft = mostWords;
  private depth = 0;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  all(text: string, cwd: string): void {
    const state: State = { cwd, variables: new Map(), places: [], branch: 0, place: at => at, text };
    try {
      this.read(text, state);
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      this.unread.push({ why: 'more in one text than is followed', at: [0, text.length] });
    }
  }

  private read(text: string, state: State): void {
    const parsed = parseCmd(text);
    if (parsed.ok) this.node(parsed.node, state, { from: 'nowhere' });
    else this.unread.push({ why: parsed.why, at: state.place(parsed.at) });
  }

  /** A text within the text, such as that of `cmd /c`. */
  private inner(text: string, state: State, at: Span): void {
    if (this.depth >= deepestText) {
      this.unread.push({ why: 'text within text, nested too deeply', at: state.place(at) });
      return;
    }
    this.depth++;
    const place = state.place(at);
    const inside: State = { ...state, text, place: () => place };
    this.read(text, inside);
    state.cwd = inside.cwd;
    this.depth--;
  }

  private node(node: Node, state: State, input: Input): void {
    if (this.left-- <= 0 || this.steps.length > mostSteps) throw new Enough();
    switch (node.kind) {
      case 'several': {
        for (const it of node.nodes) this.node(it, state, input);
        const redirects = this.redirects(node.redirects, state);
        if (redirects.length) this.emit([], redirects, state, { from: 'nowhere' }, state.place(node.at));
        return;
      }
      case 'pipe':
        return this.pipe(node.parts, state, input);
      case 'if':
        state.branch++;
        this.node(node.body, state, input);
        if (node.otherwise) this.node(node.otherwise, state, input);
        state.branch--;
        return;
      case 'for':
        return this.loop(node, state, input);
      case 'command':
        return this.command(node, state, input);
    }
  }

  private pipe(parts: readonly Node[], state: State, first: Input): void {
    let input = first;
    let before = this.steps.length;
    for (const part of parts) {
      const from = this.steps.length;
      this.node(part, copy(state), input);
      const into = this.steps[from];
      if (into)
        for (let index = before; index < from; index++) {
          const step = this.steps[index] as Step;
          this.steps[index] = { ...step, command: { ...step.command, into: ordinaryName(into) } };
        }
      before = from;
      const ran = this.steps.slice(from).map(ordinaryName);
      input = { from: 'pipe', commands: ran, by: ran.slice(-1) };
    }
  }

  private loop(node: Node & { kind: 'for' }, state: State, input: Input): void {
    const value = this.looped(node, state);
    state.variables.set(node.variable, value);
    state.branch++;
    this.node(node.body, state, input);
    state.branch--;
  }

  private looped({ way, options, set, variable }: Node & { kind: 'for' }, state: State): Options {
    const unknown: Options = { texts: [`$${variable.slice(1)}`], known: false };
    if (way === 'f') return this.lines(set, state) ?? unknown;
    if (way === 'l') return unknown;
    const found = set.flatMap(word => fields(this.machine, word, state));
    const [root] = way === 'r' ? options.flatMap(word => fields(this.machine, word, state)) : [];
    const wild = found.some(word => /[*?]/.test(word.text));
    const texts = found
      .map(word => (way === 'r' ? `${root?.text ?? '.'}\\**\\${word.text}` : word.text))
      .slice(0, mostOptions);
    if (!texts.length) return unknown;
    return { texts, known: found.every(word => word.known), ...((wild || way === 'r') && { wild: true }) };
  }

  /** `for /f` runs a command for its lines, or reads a file. Of a listing the lines are known. */
  private lines(set: readonly RawWord[], state: State): Options | undefined {
    for (const word of set) {
      const [part] = word.parts;
      const text = part && 'text' in part ? part.text : '';
      if (!/^(?:'[^]*'|`[^]*`)$/.test(text)) continue;
      const from = this.steps.length;
      this.inner(text.slice(1, -1), copy(state), word.at);
      const [only, ...more] = this.steps.slice(from);
      const listed = only && !more.length ? listedBy(only) : undefined;
      if (listed) return listed;
    }
    return undefined;
  }

  private command(node: Node & { kind: 'command' }, state: State, piped: Input): void {
    if (node.words.length + node.redirects.length > this.wordsLeft) throw new Enough();
    const fed = node.redirects.find(it => it.operator === '<');
    const [file] = fed ? fields(this.machine, fed.target, state) : [];
    const input: Input = file ? { from: 'file', path: slashed(file) } : piped;
    const redirects = this.redirects(node.redirects, state);
    const found = node.words.flatMap(word => fields(this.machine, word, state));
    const at = state.place(node.at);
    const words = glued(found);
    const [first, ...rest] = words;
    if (!first) {
      if (redirects.length) this.emit([], redirects, state, input, at);
      return;
    }
    const name = first.text.toLowerCase();
    const raw = () => this.rawAfter(node, /^\/[ck]\b/i, state);
    switch (name.replace(/\.exe$/, '')) {
      case 'set':
        if (this.sets(rest, state, at)) return;
        break;
      case 'cd':
      case 'chdir':
        return this.goes(rest, state);
      case 'pushd':
        state.places.push(state.cwd);
        return this.goes(rest, state);
      case 'popd':
        state.cwd = state.places.pop() ?? state.cwd;
        return;
      case 'call':
        if (!rest.length || rest[0]?.text.startsWith(':')) return;
        return this.emitNamed(rest, redirects, state, input, at);
      case 'start':
        return this.starts(rest, redirects, state, input, at);
      case 'cmd': {
        const text = raw();
        if (text !== undefined) return this.inner(text, copy(state), node.at);
        break;
      }
      default:
    }
    if (/^[a-z]:$/.test(name) && !rest.length) {
      state.cwd = moved(`${name}/`, state.cwd, this.machine);
      return;
    }
    this.emitNamed(words, redirects, state, input, at);
  }

  private emitNamed(
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
  ): void {
    const [first] = words;
    const name = first?.text.toLowerCase().replace(/\.exe$/, '') ?? '';
    // A value with signs in it is more than a word once it is put in.
    if (first && /[&|]/.test(first.text) && first.known)
      return this.inner(words.map(it => it.text).join(' '), state, at);
    this.emit(words, redirects, state, input, at, /[\\/]/.test(name) ? undefined : name);
  }

  /** What stands behind `/c`, as it was written, quotes around all of it taken away. */
  private rawAfter(node: Node & { kind: 'command' }, mark: RegExp, state: State): string | undefined {
    const index = node.words.findIndex(word => mark.test(state.text.slice(...word.at)));
    const word = node.words[index];
    if (!word) return undefined;
    const glued = state.text.slice(...word.at).slice(2);
    const text = `${glued}${state.text.slice(word.at[1], node.at[1])}`.trim();
    const values = node.words.slice(index + 1).flatMap(it => fields(this.machine, it, state));
    // Values are put in where the text alone does not say everything.
    if (/[%!]/.test(text)) return values.map(it => it.text).join(' ');
    return /^"[^]*"$/.test(text) ? text.slice(1, -1) : text.replace(/\^(.)/g, '$1');
  }

  private sets(words: readonly Argument[], state: State, at: Span): boolean {
    const flags = words.filter(word => /^\/[ap]$/i.test(word.text));
    const text = words
      .filter(word => !flags.includes(word))
      .map(word => word.text)
      .join(' ');
    const equals = text.indexOf('=');
    if (flags.length) {
      const names = text.split(',').map(part =>
        part
          .slice(0, Math.max(0, part.indexOf('=')))
          .replace(/\W/g, '')
          .toLowerCase(),
      );
      for (const name of names) state.variables.delete(name);
      return true;
    }
    if (equals <= 0) return false;
    const name = text.slice(0, equals).trim().toLowerCase();
    const before = state.branch > 0 ? state.variables.get(name) : undefined;
    const value = text.slice(equals + 1);
    const isShort = value.length <= longestValue;
    const known = words.every(word => word.known) && (before?.known ?? true) && isShort;
    if (state.variables.size < mostVariables || state.variables.has(name))
      state.variables.set(name, {
        texts: [...new Set([...(before?.texts ?? []), isShort ? value : `$${name}`])].slice(0, mostOptions),
        known,
      });
    const set = [
      {
        name: text.slice(0, equals).trim(),
        value: { options: isShort ? [value] : [], known: known && isShort },
        at,
      },
    ];
    this.steps.push({ command: { ...this.made([], [], state, { from: 'nowhere' }, at), set } });
    return true;
  }

  private goes(words: readonly Argument[], state: State): void {
    const path = words
      .filter(word => !/^\/d$/i.test(word.text))
      .map(word => word.text)
      .join(' ');
    if (path) state.cwd = moved(path, state.cwd, this.machine);
  }

  /** `start "title" /wait program words`. */
  private starts(
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
  ): void {
    const rest = words.filter((word, index) => !(index === 0 && !word.bare));
    const begin = rest.findIndex(word => !/^\/(?:[a-z]+|d[^\s]*)$/i.test(word.text));
    if (begin < 0) return;
    const inner = rest.slice(begin);
    const [first] = inner;
    // Whatever opens it is the person's browser.
    if (first && /^https?:/i.test(first.text)) return;
    if (first && /^cmd(?:\.exe)?$/i.test(first.text)) {
      const mark = inner.findIndex(word => /^\/[ck]$/i.test(word.text));
      if (mark > 0)
        return this.inner(
          inner
            .slice(mark + 1)
            .map(it => it.text)
            .join(' '),
          copy(state),
          at,
        );
    }
    this.emitNamed(inner, redirects, state, input, at);
  }

  private redirects(nodes: readonly RawRedirect[], state: State): readonly Redirect[] {
    return nodes
      .filter(node => node.operator !== '<')
      .flatMap(({ operator, target }) =>
        fields(this.machine, target, state)
          .slice(0, 1)
          .filter(word => !/^(?:nul|con)$/i.test(word.text))
          .map(word => ({ operator, target: slashed(word) })),
      );
  }

  private emit(
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
    name?: string,
  ): void {
    this.steps.push({
      command: this.made(words, redirects, state, input, at),
      ...(name !== undefined && { name }),
    });
  }

  private made(
    words: readonly Argument[],
    redirects: readonly Redirect[],
    state: State,
    input: Input,
    at: Span,
  ): Invocation {
    this.wordsLeft -= words.length + redirects.length;
    if (this.wordsLeft < 0) throw new Enough();
    const variables = new Map(state.variables);
    const { cwd } = state;
    const home = { options: [this.machine.home], known: true };
    const variable = (name: string) =>
      asValue(variables.get(name.toLowerCase())) ?? (name === 'HOME' ? home : undefined);
    return { words, redirects, cwd, input, at, variable, environment: variable };
  }
}

/** Commands of the shell whose switches may stand at once behind their names: `rd/s`, `cd..`, `echo.`. */
const glues = new Set(
  'cd chdir md mkdir rd rmdir del erase copy move ren rename type dir echo set start more attrib xcopy format cls pushd'.split(
    ' ',
  ),
);

function glued(words: readonly Argument[]): readonly Argument[] {
  const [first, ...rest] = words;
  const match = first ? /^([a-z]{2,8})([/\\.].*)$/is.exec(first.text) : null;
  if (!first || !match || !glues.has((match[1] ?? '').toLowerCase())) return words;
  const [, name = '', behind = ''] = match;
  // `echo.` and `type.` are their names; `cd..` goes up.
  if (/^del\.|^move\.|^copy\./i.test(first.text)) return words;
  const items = (text: string) => [{ text, known: first.known }];
  const more = behind === '.' ? [] : [{ ...first, text: behind, items: items(behind) }];
  return [{ ...first, text: name, items: items(name) }, ...more, ...rest];
}

/** The names that the tables of ordinary programs know. */
const ordinary: Readonly<Record<string, string>> = {
  type: 'cat',
  findstr: 'grep',
  find: 'grep',
  dir: 'ls',
  copy: 'cp',
};

function ordinaryName({ command, name }: Step): Invocation {
  const [first, ...rest] = command.words;
  const own = name === undefined ? undefined : (ordinary[name] ?? name);
  return first && own ? { ...command, words: [{ ...first, text: own }, ...rest.map(slashed)] } : command;
}

function listedBy({ command, name }: Step): Options | undefined {
  if (name !== 'dir') return undefined;
  const places = command.words.slice(1).filter(word => !word.text.startsWith('/'));
  if (!places.length) return { texts: ['*'], known: true, wild: true };
  return {
    texts: places.map(word => (/[*?]/.test(word.text) ? word.text : `${word.text}\\*`)),
    known: places.every(word => word.known),
    wild: true,
  };
}

function asValue(value: Options | undefined): Value | undefined {
  return value && { options: value.texts, known: value.known };
}

function slashed<T extends Word>(word: T): T {
  return { ...word, text: word.text.replaceAll('\\', '/') };
}

function copy(state: State): State {
  return { ...state, variables: new Map(state.variables), places: [...state.places] };
}
