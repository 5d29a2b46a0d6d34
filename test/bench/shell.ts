import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { spawnSync } from 'node:child_process';
import { mark, stage } from '../shell/stage.ts';
import { median } from './median.ts';

/*
 * What the shell guard costs, as ratios in one run: a shell that starts and a line that is typed without any mark, and a
 * command that is asked about; and a program that a script stands before.
 */

const shells = ['bash', 'zsh', 'fish'].filter(name => existsSync(`/usr/bin/${name}`));
const programs = mkdtempSync(path.join(tmpdir(), 'programs-'));
const its = await stage({ pathShims: true, path: standIns(programs) });
const plain = {
  BASH_ENV: '',
  CHAPERONE_BASH_ENV: '',
  PS0: '',
  ZDOTDIR: its.bench.home,
  XDG_DATA_DIRS: '/usr/share',
  PATH: process.env['PATH'] ?? '',
};

try {
  await its.answering('deny');
  console.log('\nshells, started with `-c true` 40 times in turn');
  for (const shell of shells) {
    const times: Record<string, number[]> = { without: [], unmarked: [], asked: [] };
    for (let round = 0; round < 40; round++)
      for (const [name, env] of Object.entries({ without: plain, unmarked: {}, asked: mark }))
        times[name]?.push(took([shell, '-c', 'true'], { ...its.variables, ...env }));
    const [without, unmarked, asked] = ['without', 'unmarked', 'asked'].map(name =>
      median(times[name] ?? []),
    );
    console.log(
      `  ${shell.padEnd(5)} ${fixed(without)} ms, with the guard and no mark ${ratio(unmarked, without)} ×, asked about: ${fixed((asked ?? 0) - (without ?? 0))} ms more`,
    );
  }
  // What bash expands before each line that is typed.
  const script = 'for ((i = 0; i < 20000; i++)); do :; x=${P@P}; done; times | head -n 1';
  const [off, on] = ['', its.variables['PS0'] ?? ''].map(prompt =>
    median(Array.from({ length: 5 }, () => took(['bash', '-c', script], { P: prompt }))),
  );
  console.log(
    `  bash, a line that is typed without a mark: ${fixed((((on ?? 0) - (off ?? 0)) / 20000) * 1000)} µs more`,
  );
  console.log('\na script before a program on PATH, each started 200 times in turn');
  for (const name of ['kubectl', 'psql']) {
    const file = path.join(programs, name);
    const times: Record<string, number[]> = { direct: [], shimmed: [], asked: [] };
    for (let round = 0; round < 200; round++) {
      times['direct']?.push(took([file, 'version'], its.variables));
      times['shimmed']?.push(took([name, 'version'], its.variables));
      if (round < 20) times['asked']?.push(took([name, '--version'], { ...its.variables, ...mark }));
    }
    const [direct, shimmed, asked] = ['direct', 'shimmed', 'asked'].map(it => median(times[it] ?? []));
    console.log(
      `  ${name === 'psql' ? 'node -e 0' : 'true'}: ${fixed(direct)} ms, without a mark ${ratio(shimmed, direct)} × (${fixed((shimmed ?? 0) - (direct ?? 0))} ms more), asked about: ${fixed((asked ?? 0) - (direct ?? 0))} ms more`,
    );
  }
} finally {
  await its.dispose();
  rmSync(programs, { recursive: true, force: true });
}

/** The least program there is, and one that loads as much as a client of a service. */
function standIns(folder: string): string {
  for (const [name, runs] of [
    ['kubectl', 'exec /usr/bin/true'],
    ['psql', `exec '${process.execPath}' -e 0`],
  ] as const) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${runs}\n`);
    chmodSync(path.join(folder, name), 0o700);
  }
  return folder;
}

function took([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>>): number {
  const began = performance.now();
  spawnSync(program, args, {
    cwd: its.folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: its.bench.home, SHLVL: '1', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return performance.now() - began;
}

function fixed(value = 0): string {
  return value.toFixed(1);
}

function ratio(value = 0, of = 1): string {
  return (value / of).toFixed(2);
}
