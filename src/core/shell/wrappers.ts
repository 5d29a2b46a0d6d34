import type { Options } from './flags.ts';
import { programName } from './names.ts';
import type { Word } from './words.ts';

export { programName };

/** How to find the command behind a program that runs another: after its options and this many operands. */
export interface Wrapper extends Options {
  readonly skip?: number;
  /** Options that are followed by two values. */
  readonly pairs?: readonly string[];
  /** `NAME=value` words stand before the command. */
  readonly assignments?: true;
  /** The command is one text for a shell, in these options' values. */
  readonly text?: readonly string[];
  /** The command is all that stands behind one of these options. */
  readonly after?: readonly string[];
  /** The command stands behind `--` alone, whatever stands before it. */
  readonly behind?: true;
  /** Words are added from standard input. */
  readonly input?: true;
  /** With one of these it only tells about the command. */
  readonly tells?: readonly string[];
  /** Without a command it starts a shell, where one of these options stands, or always where none is named. */
  readonly shell?: readonly string[];
  /** Joined words are a line for a shell, as `ssh` and `watch` take them. */
  readonly line?: true;
  /** Each operand is a line for a shell; `npm:name` is a script of the package. */
  readonly lines?: true;
  /** Each operand is a script of the package. */
  readonly scripts?: true;
  /** The command runs in the folder that one of these names. */
  readonly folder?: readonly string[];
}

/**
 * Programs to look behind, some with the verb that runs a command. The next one is a row. Which of their options take a
 * value was not checked against their manuals but for those of coreutils, util-linux, findutils and sudo.
 */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    values:
      '-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --close-from --role --type --command-timeout --other-user --chdir --chroot'.split(
        ' ',
      ),
    assignments: true,
    folder: ['-D', '--chdir'],
    shell: ['-i', '-s', '--login', '--shell'],
  },
  doas: { values: ['-u', '-C'], shell: ['-s'] },
  pkexec: { values: ['--user'] },
  runuser: {
    values: ['-u', '-g', '-G', '-s', '--user', '--group', '--shell'],
    text: ['-c', '--command'],
    shell: [],
  },
  gosu: { skip: 1 },
  'su-exec': { skip: 1 },
  setuidgid: { skip: 1 },
  setpriv: {},
  sg: { skip: 1, text: ['-c'], shell: [] },
  env: {
    values: ['-u', '-C', '-P', '-L', '-U', '--unset', '--chdir'],
    assignments: true,
    text: ['-S', '--split-string'],
    folder: ['-C', '--chdir'],
  },
  command: { tells: ['-v', '-V'] },
  builtin: {},
  exec: { values: ['-a'] },
  nohup: {},
  arch: { values: ['-e', '-d'] },
  setarch: {},
  linux32: {},
  linux64: {},
  i386: {},
  x86_64: {},
  noglob: {},
  nocorrect: {},
  and: {},
  or: {},
  not: {},
  begin: {},
  '{': {},
  // The mark of a prompt, pasted along.
  $: {},
  '%': {},
  repeat: { skip: 1 },
  setsid: {},
  time: { values: ['-f', '-o', '--format', '--output'] },
  gtime: { values: ['-f', '-o', '--format', '--output'] },
  timeout: { values: ['-k', '-s', '--kill-after', '--signal'], skip: 1 },
  gtimeout: { values: ['-k', '-s', '--kill-after', '--signal'], skip: 1 },
  nice: { values: ['-n', '--adjustment'] },
  ionice: { values: ['-c', '-n', '-p', '--class', '--classdata'] },
  chrt: { values: ['-T', '-P', '-D'], skip: 1 },
  taskset: { skip: 1 },
  numactl: { values: ['-N', '-m', '-C', '-i', '-p'] },
  stdbuf: { values: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  gstdbuf: { values: ['-i', '-o', '-e'] },
  unbuffer: {},
  caffeinate: { values: ['-t', '-w'] },
  chronic: {},
  xargs: {
    values:
      '-a -d -E -I -J -L -n -P -R -S -s --arg-file --delimiter --max-args --max-procs --max-lines --max-chars --process-slot-var'.split(
        ' ',
      ),
    input: true,
  },
  parallel: {
    values:
      '-j -a -I -L -n -N -P -S -C --jobs --arg-file --max-args --max-replace-args --colsep --delay --timeout --joblog --results --tmpdir --workdir --wd --retries --load --memfree --nice --halt --sshlogin --tagstring --block --recstart --recend --env'.split(
        ' ',
      ),
    input: true,
  },
  sem: { values: ['-j', '--jobs', '--id', '--timeout'] },
  watch: { values: ['-n', '--interval'], line: true },
  watchexec: { values: ['-e', '-w', '-i', '-d', '-s', '--exts', '--watch', '--ignore', '--shell'] },
  nodemon: { text: ['-x', '--exec'], values: ['-e', '-w', '-i', '--ext', '--watch', '--ignore', '--delay'] },
  entr: {},
  onchange: { behind: true },
  flock: { values: ['-w', '-E', '--timeout'], skip: 1, text: ['-c', '--command'] },
  prlimit: { values: ['-p', '--pid'] },
  faketime: { values: ['-p'], skip: 1 },
  envdir: { skip: 1 },
  chpst: {
    values: ['-u', '-U', '-b', '-e', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-t', '-/'],
  },
  softlimit: { values: ['-a', '-c', '-d', '-f', '-l', '-m', '-o', '-p', '-r', '-s', '-t'] },
  cpulimit: { values: ['-l', '-p', '-e', '-m'] },
  tsp: { values: ['-L', '-D', '-W', '-N', '-O'] },
  run0: {
    values: ['-u', '-g', '-D', '--user', '--group', '--chdir', '--unit', '--slice', '--nice', '--setenv'],
  },
  'run-one': {},
  daemonize: { values: ['-a', '-c', '-e', '-o', '-p', '-l', '-u', '-E'] },
  dtach: { values: ['-A', '-c', '-n', '-N', '-r', '-e'] },
  sshpass: { values: ['-p', '-f', '-d', '-P'] },
  capsh: { text: ['-c'], behind: true },
  chroot: { values: ['--userspec', '--groups'], skip: 1, shell: [] },
  unshare: { values: ['-S', '-G', '-R', '-w', '--root', '--wd', '--setuid', '--setgid'], shell: [] },
  nsenter: { values: ['-t', '-S', '-G', '-W', '--target', '--setuid', '--setgid', '--wdns'], shell: [] },
  'ip netns exec': { skip: 1 },
  fakeroot: { values: ['-l', '-s', '-i', '-b'] },
  proot: { values: ['-r', '-b', '-w', '-R', '-S'] },
  firejail: {},
  bwrap: {
    values:
      '--chdir --unsetenv --hostname --uid --gid --proc --dev --tmpfs --dir --mqueue --perms --size --argv0 --seccomp --info-fd --sync-fd --block-fd --remount-ro --cap-add --cap-drop'.split(
        ' ',
      ),
    pairs:
      '--setenv --bind --bind-try --dev-bind --dev-bind-try --ro-bind --ro-bind-try --symlink --file --chmod'.split(
        ' ',
      ),
  },
  script: { text: ['-c', '--command'], skip: 1 },
  strace: { values: ['-e', '-o', '-p', '-s', '-u', '-E', '-P', '-I', '-a', '-O', '-S', '-X'] },
  ltrace: { values: ['-e', '-o', '-p', '-s', '-u', '-n', '-a', '-x'] },
  valgrind: {},
  rlwrap: { values: ['-f', '-H', '-D', '-S', '-b', '-C', '-P', '-s'] },
  proxychains: { values: ['-f'] },
  proxychains4: { values: ['-f'] },
  torsocks: { values: ['-a', '-P', '-u', '-p'] },
  torify: {},
  tsocks: {},
  catchsegv: {},
  'perf stat': { values: ['-e', '-o', '-r', '-x'] },
  'perf record': { values: ['-e', '-o', '-F', '-c'] },
  busybox: {},
  toybox: {},
  tini: { values: ['-p', '-e'] },
  'dumb-init': { values: ['-r'] },
  'dbus-run-session': { values: ['--config-file', '--dbus-daemon'] },
  'xvfb-run': { values: ['-e', '-f', '-n', '-p', '-s', '-w'] },
  'systemd-run': {
    values:
      '-p -u -M -H -E --unit --property --description --slice --uid --gid --nice --setenv --working-directory --on-active --on-boot --on-startup --on-calendar --on-unit-active'.split(
        ' ',
      ),
  },
  'systemd-inhibit': {},
  'flatpak-spawn': {},
  'machinectl shell': { skip: 1 },
  'distrobox enter': { behind: true },
  'toolbox run': { values: ['-c', '-d', '-r', '--container', '--distro', '--release'] },
  'guix shell': { behind: true },
  'nix-shell': { text: ['--run', '--command'], values: ['-p', '-I', '-A', '--packages'] },
  'nix develop': { after: ['-c', '--command'] },
  'nix shell': { after: ['-c', '--command'] },
  'devbox run': { values: ['-c', '-e', '--config', '--env'] },
  'devenv shell': {},
  'flox activate': { behind: true },
  'bundle exec': {},
  'poetry run': {},
  'pipenv run': {},
  'pdm run': { values: ['-p', '--project'] },
  'rye run': {},
  'hatch run': {},
  'pixi run': { values: ['-e', '--environment', '--manifest-path'] },
  'uv run': {
    values:
      '-p -w -C --python --with --with-editable --with-requirements --group --only-group --extra --package --project --directory --env-file --index --index-url --config-file'.split(
        ' ',
      ),
    folder: ['--directory'],
  },
  'conda run': { values: ['-n', '-p', '--name', '--prefix', '--cwd'], folder: ['--cwd'] },
  'mamba run': { values: ['-n', '-p', '--name', '--prefix', '--cwd'] },
  'micromamba run': { values: ['-n', '-p', '--name', '--prefix', '--cwd'] },
  'mise exec': { behind: true, text: ['-c', '--command'] },
  'mise x': { behind: true, text: ['-c', '--command'] },
  'rtx exec': { behind: true },
  'asdf exec': {},
  'direnv exec': { skip: 1 },
  'rbenv exec': {},
  'pyenv exec': {},
  'nodenv exec': {},
  'volta run': { values: ['--node', '--npm', '--pnpm', '--yarn'] },
  'fnm exec': { values: ['--using'] },
  'nvm exec': { skip: 1 },
  'lerna exec': { behind: true },
  'nx exec': { behind: true },
  dotenv: { values: ['-e', '-f', '-v', '-p'] },
  dotenvx: { behind: true },
  'dotenvx run': { values: ['-f', '-e', '-fk', '--env-file', '--env'] },
  'env-cmd': { values: ['-f', '-e', '-r', '--file', '--environments', '--rc-file'] },
  'with-env': { assignments: true },
  'cross-env': { assignments: true },
  'cross-env-shell': { assignments: true, line: true },
  'op run': { behind: true },
  'doppler run': { behind: true, text: ['--command'] },
  'infisical run': { behind: true, text: ['--command'] },
  'vercel env run': { behind: true },
  'netlify dev:exec': {},
  'aws-vault exec': {
    values: ['-d', '-t', '-s', '--duration', '--mfa-token', '--region', '--assume-role-ttl'],
    skip: 1,
  },
  'saml2aws exec': { values: ['-a', '-p', '--exec-profile', '--profile'], behind: true },
  'aws-okta exec': { skip: 1 },
  'chamber exec': { behind: true },
  'teller run': { behind: true },
  'sops exec-env': { skip: 1, line: true },
  'sops exec-file': { skip: 1, line: true },
  envchain: { skip: 1 },
  concurrently: {
    values:
      '-n -c -p -l -i -m -s --names --prefix-colors --prefix --prefix-length --max-processes --success --restart-tries --restart-after --kill-signal --hide'.split(
        ' ',
      ),
    lines: true,
  },
  hyperfine: {
    values:
      '-w -m -M -r -P -D -L -S -N -i -n --warmup --min-runs --max-runs --runs --parameter-scan --parameter-list --shell --style --export-json --export-csv --export-markdown --command-name'.split(
        ' ',
      ),
    text: ['-p', '-s', '-c', '--prepare', '--setup', '--cleanup', '--conclude'],
    lines: true,
  },
  'npm-run-all': { scripts: true },
  'npm-run-all2': { scripts: true },
  'run-s': { scripts: true },
  'run-p': { scripts: true },
};

/** What `xargs` adds where nothing tells what it reads. */
export function isAnything({ text, known }: Word): boolean {
  return !known && text.includes('{}');
}
