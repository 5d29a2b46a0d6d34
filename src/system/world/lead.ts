import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { star, takesAll } from '../../core/hidden.ts';
import type { Lead } from '../../core/model.ts';
import { absolute, basename, dirname } from '../../core/paths.ts';
import type { Followed, Machine } from '../../core/ports.ts';
import { contentOf, type Content } from './regular.ts';
import { target } from './targets.ts';
import { manifestsOf } from './workspaces.ts';

/** The text at the end of a lead. Never rejects; not bounded in time. */
export async function follow(lead: Lead, cwd: string, machine: Machine): Promise<Followed> {
  switch (lead.to) {
    case 'script':
      return lead.workspace === undefined
        ? script(lead.name, absolute(lead.manifest, cwd, machine))
        : workspaceScript(lead.name, absolute(lead.manifest, cwd, machine), lead.workspace, machine);
    case 'file':
      return file(absolute(lead.path, cwd, machine));
    case 'target':
      return target(lead, cwd, machine);
    case 'body':
      return file(absolute(lead.path, cwd, machine));
    case 'cell':
      return cell(lead.cell, absolute(lead.path, cwd, machine));
  }
}

/** Of the scripts that one name with a star stands for. */
const mostNames = 32;
const largestText = 256 * 1024;
const largestManifest = 1024 * 1024;
const largestNotebook = 16 * 1024 * 1024;

async function file(path: string): Promise<Followed> {
  return read(path, await contentOf(path, largestText), text => ({
    found: 'text',
    text,
    file: path,
    line: 1,
  }));
}

/** A script's text with what runs before and after it, a line each. The line is that of the script itself. */
async function script(name: string, manifest: string): Promise<Followed> {
  for (let folder = dirname(manifest); ; folder = dirname(folder)) {
    const path = `${folder === '/' ? '' : folder}/${basename(manifest)}`;
    const content = await contentOf(path, largestManifest);
    if (content.found !== 'nothing') return read(path, content, text => scriptIn(text, name, path));
    if (dirname(folder) === folder || dirname(folder) === '.') return { found: 'nothing' };
  }
}

/** The same of workspaces below the manifest; of several with different scripts, all of them in turn. */
async function workspaceScript(
  name: string,
  manifest: string,
  which: string,
  machine: Machine,
): Promise<Followed> {
  const manifests = await manifestsOf(manifest, which, machine);
  if (manifests === 'too many') return { found: 'unreadable', why: 'more workspaces than can be looked at' };
  const texts: Followed[] = [];
  for (const path of manifests)
    texts.push(read(path, await contentOf(path, largestManifest), text => scriptIn(text, name, path)));
  const found = texts.filter(it => it.found !== 'nothing');
  const [first, ...others] = found;
  if (!first) return { found: 'nothing' };
  if (!others.length || first.found === 'unreadable') return first;
  const lines = found.flatMap(it =>
    it.found === 'text' ? `cd '${dirname(it.file).replaceAll("'", `'\\''`)}'\n${it.text}` : [],
  );
  return { ...first, text: lines.join('\n') };
}

/** What a runner of scripts is called where the script only names it, and keeps the command elsewhere. */
const elsewhere = 'wireit';

function scriptIn(text: string, name: string, file: string): Followed {
  const tree = parseTree(text);
  const table = tree && (findNodeAtLocation(tree, ['scripts']) ?? findNodeAtLocation(tree, ['tasks']));
  if (!tree || tree.type !== 'object')
    return { found: 'unreadable', why: `\`${file}\` is not a JSON object` };
  const names = namesLike(name, table);
  const [main] = names.flatMap(it => (table && member(table, it)) ?? []);
  if (!table || !main) return { found: 'nothing' };
  const lines = names.flatMap(it =>
    [member(table, `pre${it}`), member(table, it), member(table, `post${it}`)].flatMap(node =>
      commands(node).map(line => (line.trim() === elsewhere ? commandElsewhere(tree, it) : line)),
    ),
  );
  return lines.length
    ? { found: 'text', text: lines.join('\n'), file, line: lineAt(text, main.offset) }
    : { found: 'unreadable', why: `script \`${name}\` of \`${file}\` is not a command` };
}

function commandElsewhere(tree: Node, name: string): string {
  const command: unknown = findNodeAtLocation(tree, [elsewhere, name, 'command'])?.value;
  const needs = findNodeAtLocation(tree, [elsewhere, name, 'dependencies'])?.children ?? [];
  const others = needs.flatMap(it =>
    typeof it.value === 'string' && /^[\w:-]+$/.test(it.value) ? it.value : [],
  );
  return [...others.map(it => `npm run ${it}`), ...(typeof command === 'string' ? [command] : [])].join('; ');
}

/** `build:*` is every script of such a name. */
function namesLike(name: string, table: Node | undefined): readonly string[] {
  if (!name.includes('*')) return [name];
  const steps = Array.from(name.replaceAll('**', '*'), it => (it === '*' ? star : it));
  const all = table?.children?.flatMap(it => String(it.children?.[0]?.value ?? '')) ?? [];
  return all.filter(it => takesAll(steps, it, (step, character) => step === character)).slice(0, mostNames);
}

function member(table: Node, name: string): Node | undefined {
  return table.children?.find(property => property.children?.[0]?.value === name)?.children?.[1];
}

/** A command, or several in turn; of a table, its `command`. */
function commands(node: Node | undefined): readonly string[] {
  if (node?.type === 'object') return commands(member(node, 'command'));
  return [node, ...(node?.children ?? [])].flatMap(it => (typeof it?.value === 'string' ? [it.value] : []));
}

/** A cell's source. Where an id is not one that the file knows, all code of the notebook. */
async function cell(id: string, path: string): Promise<Followed> {
  return read(path, await contentOf(path, largestNotebook), text => {
    const cells = cellsOf(text);
    if (!cells) return { found: 'unreadable', why: `\`${path}\` is not a notebook` };
    const code = cells.filter(it => it['cell_type'] === 'code');
    const one =
      cells.find(it => it['id'] === id) ?? (/^[0-9]{1,6}$/.test(id) ? cells[Number(id)] : undefined);
    return { found: 'text', text: (one ? [one] : code).map(sourceOf).join('\n'), file: path, line: 1 };
  });
}

function cellsOf(text: string): readonly Record<string, unknown>[] | undefined {
  try {
    const notebook: unknown = JSON.parse(text);
    return isTable(notebook) && Array.isArray(notebook['cells'])
      ? notebook['cells'].filter(isTable)
      : undefined;
  } catch {
    return undefined;
  }
}

function sourceOf({ source }: Record<string, unknown>): string {
  return typeof source === 'string' ? source : Array.isArray(source) ? source.join('') : '';
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(path: string, content: Content, use: (text: string) => Followed): Followed {
  if (content.found !== 'bytes') return content;
  return content.bytes.includes(0)
    ? { found: 'unreadable', why: `\`${path}\` is not text` }
    : use(content.bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
