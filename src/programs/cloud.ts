import { service } from '../core/service.ts';
import type { Program } from '../core/program.ts';

/** Command lines of services: data, not code. Each table names the page it was read from. */
export const cloud: Readonly<Record<string, Program>> = {
  // docs.railway.com/reference/cli-api has the list; not checked against it.
  railway: service({
    service: 'railway',
    values: ['-p', '--path', '-m', '--mount'],
    reach: { environment: ['-e', '--environment'], project: ['--project'], database: ['-s', '--service'] },
    verbs: {
      down: { destroys: 'service' },
      delete: { destroys: 'project' },
      'project delete': { destroys: 'project' },
      'environment delete': { destroys: 'environment' },
      'environment remove': { destroys: 'environment' },
      'env delete': { destroys: 'environment' },
      'service delete': { destroys: 'service' },
      'volume delete': { destroys: 'volume' },
      'volume remove': { destroys: 'volume' },
      'volume rm': { destroys: 'volume' },
      'volume detach': { destroys: 'volume' },
      'backup delete': { destroys: 'backup' },
      'function delete': { destroys: 'service' },
      variables: { reveals: 'the variables of a Railway service' },
      variable: { reveals: 'the variables of a Railway service' },
      vars: { reveals: 'the variables of a Railway service' },
      run: { runs: true },
      local: { runs: true },
      up: { publishes: 'release' },
    },
  }),
};
