import type { Effect, Facts, Reach, Rule } from '../core/model.ts';
import {
  any,
  does,
  isDatabase,
  isGravest,
  isLocalHost,
  looksLikeProduction,
  reachedBy,
} from '../core/rule.ts';

/** What we mind beyond this machine: taking away what holds data or serves users, by a command line or by a raw request. */
export const services: readonly Rule[] = [
  {
    id: 'services.delete-gravest',
    title: 'Deleting what a loss is mended with',
    verdict: 'ask',
    because:
      'It deletes volumes, backups, keys, databases, namespaces or whole projects; often the backups go with them.',
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
  {
    id: 'services.change',
    title: 'Changing what a service keeps or who may use it',
    verdict: 'ask',
    because:
      'It changes something of a service that others rely on: its state, its settings, or who may use it.',
    minds: does('change', it => !isDatabase(it.service) && !isOwn(it)),
    examples: {
      catches: ['railway domain delete', 'railway service source disconnect'],
      leaves: ['railway status', 'railway domain'],
    },
  },
  {
    id: 'services.interrupt',
    title: 'Stopping what others use',
    verdict: 'ask',
    because: 'It stops, restarts or cuts off something that others may be using.',
    minds: does('interrupt', it => !isOwn(it)),
    examples: {
      catches: ['railway restart', 'railway restart --service web'],
      leaves: ['railway logs', 'echo restart'],
    },
  },
  {
    id: 'services.release',
    title: 'Replacing what serves users',
    verdict: 'ask',
    because: 'It puts a new release in the place of the one that serves users.',
    instead: 'let the person, or the pipeline that they set up, deploy it.',
    minds: does('publish', it => it.what === 'release'),
    examples: { catches: ['railway up', 'railway redeploy'], leaves: ['railway status', 'npm run build'] },
  },
  {
    id: 'services.files',
    title: 'Putting files where others can read them',
    verdict: 'ask',
    because: 'It puts files of this machine onto a site where others can read them.',
    instead: 'show the person the text, and ask where it may go.',
    minds: does('publish', it => it.what === 'files'),
    examples: {
      catches: ['gh gist create notes.md', 'gh gist create --public plan.md'],
      leaves: ['gh gist list', 'gh gist view 5b0e0062'],
    },
  },
  {
    id: 'services.production',
    title: 'Destroying in production',
    verdict: 'ask',
    because: 'It destroys or stops something in what looks like production.',
    grave: true,
    minds: any(
      does('destroy', (it, facts) => isAway(it) && inProduction(it, facts)),
      does('interrupt', (it, facts) => !isOwn(it) && inProduction(it, facts)),
    ),
    examples: {
      catches: [
        'railway service delete web -e production',
        'railway restart -e live',
        'aws rds delete-db-instance --db-instance-identifier live-orders',
        'kubectl delete namespace payments-prod',
      ],
      leaves: ['railway logs -e production', 'railway status -e production'],
    },
  },
];

/** By where it reaches, or by the name of the thing itself. */
function inProduction(effect: Effect & { readonly name?: string }, facts: Facts): boolean {
  return (reachedBy(effect, facts)?.production ?? false) || looksLikeProduction(effect.name);
}

/**
 * A request that no service is known for, to this machine or its network, is one to what is being developed; so is one
 * to an imitation of a cloud.
 */
function isOwn({ service, reach }: { readonly service: string; readonly reach?: Reach }): boolean {
  const host = reach?.host ?? '';
  return (
    (/^(?:api|graphql|http|aws|gcloud|azure)$/.test(service) && isLocalHost(host)) ||
    (service === 'aws' && /^(?:localstack|minio|moto|dynamodb-local|.*\.localstack\.cloud)$/.test(host))
  );
}

function isAway(it: Effect & { does: 'destroy' }): boolean {
  return !isDatabase(it.service) && it.service !== 'git' && !isOwn(it);
}

/** Destroyed by a service other than a database or git; not at home. */
function away(minds: (it: Effect & { does: 'destroy' }) => boolean): Rule['minds'] {
  return does('destroy', it => isAway(it) && minds(it));
}
