import type {
  Attempt,
  CredentialFact,
  Decision,
  Effect,
  Facts,
  Finding,
  Loss,
  Lost,
  Resource,
  Ruling,
  Variable,
} from './model.ts';
import { described } from './envFile.ts';
import { withoutValues, withoutWholeValues } from './mask.ts';
import { ratingWords } from './rating.ts';
import { borrowedIn, factOf, reachedBy, shownBy } from './rule.ts';
import { textOf } from './text.ts';
import { readMasked, runWith } from './ways.ts';

/** The first line of a question: who wants to do what to which thing. */
export function headline(attempt: Attempt, decision: Decision): string {
  const { subject } = attempt;
  const [first, ...others] = distinct(
    decision.findings.map(finding =>
      withoutValues(wish(finding.effect, decision.facts, subject.cwd), attempt, decision),
    ),
  );
  if (!first) return `${subject.name} wants to go on`;
  const more =
    others.length === 1
      ? `, and to ${others[0]}`
      : others.length > 1
        ? `, and ${others.length} more things`
        : '';
  return `${subject.name} wants to ${first}${more}`;
}

/**
 * The rest of a question: the words themselves with the dangerous part apart, each reason once, and what *no* does.
 * Every line of the agent's own text stands behind a bar, so that none of it can pass for ours.
 */
export function details(attempt: Attempt, decision: Decision): string {
  const { action, subject } = attempt;
  const text = textOf(action);
  const parts = dangerous(text, decision);
  const shown = (it: string) => barred(withoutValues(it, attempt, decision));
  return [
    shown(text),
    ...(parts.length && parts.join(' ') !== text ? ['', 'The dangerous part:', ...parts.map(shown)] : []),
    '',
    ...distinct(decision.findings.map(finding => reason(finding, decision.facts))),
    '',
    `In ${subject.cwd}`,
    `Deny: nothing happens, and ${subject.name} is told why.`,
  ].join('\n');
}

/** What an attempt says, as a person may be shown it. */
export function shownText(attempt: Attempt, decision: Decision): string {
  return withoutValues(textOf(attempt.action), attempt, decision);
}

/** The longest text a question shows of an attempt, in characters and in lines. */
const longest = 1_200;
const mostLines = 12;

function barred(text: string): string {
  const lines = text.slice(0, longest).trim().split('\n');
  const shown = lines.slice(0, mostLines).map(line => `│ ${line}`);
  const left = text.length > longest || lines.length > mostLines;
  return [...shown, ...(left ? [`… ${number(text.length)} characters in all`] : [])].join('\n');
}

/** The names a person types before this may happen; none where a plain yes is enough. */
export function typedNames({ findings }: Decision): readonly string[] {
  return distinct(findings.flatMap(it => (it.verdict === 'ask' && it.typed !== undefined ? it.typed : [])));
}

/** A finding in one line, for trees and lists. */
export function title({ title: words, effect }: Finding): string {
  return effect.source ? `${words} (${effect.source.file}:${effect.source.line})` : words;
}

/**
 * Why, for the agent: what was refused, the reason, and what to do instead of looking for a way round. Where it shows its
 * model no more than `most` characters, the beginning and the end.
 */
export function forAgent({ decision, by, note }: Ruling, most = Infinity): string {
  const [first] = decision.findings;
  if (!first) return 'Chaperone refused this.';
  const minded = decision.findings.filter(it => it.verdict === first.verdict);
  const reasons = distinct(
    minded.map(it => {
      const instead = wayOn(it, decision.facts);
      return `${it.title}: ${it.because}${instead ? ` Instead: ${instead}` : ''}`;
    }),
  );
  const words = [
    `${opening} ${reasons.join(' ')}`,
    ...traced(minded, decision),
    ...held(minded, decision),
    ...showing(minded, decision),
  ];
  const [why, end] = [words.join(' '), ending[by](note)].map(it => withoutWholeValues(it, decision));
  return fitting(why ?? '', end ?? '', most);
}

function fitting(why: string, end: string, most: number): string {
  const whole = [why, end].filter(Boolean).join(' ');
  if (whole.length <= most) return whole;
  const room = why.slice(0, Math.max(0, most - end.length - 2));
  const stop = room.lastIndexOf('. ');
  return `${stop > opening.length ? room.slice(0, stop + 1) : `${room}…`} ${end}`;
}

const opening = 'Chaperone stopped this.';

/** What fits the file that is hidden comes before what fits any. */
function wayOn({ effect, instead }: Finding, facts: Facts): string | undefined {
  const path = effect.does === 'read' || effect.does === 'move' ? effect.path : undefined;
  if (path === undefined) return instead;
  return factOf(path, facts).instead ?? facts.contents.get(path)?.instead ?? instead;
}

/** In which files the credentials were found that were minded, and how to use one without seeing it. */
function traced(minded: readonly Finding[], { facts, program = 'chaperone' }: Decision): readonly string[] {
  const mentioned = minded.filter(({ effect }) => effect.does === 'mention' || effect.does === 'carry');
  const found = mentioned.flatMap(it => foundAt(it.effect, facts));
  const named = found.find(it => it.name !== undefined);
  return [
    ...distinct(found.map(foundText)),
    ...(named?.name === undefined
      ? []
      : [`To run something with it, unseen: ${runWith(named.name, named.file, program)}.`]),
  ];
}

/** Which hidden files a search would show: what stands in one can hide it, and its name then does not tell. */
function showing(minded: readonly Finding[], { facts }: Decision): readonly string[] {
  const files = distinct(
    minded.flatMap(({ effect }) =>
      effect.does === 'search' ? shownBy(effect, facts).shows.filter(it => it !== effect.path) : [],
    ),
  );
  if (!files.length) return [];
  const more = files.length > mostFound ? ` and ${files.length - mostFound} more` : '';
  return [`It would show ${files.slice(0, mostFound).join(', ')}${more}.`];
}

/** What the hidden files that were minded hold, by name, and how to use it without seeing it. */
function held(minded: readonly Finding[], { facts, program = 'chaperone' }: Decision): readonly string[] {
  const files = distinct(minded.flatMap(({ effect }) => hiddenFiles(effect, facts)));
  const known = files.flatMap(path => {
    const variables = factOf(path, facts).variables ?? [];
    return variables.length ? [{ path, variables }] : [];
  });
  const [example] = known;
  if (!example) return [];
  const used = example.variables.find(it => !isPlain(it)) ?? example.variables[0];
  return [
    ...known.slice(0, mostFiles).map(it => `${it.path} holds ${listed(it.variables)}.`),
    `To run something with them: ${runWith(used?.name ?? '', example.path, program)}.`,
    `To see their names again: ${readMasked(example.path, program)}.`,
  ];
}

function hiddenFiles(effect: Effect, facts: Facts): readonly string[] {
  if (effect.does === 'read' || effect.does === 'move') return [effect.path];
  return effect.does === 'search' ? [effect.path, ...shownBy(effect, facts).shows] : [];
}

/** Of the files and names that an agent is told. */
const mostFiles = 3;
const mostNames = 40;

function listed(variables: readonly Variable[]): string {
  const named = variables.slice(0, mostNames).map(variable => described(variable));
  const more = variables.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isPlain({ kind }: Variable): boolean {
  return /^(?:number|true or false|text|empty|URL)$/.test(kind);
}

const ending: Readonly<Record<Ruling['by'], (note?: string) => string>> = {
  policy: () =>
    'Do not try another way to the same end, and do not look for other credentials: tell the person what you need.',
  person: () => 'The person said no. Do not try another way to the same end: ask what they want.',
  grant: () => '',
  nobody: note =>
    `Nobody said yes${note ? ` (${note})` : ''}. Ask the person before you try again; do not look for another way.`,
};

/** The pieces of the text that effects stand in, without those that are the whole text. */
export function dangerous(text: string, decision: Decision): readonly string[] {
  const spans = decision.findings
    .map(({ effect }) => effect.at)
    .filter(([from, to]) => to > from && to - from < text.length);
  return distinct(spans.sort(([a], [b]) => a - b).map(([from, to]) => text.slice(from, to).trim()))
    .filter(Boolean)
    .slice(0, 6);
}

function reason(finding: Finding, facts: Facts): string {
  const { because, instead, effect, rule } = finding;
  return [
    `• ${because} (${rule})`,
    ...(effect.source ? [`  It stands in ${effect.source.file}, line ${effect.source.line}.`] : []),
    ...foundAt(effect, facts).map(it => `  ${foundText(it)}`),
    ...(instead ? [`  If you deny, it hears: ${instead}`] : []),
  ].join('\n');
}

/** The credentials in files that an effect is about. */
function foundAt(effect: Effect, facts: Facts): readonly CredentialFact[] {
  if (effect.does === 'read') return [facts.contents.get(effect.path) ?? []].flat();
  if (effect.does === 'carry') return [facts.credentials.get(effect.credential.value ?? '') ?? []].flat();
  return effect.does === 'mention' ? borrowedIn(effect, facts).slice(0, mostFound) : [];
}

const mostFound = 5;

/** Where it was found, what it is and what it could do. Never the value. */
function foundText({ file, line, name, kind, rating }: CredentialFact): string {
  const what = [...(kind === undefined ? [] : [kind]), ...(rating ? [ratingWords(rating)] : [])].join(': ');
  return `The credential was found in ${file}, line ${line}${name === undefined ? '' : `, as ${name}`}${what && ` (${what})`}.`;
}

/** What an effect would do, behind "wants to". */
export function wish(effect: Effect, facts: Facts, cwd: string): string {
  const near = (path: string) => nearby(path, cwd);
  switch (effect.does) {
    case 'read':
      return `read ${near(effect.path)}`;
    case 'list':
      return `list ${near(effect.path)}`;
    case 'search': {
      const { shows } = shownBy(effect, facts);
      return shows.length ? `search ${shows.map(near).join(', ')}` : `search ${near(effect.path)}`;
    }
    case 'write':
      return `${effect.how === 'empty' ? 'overwrite' : 'change'} ${near(effect.path)}`;
    case 'delete':
      return `delete ${lost(factOf(effect.path, facts).loss)}${near(effect.path)}${counted(factOf(effect.path, facts).loss)}`;
    case 'move':
      return `move ${near(effect.path)} to ${near(effect.to)}`;
    case 'permit':
      return `change who may use ${near(effect.path)}`;
    case 'discard':
      return `${discarding[effect.what]}${effect.name ? ` ${effect.name}` : ''}`;
    case 'publish':
      return publishing(effect);
    case 'destroy':
      return `${taking(effect.what, effect.all, effect.name)}${where(effect, facts)}`;
    case 'change':
      return `change ${changing(effect.what, effect.name)}${where(effect, facts)}`;
    case 'interrupt':
      return `stop or restart ${effect.all ? 'every' : 'the'} ${effect.what}${effect.name ? ` ${effect.name}` : ''}${where(effect, facts)}`;
    case 'send':
    case 'fetch':
      return `${effect.does === 'send' ? 'send something to' : 'fetch something from'} ${effect.reach.host ?? 'a host'}`;
    case 'carry':
      return `use a credential (${effect.credential.kind}) with ${effect.reach.host ?? 'a service'}`;
    case 'mention':
      return mentioning(effect, facts, near);
    case 'inject':
      return `use the secret ${effect.name}${effect.from && ` from ${near(effect.from)}`}, without seeing it`;
    case 'seek':
      return `look for ${effect.what}`;
    case 'reveal':
      return `show ${effect.what}`;
    case 'run':
      return effect.origin === 'download'
        ? `run what ${effect.program} reads from the network`
        : `run ${effect.program}`;
    case 'call':
      return `use the tool ${effect.tool}`;
    case 'command':
      return `run the editor command ${effect.id}`;
    case 'tamper':
      return `${effect.another ? 'pass' : 'change'} ${effect.what}`;
    case 'follow':
      return 'run another script';
    case 'unknown':
      return `do something that cannot be read: ${effect.why}`;
  }
}

const discarding: Readonly<Record<Lost, string>> = {
  changes: 'throw away uncommitted changes',
  untracked: 'delete files that git does not track',
  branch: 'delete the branch',
  stash: 'throw away stashed changes',
  reflog: 'delete what git can recover from',
  history: 'rewrite history',
  tag: 'delete the tag',
  worktree: 'delete the worktree',
};

function mentioning(
  effect: Effect & { does: 'mention' },
  facts: Facts,
  near: (path: string) => string,
): string {
  const [known] = borrowedIn(effect, facts);
  const exposed = facts.mentions.get(effect.text)?.exposes?.kind;
  const what = known
    ? `${known.name ?? `the ${known.kind ?? 'credential'}`} of ${near(known.file)}`
    : exposed === undefined
      ? 'a credential'
      : `what looks like a credential (${exposed})`;
  switch (effect.to) {
    case 'away':
      return `send ${what} away`;
    case 'kept':
      return `write ${what}${effect.path === undefined ? ' down' : ` into ${near(effect.path)}`}`;
    case 'used':
      return `use ${what}`;
  }
}

function taking(what: Resource, all: boolean, name: string | undefined): string {
  if (what === 'rows')
    return all
      ? `change or delete all rows${name ? ` of ${name}` : ''}`
      : `delete rows${name ? ` of ${name}` : ''}`;
  if (what === 'access') return `take away or hand out access${name ? ` (${name})` : ''}`;
  if (what === 'protection') return `switch off a protection${name ? ` of ${name}` : ''}`;
  return `delete ${all && !name ? 'every' : 'the'} ${what}${name ? ` ${name}` : ''}`;
}

function changing(what: Resource, name: string | undefined): string {
  return what === 'rows' || what === 'access'
    ? `${what}${name ? ` of ${name}` : ''}`
    : `the ${what}${name ? ` ${name}` : ''}`;
}

function publishing({ what, force, name }: Effect & { does: 'publish' }): string {
  switch (what) {
    case 'commits':
      return `${force === 'no' ? '' : 'force-'}publish commits${name ? ` to ${name}` : ''}`;
    case 'package':
      return 'publish a package';
    case 'release':
      return `put a new release in place${name ? ` (${name})` : ''}`;
    case 'files':
      return `put files where others can read them${name ? ` (${name})` : ''}`;
  }
}

/** Which service, where, in which environment, and which file or variable said so. */
function where(effect: Effect & { does: 'destroy' | 'change' | 'interrupt' }, facts: Facts): string {
  const { service, name } = effect;
  const fact = reachedBy(effect, facts);
  const { variable, ...reach } = fact?.reach ?? {};
  const place = [...new Set(Object.values(reach))].filter(it => it && it !== name).join(', ');
  const environment = fact?.environment ?? (fact?.production ? 'production' : undefined);
  const unknown = variable ? `wherever ${variable} leads` : undefined;
  const parts = [place || unknown, environment, fact?.from && `by ${fact.from}`].filter(Boolean).join(', ');
  return parts ? ` (${service}: ${parts})` : ` (${service})`;
}

function lost(loss: Loss | undefined): string {
  if (!loss || loss.files < 2) return '';
  return `${loss.atLeast ? 'at least ' : ''}${number(loss.files)} files in `;
}

function counted(loss: Loss | undefined): string {
  if (!loss || loss.files === 0) return '';
  const parts = [
    bytes(loss.bytes),
    ...(loss.unsaved === undefined
      ? []
      : [loss.unsaved ? `${number(loss.unsaved)} not in git` : 'all in git']),
  ];
  return ` (${parts.join(', ')})`;
}

function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

function nearby(path: string, cwd: string): string {
  return path === cwd ? 'this folder' : path.startsWith(`${cwd}/`) ? `./${path.slice(cwd.length + 1)}` : path;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
