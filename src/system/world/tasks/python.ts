import { Sheet } from './sheet.ts';

/** Where a pyproject.toml may keep tasks. */
const tables = [
  'tool.poe.tasks',
  'tool.pdm.scripts',
  'tool.taskipy.tasks',
  'tool.rye.scripts',
  'tool.hatch.envs.default.scripts',
];
const mostTasks = 64;

/** The commands of a task in a pyproject.toml, as far as they are plain texts. */
export function pythonTask(text: string, name: string, folder: string): Sheet | undefined {
  const tasks = read(text);
  if (!tasks.has(name)) return undefined;
  const sheet = new Sheet(folder);
  const met = new Set<string>();
  const follow = (task: string) => {
    if (met.has(task)) return;
    if (met.size >= mostTasks) return sheet.overflow();
    met.add(task);
    for (const { line, text: command } of tasks.get(task) ?? []) {
      // Of a list, some are names of other tasks.
      if (tasks.has(command) && command !== task) follow(command);
      else sheet.put(line, command);
    }
  };
  follow(name);
  return sheet;
}

type Commands = { readonly line: number; readonly text: string }[];

function read(text: string): ReadonlyMap<string, Commands> {
  const tasks = new Map<string, Commands>();
  let section = '';
  let open: Commands | undefined;
  text.split('\n').forEach((written, index) => {
    const heading = /^\s*\[+([^\][]+)\]+\s*(?:#.*)?$/.exec(written)?.[1]?.trim();
    if (heading !== undefined) {
      section = heading;
      open = undefined;
      return;
    }
    const table = tables.find(it => section === it || section.startsWith(`${it}.`));
    if (table === undefined) return;
    const equals = open ? -1 : written.indexOf('=');
    const key = written.slice(0, Math.max(0, equals)).trim().replaceAll(/["']/g, '');
    const own = section === table ? key : section.slice(table.length + 1).replaceAll(/["']/g, '');
    if (!open && (equals < 0 || !own)) return;
    if (!open && section !== table && !/^(?:cmd|shell|sequence|composite|script)$/.test(key)) return;
    const value = open ? written : written.slice(equals + 1);
    const commands = open ?? tasks.get(own) ?? [];
    if (!open) tasks.set(own, commands);
    for (const it of textsIn(value)) commands.push({ line: index + 1, text: it });
    const opens = !open && /^\s*\[/.test(value);
    open = (open ?? opens) && !ends(value) ? commands : undefined;
  });
  return tasks;
}

function ends(value: string): boolean {
  return value.replace(/#[^]*/, '').trimEnd().endsWith(']');
}

/** The texts of a value that are commands: a text, those of a list, or those behind `cmd`, `shell` and the like. */
function textsIn(value: string): readonly string[] {
  const all: { readonly key: string; readonly text: string }[] = [];
  for (let at = 0; at < value.length; at++) {
    const quote = value[at];
    if (quote === '#') break;
    if (quote !== '"' && quote !== "'") continue;
    let text = '';
    const before = value.slice(Math.max(0, at - longestKey), at).trimEnd();
    const key = before.endsWith('=') ? (before.slice(0, -1).trimEnd().split(/\W/).at(-1) ?? '') : '';
    for (at++; at < value.length && value[at] !== quote; at++) {
      if (quote === '"' && value[at] === '\\') at++;
      text += value[at] ?? '';
    }
    if (text) all.push({ key, text });
  }
  const keyed = all.filter(it => /^(?:cmd|shell|script|ref)$/.test(it.key));
  return (keyed.length ? keyed : all).map(it => it.text);
}

const longestKey = 40;
