import { join } from 'node:path';
import type { LiveAgent } from './agent.ts';
import { openCodeFork } from './openCodeFork.ts';

const fork = openCodeFork({
  program: 'kilo',
  prefix: 'KILO',
  installs: '@kilocode/plugin',
  folders: (home, workspace) => [
    join(home, '.config/kilo'),
    ...[home, workspace].flatMap(it => [join(it, '.kilo'), join(it, '.kilocode')]),
  ],
});

export const kilo = {
  ...fork,
  package: '@kilocode/cli',
  version: '7.7.7',
  env: (url: string) => ({
    ...fork.env(url),
    KILO_DISABLE_CODEBASE_INDEXING: 'true',
    KILO_DISABLE_PRESENCE: 'true',
    KILO_DISABLE_SESSION_INGEST: 'true',
    KILO_TELEMETRY_LEVEL: 'off',
  }),
} as const satisfies LiveAgent;
