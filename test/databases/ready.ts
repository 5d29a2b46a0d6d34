import { execFile, execFileSync } from 'node:child_process';
import { access, readdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian puts the programs of its servers, a folder a version. */
const versions = '/usr/lib/postgresql';

/** The folder with `initdb`, `postgres` and `psql`, and the user who may run them. */
export interface Postgres {
  readonly programs: string;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A real PostgreSQL, installed where that is possible; a sentence why not otherwise. */
export async function postgresReady(): Promise<Postgres | string> {
  const missing = (await serverPrograms())
    ? undefined
    : await installed(['postgresql-common'], ['postgresql']);
  const programs = await serverPrograms();
  if (!programs) return missing ?? 'no PostgreSQL';
  // The server refuses to run as root.
  return { programs, ...(isRoot() && { user: { uid: idOf('-u'), gid: idOf('-g') } }) };
}

/** The real sqlite3. */
export async function sqliteReady(): Promise<string | undefined> {
  if (await exists('/usr/bin/sqlite3')) return undefined;
  return installed(['sqlite3']);
}

async function serverPrograms(): Promise<string | undefined> {
  const found = await readdir(versions).catch(() => []);
  const [newest] = found
    .map(Number)
    .filter(Boolean)
    .sort((a, b) => b - a);
  const folder = `${versions}/${newest}/bin`;
  return newest !== undefined && (await exists(`${folder}/postgres`)) && (await exists(`${folder}/psql`))
    ? folder
    : undefined;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

/** Installs Debian packages, the first before the others. In CI what cannot be installed fails the run. */
async function installed(...packages: readonly (readonly string[])[]): Promise<string | undefined> {
  const wanted = packages.flat().join(' ');
  if (!isRoot() || !(await exists('/usr/bin/apt-get'))) {
    const why = `these Debian packages are missing: ${wanted}`;
    if (process.env['CI']) throw new Error(why);
    return why;
  }
  process.stderr.write(`database tests: installing ${wanted}\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env: environment, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 };
  await run('apt-get', ['update', '-q'], options);
  for (const some of packages) {
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...some], options);
    // Debian would make and start a server of its own.
    if (some.includes('postgresql-common'))
      await writeFile('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
