import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const wanted = ['bash', 'zsh', 'fish', 'tmux'] as const;

/** Why real shells cannot be tried here; nothing where they can. Installs what is missing where that is possible. */
export async function shellsReady(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'there is no POSIX shell';
  const missing = wanted.filter(name => !folders.some(folder => existsSync(`${folder}/${name}`)));
  if (!missing.length) return undefined;
  const why = `these programs are missing: ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    if (process.env['CI']) throw new Error(why);
    return why;
  }
  process.stderr.write(`shells: installing ${missing.join(' ')}\n`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], options);
  return undefined;
}

const folders = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'];
