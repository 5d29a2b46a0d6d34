import * as fs from 'node:fs';
import * as path from 'node:path';
import type { HiddenBy } from '../../core/hidden.ts';
import { walk, type Walked } from './walk.ts';

/*
 * What a guarded terminal can see and change, worked out before it starts: on Linux a sandbox is made of mounts, and a
 * mount needs a path that is there.
 */

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The folder that is worked in, and in which everything may be written that is not ours. */
  readonly workspace: string;
  readonly hiddenBy: HiddenBy;
  /** Where hidden files may be outside of home and workspace: absolute, without wildcards. */
  readonly places: readonly string[];
  /** Never written, whether they are there or not: our state and program, files that hooks are switched with. */
  readonly own: readonly string[];
  /** Whether a path is one of ours, for those that can be anywhere. */
  readonly guarded: (absolutePath: string) => boolean;
  /** The last names that a hidden or a guarded path can have. */
  readonly names: (name: string) => boolean;
  /** Always readable: our state and program, Node. */
  readonly needed: readonly string[];
  /** Unix sockets that may be called: those of windows, and what a person handed in. */
  readonly sockets: readonly string[];
}

export interface Fence {
  readonly denyRead: readonly string[];
  readonly allowRead: readonly string[];
  readonly allowWrite: readonly string[];
  readonly denyWrite: readonly string[];
  readonly sockets: readonly string[];
  readonly walked: Walked;
}

/** Works out the fence. Takes as long as `Bounds` in it say, at most. */
export function fence(around: Surroundings): Fence {
  const { home, workspace, platform } = around;
  const roots = [workspace, home, ...around.places].filter(it => fs.existsSync(it)).map(real);
  const marks = (file: string) => file.endsWith('/.git') || around.guarded(file);
  const names = (name: string) => name === '.git' || around.names(name);
  const walked = walk(roots, { hiddenBy: around.hiddenBy, marks, names }, bounds);
  const linux = platform === 'linux';
  const temporary = linux ? ['/tmp', '/var/tmp'] : [];
  const repository = gitFolder(workspace);
  return {
    denyRead: [
      ...walked.files,
      ...walked.folders,
      ...(linux ? [...temporary, ...runtimeFolders(), ...sockets(around.sockets)] : []),
    ].filter(it => fs.existsSync(it)),
    allowRead: [...walked.shown, ...around.needed, ...around.sockets].filter(it => fs.existsSync(it)),
    // Where everybody writes is a folder of the terminal's own: programs outside listen there for whoever calls.
    allowWrite: [
      workspace,
      home,
      ...(repository && !isWithin(repository, workspace) ? [repository] : []),
      ...(linux ? [] : ['/tmp', '/private/tmp', '/private/var/folders']),
    ],
    denyWrite: [
      ...around.own,
      ...walked.marked.flatMap(it => (it.endsWith('/.git') ? gitsOwn(it) : [it])),
      ...startsByItself.map(name => path.join(home, name)).filter(it => fs.existsSync(it)),
      ...(repository ? gitsOwn(repository) : []),
    ],
    sockets: around.sockets.filter(it => fs.existsSync(it)),
    walked,
  };
}

const bounds = { time: 60_000, entries: 3_000_000 };

/** What is run without anybody starting it: by a shell, at the next login, by git, by an editor. Only what is there. */
const startsByItself: readonly string[] = [
  ...['.bashrc', '.bash_profile', '.bash_login', '.bash_logout', '.bash_aliases', '.profile', '.zshrc'],
  ...[
    '.zprofile',
    '.zshenv',
    '.zlogin',
    '.zlogout',
    '.config/fish',
    '.kshrc',
    '.cshrc',
    '.tcshrc',
    '.inputrc',
  ],
  ...['.xprofile', '.xsession', '.xinitrc', '.xsessionrc', '.pam_environment', '.config/environment.d'],
  ...['.config/autostart', '.config/systemd', '.local/share/systemd', '.local/share/dbus-1'],
  ...['.gitconfig', '.config/git', '.ssh', '.gnupg', '.tmux.conf', '.config/tmux', '.ripgreprc'],
  ...['.vscode', '.vscode-server', '.vscode-insiders', '.cursor/extensions', '.windsurf/extensions'],
  ...['.local/share/code-server/extensions', 'Library/LaunchAgents'],
];

/** In each repository: programs that git starts. */
function gitsOwn(repository: string): readonly string[] {
  return ['hooks', 'config'].map(name => path.join(repository, name)).filter(it => fs.existsSync(it));
}

/** Where git keeps a repository whose working tree this is: for a linked worktree it lies elsewhere. */
function gitFolder(workspace: string): string | undefined {
  const mark = path.join(workspace, '.git');
  try {
    if (fs.statSync(mark).isDirectory()) return mark;
    const folder = /^gitdir: (.+)$/m.exec(fs.readFileSync(mark, 'utf8'))?.[1]?.trim();
    if (!folder) return undefined;
    const own = path.resolve(workspace, folder);
    const common = fs.readFileSync(path.join(own, 'commondir'), 'utf8').trim();
    return real(path.resolve(own, common));
  } catch {
    return undefined;
  }
}

/** Where programs of this person, and of the machine, listen for whoever calls. */
function runtimeFolders(): readonly string[] {
  const uid = process.getuid?.() ?? 0;
  return [
    process.env.XDG_RUNTIME_DIR ?? '',
    `/run/user/${uid}`,
    '/run/dbus',
    '/run/docker',
    '/run/podman',
    '/run/containerd',
  ]
    .filter(it => path.isAbsolute(it))
    .filter((it, at, all) => all.indexOf(it) === at);
}

/**
 * Unix sockets that something listens at now: a door that a mount does not close, since who may open the file may call.
 * `/proc/net/unix` names them all but those of other networks; the well-known ones are looked for by name too.
 */
function sockets(wanted: readonly string[]): readonly string[] {
  const known = ['/run/docker.sock', '/var/run/docker.sock', '/run/snapd.socket', '/run/crio/crio.sock'];
  const listed = readOr('/proc/net/unix')
    .split('\n')
    .map(line => /^[^/]*\s(\/.*)$/.exec(line)?.[1] ?? '')
    .filter(it => it !== '');
  return [...new Set([...known, ...listed].filter(isSocket).map(real))].filter(
    it => !wanted.some(keep => it === real(keep)),
  );
}

function isSocket(file: string): boolean {
  try {
    return fs.statSync(file).isSocket();
  } catch {
    return false;
  }
}

function readOr(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function real(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return file;
  }
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
