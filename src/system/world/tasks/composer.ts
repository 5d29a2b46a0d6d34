import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { Sheet } from './sheet.ts';

const mostScripts = 64;

/** The commands of a script in a composer.json; calls of PHP in it are left out. */
export function composerScript(text: string, name: string, folder: string): Sheet | undefined {
  const tree = parseTree(text);
  const table = tree && findNodeAtLocation(tree, ['scripts']);
  const find = (script: string) =>
    table?.children?.find(property => property.children?.[0]?.value === script)?.children?.[1];
  if (!find(name)) return undefined;
  const sheet = new Sheet(folder);
  const met = new Set<string>();
  const follow = (script: string) => {
    if (met.has(script)) return;
    if (met.size >= mostScripts) return sheet.overflow();
    met.add(script);
    const node = find(script);
    for (const it of node?.type === 'array' ? (node.children ?? []) : [node]) put(it);
  };
  const put = (node: Node | undefined) => {
    if (typeof node?.value !== 'string') return;
    const line = text.slice(0, node.offset).split('\n').length;
    const called = /^@([\w:-]+)(.*)$/s.exec(node.value);
    if (!called) {
      if (!/^[\w\\]+::\w+$/.test(node.value)) sheet.put(line, node.value);
      return;
    }
    const [, first = '', rest = ''] = called;
    if (first === 'php' || first === 'composer') sheet.put(line, `${first}${rest}`);
    else if (first !== 'putenv') follow(first);
  };
  follow(name);
  return sheet;
}
