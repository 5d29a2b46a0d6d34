import type { Program } from '../core/program.ts';
import { service } from '../core/service.ts';
import { databases } from './databases.ts';
import { files, readers, reads, readsAfterScript, scripted } from './files.ts';
import { git } from './git.ts';
import { interpreters } from './interpreters.ts';
import { machine } from './machine.ts';
import { network } from './network.ts';
import { packages } from './packages.ts';
import { searches } from './searches.ts';
import { services } from './services/index.ts';

/*
 * The table of programs. To add one: write its function in the file of its family (or a row in a table there),
 * put it into that file's record, and its lines into test/tables/programs.test.ts. A program minds nothing: it says
 * what would happen, and `unknown` where it cannot tell.
 */
export const programs: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    services.flatMap(table => {
      const program = service(table);
      return table.programs.map(name => [name, program]);
    }),
  ),
  ...mapped(readers, reads),
  ...mapped(scripted, readsAfterScript),
  ...files,
  ...interpreters,
  ...searches,
  ...network,
  ...databases,
  ...packages,
  ...machine,
  git,
};

/** Programs that change nothing of anybody's and show nothing hidden: strict mode lets them run too. */
export const harmless: ReadonlySet<string> = new Set(
  `: [ [[ alias arch basename bg break builtin cal cd clear command continue date df dirname dirs du enable exit expr false fg file
  free getconf getopts groups hash help hostname id jobs kill killall let local locale ls logname lsof make md5sum mkdir mkfifo mktemp nproc
  pgrep pkill popd ps pushd pwd read readlink realpath return seq sha1sum sha256sum shift shopt sleep stat stty sum sync test time
  times top touch tr tree true tsc tty type typeset ulimit umask unalias uname unset uptime users wait whereis which who whoami yes
  eslint oxlint prettier biome jest vitest mocha pytest cargo go rustc gcc g++ clang javac java mvn gradle dotnet swift esbuild vite
  pip pip3 uv poetry brew apt apt-get dpkg rpm docker-compose`
    .split(/\s+/)
    .filter(Boolean),
);

function mapped<T>(
  rows: Readonly<Record<string, T>>,
  make: (row: T) => Program,
): Readonly<Record<string, Program>> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, make(row)]));
}
