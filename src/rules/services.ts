import type { Effect, Rule } from '../core/model.ts';
import { does, isDatabase, isGravest, isLocalHost } from '../core/rule.ts';

/** What we mind beyond this machine: taking away what holds data or serves users, by a command line or by a raw request. */
export const services: readonly Rule[] = [
  {
    id: 'services.delete-gravest',
    title: 'Deleting what a loss is mended with',
    verdict: 'ask',
    because:
      'It deletes volumes, backups, keys, databases or whole projects of a service; often the backups go with them.',
    instead: 'ask the person to do it in the service itself.',
    grave: true,
    minds: away(it => isGravest(it.what)),
    examples: {
      catches: [
        'railway volume delete',
        'railway environment delete production',
        `curl -X POST https://backboard.railway.app/graphql/v2 -d '{"query":"mutation { volumeDelete(volumeId: \\"v-1\\") }"}'`,
        'curl -X DELETE https://api.example.com/v1/volumes/v-1',
      ],
      leaves: [
        'railway status',
        'railway logs',
        `curl -X POST https://backboard.railway.app/graphql/v2 -d '{"query":"query { me { name } }"}'`,
        'curl -X DELETE http://localhost:3000/volumes/1',
      ],
    },
  },
  {
    id: 'services.delete',
    title: 'Deleting something of a service',
    verdict: 'ask',
    because: 'It deletes something that a service keeps, and that users may rely on.',
    minds: away(it => !isGravest(it.what)),
    examples: {
      catches: [
        'railway down',
        'npm unpublish left-pad --force',
        'curl -X DELETE https://api.example.com/v1/orders/7',
        `curl https://api.example.com/graphql -d '{"query":"mutation { serviceDelete(id: \\"s-1\\") }"}'`,
      ],
      leaves: [
        'curl https://api.example.com/v1/orders',
        'curl -X DELETE http://127.0.0.1:8080/orders/7',
        'curl -X POST https://api.example.com/v1/orders -d name=x',
        'npm uninstall left-pad',
      ],
    },
  },
];

/** Destroyed by a service other than a database or git; not at home. */
function away(minds: (it: Effect & { does: 'destroy' }) => boolean): Rule['minds'] {
  return does(
    'destroy',
    it => !isDatabase(it.service) && it.service !== 'git' && !isLocalHost(it.reach?.host ?? '') && minds(it),
  );
}
