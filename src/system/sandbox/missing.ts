import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const setupPage =
  'https://github.com/anthropic-experimental/sandbox-runtime#platform-specific-dependencies';

/**
 * What this machine lacks for a guarded terminal, a sentence each with what to do; nothing where it can be had.
 * `terminal`: whether a person sits at it. Looks at files, and starts bubblewrap once, for at most five seconds.
 */
export function missingParts(given: {
  readonly platform: NodeJS.Platform;
  readonly path: string;
  readonly terminal: boolean;
}): readonly string[] {
  switch (given.platform) {
    case 'darwin':
      return program('sandbox-exec', given.path) ? [] : ['`sandbox-exec` is missing: it comes with macOS'];
    case 'linux':
      return onLinux(given);
    case 'win32':
      return [
        'there is no guarded terminal on Windows: the sandbox needs a helper of its own there, installed by an administrator, which is not part of this extension. In WSL 2 it works as on Linux',
      ];
    default:
      return [`there is no guarded terminal on \`${given.platform}\`: it works on Linux and macOS`];
  }
}

interface Part {
  readonly program: string;
  readonly from: string;
  readonly terminalOnly?: true;
}

/** The package is called the same with Debian, Ubuntu, Fedora and Arch (their package pages, November 2026), but for `script`. */
const parts: readonly Part[] = [
  { program: 'bwrap', from: '`bubblewrap` (apt-get install, dnf install or pacman -S)' },
  { program: 'socat', from: '`socat` (apt-get install, dnf install or pacman -S)' },
  { program: 'rg', from: '`ripgrep` (apt-get install, dnf install or pacman -S)' },
  {
    program: 'script',
    from: '`bsdutils` on Debian and Ubuntu, `util-linux-script` on Fedora, `util-linux` on Arch',
    terminalOnly: true,
  },
];

function onLinux(given: { readonly path: string; readonly terminal: boolean }): readonly string[] {
  const missing = parts
    .filter(it => (given.terminal || !it.terminalOnly) && !program(it.program, given.path))
    .map(it => `\`${it.program}\` is missing: install ${it.from}`);
  return missing.length ? missing : cannotIsolate(program('bwrap', given.path) as string);
}

/** What bubblewrap itself says when it starts the least there is. */
function cannotIsolate(bwrap: string): readonly string[] {
  const args = ['--ro-bind', '/', '/', '--dev', '/dev', '--unshare-user', '--unshare-pid', '--unshare-net'];
  const { status, stderr, error } = spawnSync(bwrap, [...args, '--proc', '/proc', '--', 'true'], {
    encoding: 'utf8',
    timeout: 5000,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return [];
  const said = (error?.message ?? stderr).trim().split('\n')[0] ?? '';
  return [
    `bubblewrap cannot isolate anything here: ${said}. Where user namespaces are off, an administrator switches them on: \`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\` on Ubuntu 24.04 and later, \`sysctl -w user.max_user_namespaces=10000\` elsewhere; in a container, run it with \`--security-opt seccomp=unconfined\``,
  ];
}

/** Where a program is, by the folders of `PATH`. */
export function program(name: string, search: string): string | undefined {
  return search
    .split(path.delimiter)
    .filter(folder => path.isAbsolute(folder))
    .map(folder => path.join(folder, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
