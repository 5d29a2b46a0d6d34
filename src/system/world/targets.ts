import type { Lead } from '../../core/model.ts';
import { absolute, basename, dirname } from '../../core/paths.ts';
import type { Followed, Machine } from '../../core/ports.ts';
import { contentOf } from './regular.ts';
import { composerScript } from './tasks/composer.ts';
import { justRecipe } from './tasks/just.ts';
import { includedBy, makeRecipe } from './tasks/make.ts';
import { pythonTask } from './tasks/python.ts';
import type { Sheet } from './tasks/sheet.ts';
import { taskCommands } from './tasks/taskfile.ts';

type Target = Lead & { readonly to: 'target' };

interface Read {
  readonly text: string;
  readonly name: string;
  /** Where the commands run, and where the file lies. */
  readonly folder: string;
  readonly values: Readonly<Record<string, string>>;
  /** The texts of the files that belong to it. */
  readonly others: readonly string[];
}

/** A list of tasks: the names its file may have, whether it is looked for above the folder too, and how it is read. */
interface Tasks {
  readonly files: RegExp;
  /** The names that are tried in the place of the one that was asked for. */
  readonly names: readonly string[];
  readonly above: boolean;
  /** The files that a text includes: what is not in it may be in them. */
  readonly includes?: (text: string) => readonly string[];
  readonly read: (given: Read) => Sheet | undefined | Promise<Sheet | undefined>;
}

const kinds: readonly Tasks[] = [
  {
    files: /^\.?justfile$|\.just$/i,
    names: ['justfile', 'Justfile', '.justfile'],
    above: true,
    read: ({ text, name, folder, values }) => justRecipe(text, name, folder, values),
  },
  {
    files: /^taskfile(?:\.dist)?\.ya?ml$/i,
    names: [
      'Taskfile.yml',
      'taskfile.yml',
      'Taskfile.yaml',
      'taskfile.yaml',
      'Taskfile.dist.yml',
      'Taskfile.dist.yaml',
    ],
    above: true,
    read: ({ text, name, folder, values }) => taskCommands(text, name, folder, values),
  },
  {
    files: /^composer\.json$/,
    names: ['composer.json'],
    above: false,
    read: ({ text, name, folder }) => composerScript(text, name, folder),
  },
  {
    files: /^pyproject\.toml$/,
    names: ['pyproject.toml'],
    above: true,
    read: ({ text, name, folder }) => pythonTask(text, name, folder),
  },
];

/** As make looks for it. */
const make: Tasks = {
  files: /./,
  names: ['GNUmakefile', 'makefile', 'Makefile'],
  above: false,
  includes: includedBy,
  read: ({ text, name, folder, values, others }) =>
    makeRecipe(text, name, { folder, values, included: others }),
};

const largest = 256 * 1024;
const mostIncluded = 8;
const mostFolders = 12;

/** What a target runs, each command in the line of the file it stands in. A file or target that is not there is nothing. */
export async function target(lead: Target, cwd: string, machine: Machine): Promise<Followed> {
  const asked = absolute(lead.file, cwd, machine);
  const kind = kinds.find(it => it.files.test(basename(asked))) ?? make;
  const path = await fileOf(asked, kind);
  if (path === undefined) return { found: 'nothing' };
  const content = await contentOf(path, largest);
  if (content.found !== 'bytes') return content;
  const folder = lead.folder === undefined ? dirname(path) : absolute(lead.folder, cwd, machine);
  const files = [{ path, text: textOf(content.bytes) }];
  for (const other of (kind.includes?.(textOf(content.bytes)) ?? []).slice(0, mostIncluded)) {
    const there = absolute(other, folder, machine);
    const included = await contentOf(there, largest);
    if (included.found === 'bytes') files.push({ path: there, text: textOf(included.bytes) });
  }
  for (const file of files) {
    const others = files.filter(it => it !== file).map(it => it.text);
    const given = { text: file.text, name: lead.name, folder, values: lead.values ?? {}, others };
    const sheet = await kind.read(given);
    if (sheet && !sheet.whole)
      return { found: 'unreadable', why: `\`${lead.name}\` of \`${file.path}\` leads to too many others` };
    const written = sheet?.written();
    if (written) return { found: 'text', ...written, file: file.path };
  }
  return { found: 'nothing' };
}

function textOf(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
}

/** The file itself where it has a name of its own, else the first that goes by one of the usual names. */
async function fileOf(asked: string, { names, above }: Tasks): Promise<string | undefined> {
  const usual = names.includes(basename(asked)) ? names : [basename(asked)];
  let folder = dirname(asked);
  for (let level = 0; level < mostFolders; level++) {
    for (const name of usual) {
      const path = `${folder === '/' ? '' : folder}/${name}`;
      if ((await contentOf(path, largest)).found !== 'nothing') return path;
    }
    if (!above || dirname(folder) === folder || dirname(folder) === '.') return undefined;
    folder = dirname(folder);
  }
  return undefined;
}
