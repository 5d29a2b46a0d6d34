import type { Action } from '../../core/model.ts';
import { dirname } from '../../core/paths.ts';

/**
 * What Claude Code does with a page of instructions and asks no hook about: it shows the files that the page names with
 * `@`, and runs the lines in it that begin with `!` (observed with 2.1.330, November 2026). So it is asked about when
 * the page is written.
 */
export function pageActions(path: string, text: string): readonly Action[] {
  const name = path.replaceAll('\\', '/');
  const [memory, skill] = [isMemory(name), isSkill(name)];
  if (!memory && !skill) return [];
  const folder = memory ? dirname(name) : '.';
  return [
    ...[...text.matchAll(imports)].map(([, file = '']): Action => shows(trimmed(file), folder)),
    ...(skill ? [...text.matchAll(commands)] : []).map(([, line, lines]): Action => ({
      kind: 'shell',
      line: line ?? lines ?? '',
      dialect: 'posix',
    })),
  ];
}

const imports = /(?<![\w@`])@([\w./~-][^\s`]*)/g;
const commands = /!`([^`\n]+)`|```!([^`]*)```/g;

function isMemory(path: string): boolean {
  return /(?:^|\/)CLAUDE(?:\.local)?\.md$/i.test(path) || (isPage(path) && /\/\.claude\/rules\//i.test(path));
}

function isSkill(path: string): boolean {
  return isPage(path) && /\/\.claude\/(?:agents|commands|skills)\//i.test(path);
}

function isPage(path: string): boolean {
  return /\.md$/i.test(path);
}

/** A page in `~` or elsewhere absolute is named so; all else is beside the page. */
function shows(file: string, folder: string): Action {
  const rooted = /^(?:[/~]|[A-Za-z]:)/.test(file);
  return { kind: 'file', access: 'read', path: rooted ? file : `${folder}/${file}` };
}

function trimmed(file: string): string {
  return file.replace(/(?<![.,;:!?)\]}'"])[.,;:!?)\]}'"]+$/, '');
}
