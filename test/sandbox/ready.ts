import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const wanted: Readonly<Record<string, string>> = {
  '/usr/bin/bwrap': 'bubblewrap',
  '/usr/bin/socat': 'socat',
  '/usr/bin/rg': 'ripgrep',
  '/usr/bin/script': 'bsdutils',
};

/** Why there can be no guarded terminal here; nothing where there can. Installs what is missing where that is possible. */
export async function sandboxReady(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'shown on Linux only';
  const missing = Object.entries(wanted).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (!missing.length) return undefined;
  const why = `these Debian packages are missing: ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    if (process.env['CI']) throw new Error(why);
    return why;
  }
  process.stderr.write(`guarded terminal: installing ${missing.join(' ')}\n`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], options);
  return undefined;
}
