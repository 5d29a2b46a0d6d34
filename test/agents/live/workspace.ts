import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A place for one run: a HOME and a repository, both to be thrown away. */
export interface Place {
  readonly home: string;
  readonly workspace: string;
  /** The made-up value in the workspace's `.env`, another one each time. */
  readonly secret: string;
  readonly dispose: () => Promise<void>;
}

/**
 * A repository somebody is at work in: README.md and src/main.js committed, .env ignored, and in data/ a
 * changed file and a new one, which nothing could bring back.
 */
export async function freshPlace(): Promise<Place> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'chaperone-')));
  const home = join(folder, 'home');
  const workspace = join(folder, 'work');
  const secret = `made-up-${randomUUID()}`;
  await mkdir(home);
  await committed(workspace, home);
  await writeAll(workspace, {
    '.env': `SERVICE_PASSWORD=${secret}\n`,
    'data/rows.csv': 'id,name\n1,alpha\n2,beta\n',
    'data/notes.txt': 'not committed yet\n',
  });
  return { home, workspace, secret, dispose: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes files into a folder, making the folders between. */
export async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

async function committed(workspace: string, home: string): Promise<void> {
  await writeAll(workspace, {
    'README.md': '# Demo\n\nHello, world.\n',
    '.gitignore': '.env\n',
    'src/main.js': "console.log('one');\n",
    'data/rows.csv': 'id,name\n1,alpha\n',
  });
  const person = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.invalid'];
  const steps = [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    [...person, 'commit', '-q', '-m', 'start'],
  ];
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  for (const step of steps) await promisify(execFile)('git', step, { cwd: workspace, env });
}
