// Makes a fresh clone ready: installs what package-lock.json names, then builds or packages if asked. Any Node runs it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const inRoot = (...parts) => path.join(root, ...parts);
const windows = process.platform === 'win32';

const lock = createHash('sha256')
  .update(readFileSync(inRoot('package-lock.json')))
  .digest('hex');
const stamp = inRoot('node_modules', '.chaperone-installed');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing what package-lock.json names (once, about a minute)…');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

// The Node that VS Code uses, whatever is on this machine.
const node = inRoot('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
const [task] = process.argv.slice(2);
if (task === 'build' || task === 'package') run(node, ['esbuild.mjs']);
if (task === 'package')
  run(node, [
    inRoot('node_modules/@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--out',
    'chaperone.vsix',
  ]);

/** Runs a program quietly; what it printed is shown where it fails. */
function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    shell: windows && program === 'npm',
  });
  if (status === 0) return;
  console.error(
    `cannot make this clone ready: \`${path.basename(program)} ${args.join(' ')}\` failed${error ? `: ${error.message}` : ''}\n${stdout}${stderr}`,
  );
  process.exit(1);
}
