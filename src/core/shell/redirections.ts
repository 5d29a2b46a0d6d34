import type { Span } from '../model.ts';
import type { Input, Redirect } from '../program.ts';
import type * as Tree from './parse.ts';
import { joinWord, type Scope } from './words.ts';

export interface Redirections {
  readonly redirects: readonly Redirect[];
  /** What they feed to the standard input: the last one counts. */
  readonly input?: Input;
}

/** The files that redirections name, and what they feed. `unended` hears of a here-document without an end. */
export function redirections(
  nodes: readonly Tree.Redirection[],
  scope: Scope,
  unended: (at: Span) => void,
): Redirections {
  const redirects: Redirect[] = [];
  let input: Input | undefined;
  for (const node of nodes) {
    const number = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
    const feeds = !node.descriptor || number === 0;
    const at = scope.place(node.pos, node.end);
    if (node.type === 'HereDoc') {
      if (!node.closing) unended(at);
      const text = hereDocument(node, scope, at);
      if (feeds) input = text;
      continue;
    }
    if (!node.target) continue;
    const { word } = joinWord(node.target, scope);
    if (node.type === 'HereString') {
      if (feeds) input = { from: 'text', text: `${word.text}\n`, known: word.known, at };
      continue;
    }
    // `2>&1` and `>&-` name a descriptor, not a file.
    if (node.operator.endsWith('&') && /^(?:\d+-?|-)$/.test(node.target.value)) continue;
    redirects.push({
      operator: node.operator,
      target: word,
      ...(number !== undefined && { descriptor: number }),
    });
    if (feeds && (node.operator === '<' || node.operator === '<>')) input = { from: 'file', path: word };
  }
  return { redirects, ...(input && { input }) };
}

function hereDocument({ body }: Tree.HereDoc, scope: Scope, at: Span): Input {
  const { text, parts, pos, end } = body;
  const joined = parts ? joinWord({ type: 'Word', text, value: text, parts, pos, end }, scope) : undefined;
  return { from: 'text', text: joined?.options[0] ?? text, known: joined?.known ?? true, at };
}
