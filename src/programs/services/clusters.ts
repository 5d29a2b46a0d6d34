import type { Service } from '../../core/service.ts';

/*
 * What makes clusters and unmakes them. Written from knowledge of the command lines; not checked against their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

export const clusters: readonly Service[] = [
  {
    service: 'kubernetes',
    title: 'Making and unmaking of clusters',
    programs: ['kubeadm', 'k0s', 'talosctl', 'clusterctl', 'rke', 'k3s', 'microk8s', 'vcluster'],
    reach: { context: '--context --nodes -n' },
    verbs: {
      'reset|remove|delete|uninstall': { destroys: 'cluster' },
      'token create': { reveals: 'a token that joins the cluster' },
      'etcd remove-member': { destroys: 'database' },
      'etcd-snapshot delete|prune': { destroys: 'snapshot' },
      'stop|reboot|shutdown|killall': { interrupts: 'cluster' },
      // `k3s kubectl …` and `microk8s kubectl …`
      '': { runs: 0, where: /(?:^| )(?:kubectl|helm|crictl|ctr) / },
    },
    examples: {
      catches: [
        'kubeadm reset -f',
        'talosctl reset --nodes 203.0.113.4',
        'k3s kubectl delete ns shop',
        'microk8s reset',
        'vcluster delete team-a',
        'k3s etcd-snapshot delete nightly-1',
      ],
      leaves: [
        'kubeadm config images pull',
        'microk8s kubectl get pods',
        'k3s check-config',
        'talosctl health',
      ],
    },
  },
  {
    service: 'kubernetes',
    title: 'The scripts that take k3s and RKE2 away',
    programs: [
      'k3s-uninstall.sh',
      'k3s-agent-uninstall.sh',
      'rke2-uninstall.sh',
      'k3s-killall.sh',
      'rke2-killall.sh',
    ],
    verbs: { '': { destroys: 'cluster' } },
    examples: {
      catches: ['/usr/local/bin/k3s-uninstall.sh', 'sudo rke2-uninstall.sh'],
      leaves: ['cat k3s-uninstall.sh', 'which k3s-uninstall.sh'],
    },
  },
  {
    service: 'minikube',
    title: 'Clusters in containers of this machine',
    programs: ['kind', 'k3d', 'minikube'],
    values: '--name -p --profile --image --config',
    verbs: {
      'delete|rm': { destroys: 'container' },
      'delete cluster|clusters|nodes': { destroys: 'container' },
      'cluster|node|registry delete|del|rm': { destroys: 'container' },
      ssh: { runs: 0 },
      '': { runs: 0, where: /(?:^| )kubectl / },
      'addons|image|cache|config|profile|load|export|get': quiet,
    },
    examples: {
      catches: [
        'kind delete cluster --name dev',
        'k3d cluster delete dev',
        'minikube delete --all --purge',
        'minikube kubectl -- delete ns shop',
      ],
      leaves: [
        'kind create cluster',
        'minikube start',
        'minikube stop',
        'k3d cluster list',
        'minikube kubectl -- get pods',
      ],
    },
  },
  {
    service: 'eksctl',
    title: 'eksctl and kOps',
    programs: ['eksctl', 'kops'],
    values: '-f --config-file --cluster',
    reach: { region: '-r --region', profile: '-p --profile', project: '--name' },
    dry: '--plan',
    verbs: {
      'delete cluster|nodegroup|ng|fargateprofile|ig|instancegroup|instance|instances': {
        destroys: 'cluster',
      },
      delete: { destroys: 'cluster' },
      'delete secret|keypair|sshpublickey': { destroys: 'key' },
      'delete addon|iam*|podidentity*|accessentry': { destroys: 'access' },
      'drain|scale nodegroup|ng': { interrupts: 'cluster' },
      'rolling-update cluster': { interrupts: 'cluster', with: '-y --yes' },
      'update|upgrade cluster': { changes: 'cluster', with: '-y --yes --approve' },
      'get secrets|secret|keypairs': { reveals: 'secrets of a cluster', with: '-oplaintext' },
    },
    examples: {
      catches: [
        'eksctl delete cluster --name shop',
        'kops delete cluster shop.example.com --yes',
        'eksctl scale nodegroup --cluster shop -n web -N 0',
        'kops rolling-update cluster --yes',
      ],
      leaves: [
        'eksctl get cluster',
        'kops validate cluster',
        'kops update cluster shop.example.com',
        'eksctl create cluster -f c.yaml',
      ],
    },
  },
  {
    service: 'kubernetes',
    title: 'Rancher',
    programs: ['rancher'],
    reach: { context: '--context', project: '--project' },
    verbs: {
      'cluster|clusters delete|rm': { destroys: 'cluster' },
      'project|projects delete|rm': { destroys: 'project' },
      'namespace|namespaces delete|rm': { destroys: 'namespace' },
      'node|nodes delete|rm': { destroys: 'cluster' },
      'app|apps|catalog delete|rm': { destroys: 'service' },
      'app|apps rollback': { publishes: 'release' },
      'token delete': { destroys: 'access' },
      '': { runs: 0, where: /(?:^| )kubectl / },
    },
    examples: {
      catches: [
        'rancher cluster delete shop',
        'rancher apps delete web',
        'rancher namespaces rm shop',
        'rancher kubectl delete ns shop',
      ],
      leaves: ['rancher clusters ls', 'rancher kubectl get nodes', 'rancher context switch', 'rancher ps'],
    },
  },
  {
    service: 'nomad',
    title: 'Nomad',
    programs: ['nomad'],
    single: true,
    reach: { context: '-address --address', namespace: '-namespace --namespace', region: '-region --region' },
    values: '-token',
    verbs: {
      'job stop': { destroys: 'service' },
      stop: { destroys: 'service' },
      'alloc stop|restart': { interrupts: 'service' },
      'job restart|revert|scale': { interrupts: 'service' },
      'alloc exec': { runs: 1 },
      'node drain|eligibility': { interrupts: 'cluster', with: '-enable --enable -disable --disable' },
      'volume delete|deregister': { destroys: 'volume' },
      'volume snapshot delete': { destroys: 'snapshot' },
      'var purge': { destroys: 'key' },
      'var get': { reveals: 'a variable of Nomad' },
      'namespace delete': { destroys: 'namespace' },
      'operator raft remove-peer': { interrupts: 'cluster' },
      'system gc': quiet,
    },
    examples: {
      catches: [
        'nomad job stop -purge web',
        'nomad volume delete data',
        'nomad node drain -enable 4f',
        'nomad namespace delete shop',
      ],
      leaves: [
        'nomad job status web',
        'nomad job plan web.nomad',
        'nomad alloc logs 4f',
        'nomad job run web.nomad',
      ],
    },
  },
];
