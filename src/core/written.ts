import type { Action, Effect, Lead, Span } from './model.ts';
import { absolute, basename, dirname } from './paths.ts';
import type { Machine } from './ports.ts';
import { recipesIn, scriptIn } from './recipes.ts';
import { bypass, settingsIn } from './shell/variables.ts';
import { programName } from './shell/names.ts';
import { fedTo, printed } from './shell/printed.ts';
import { readArguments } from './shell/flags.ts';
import type { Command, Setting } from './program.ts';
import type { Value } from './shell/words.ts';

/*
 * What a line has done by now that changes what its later commands mean: the files it wrote, and the guards it told to
 * stand aside.
 */

const traces = /^-[a-zA-Z]*[vx]|^(?:xtrace|verbose)$/;

/** A file as the line has left it. */
type Written =
  | {
      readonly is: 'text';
      readonly text: string;
      /** Added to whatever the file held before. */
      readonly more: boolean;
    }
  | { readonly is: 'copy'; readonly of: readonly string[] }
  | { readonly is: 'download' }
  | { readonly is: 'unknown' };

/** A class because it has a life: it grows from command to command. */
export class Line {
  private readonly files = new Map<string, Written>();
  private readonly downloads: string[] = [];
  private readonly moved: { readonly from: string; readonly to: string }[] = [];
  private exported: Setting | undefined;
  /** The shell prints each line that it reads or runs. */
  private tracing = false;

  /** Remembers what a command did to files, and what it exported. `own` is without what a command in it did. */
  record(command: Command, effects: readonly Effect[], own: readonly Effect[], machine: Machine): void {
    const program = programName(command.words[0]?.text ?? '');
    if (/^(?:export|declare|typeset|set)$/.test(program))
      this.exported = bypass(settingsIn(command.words.slice(1))) ?? this.exported;
    if (program === 'set') this.tracing ||= command.words.some(({ text }) => traces.test(text));
    const rooted = (path: string) => absolute(path, command.cwd, machine);
    let written: Value | Written | undefined;
    for (const { operator, target, descriptor = 1 } of command.redirects) {
      if (!operator.includes('>') || (descriptor !== 1 && !operator.startsWith('&')) || !target.known)
        continue;
      written ??= this.printedBy(command, program, rooted);
      this.write(rooted(target.text), written, operator.includes('>>'));
    }
    this.acted(command, program, effects, own, rooted);
    const copied = /^(?:cp|ln|install|rsync)$/.test(program)
      ? own.findLast(it => it.does === 'write')
      : undefined;
    for (const effect of own.slice(0, mostFiles)) {
      const to = effect.does === 'move' ? effect.to : effect.does === 'read' ? copied?.path : undefined;
      if (to !== undefined && 'path' in effect && effect.path !== undefined && this.moved.length < mostFiles)
        this.moved.push({ from: effect.path, to });
    }
  }

  /** The files that a shell told to trace shows when it reads them. */
  traced({ words: [first, ...files] }: Command): readonly string[] {
    if (!this.tracing || !/^(?:\.|source)$/.test(first?.text ?? '')) return [];
    return files.filter(({ known }) => known).map(({ text }) => text);
  }

  /** Where the line has moved or copied it from: what it is can only be seen there. */
  origins(path: string): readonly string[] {
    let paths = [path];
    for (const { from, to } of this.moved.toReversed())
      paths = paths.flatMap(it => {
        if (it !== to && !it.startsWith(`${to}/`)) return [it];
        const rest = it.slice(to.length);
        // Put into a folder, or given its name.
        const places = rest ? [`${from}${rest}`, `${dirname(from)}${rest}`] : [from];
        return [it, ...places].slice(0, mostFiles);
      });
    return paths.slice(1, mostFiles);
  }

  /** What tells a guard to stand aside, for this command or for all from now on. */
  aside({ set = [] }: Command): Setting | undefined {
    return bypass(set) ?? this.exported;
  }

  /** What a lead comes to where the line has written that file itself. `undefined` where the file is as it was. */
  read(lead: Lead): readonly (Action | 'download' | 'unknown')[] | undefined {
    if (lead.to === 'script' || lead.to === 'target') return this.readTasks(lead);
    if (lead.to !== 'file' && lead.to !== 'body') return undefined;
    const file = this.files.get(lead.path);
    if (!file) return this.isDownloaded(lead.path) && lead.to === 'file' ? ['download'] : undefined;
    switch (file.is) {
      case 'text':
        return [writtenAs(file.text, lead), ...(file.more ? [{ kind: 'follow', lead } as const] : [])];
      case 'copy':
        return file.of.flatMap(path =>
          path === lead.path
            ? []
            : (this.read({ ...lead, path }) ?? [{ kind: 'follow', lead: { ...lead, path } } as const]),
        );
      case 'download':
        return ['download'];
      case 'unknown':
        return ['unknown'];
    }
  }

  private readTasks(lead: Lead & { to: 'script' | 'target' }): readonly (Action | 'unknown')[] | undefined {
    const path = lead.to === 'script' ? lead.manifest : lead.file;
    const told = this.files.get(`${path}#${lead.name}`);
    const file = told ?? this.files.get(path);
    if (!file) return undefined;
    if (file.is !== 'text' || file.more) return ['unknown'];
    const lines = told
      ? [file.text]
      : lead.to === 'script'
        ? scriptIn(file.text, lead.name)
        : [recipesIn(file.text)];
    return lines?.map((line): Action => ({ kind: 'shell', line, dialect: 'posix' })) ?? ['unknown'];
  }

  private made(path: string, { redirects }: Command, rooted: (path: string) => string): void {
    if (!redirects.some(({ target }) => rooted(target.text) === path))
      this.write(path, { is: 'unknown' }, false);
  }

  private isDownloaded(path: string): boolean {
    return this.downloads.some(folder => path.startsWith(`${folder}/`));
  }

  private write(path: string, value: Value | Written, append: boolean): void {
    if (this.files.size >= mostFiles) return;
    const before = append ? this.files.get(path) : undefined;
    const now: Written = 'is' in value ? value : textOf(value);
    if (now.is !== 'text' || !append) this.files.set(path, now);
    else if (!before) this.files.set(path, { ...now, more: true });
    else if (before.is === 'text') this.files.set(path, { ...before, text: before.text + now.text });
    else this.files.set(path, before.is === 'copy' ? { is: 'unknown' } : before);
  }

  private printedBy(command: Command, program: string, rooted: (path: string) => string): Value | Written {
    if (!command.words.length) return command.around ? { is: 'unknown' } : { options: [''], known: true };
    if (isDownload(command)) return { is: 'download' };
    const files = command.words.slice(1);
    if (
      program === 'cat' &&
      files.length &&
      files.every(word => word.known && !word.wild && !word.text.startsWith('-'))
    )
      return { is: 'copy', of: files.map(word => rooted(word.text)) };
    return printed(command) ?? { is: 'unknown' };
  }

  private acted(
    command: Command,
    program: string,
    effects: readonly Effect[],
    own: readonly Effect[],
    rooted: (path: string) => string,
  ): void {
    const given = () => readArguments(command.words.slice(1), { values: ['-t', '-m', '-o', '-g'] }).operands;
    if (program === 'tee') {
      const text = isDownload(command)
        ? ({ is: 'download' } as const)
        : (fedTo(command) ?? ({ is: 'unknown' } as const));
      const append = command.words.some(word => /^(?:-a|--append)$/.test(word.text));
      for (const { text: path } of given()) this.write(rooted(path), text, append);
    } else if (/^(?:cp|mv|ln|install)$/.test(program)) {
      const [from, to, more] = given();
      if (!from || !to || more || !from.known || !to.known) return;
      const source = rooted(from.text);
      const written =
        source === '/dev/stdin'
          ? (fedTo(command) ?? ({ is: 'unknown' } as const))
          : (this.files.get(source) ?? ({ is: 'copy', of: [source] } as const));
      for (const path of [rooted(to.text), rooted(`${to.text}/${basename(from.text)}`)])
        if (path !== source) this.write(path, written, false);
    } else if (program === 'git' && command.words[1]?.text === 'clone') {
      const [, url, folder] = readArguments(command.words.slice(1), { values: ofClone }).operands;
      if (url) this.downloads.push(rooted(folder?.text ?? basename(url.text).replace(/\.git$/, '')));
    } else if (effects.some(effect => effect.does === 'fetch')) {
      for (const path of [
        ...namedByUrl(command, program),
        ...effects.flatMap(it => (it.does === 'write' ? it.path : [])),
      ])
        this.write(rooted(path), { is: 'download' }, false);
    } else if (program === 'npm' || program === 'pnpm') {
      for (const { text, known } of command.words) {
        const [, name, line] = /^scripts\.([\w:.-]+)=([^]*)$/.exec(text) ?? [];
        if (name !== undefined && command.words[1]?.text === 'pkg')
          this.write(
            `${rooted('package.json')}#${name}`,
            known ? { options: [line ?? ''], known } : { is: 'unknown' },
            false,
          );
      }
    } else if (program !== 'touch') {
      // What another program puts into a file is not read.
      for (const effect of own)
        if (effect.does === 'write' && /^(?:empty|create)$/.test(effect.how) && effect.text === undefined)
          this.made(effect.path, command, rooted);
    }
  }
}

const ofClone =
  '-b -o -u -c -j --branch --origin --depth --reference --separate-git-dir --config --jobs --filter'.split(
    ' ',
  );

/** More files than these are not remembered. */
const mostFiles = 256;

const downloaders = /^(?:curl|wget|http|https|xh|fetch|aria2c|nc|ncat)$/;

function isDownload({ words, input }: Command): boolean {
  return (
    words.some((word, index) => index < 3 && downloaders.test(programName(word.text))) ||
    (input.from === 'pipe' &&
      input.commands.some(it => downloaders.test(programName(it.words[0]?.text ?? ''))))
  );
}

/** `wget URL` and `curl -O URL` call the file as the URL does. */
function namedByUrl({ words }: Command, program: string): readonly string[] {
  const remote = program === 'wget' || words.some(({ text }) => /^-[a-zA-Z]*O$|^--remote-name/.test(text));
  if (!remote || !downloaders.test(program)) return [];
  return words.slice(1).flatMap(({ text }) => {
    const [, name] = /^[a-z][\w+.-]{0,20}:\/\/[^?#]{1,2000}\/([^/?#]+)(?:[?#]|$)/i.exec(text) ?? [];
    return name ?? [];
  });
}

function textOf({ options, known }: Value): Written {
  const [text, more] = options;
  return known && text !== undefined && more === undefined
    ? { is: 'text', text, more: false }
    : { is: 'unknown' };
}

/** The text of a file as the action that running or feeding it is. */
export function writtenAs(text: string, lead: Lead & { to: 'file' | 'body' }): Action {
  if (lead.to === 'body') return { kind: 'request', method: lead.method, url: lead.url, body: text };
  switch (lead.as) {
    case 'shell':
      return { kind: 'shell', line: text, dialect: 'posix' };
    case 'sql':
      return { kind: 'sql', statement: text, dialect: lead.dialect ?? 'unknown' };
    case 'other':
      return languageOf(text, lead.path);
    default:
      return { kind: 'code', language: lead.as, text };
  }
}

const endings: Readonly<Record<string, string>> = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'javascript',
  rb: 'ruby',
  pl: 'perl',
  php: 'php',
};

function languageOf(text: string, path: string): Action {
  const ending = endings[/\.(\w{2,3})$/.exec(path)?.[1] ?? ''];
  const program = interpreterOf(text);
  const language = text.startsWith('#!') && program ? names.find(name => program.startsWith(name)) : ending;
  return language === undefined
    ? { kind: 'shell', line: text, dialect: 'posix' }
    : { kind: 'code', language: language === 'node' ? 'javascript' : language, text };
}

/** The program of a first line such as `#!/usr/bin/env -S python3 -u`. */
function interpreterOf(text: string): string | undefined {
  const [first = ''] = text.slice(0, 200).split('\n', 1);
  const words = first.slice(2).trim().split(/\s+/).map(programName);
  return words.find(word => word !== 'env' && !word.startsWith('-'));
}

const names = ['python', 'node', 'ruby', 'perl', 'php'];

/** What running or reading a file is that nobody could see before. */
export function unseen(what: 'download' | 'unknown', lead: Lead, at: Span): Effect {
  const path = 'path' in lead ? lead.path : '';
  return what === 'download'
    ? { does: 'run', program: basename(path), origin: 'download', at }
    : {
        does: 'unknown',
        why: `the same line has just written \`${basename(path)}\`, and what cannot be known`,
        at,
      };
}
