import type { Sections } from '../../../core/assignments.ts';
import { connectionIn } from '../../../core/connection.ts';
import type { Reach } from '../../../core/model.ts';
import { hostOf } from '../../../core/urls.ts';

/** What a source says: parts of a reach, and perhaps that it is on this machine. */
export type Says = Reach & { readonly here?: boolean };

/** What is known so far, for a source that depends on it. */
export interface Asked {
  readonly reach: Reach;
  /** Of this process. */
  readonly variable: (name: string) => string | undefined;
  /** Where a source before this one was found, by its name in the table. */
  readonly found: (file: string) => string | undefined;
  /** The folder that the command runs in. */
  readonly cwd: string;
}

/** Where a program looks for what its command line does not say. */
export type Source = VariableSource | ConnectionSource | FileSource | KnownSource;

/** A variable that says one part; `files` where the program reads `.env` files too, or where our own variables are not its. */
export interface VariableSource {
  readonly variable: string;
  readonly part: keyof Reach;
  readonly files?: 'too' | 'only';
}

/** Variables that hold a connection, with blanks between them: the first that is set, here or in `.env` files. */
export interface ConnectionSource {
  readonly connection: string;
}

/** `~/` is the home folder, `./` the folder or the nearest above it that has the file, up to the workspace. */
export type FileSource = {
  readonly file: string | ((asked: Asked) => string | undefined);
  /** The variable that names the file, or the folder it lies in, instead. */
  readonly moved?: string;
  readonly movedFolder?: string;
} & (
  | { readonly as: 'text'; readonly says: (text: string, asked: Asked) => Says }
  | { readonly as: 'sections'; readonly says: (sections: Sections, asked: Asked) => Says }
  /** JSON with comments, or YAML. */
  | { readonly as: 'json' | 'yaml'; readonly says: (value: unknown, asked: Asked) => Says }
);

/** What follows from what is known so far; `from` names the variable it was taken from. */
export interface KnownSource {
  readonly knows: (asked: Asked) => Says;
  readonly from?: string;
}

/** On this machine, unless a host was named. */
export const here: Source = { knows: ({ reach }) => (reach.host === undefined ? { here: true } : {}) };

/** Where a connection leads. */
export function url(written: string | undefined): Says {
  const connection = written === undefined ? undefined : connectionIn(written);
  return connection ? { ...connection.reach, ...(connection.here && { here: true }) } : {};
}

/** `unix:///var/run/docker.sock`, `tcp://10.0.0.2:2376`, `ssh://user@host`. */
export function engine(address: string | undefined): Says {
  if (!address) return {};
  return /^(?:unix|npipe|fd):/i.test(address) ? { here: true } : some({ host: hostOr(address) });
}

export function hostOr(address: string | undefined): string | undefined {
  return address ? hostOf(address) || undefined : undefined;
}

export function plainName(name: string | undefined): string | undefined {
  return name !== undefined && /^[\w./ -]{1,200}$/.test(name) ? name : undefined;
}

/** The first word of a file that holds one. */
export function word(written: string): string | undefined {
  return /^\s*([\w./-]{1,200})\s*$/.exec(written)?.[1];
}

/** The parts that are there. */
export function some(reach: { readonly [K in keyof Reach]?: Reach[K] | undefined }): Says {
  return Object.fromEntries(Object.entries(reach).filter(([, name]) => name !== undefined && name !== ''));
}

export function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

export function text(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' && found.length <= 512 ? found : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function named(values: unknown, name: string | undefined): object {
  const found = name === undefined ? undefined : list(values).find(it => text(it, 'name') === name);
  return typeof found === 'object' && found !== null ? found : {};
}

/** The entry of a table of folders that is the nearest to this one. */
export function above(table: unknown, folderName: string): unknown {
  const folders = typeof table === 'object' && table !== null ? Object.keys(table) : [];
  const nearest = folders
    .filter(it => folderName === it || folderName.startsWith(it.endsWith('/') ? it : `${it}/`))
    .sort((a, b) => b.length - a.length)[0];
  return nearest === undefined ? undefined : at(table, nearest);
}
