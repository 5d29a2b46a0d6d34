import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Lead } from '../../core/model.ts';
import { absolute, basename, dirname } from '../../core/paths.ts';
import type { Followed, Machine } from '../../core/ports.ts';
import { contentOf, type Content } from './regular.ts';

/** The text at the end of a lead. Never rejects; not bounded in time. */
export async function follow(lead: Lead, cwd: string, machine: Machine): Promise<Followed> {
  switch (lead.to) {
    case 'script':
      return script(lead.name, absolute(lead.manifest, cwd, machine));
    case 'file':
      return file(absolute(lead.path, cwd, machine));
    case 'target':
      return { found: 'nothing' };
    case 'body':
      return file(absolute(lead.path, cwd, machine));
    case 'cell':
      return cell(lead.cell, absolute(lead.path, cwd, machine));
  }
}

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

function scriptIn(text: string, name: string, file: string): Followed {
  const tree = parseTree(text);
  const table = tree && (findNodeAtLocation(tree, ['scripts']) ?? findNodeAtLocation(tree, ['tasks']));
  const main = table && member(table, name);
  if (!tree || tree.type !== 'object')
    return { found: 'unreadable', why: `\`${file}\` is not a JSON object` };
  if (!table || !main) return { found: 'nothing' };
  const lines = [member(table, `pre${name}`), main, member(table, `post${name}`)].flatMap(node =>
    commands(node),
  );
  return lines.length
    ? { found: 'text', text: lines.join('\n'), file, line: lineAt(text, main.offset) }
    : { found: 'unreadable', why: `script \`${name}\` of \`${file}\` is not a command` };
}

function member(table: Node, name: string): Node | undefined {
  return table.children?.find(property => property.children?.[0]?.value === name)?.children?.[1];
}

/** A command, or several in turn. */
function commands(node: Node | undefined): readonly string[] {
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
