// Runs test files on the project's own Node, quietly: a line for what fails, and the count at the end.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const node = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const quiet = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--disable-warning=ExperimentalWarning'];
const reporter = path.join(root, 'test/support/reporter.mjs');
const { status } = spawnSync(
  node,
  [...quiet, '--test', `--test-reporter=${reporter}`, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
