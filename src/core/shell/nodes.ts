import type { Command, Redirect } from '../program.ts';
import { forEachChild } from './parse.ts';
import type * as Tree from './parse.ts';

/*
 * What the shape of a tree says, once its commands have been walked.
 */

/** What each node of the tree has last come to. */
type Done = Pick<WeakMap<Tree.Command, Command>, 'get'>;

/** The commands that print what a node prints, where all of them are plain ones. */
export function printing(node: Tree.PipelineNode | Tree.AndOr, done: Done): readonly Command[] | undefined {
  switch (node.type) {
    case 'Command': {
      const command = done.get(node);
      return command && !command.redirects.some(toFile) ? [command] : undefined;
    }
    case 'Pipeline': {
      const last = node.commands.at(-1);
      return last && printing(last, done);
    }
    case 'AndOr':
      return node.operators.every(operator => operator === '&&')
        ? printingAll(node.commands, done)
        : undefined;
    case 'Subshell':
    case 'BraceGroup':
      return printingAll(
        node.body.commands.map(it => it.command),
        done,
      );
    default:
      return undefined;
  }
}

/** The same of several, one after the other. */
export function printingAll(
  nodes: readonly (Tree.PipelineNode | Tree.AndOr)[],
  done: Done,
): readonly Command[] | undefined {
  if (nodes.length > mostPrinting) return undefined;
  const all = nodes.map(node => printing(node, done));
  return all.every(it => it !== undefined) ? all.flat() : undefined;
}

const mostPrinting = 16;

/** Whether a function calls itself in a pipe or in the background: it fills the machine. */
export function startsItself(body: Tree.SyntaxNode, name: string, apart = false): boolean {
  if (body.type === 'Command') return apart && body.name?.value === name;
  if (body.type === 'Function') return false;
  let found = false;
  forEachChild(body, child => {
    const alone = body.type === 'Pipeline' && body.commands.length > 1;
    const behind = 'background' in child && child.background === true;
    found ||= startsItself(child, name, apart || alone || behind);
  });
  return found;
}

function toFile({ operator, descriptor = 1 }: Redirect): boolean {
  return operator.includes('>') && (descriptor === 1 || operator.startsWith('&'));
}
