import { Sheet } from './sheet.ts';

const mostTasks = 64;

/** The commands of a task in a Taskfile and of what it depends on; without a name, of `default`. */
export async function taskCommands(
  text: string,
  name: string,
  folder: string,
  values: Readonly<Record<string, string>>,
): Promise<Sheet | undefined> {
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml');
  type Node = Parameters<typeof isMap>[0];
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  const get = (node: Node, key: string): Node => (isMap(node) ? node.get(key, true) : undefined);
  const tasks = get(contents, 'tasks');
  if (!isMap(tasks)) return undefined;
  const variables = new Map<string, string>();
  const learn = (node: Node) => {
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const command = get(value as Node, 'sh');
      const known = isScalar(value)
        ? String(value.value)
        : isScalar(command)
          ? `$(${String(command.value)})`
          : undefined;
      if (isScalar(key) && known !== undefined) variables.set(String(key.value), known);
    }
  };
  learn(get(contents, 'vars'));
  const sheet = new Sheet(folder);
  const value = (it: string) => values[it] ?? variables.get(it);
  const put = (node: Node, before: string) => {
    if (!isScalar(node) || typeof node.value !== 'string') return;
    const at = lines.linePos(node.range?.[0] ?? 0).line;
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    sheet.put(block ? at + 1 : at, before + templated(node.value.trimEnd(), value));
  };
  const met = new Set<string>();
  const follow = (task: string) => {
    if (met.has(task)) return;
    if (met.size >= mostTasks) return sheet.overflow();
    met.add(task);
    const node = get(tasks, task);
    learn(get(node, 'vars'));
    const dir = get(node, 'dir');
    const before = isScalar(dir) ? `cd ${templated(String(dir.value), value)}; ` : '';
    const list = (it: Node) => (isSeq(it) ? (it.items as Node[]) : [it]);
    for (const dep of list(get(node, 'deps')))
      if (isScalar(dep)) follow(String(dep.value));
      else step(dep, before);
    const commands = isMap(node) ? [...list(get(node, 'cmds')), get(node, 'cmd')] : list(node);
    for (const command of commands) step(command, before);
  };
  const step = (node: Node, before: string) => {
    put(node, before);
    const task = get(node, 'task');
    if (isScalar(task)) follow(String(task.value));
    put(get(node, 'cmd'), before);
    const deferred = get(node, 'defer');
    if (deferred) step(deferred, before);
  };
  const first = name || 'default';
  if (get(tasks, first) === undefined) return undefined;
  follow(first);
  return sheet;
}

function templated(text: string, value: (name: string) => string | undefined): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, inner: string) => {
    const name = /^\.(\w+)$/.exec(inner.replace(/^-|-$/g, '').trim())?.[1];
    return name === undefined ? '${TASK_VALUE}' : (value(name) ?? `\${${name}}`);
  });
}
