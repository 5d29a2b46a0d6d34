import type { Doing, Resource } from '../model.ts';

/*
 * What a parser's trees say is destroyed: a second opinion beside our own reading. It may add, and never takes away.
 * Shapes by node-sql-parser 5.4, January 2026.
 */

export function treeEffects(trees: readonly unknown[], service: string): readonly Doing[] {
  return trees
    .flatMap(tree => [tree, ...within(tree)])
    .flatMap(tree => (isNode(tree) ? doings(tree, service) : []));
}

interface Node {
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** The statements of a WITH. */
function within(tree: unknown): readonly unknown[] {
  const clauses = isNode(tree) && Array.isArray(tree['with']) ? (tree['with'] as readonly unknown[]) : [];
  return clauses.flatMap(it => (isNode(it) && isNode(it['stmt']) ? [it['stmt'], it['stmt']['ast']] : []));
}

const keywords: Readonly<Record<string, Resource>> = {
  table: 'table',
  schema: 'schema',
  database: 'database',
  user: 'access',
  view: 'code',
  function: 'code',
  procedure: 'code',
  trigger: 'code',
};

function doings(node: Node, service: string): readonly Doing[] {
  switch (node['type']) {
    case 'delete':
      return node['where'] || node['limit']
        ? []
        : destroyed('rows', service, nameOf(node['from'] ?? node['table']), true);
    case 'update':
      return node['where'] || node['limit'] ? [] : destroyed('rows', service, nameOf(node['table']), true);
    case 'truncate':
      return destroyed('rows', service, nameOf(node['name']), true);
    case 'drop':
      return destroyed(keywords[String(node['keyword'])] ?? 'resource', service, nameOf(node['name']), false);
    case 'alter':
      return altered(node, service);
    default:
      return [];
  }
}

function altered(node: Node, service: string): readonly Doing[] {
  const parts: readonly unknown[] = Array.isArray(node['expr']) ? (node['expr'] as readonly unknown[]) : [];
  const isDrop = (it: unknown) => isNode(it) && it['action'] === 'drop' && it['resource'] === 'column';
  return parts.some(isDrop) ? destroyed('column', service, nameOf(node['table']), false) : [];
}

function nameOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  return isNode(first) && typeof first['table'] === 'string' ? first['table'] : undefined;
}

function destroyed(
  what: Resource,
  service: string,
  name: string | undefined,
  all: boolean,
): readonly Doing[] {
  return [{ does: 'destroy', what, service, all, ...(name === undefined ? {} : { name }) }];
}
