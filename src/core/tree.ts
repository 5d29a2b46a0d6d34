import { summary } from './entry.ts';
import type { Met } from './met.ts';
import type { Decision, Effect, Facts, Finding, Loss, PathFact, Span } from './model.ts';
import { borrowedIn, factOf, reachedBy, shownBy } from './rule.ts';

/** The whole of an understanding as text: the words with what is minded underlined, then commands, effects, facts, findings. */
export function treeOf(
  text: string,
  met: readonly Met[],
  effects: readonly Effect[],
  decision: Decision,
): string {
  const roots = nested(met);
  const shown = new Set(met.flatMap(it => it.effects.map(keyOf)));
  const rest = effects.filter(effect => !shown.has(keyOf(effect)));
  const branches = [
    ...roots.map(root => branchOf(root, decision)),
    ...rest.map(effect => effectBranch(effect, decision)),
  ];
  return [underlined(text, decision), '', ...drawn(branches), '', `Verdict: ${decision.verdict}`, ''].join(
    '\n',
  );
}

interface Node {
  readonly met: Met;
  readonly inner: readonly Node[];
}

/** Commands come after those that stand inside them. */
function nested(met: readonly Met[]): readonly Node[] {
  let open: Node[] = [];
  for (const it of met) {
    const inner = open.filter(({ met: { depth } }) => depth > it.depth);
    open = [...open.filter(({ met: { depth } }) => depth <= it.depth), { met: it, inner }];
  }
  return open;
}

interface Branch {
  readonly lines: readonly string[];
  readonly branches: readonly Branch[];
}

function branchOf({ met, inner }: Node, decision: Decision): Branch {
  const below = new Set(inner.flatMap(effectsIn).map(keyOf));
  const own = met.effects.filter(effect => !below.has(keyOf(effect)));
  const where = met.source ? `   (${met.source.file}:${met.source.line})` : '';
  return {
    lines: [`${brief(met.text) || 'a redirection'}${where}`],
    branches: [...inner.map(it => branchOf(it, decision)), ...own.map(it => effectBranch(it, decision))],
  };
}

function effectsIn({ met, inner }: Node): readonly Effect[] {
  return [...met.effects, ...inner.flatMap(effectsIn)];
}

function effectBranch(effect: Effect, decision: Decision): Branch {
  const key = keyOf(effect);
  const findings = decision.findings.filter(it => keyOf(it.effect) === key);
  const facts = factsOf(effect, decision.facts);
  return {
    lines: [`→ ${summary(effect)}`],
    branches: [
      ...(facts.length ? [{ lines: [`fact: ${facts.join('; ')}`], branches: [] }] : []),
      ...distinct(findings.map(findingText)).map(line => ({ lines: [line], branches: [] })),
    ],
  };
}

function findingText({ rule, verdict, typed, because }: Finding): string {
  return `${verdict}${typed === undefined ? '' : `, and \`${typed}\` is typed`}: ${because} (${rule})`;
}

/** What an effect is, wherever it stands and whatever it was found to follow. */
function keyOf(effect: Effect): string {
  const { at: _at, source: _source, ...rest } = effect;
  return JSON.stringify({ ...rest, stirred: undefined });
}

function factsOf(effect: Effect, facts: Facts): readonly string[] {
  const reached = reachedBy(effect, facts);
  const path = 'path' in effect && effect.path !== undefined ? facts.paths.get(effect.path) : undefined;
  const credential =
    effect.does === 'carry' && effect.credential.value !== undefined
      ? facts.credentials.get(effect.credential.value)
      : undefined;
  const holds = effect.does === 'read' ? facts.contents.get(effect.path) : undefined;
  const shows = effect.does === 'search' ? shownBy(effect, facts).shows : [];
  return [
    ...(path ? placed(path, effect, facts) : []),
    ...(holds ? [`${holds.holds} stands in it, line ${holds.line}`] : []),
    ...(shows.length ? [`it would show lines of ${shows.join(', ')}`] : []),
    ...(credential ? [`the credential stands in ${credential.file}, line ${credential.line}`] : []),
    ...(effect.does === 'mention'
      ? borrowedIn(effect, facts).map(
          ({ file, line, kind }) => `${kind ?? 'a credential'} of ${file}, line ${line}`,
        )
      : []),
    ...(reached && effect.does !== 'publish' && effect.does !== 'send'
      ? [
          Object.entries(reached.reach)
            .map(([part, value]) => `${part} ${value}`)
            .join(', ') || 'nothing says where it goes',
          ...(reached.environment !== undefined ? [`environment ${reached.environment}`] : []),
          reached.production
            ? 'production'
            : reached.local
              ? 'on this machine or its network'
              : 'not known to be local',
          ...(reached.from === undefined ? [] : [`says ${reached.from}`]),
        ]
      : []),
  ].filter(Boolean);
}

function placed(fact: PathFact, effect: Effect, facts: Facts): readonly string[] {
  const loss = effect.does === 'delete' ? factOf(effect.path, facts).loss : undefined;
  return [
    `${fact.exists ? (fact.folder ? 'a folder' : 'a file') : 'not there'}, ${placeNames[fact.place]}`,
    ...(fact.hidden === undefined ? [] : [`hidden: ${fact.hidden}`]),
    ...(fact.guarded === undefined ? [] : [`Chaperone's own: ${fact.guarded}`]),
    ...(loss && loss.files > 0 ? [lossText(loss)] : []),
  ];
}

const placeNames: Readonly<Record<PathFact['place'], string>> = {
  root: 'a root',
  system: 'of the system',
  device: 'a device',
  home: 'in the home folder',
  outside: 'outside of the workspace',
  temp: 'temporary',
  workspace: 'the workspace itself',
  inside: 'in the workspace',
  rebuilt: 'what a build makes again',
  repository: 'the history of the repository',
};

function lossText({ files, bytes, unsaved, atLeast }: Loss): string {
  const kept = unsaved === undefined ? 'no git to bring them back' : `${unsaved} of them not in git`;
  return `${atLeast ? 'at least ' : ''}${files} files, ${bytes} bytes, ${kept}`;
}

/** The text, each line of it with marks below what a finding stands in. */
function underlined(text: string, { findings }: Decision): string {
  const spans = findings
    .map(({ effect }) => effect)
    .filter(it => !it.source)
    .map(it => it.at);
  let from = 0;
  return text
    .slice(0, longestShown)
    .split('\n')
    .flatMap(line => {
      const marks = marked(line, from, spans);
      from += line.length + 1;
      return marks ? [line, marks] : [line];
    })
    .join('\n');
}

function marked(line: string, from: number, spans: readonly Span[]): string {
  const marks = Array.from(line, () => ' ');
  for (const [begin, end] of spans) {
    const last = Math.min(end - from, line.length);
    for (let index = Math.max(begin - from, 0); index < last; index++) marks[index] = '~';
  }
  return marks.join('').trimEnd();
}

const longestShown = 8_192;
const longestCommand = 160;

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestCommand ? `${line.slice(0, longestCommand)}…` : line;
}

function drawn(branches: readonly Branch[]): readonly string[] {
  return branches.flatMap(({ lines, branches: inner }, index) => {
    const last = index === branches.length - 1;
    const below = drawn(inner);
    return [
      ...lines.map(
        (line, number) => `${number === 0 ? (last ? '└─ ' : '├─ ') : last ? '   ' : '│  '}${line}`,
      ),
      ...below.map(line => `${last ? '   ' : '│  '}${line}`),
    ];
  });
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
