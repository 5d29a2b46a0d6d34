import { parse } from 'graphql/language/parser.js';
import { resourceOf, takesAway, wordsOf } from './resources.ts';
import type { Resource } from './model.ts';

/** The fields of a document's mutations: what GraphQL is asked to change. */
export type Mutations =
  | { readonly read: true; readonly fields: readonly { readonly name: string; readonly subject?: string }[] }
  | { readonly read: false; readonly why: string };

const longest = 65_536;

/** Reads a GraphQL document as GraphQL. A document that only queries has no fields. */
export function mutations(text: string): Mutations {
  if (text.length > longest) return { read: false, why: 'a GraphQL document too long to read' };
  try {
    const { definitions } = parse(text, { maxTokens: 10_000, noLocation: true });
    const fields = definitions.flatMap(definition =>
      definition.kind === 'OperationDefinition' && definition.operation === 'mutation'
        ? definition.selectionSet.selections
        : [],
    );
    return {
      read: true,
      fields: fields.map(field =>
        field.kind === 'Field'
          ? { name: field.name.value, ...subjectOf(field.arguments ?? []) }
          : { name: 'fragment' },
      ),
    };
  } catch {
    return { read: false, why: 'a GraphQL document that does not parse' };
  }
}

/** What a mutation's field destroys; `undefined` where its name takes nothing away. */
export function destroyedBy(field: string): Resource | undefined {
  const words = wordsOf(field);
  return takesAway(words) ? resourceOf(words) : undefined;
}

interface Argument {
  readonly name: { readonly value: string };
  readonly value: { readonly kind: string; readonly value?: unknown };
}

/** The argument that names the thing: the first identifier given as plain text. */
function subjectOf(given: readonly Argument[]): { readonly subject?: string } {
  const named = given.find(
    ({ name, value }) => /id$|name$/i.test(name.value) && value.kind === 'StringValue',
  );
  return typeof named?.value.value === 'string' ? { subject: named.value.value } : {};
}
