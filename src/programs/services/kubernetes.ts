import type { Service } from '../../core/service.ts';
import { clusters } from './clusters.ts';

/*
 * Kubernetes and what is installed in clusters of it. Written from knowledge of the command lines; not checked against their
 * references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

const readable = /-(?:o|-output|-template)[ =]?(?:yaml|json|go-template|template|custom-columns|\{)/;

export const kubernetes: readonly Service[] = [
  {
    service: 'kubernetes',
    title: 'kubectl and oc',
    programs: ['kubectl', 'k', 'oc', 'kubecolor'],
    values: `-f --filename -k --kustomize -l --selector -o --output -c --container --user --token --as --as-group -p --patch
      --patch-file --type --image --replicas --timeout --grace-period --field-selector --sort-by --template --from -v --labels
      --overrides --restart --target --profile --tail --since --subresource`,
    reach: {
      context: '--context --cluster -s --server',
      namespace: '-n --namespace',
      profile: '--kubeconfig',
    },
    verbs: {
      delete: [
        { destroys: 'cluster', all: true, with: '-A --all-namespaces' },
        { destroys: 'resource', without: '-A --all-namespaces' },
      ],
      'delete ns|namespace|namespaces|project|projects|ns/*|namespace/*|namespaces/*|project/*': {
        destroys: 'namespace',
      },
      'delete no|node|nodes|no/*|node/*|nodes/*': { destroys: 'cluster' },
      'delete crd*|customresourcedefinition*|machineset*|machinedeployment*|*clusters.*': {
        destroys: 'cluster',
      },
      'delete pv|pvc|pv/*|pvc/*|pv,*|pvc,*|*,pv|*,pvc|*,pvc,*|persistentvolume*|*,persistentvolume*': {
        destroys: 'volume',
      },
      'delete volumesnapshot*|vs|vs/*|vsc|vsc/*': { destroys: 'snapshot' },
      'delete backup*|*.velero.io*|scheduledbackup*': { destroys: 'backup' },
      'delete secret*|*,secret*|sealedsecret*|externalsecret*|certificate*': { destroys: 'key' },
      'delete postgresql*|postgrescluster*|mongodb*|perconaxtradbcluster*|perconaservermongodb*|mysqlcluster*|innodbcluster*|rediscluster*|cassandradatacenter*|elasticsearch*':
        { destroys: 'database' },
      'delete kafkatopic*': { destroys: 'queue' },
      'delete po|pod|pods|po/*|pod/*|pods/*': { destroys: 'container' },
      'delete deploy*|svc|svc/*|service|services|service/*|services/*|sts|sts/*|statefulset*|ds|ds/*|daemonset*|ing|ing/*|ingress*|job*|cronjob*|all|hpa*':
        [
          { destroys: 'cluster', all: true, with: '-A --all-namespaces' },
          { destroys: 'service', without: '-A --all-namespaces' },
        ],
      'delete role*|clusterrole*|sa|sa/*|serviceaccount*|netpol*|networkpolic*': { destroys: 'access' },
      'drain|cordon|taint': { interrupts: 'cluster' },
      'adm drain|cordon|taint': { interrupts: 'cluster' },
      'adm policy add-*': { changes: 'access' },
      'scale|idle|evict': { interrupts: 'service' },
      'rollout restart|undo': { interrupts: 'service' },
      'argo rollouts abort|restart|undo|retry': { interrupts: 'service' },
      'set env|image|resources|selector|serviceaccount|subject|volume|volumes|probe': {
        changes: 'service',
        without: '--local --list',
      },
      apply: { destroys: 'resource', with: '--force --prune' },
      replace: { destroys: 'resource', with: '--force' },
      patch: { changes: 'service', without: '--local' },
      'certificate approve': { changes: 'access' },
      'auth reconcile': { changes: 'access' },
      'get secret|secrets|secret/*|secrets/*|secret,*|*,secret|*,secrets': {
        reveals: 'secrets of a cluster',
        where: readable,
      },
      'describe secret|secrets|secret/*': { reveals: 'a token of a cluster', where: /token/ },
      'view-secret|extract': { reveals: 'secrets of a cluster' },
      'create token': { reveals: 'a token of a cluster' },
      'config view': { reveals: 'the credentials of kubectl', with: '--raw' },
      whoami: { reveals: 'the token of oc', with: '-t --show-token' },
      'config delete-context|delete-cluster|delete-user|unset': { changes: 'access' },
      'exec|debug|run|rsh': { runs: 1 },
      'cp|rsync': { copies: true },
      'label|annotate|autoscale|expose|explain|api-resources|api-versions|cluster-info|top|port-forward|proxy|attach|config|krew|rollout|process|uncordon':
        quiet,
    },
    examples: {
      catches: [
        'kubectl delete ns checkout',
        'kubectl -n shop delete pvc data-postgres-0',
        'kubectl delete -f k8s/base.yaml',
        'oc delete project billing',
        'kubectl --context live get secret stripe -o jsonpath={.data.key}',
        'kubectl exec deploy/web -n shop -- psql -c "DROP TABLE orders"',
        'kubectl drain worker-3 --ignore-daemonsets',
        'kubectl set image deploy/web web=web:2',
        'kubectl apply --prune -f all.yaml',
      ],
      leaves: [
        'kubectl get pods -A -o wide',
        'kubectl get secrets -n shop',
        'kubectl apply -f k8s/base.yaml',
        'kubectl logs -f deploy/web',
        'kubectl delete pod web-1 --dry-run=server',
        'kubectl label pod delete-me tier=web',
        'kubectl rollout status deploy/web',
        'kubectl exec web-1 -- ls /app',
        'kubectl describe pod web-1',
      ],
    },
  },
  {
    service: 'helm',
    title: 'Helm',
    programs: ['helm', 'helmfile'],
    values:
      '-f --values --set --set-string --version --timeout --repo -l --selector --history-max --output -o',
    reach: {
      context: '--kube-context',
      namespace: '-n --namespace',
      environment: '-e --environment',
      profile: '--kubeconfig',
    },
    verbs: {
      'uninstall|delete|del|un|destroy': { destroys: 'service' },
      rollback: { publishes: 'release' },
      upgrade: { publishes: 'release', with: '--force --reset-values --recreate-pods' },
      'secrets dec|decrypt|view': { reveals: 'secrets of a chart' },
      'repo|plugin|registry|dependency|dep|search|get|history|lint|template|package|env|test|verify': quiet,
    },
    examples: {
      catches: [
        'helm uninstall web -n shop',
        'helm rollback web 3',
        'helm upgrade web ./chart --reset-values',
        'helm secrets dec secrets.yaml',
      ],
      leaves: [
        'helm upgrade --install web ./chart -n shop',
        'helm repo remove old',
        'helm history web',
        'helm uninstall web --dry-run',
        'helm template ./chart',
      ],
    },
  },
  {
    service: 'argocd',
    title: 'Argo CD',
    programs: ['argocd'],
    values: '--revision -l --selector --grpc-web-root-path --auth-token -p --parameter -o --output --project',
    reach: { context: '--server --kube-context' },
    verbs: {
      'app|appset delete': { destroys: 'service' },
      'app delete-resource': { destroys: 'resource' },
      'app sync': { destroys: 'resource', with: '--force --prune --replace' },
      'app rollback': { publishes: 'release' },
      'app actions run * restart': { interrupts: 'service' },
      'cluster rm|remove': { destroys: 'cluster' },
      'proj delete': { destroys: 'project' },
      'repo|repocreds rm|remove': { changes: 'access' },
      'account update-password': { changes: 'access' },
      'account generate-token': { reveals: 'a token of Argo CD' },
      'admin initial-password': { reveals: 'the first password of Argo CD' },
      'app unset|terminate-op|remove-source': quiet,
    },
    examples: {
      catches: [
        'argocd app delete shop --cascade',
        'argocd app sync shop --prune',
        'argocd cluster rm https://k8s.example.com',
        'argocd proj delete payments',
      ],
      leaves: ['argocd app list', 'argocd app sync shop', 'argocd app diff shop', 'argocd app get delete-me'],
    },
  },
  {
    service: 'argo',
    title: 'Argo Workflows',
    programs: ['argo'],
    reach: { namespace: '-n --namespace', context: '--context' },
    verbs: {
      delete: { destroys: 'resource' },
      'stop|terminate|suspend': { interrupts: 'process' },
      'auth token': { reveals: 'a token of Argo' },
    },
    examples: {
      catches: [
        'argo delete --all',
        'argo terminate nightly-x7',
        'argo cron delete nightly',
        'argo auth token',
      ],
      leaves: ['argo list', 'argo logs @latest', 'argo submit flow.yaml', 'argo get @latest'],
    },
  },
  {
    service: 'flux',
    title: 'Flux',
    programs: ['flux'],
    reach: { namespace: '-n --namespace', context: '--context' },
    verbs: {
      delete: { destroys: 'resource' },
      'delete kustomization|ks|helmrelease|hr': { destroys: 'service' },
      suspend: { interrupts: 'service' },
      uninstall: { destroys: 'service', all: true },
    },
    examples: {
      catches: [
        'flux delete kustomization apps',
        'flux suspend helmrelease web',
        'flux uninstall --silent',
        'flux delete source git infra',
      ],
      leaves: [
        'flux get all',
        'flux reconcile kustomization apps',
        'flux resume helmrelease web',
        'flux check',
      ],
    },
  },
  {
    service: 'kubernetes',
    title: 'Parts of a cluster: meshes, networks, operators',
    programs: [
      'istioctl',
      'linkerd',
      'cilium',
      'consul-k8s',
      'calicoctl',
      'kubectl-argo-rollouts',
      'skaffold',
    ],
    values: '-f --filename -i --istioNamespace',
    reach: { context: '--context --kube-context', namespace: '-n --namespace' },
    verbs: {
      'uninstall|uninject-all|delete': { destroys: 'service', all: true },
      'x|experimental uninstall': { destroys: 'service', all: true },
      'abort|restart|undo': { interrupts: 'service' },
    },
    examples: {
      catches: [
        'istioctl uninstall --purge',
        'linkerd uninstall',
        'cilium uninstall',
        'skaffold delete -p live',
      ],
      leaves: ['istioctl analyze', 'linkerd check', 'cilium status', 'skaffold dev', 'skaffold run'],
    },
  },
  {
    service: 'velero',
    title: 'Velero',
    programs: ['velero'],
    values: '-l --selector --ttl --include-namespaces',
    reach: { namespace: '-n --namespace', context: '--kubecontext' },
    verbs: {
      '* delete': { destroys: 'backup' },
      delete: { destroys: 'backup' },
      uninstall: { destroys: 'backup', all: true },
      'schedule pause': { changes: 'protection' },
    },
    examples: {
      catches: [
        'velero backup delete nightly-7',
        'velero delete schedule nightly',
        'velero uninstall --force',
        'velero schedule pause nightly',
      ],
      leaves: [
        'velero backup get',
        'velero backup create now',
        'velero restore create --from-backup now',
        'velero schedule describe nightly',
      ],
    },
  },
  ...clusters,
];
