import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from 'graphql/language/ast.js';
import { parse } from 'graphql/language/parser.js';
import type { Resource } from './model.ts';
import { resourceOf, takesAway, wordsOf } from './resources.ts';

/** The fields of a document's mutations: what GraphQL is asked to change. */
export type Mutations =
  { readonly read: true; readonly fields: readonly Field[] } | { readonly read: false; readonly why: string };

export interface Field {
  readonly name: string;
  /** What it names, where one of its arguments plainly does. */
  readonly subject?: string;
  /** What its arguments switch on or off. */
  readonly settings: readonly (readonly [name: string, value: boolean])[];
}

/** What is sent beside the document. */
export interface Sent {
  /** Which of several operations runs; all of them may where none is named. */
  readonly operation?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const longest = 65_536;

/** Reads a GraphQL document as GraphQL. A document that only queries has no fields. */
export function mutations(text: string, { operation, variables = {} }: Sent = {}): Mutations {
  if (text.length > longest) return { read: false, why: 'a GraphQL document too long to read' };
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: 10_000, noLocation: true });
  } catch {
    return { read: false, why: 'a GraphQL document that does not parse' };
  }
  const fragments = new Map(
    document.definitions.flatMap(it =>
      it.kind === 'FragmentDefinition' ? [[it.name.value, it] as const] : [],
    ),
  );
  const operations = document.definitions.flatMap(it => (it.kind === 'OperationDefinition' ? [it] : []));
  const named = operations.filter(it => operation === undefined || it.name?.value === operation);
  const fields = (named.length ? named : operations).flatMap(it =>
    it.operation === 'mutation' ? fieldsOf(it.selectionSet, fragments, 0) : [],
  );
  return { read: true, fields: fields.map(field => described(field, variables)) };
}

/** The fields of a selection, those of its fragments too. */
function fieldsOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  depth: number,
): readonly FieldNode[] {
  if (depth > 8) return [];
  return selections.flatMap((it): readonly FieldNode[] => {
    if (it.kind === 'Field') return [it];
    const set = it.kind === 'InlineFragment' ? it.selectionSet : fragments.get(it.name.value)?.selectionSet;
    return set ? fieldsOf(set, fragments, depth + 1).slice(0, 1_000) : [];
  });
}

function described(
  { name, arguments: given = [] }: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Field {
  return {
    name: name.value,
    ...subjectOf(given, variables),
    settings: given.flatMap(it => settingsIn(it.name.value, it.value, variables, 0)),
  };
}

function settingsIn(
  name: string,
  value: ValueNode,
  variables: Readonly<Record<string, unknown>>,
  depth: number,
): readonly (readonly [string, boolean])[] {
  if (depth > 8) return [];
  if (value.kind === 'BooleanValue') return [[name, value.value]];
  if (value.kind === 'Variable') {
    const given = variables[value.name.value];
    if (typeof given === 'boolean') return [[name, given]];
    return typeof given === 'object' && given !== null
      ? Object.entries(given).flatMap(([key, it]) => (typeof it === 'boolean' ? [[key, it] as const] : []))
      : [];
  }
  return value.kind === 'ObjectValue'
    ? value.fields.flatMap(field => settingsIn(field.name.value, field.value, variables, depth + 1))
    : [];
}

/** Whether a protection is among what is switched off. */
export function unprotected(settings: Field['settings']): boolean {
  return settings.some(([name, value]) => !value && /protect|retention|versioning|backup/i.test(name));
}

/** What a mutation's field destroys; `undefined` where its name takes nothing away. */
export function destroyedBy(field: string): Resource | undefined {
  const words = wordsOf(field);
  return takesAway(words) ? resourceOf(words) : undefined;
}

interface Argument {
  readonly name: { readonly value: string };
  readonly value: ValueNode;
}

/** The argument that names the thing: the first identifier that is a plain text, or a variable that holds one. */
function subjectOf(
  given: readonly Argument[],
  variables: Readonly<Record<string, unknown>>,
): { readonly subject?: string } {
  for (const { name, value } of given.flatMap(inner)) {
    if (!/id$|name$/i.test(name.value)) continue;
    const text =
      value.kind === 'StringValue'
        ? value.value
        : value.kind === 'Variable'
          ? variables[value.name.value]
          : undefined;
    if (typeof text === 'string') return { subject: text };
  }
  return {};
}

/** An argument, and what stands in it: `input: { id: "v-1" }`. */
function inner(argument: Argument): readonly Argument[] {
  return argument.value.kind === 'ObjectValue' ? [argument, ...argument.value.fields] : [argument];
}
