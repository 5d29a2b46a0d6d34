import type { Detector } from '../../src/core/detector.ts';
import type { SecretContent, SecretFile } from '../../src/core/hidden.ts';
import type { Example, Rule } from '../../src/core/model.ts';
import { redact } from '../../src/core/redact.ts';
import { rated, ratingWords } from '../../src/core/rating.ts';
import { numbered, type Rotations } from '../../src/core/rotation.ts';
import type { Service, VerbDoes } from '../../src/core/service.ts';
import { detectors } from '../../src/secrets/index.ts';

/** The pages of the manual that are made from the tables: file name → text. */
export function rulesPage(rules: readonly Rule[]): string {
  const families = [...new Set(rules.map(familyOf))];
  return page(
    'Rules',
    'What Chaperone minds, why, and what it offers instead. Each line below is run by the tests: the first kind is stopped, the second is not minded by the rule.',
    families.flatMap(family => [
      `## ${family}`,
      ...rules.filter(rule => familyOf(rule) === family).map(ruleText),
    ]),
  );
}

function familyOf({ id }: Rule): string {
  return id.split('.')[0] ?? id;
}

function ruleText({ id, title, verdict, because, instead, grave, strict, always, examples }: Rule): string {
  const tier = [
    verdict === 'deny' ? 'refused' : 'asked about',
    ...(grave ? ['the name of the thing is typed'] : []),
    ...(strict ? ['in strict mode only'] : []),
    ...(always ? ['in every mode'] : []),
  ].join(', ');
  return [
    `### \`${id}\``,
    `${title}: ${tier}. ${because}${instead ? ` Instead: ${instead}` : ''}`,
    'Stops:',
    codeBlock(examples.catches.map(exampleText)),
    'Leaves:',
    codeBlock(examples.leaves.map(exampleText)),
  ].join('\n\n');
}

/** An invented credential is not written down, for no scanner knows that it is nobody's. */
function exampleText(example: Example): string {
  return redact(asText(example), detectors);
}

function asText(example: Example): string {
  if (typeof example === 'string') return example;
  if (example.kind === 'shell') return `${example.line}   # ${example.dialect}`;
  const { kind, ...rest } = example;
  return `${kind}: ${JSON.stringify(rest)}`;
}

/** The list of the families, each with its services and their programs. */
export function servicesPage(families: Readonly<Record<string, readonly Service[]>>): string {
  return page(
    'Services',
    'Command lines that are understood from a table, a page a family.',
    Object.entries(families).map(([family, services]) =>
      [
        `## [${family}](services/${fileOf(family)})`,
        table(
          ['service', 'programs'],
          byTitle(services).map(({ title, programs }) => [title, programs.map(code).join(', ')]),
        ),
      ].join('\n\n'),
    ),
  );
}

/** The file of a family's page: `Queues and streams` has `queues-and-streams.md`. */
export function fileOf(family: string): string {
  return `${family.toLowerCase().replaceAll(' ', '-')}.md`;
}

function byTitle(services: readonly Service[]): readonly Service[] {
  return services.toSorted((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}

export function familyPage(family: string, services: readonly Service[]): string {
  return page(
    family,
    'Command lines that are understood from a table. What no row has is judged by its words: `volume delete` destroys a volume. The lines below each table are run by the tests.',
    byTitle(services).map(serviceText),
  );
}

function serviceText({ title, programs, verbs, reach, guesses, examples }: Service): string {
  const rows = Object.entries(verbs).flatMap(([path, does]) =>
    [does].flat().map((row: VerbDoes) => [path ? code(path) : '', conditionOf(row), doingOf(row)]),
  );
  return [
    `## ${title}`,
    [
      `Programs: ${programs.map(code).join(', ')}.`,
      ...(reach
        ? [
            `Where it goes: ${Object.entries(reach)
              .map(([part, options]) => `${part} by ${options.split(/\s+/).map(code).join(' or ')}`)
              .join(', ')}.`,
          ]
        : []),
      ...(guesses === false ? ['Only what the table has is minded.'] : []),
    ].join(' '),
    ...(rows.length ? [table(['verbs', 'when', 'what it does'], rows)] : []),
    'Stopped:',
    codeBlock(examples.catches),
    'Left:',
    codeBlock(examples.leaves),
  ].join('\n\n');
}

function conditionOf({ with: some, without, where }: VerbDoes): string {
  return [
    ...(some === undefined ? [] : [`with ${some.split(/\s+/).map(code).join(' or ')}`]),
    ...(without === undefined ? [] : [`without ${without.split(/\s+/).map(code).join(' or ')}`]),
    ...(where ? [`matching ${code(String(where))}`] : []),
  ].join(', ');
}

function doingOf(row: VerbDoes): string {
  const { with: _with, without: _without, where: _where, ...does } = row;
  return Object.entries(does)
    .map(([key, value]) => (value === true ? key : `${key} ${String(value)}`))
    .join(', ');
}

export interface ProgramLine {
  readonly line: string;
  readonly effects: readonly string[];
}

export function programsPage(families: Readonly<Record<string, readonly ProgramLine[]>>): string {
  return page(
    'Programs',
    'What programs are understood to do with their arguments, before anybody minds it. Each line is run by the tests.',
    Object.entries(families).map(([family, lines]) =>
      [
        `## ${family}`,
        table(
          ['line', 'what it does'],
          lines.map(({ line, effects }) => [
            code(line),
            effects.map(code).join(', ') || 'nothing that matters',
          ]),
        ),
      ].join('\n\n'),
    ),
  );
}

/** What is hidden from agents, and what each kind of file is used by instead. */
export function hiddenPage(files: readonly SecretFile[], contents: readonly SecretContent[]): string {
  return page(
    'Hidden files',
    'What agents do not read, by its name, its place or what stands in it, and what they are told to do instead. The setting `chaperone.hidden` adds globs; one with `!` before it is an exception, which also shows a file that is hidden for what stands in it. A file in which a credential stands that opens everything of a live account is hidden too, unless it is a test or explains something. A search is stopped where it would show a line of a hidden file, whichever of them hides it; in files of more than 256 kB nobody looks for what stands in them. In a guarded terminal none of them can be read, as they are found at its start.',
    [
      ...files.map(({ title, globs, except, instead, names }) =>
        [
          `## ${title}`,
          `Instead: ${instead}${names ? ' The names of its variables are told, with what kind of thing each is and how long.' : ''}`,
          globs.map(code).join(', '),
          ...(except.length ? [`But not ${except.map(code).join(', ')}.`] : []),
        ].join('\n\n'),
      ),
      '# By what stands in it',
      table(
        ['kind', 'instead'],
        contents.map(({ title, instead }) => [title, instead]),
      ),
    ],
  );
}

/** The table of detectors: what each finds, whose it is, and how it is rated. */
export function secretsPage(detectors: readonly Detector[], rotations: Rotations): string {
  return page(
    'Secrets',
    'What is recognised as a credential, and what is made of it: whether it is blanket or scoped, live or test, long or short-lived, by what it tells itself. Nobody is asked and nothing is tried. What a credential does not tell counts as the worse. The environment is told by the name it is given to, the host of an address, or the file. How to replace one is on [the page of rotation](rotation.md).',
    [
      table(
        ['detector', 'what', 'provider', 'how it is rated'],
        detectors.map(detector => [
          code(detector.id),
          detector.title,
          rotations[detector.provider]?.name ?? detector.provider,
          detector.rates ?? ratingWords(rated(detector, '', '', '')),
        ]),
      ),
    ],
  );
}

/** How each provider's credentials are replaced. */
export function rotationPage(rotations: Rotations): string {
  return page(
    'Rotation',
    'How a credential is replaced, by provider, as `guard rotate PROVIDER` tells it. One that leaked is revoked first and replaced then. Pages of providers move: what was not checked says so.',
    Object.entries(rotations)
      .toSorted(([, a], [, b]) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
      .map(([provider, rotation]) =>
        [
          `## ${rotation.name}`,
          code(provider),
          numbered(rotation),
          rotation.checked ? `From ${rotation.checked}.` : 'Not checked.',
        ].join('\n\n'),
      ),
  );
}

function page(title: string, about: string, parts: readonly string[]): string {
  return `${[`# ${title}`, '<!-- Made by test/tables/pages.test.ts from the tables: change those. -->', about, ...parts].join('\n\n')}\n`;
}

function code(text: string): string {
  const line = text.replaceAll('\n', '⏎');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

function codeBlock(lines: readonly string[]): string {
  return ['```text', ...lines, '```'].join('\n');
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
