import type { Service } from '../../core/service.ts';

/** Platforms that host applications. Each table names the page it was read from, or says that it was not. */
export const hosting: readonly Service[] = [
  {
    // docs.railway.com/reference/cli-api has the list; not checked against it.
    service: 'railway',
    title: 'Railway',
    programs: ['railway'],
    values: '-p --path -m --mount',
    reach: { environment: '-e --environment', project: '--project', database: '-s --service' },
    verbs: {
      down: { destroys: 'service' },
      delete: { destroys: 'project' },
      'project delete': { destroys: 'project' },
      'environment|env delete|remove': { destroys: 'environment' },
      'service|function delete': { destroys: 'service' },
      'volume delete|remove|rm|detach': { destroys: 'volume' },
      'backup delete': { destroys: 'backup' },
      'variables|variable|vars': { reveals: 'the variables of a Railway service' },
      'run|local': { runs: 0 },
      'up|redeploy': { publishes: 'release' },
      restart: { interrupts: 'service' },
      'domain|custom-domain delete': { changes: 'service' },
      'service source connect|disconnect': { changes: 'service' },
    },
    examples: {
      catches: ['railway volume delete', 'railway down', 'railway environment delete production'],
      leaves: ['railway status', 'railway logs', 'railway run npm test'],
    },
  },
];
