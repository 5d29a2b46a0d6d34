import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const version = '4.139.1';
const chromium = '/usr/bin/chromium';

/** What must stand where for a Debian machine to run the browser and to compile the editor's native parts. */
const needed = [
  { file: chromium, debian: 'chromium' },
  { file: '/usr/include/krb5.h', debian: 'libkrb5-dev' },
  { file: '/usr/bin/g++', debian: 'g++' },
  { file: '/usr/bin/make', debian: 'make' },
  { file: '/usr/bin/python3', debian: 'python3' },
] as const;

/** Absolute paths: the editor's start script, the Node that runs it, and the browser. */
export interface Editor {
  readonly codeServer: string;
  readonly node: string;
  readonly chromium: string;
}

/**
 * Gives the real editor, code-server 4.139.1 (VS Code 1.139.1), and a browser. What is missing is installed into a
 * cache outside the project, which takes some three minutes once. Throws a sentence that names what to install.
 */
export async function ensureEditor(): Promise<Editor> {
  if (Number(process.versions.node.split('.')[0]) < 24)
    throw new Error(`cannot start the editor: it needs Node 24, this is ${process.versions.node}`);
  const folder = join(cache(), `code-server-${version}`);
  const codeServer = join(folder, 'node_modules/code-server/out/node/entry.js');
  const installed = await exists(codeServer);
  await ensureDebian(installed ? needed.filter(it => it.file === chromium) : needed);
  if (!installed) await install(folder);
  return { codeServer, node: process.execPath, chromium };
}

async function ensureDebian(
  packages: readonly { readonly file: string; readonly debian: string }[],
): Promise<void> {
  const present = await Promise.all(packages.map(it => exists(it.file)));
  const missing = packages.filter((_, at) => !present[at]).map(it => it.debian);
  if (missing.length === 0) return;
  const wanted = missing.join(' ');
  if (process.getuid?.() !== 0 || !(await exists('/usr/bin/apt-get')))
    throw new Error(`cannot run the editor: install these Debian packages first: \`${wanted}\``);
  say(`installing ${wanted}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env: environment, timeout: 10 * minute, maxBuffer: 64 * 1024 * 1024 };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], options);
}

/** Into a sibling first: a folder with the right name is always a whole one, also when two runs race. */
async function install(folder: string): Promise<void> {
  say(`installing code-server ${version} into ${folder} (about three minutes, once)`);
  await mkdir(dirname(folder), { recursive: true });
  const sibling = await mkdtemp(`${folder}.`);
  try {
    await writeFile(join(sibling, 'package.json'), '{ "private": true }\n');
    await run(
      'npm',
      ['install', `code-server@${version}`, '--foreground-scripts', '--no-audit', '--no-fund'],
      {
        cwd: sibling,
        env: ownEnvironment(),
        timeout: 15 * minute,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    await rename(sibling, folder).catch(async error => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(sibling, { recursive: true, force: true });
  }
}

/** Node 24 first on the path, and nothing of an `npm run` around us: that would redirect this install. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path };
}

const minute = 60_000;

function cache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chaperone-tests');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function say(what: string): void {
  process.stderr.write(`editor tests: ${what}\n`);
}
