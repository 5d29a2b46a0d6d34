import type { Program } from '../core/program.ts';
import { service } from '../core/service.ts';
import { databases } from './databases/index.ts';
import { files } from './files.ts';
import { git } from './git.ts';
import { interpreters } from './interpreters.ts';
import { machine } from './machine.ts';
import { network, withRequests } from './network.ts';
import { packages, withInstalls } from './packages.ts';
import { windows } from './powershell/native.ts';
import { searches } from './searches.ts';
import { services } from './services/index.ts';
import { withVariables } from './services/variables.ts';
import { tasks, withTasks } from './tasks.ts';

/*
 * The table of programs. To add one: write its function in the file of its family (or a row in a table there),
 * put it into that file's record, and its lines into test/tables/programs.test.ts. A program minds nothing: it says
 * what would happen, and `unknown` where it cannot tell.
 */
export const programs: Readonly<Record<string, Program>> = {
  ...windows,
  ...tables(),
  ...files,
  ...interpreters,
  ...searches,
  ...network,
  ...withRequests(tables()),
  ...withInstalls(tables()),
  ...databases,
  ...packages,
  ...tasks,
  deno: withTasks(interpreters['deno']),
  ...machine,
  git,
};

/** Programs that change nothing of anybody's and show nothing hidden: strict mode lets them run too. */
export const harmless: ReadonlySet<string> = new Set(
  `: [ [[ alias arch basename bg break builtin cal cd clear command continue date df dirname dirs du enable exit
  expr false fg file free getconf getopts groups hash help hostname id jobs let local locale ls logname lsof
  md5sum mkdir mkfifo mktemp nproc pgrep popd pushd pwd read readlink realpath return seq sha1sum sha256sum shift
  shopt sleep stat stty sum sync test time times top touch tr tree true tsc tty type ulimit umask unalias uname
  uptime users wait whereis which who whoami yes eslint oxlint prettier biome go rustc gcc g++ clang javac   esbuild vite uv poetry wc compgen`
    .split(/\s+/)
    .filter(Boolean),
);

function tables(): Readonly<Record<string, Program>> {
  return Object.fromEntries(
    services.flatMap(table => {
      const program = service(withVariables(table));
      return table.programs.map(name => [name, program]);
    }),
  );
}
