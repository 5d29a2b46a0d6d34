import type { Hiding } from './denyList.ts';
import { meet } from './meet.ts';

/*
 * What is hidden, as VS Code's `files.exclude` and `search.exclude` have it. They know no exceptions, so that a glob which
 * could take something that its row or the person leaves is not written: `.env.*` would hide `.env.example`, and stands as
 * the names that are usual, such as `.env.local`. Where whole folders are left (`templates/`, `node_modules/`), a name is
 * written for the top of the workspace and its folder `config` alone, where it can be in none of them. A file of an
 * unusual name stays visible to the person rather than that one disappears which they work on.
 */

/**
 * Globs for VS Code's excludes, each once. Of the table the names of files that lie in workspaces, of a person's globs those
 * that name no place outside and can be said there: brackets, braces and `\` are left out, and what would take everything.
 * Deliberately not regarded: exceptions for absolute places, and that an exclude hides a folder of the same name too.
 */
export function editorExcludes({ rows, globs }: Hiding): readonly string[] {
  const shown = globs.filter(glob => glob.startsWith('!')).map(glob => whole(anyDepth(glob.slice(1))));
  const table = rows.flatMap(({ id, globs: takes, except }) => {
    const names = Object.hasOwn(usual, id)
      ? [...takes.filter(isName), ...(usual[id] ?? []).map(anyDepth)]
      : [];
    return names.flatMap(name => leaving(name, name, [...except, ...shown]));
  });
  const own = globs
    .filter(glob => !glob.startsWith('!') && isSayable(glob))
    .map(anyDepth)
    .flatMap(glob => leaving(glob.replace(/\/$/, ''), whole(glob), shown));
  return [...new Set([...table, ...own])];
}

/** Rows whose files lie in workspaces rather than at home, with names that their wider globs stand for most often. */
const usual: Readonly<Record<string, readonly string[]>> = {
  environment: [
    ...['local', 'secret', 'secrets'].map(word => `.env.${word}`),
    ...['development', 'dev', 'staging', 'production', 'prod', 'test'].flatMap(word => [
      `.env.${word}`,
      `.env.${word}.local`,
      `${word}.env`,
    ]),
  ],
  'private-key': [
    ...['rsa', 'dsa', 'ecdsa', 'ed25519'].map(kind => `id_${kind}`),
    ...['private', 'server', 'master'].map(word => `${word}.key`),
    ...['private', 'privkey', 'key'].map(word => `${word}.pem`),
  ],
  keystore: [],
  kubernetes: [],
  docker: [],
  registry: [],
  login: [],
  terraform: [
    'terraform.tfstate.backup',
    ...['terraform', 'secrets', 'dev', 'staging', 'production', 'prod'].map(word => `${word}.tfvars`),
  ],
  vault: [],
  'service-account': ['client_secret', 'service-account', 'service_account', 'serviceaccount'].map(
    name => `${name}.json`,
  ),
  application: [],
};

/** The glob where it takes nothing of what is left, else what of it can be written; `takes` is all that it hides. */
function leaving(glob: string, takes: string, left: readonly string[]): readonly string[] {
  const inside = left.filter(other => other.startsWith('**/'));
  const isFree = (it: string) => !inside.some(other => meet(it, other));
  if (isFree(takes)) return [glob];
  const [bare, all] = [glob, takes].map(it => it.replace(/^\*\*\//, ''));
  return ['', 'config/'].filter(folder => isFree(`${folder}${all}`)).map(folder => `${folder}${bare}`);
}

function isName(glob: string): boolean {
  return glob.startsWith('**/') && !glob.slice('**/'.length).includes('/');
}

function anyDepth(glob: string): string {
  return /^(?:\/|~\/|\*\*\/|[A-Za-z]:)/.test(glob) ? glob : `**/${glob.replace(/^\.\//, '')}`;
}

function isSayable(glob: string): boolean {
  return !/^(?:\/|~\/|[A-Za-z]:)|[[\]{}\\\r\n]/.test(glob) && /[^*?/.]/.test(glob);
}

/** A person's glob takes folders with all that is in them. A dot tells most files: no folder is called `*.csv`. */
function whole(glob: string): string {
  const isFile = !glob.endsWith('/') && glob.slice(glob.lastIndexOf('/')).includes('.');
  return isFile ? glob : `${glob}/**`;
}
