import { basename, dirname } from '../../../core/paths.ts';
import { Sheet } from './sheet.ts';

/** What a Makefile is read with. */
export interface Making {
  readonly folder: string;
  /** What the command line sets. */
  readonly values: Readonly<Record<string, string>>;
  /** The texts of the files it includes, or is included by: their variables count. */
  readonly included: readonly string[];
}

const mostTargets = 64;
const mostLines = 400;
/** How many texts one line may become, where a variable has several values. */
const mostChoices = 6;
const deepest = 12;
const longest = 8_192;
const mostReferences = 10_000;
/** To the shell's reader this is a variable that nobody set: what it holds is not known. */
const unknown = '${MAKE_VALUE}';

/** The recipe of a target and of what it depends on, as the shell gets it; without a name, of the first target. */
export function makeRecipe(text: string, target: string, given: Making): Sheet | undefined {
  const file = new Makefile(given.values);
  for (const other of given.included) file.learn(other);
  file.read(text);
  const name = target || file.goal();
  if (name === undefined || !file.has(name)) return undefined;
  const sheet = new Sheet(given.folder);
  const met = new Set<string>();
  const follow = (it: string) => {
    if (met.has(it)) return;
    if (met.size >= mostTargets || sheet.size >= mostLines) return sheet.overflow();
    met.add(it);
    for (const { rule, stem } of file.rulesFor(it)) {
      const needs = rule.needs.replaceAll('%', stem ?? '%');
      const names = file.expanded(needs, { CURDIR: given.folder }).flatMap(words);
      names.forEach(follow);
      const automatic: Values = {
        '@': it,
        '<': names[0] ?? '',
        '^': names.join(' '),
        '+': names.join(' '),
        '?': names.join(' '),
        ...(stem !== undefined && { '*': stem }),
        CURDIR: given.folder,
      };
      for (const { line, text: recipe } of rule.recipe)
        for (const command of file.expanded(recipe, automatic))
          if (command.trim()) sheet.put(line, command.replace(/^[@+\s-]+/, ''));
    }
  };
  follow(name);
  return sheet;
}

/** The files that a Makefile includes, as far as their names are plain. */
export function includedBy(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => /^[-s]?include[ \t]/.test(line))
    .flatMap(line => words(line.split('#')[0] ?? '').slice(1))
    .filter(name => !/[$*?]/.test(name));
}

type Values = Readonly<Record<string, string>>;

interface Rule {
  readonly targets: readonly string[];
  needs: string;
  readonly recipe: { readonly line: number; readonly text: string }[];
}

/** What make knows without being told, as far as it says what runs. */
const builtIn: Values = { CC: 'cc', CXX: 'g++', AR: 'ar', LD: 'ld', RM: 'rm -f', MAKE: 'make', SHELL: 'sh' };
const empty = new Set(['MAKEFLAGS', 'MFLAGS', 'Q', 'V', 'AT']);

class Makefile {
  readonly #variables = new Map<string, readonly string[]>();
  readonly #fixed: Values;
  readonly #rules: Rule[] = [];
  #left = mostReferences;

  constructor(values: Values) {
    this.#fixed = values;
  }

  /** Its variables; its rules stand in lines of another file. */
  learn(text: string): void {
    this.read(text);
    this.#rules.length = 0;
  }

  read(text: string): void {
    const lines = text.split('\n');
    let rule: Rule | undefined;
    let conditional = 0;
    for (let at = 0; at < lines.length; at++) {
      const line = at + 1;
      let whole = lines[at] ?? '';
      while (whole.endsWith('\\') && at + 1 < lines.length) whole += `\n${lines[++at] ?? ''}`;
      if (whole.startsWith('\t') && rule) {
        rule.recipe.push({ line, text: whole.slice(1) });
        continue;
      }
      const flat = whole.replace(/\\\n\s*/g, ' ');
      const plain = (flat.startsWith('#') ? '' : flat.replace(/([^\\])#[^]*/, '$1')).trim();
      if (!plain) continue;
      if (/^(?:ifeq|ifneq|ifdef|ifndef)\b/.test(plain)) conditional++;
      else if (/^endif\b/.test(plain)) conditional = Math.max(0, conditional - 1);
      else if (/^define\s/.test(plain)) {
        const body: string[] = [];
        while (at + 1 < lines.length && !/^\s*endef\b/.test(lines[at + 1] ?? ''))
          body.push(lines[++at] ?? '');
        at++;
        this.#assign(words(plain)[1] ?? '', '=', body.join('\n'), conditional > 0);
      } else if (!/^(?:else|-?include|sinclude|vpath|unexport|undefine)\b/.test(plain))
        rule = this.#statement(plain, line, conditional > 0) ?? rule;
    }
  }

  /** An assignment or a rule; gives the rule that recipes behind it belong to. */
  #statement(written: string, line: number, conditional: boolean): Rule | undefined {
    const text = written.replace(/^(?:(?:export|override|private)\s+)+/, '');
    const set = assignment.exec(text);
    if (set) {
      this.#assign(set[1] ?? '', set[2] ?? '', set[3] ?? '', conditional);
      return undefined;
    }
    const match = /^([^:=]+)::?(?!=)(.*)$/.exec(text);
    if (!match) return undefined;
    const [, names = '', rest = ''] = match;
    const own = assignment.exec(rest.trim().replace(/^(?:(?:export|override|private)\s+)+/, ''));
    if (own) {
      this.#assign(own[1] ?? '', own[2] ?? '', own[3] ?? '', true);
      return undefined;
    }
    const semicolon = rest.indexOf(';');
    const rule: Rule = {
      targets: this.expanded(names, {}).flatMap(words),
      needs: (semicolon < 0 ? rest : rest.slice(0, semicolon)).replace('|', ' '),
      recipe: semicolon < 0 ? [] : [{ line, text: rest.slice(semicolon + 1) }],
    };
    this.#rules.push(rule);
    return rule;
  }

  #assign(name: string, operator: string, value: string, conditional: boolean): void {
    const before = this.#variables.get(name) ?? [];
    const written = operator === '!=' ? `$(shell ${value})` : value;
    if (operator === '?=' && before.length) return;
    // What it refers to by then is what counts; a reference to itself would have no end.
    const now = operator.startsWith(':') || operator === '+=' ? this.expanded(written, {}, true) : [written];
    const values =
      operator === '+='
        ? (before.length ? before : ['']).flatMap(it => now.map(more => `${it} ${more}`.trim()))
        : conditional
          ? [...before, ...now]
          : now;
    this.#variables.set(name, few(values));
  }

  goal(): string | undefined {
    const chosen = this.#variables.get('.DEFAULT_GOAL')?.[0];
    return (
      chosen ?? this.#rules.flatMap(it => it.targets).find(it => !it.startsWith('.') && !it.includes('%'))
    );
  }

  has(name: string): boolean {
    return this.rulesFor(name).length > 0;
  }

  rulesFor(name: string): readonly { readonly rule: Rule; readonly stem?: string }[] {
    const own = this.#rules.filter(it => it.targets.includes(name)).map(rule => ({ rule }));
    if (own.some(it => it.rule.recipe.length)) return own;
    for (const rule of this.#rules)
      for (const pattern of rule.targets) {
        const percent = pattern.indexOf('%');
        if (percent < 0 || pattern === '%') continue;
        const [before, after] = [pattern.slice(0, percent), pattern.slice(percent + 1)];
        if (name.length > pattern.length - 1 && name.startsWith(before) && name.endsWith(after))
          return [...own, { rule, stem: name.slice(before.length, name.length - after.length) }];
      }
    return own;
  }

  /** What make turns a text into: several where a variable may be one of several. `kept` leaves `$$` for later. */
  expanded(text: string, automatic: Values, kept = false, depth = 0): readonly string[] {
    let all: readonly string[] = [''];
    const add = (pieces: readonly string[]) => {
      all = few(all.flatMap(it => pieces.map(piece => it + piece)));
    };
    for (let at = 0; at < text.length;) {
      const dollar = text.indexOf('$', at);
      add([text.slice(at, dollar < 0 ? undefined : dollar)]);
      if (dollar < 0 || dollar === text.length - 1) break;
      const next = text[dollar + 1] as string;
      if (next === '$') {
        add([kept ? '$$' : '$']);
        at = dollar + 2;
      } else if (next === '(' || next === '{') {
        const end = closing(text, dollar + 1);
        add(this.#reference(text.slice(dollar + 2, end), automatic, depth + 1));
        at = end + 1;
      } else {
        add(this.#value(next, automatic, depth + 1));
        at = dollar + 2;
      }
    }
    return all;
  }

  #reference(inner: string, automatic: Values, depth: number): readonly string[] {
    if (depth > deepest || this.#left-- <= 0) return [unknown];
    const called = /^([a-z-]+)\s+([^]*)$/.exec(inner);
    if (!called) return this.#value(inner, automatic, depth);
    const [, name = '', argument = ''] = called;
    const one = (it: string) => this.expanded(it.trim(), automatic, false, depth);
    switch (name) {
      case 'shell':
        return one(argument).map(it => `$(${it})`);
      case 'strip':
      case 'wildcard':
      case 'abspath':
      case 'realpath':
      case 'sort':
        return one(argument);
      case 'info':
      case 'warning':
      case 'error':
      case 'eval':
        return [''];
      case 'call': {
        const [callee = '', ...given] = argument.split(',');
        const values = given.map((it, index) => [String(index + 1), one(it)[0] ?? ''] as const);
        return this.#value(callee.trim(), { ...automatic, ...Object.fromEntries(values) }, depth);
      }
      case 'if':
      case 'or':
        return few(
          argument
            .split(',')
            .slice(name === 'if' ? 1 : 0)
            .flatMap(one),
        );
      default:
        return [unknown];
    }
  }

  #value(name: string, automatic: Values, depth: number): readonly string[] {
    const own = of(this.#fixed, name) ?? of(automatic, name);
    if (own !== undefined) return [own];
    const part = /^([@<^*])([DF])$/.exec(name);
    const whole = part && of(automatic, part[1] ?? '');
    if (whole) return [part[2] === 'D' ? dirname(whole) : basename(whole)];
    const values = this.#variables.get(name);
    if (values && (depth > deepest || this.#left-- <= 0)) return [unknown];
    if (values) return few(values.flatMap(it => this.expanded(it, automatic, false, depth + 1)));
    const usual = of(builtIn, name);
    if (usual !== undefined) return [usual];
    // A variable of the environment, or of a file that we do not see: the shell's reader says that it is not known.
    return empty.has(name) ? [''] : [/^[A-Za-z_]\w*$/.test(name) ? `\${${name}}` : unknown];
  }
}

const assignment = /^([\w.%/-]+)\s*(:{1,3}=|\?=|\+=|!=|=)\s*([^]*)$/;

/** Each once, and not too many: what is left out is something that is not known. */
function few(texts: readonly string[]): readonly string[] {
  const all = [...new Set(texts.map(it => (it.length > longest ? unknown : it)))];
  return all.length > mostChoices ? [...all.slice(0, mostChoices - 1), unknown] : all;
}

function closing(text: string, open: number): number {
  const [opens, closes] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opens) depth++;
    if (text[at] === closes && --depth === 0) return at;
  }
  return text.length;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

function of(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
