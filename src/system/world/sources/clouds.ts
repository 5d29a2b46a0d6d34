import { createHash } from 'node:crypto';
import { hostOf } from '../../../core/urls.ts';
import {
  above,
  at,
  engine,
  here,
  hostOr,
  list,
  named,
  plainName,
  some,
  text,
  word,
  type Source,
} from './source.ts';

/** The context that is asked for or current, its cluster and namespace. Of several files, each adds what it knows. */
const kubernetes: readonly Source[] = [
  {
    file: '~/.kube/config',
    moved: 'KUBECONFIG',
    as: 'yaml',
    says: (config, { reach }) => {
      const name = reach.context ?? text(config, 'current-context');
      const { context } = named(at(config, 'contexts'), name) as { readonly context?: unknown };
      const { cluster } = named(at(config, 'clusters'), text(context, 'cluster')) as {
        readonly cluster?: unknown;
      };
      const server = text(cluster, 'server');
      return some({
        context: name,
        host: server === undefined ? undefined : hostOf(server),
        namespace: text(context, 'namespace'),
      });
    },
  },
];

const docker: readonly Source[] = [
  {
    knows: ({ reach, variable }) => (reach.context === undefined ? engine(variable('DOCKER_HOST')) : {}),
    from: 'DOCKER_HOST',
  },
  { variable: 'DOCKER_CONTEXT', part: 'context' },
  {
    file: '~/.docker/config.json',
    movedFolder: 'DOCKER_CONFIG',
    as: 'json',
    says: (config, { reach }) =>
      reach.host === undefined ? some({ context: text(config, 'currentContext') }) : {},
  },
  {
    file: ({ reach: { context } }) =>
      context === undefined || context === 'default'
        ? undefined
        : `~/.docker/contexts/meta/${createHash('sha256').update(context).digest('hex')}/meta.json`,
    as: 'json',
    says: meta => engine(text(at(at(meta, 'Endpoints'), 'docker'), 'Host')),
  },
  {
    knows: ({ reach: { host, context } }) =>
      host === undefined && (context === undefined || context === 'default') ? { here: true } : {},
  },
];

const aws: readonly Source[] = [
  { variable: 'AWS_PROFILE', part: 'profile' },
  { variable: 'AWS_DEFAULT_PROFILE', part: 'profile' },
  { variable: 'AWS_REGION', part: 'region' },
  { variable: 'AWS_DEFAULT_REGION', part: 'region' },
  {
    knows: ({ variable }) => some({ host: hostOr(variable('AWS_ENDPOINT_URL')) }),
    from: 'AWS_ENDPOINT_URL',
  },
  {
    file: '~/.aws/config',
    moved: 'AWS_CONFIG_FILE',
    as: 'sections',
    says: (sections, { reach: { profile }, variable }) => {
      // Keys in variables win over a profile that nobody named.
      if (profile === undefined && variable('AWS_ACCESS_KEY_ID') !== undefined) return {};
      const section =
        profile === undefined || profile === 'default'
          ? sections.get('default')
          : sections.get(`profile ${profile}`);
      if (!section) return {};
      const role = /^arn:[\w-]+:iam::(\d{12}):/.exec(section.get('role_arn') ?? '')?.[1];
      return some({
        profile: profile ?? 'default',
        account: role ?? section.get('sso_account_id'),
        region: section.get('region'),
        host: hostOr(section.get('endpoint_url')),
      });
    },
  },
];

const google: readonly Source[] = [
  { variable: 'CLOUDSDK_CORE_PROJECT', part: 'project' },
  { variable: 'CLOUDSDK_CORE_ACCOUNT', part: 'account' },
  { variable: 'CLOUDSDK_ACTIVE_CONFIG_NAME', part: 'profile' },
  {
    file: '~/.config/gcloud/active_config',
    movedFolder: 'CLOUDSDK_CONFIG',
    as: 'text',
    says: name => some({ profile: word(name) }),
  },
  {
    file: ({ reach: { profile } }) =>
      /^[\w-]+$/.test(profile ?? 'default')
        ? `~/.config/gcloud/configurations/config_${profile ?? 'default'}`
        : undefined,
    as: 'sections',
    says: sections =>
      some({
        project: sections.get('core')?.get('project'),
        account: sections.get('core')?.get('account'),
        region: sections.get('compute')?.get('region'),
      }),
  },
];

const azure: readonly Source[] = [
  {
    file: '~/.azure/azureProfile.json',
    movedFolder: 'AZURE_CONFIG_DIR',
    as: 'json',
    says: (config, { reach: { account } }) => {
      const all = list(at(config, 'subscriptions'));
      const one = all.find(it =>
        account === undefined ? at(it, 'isDefault') === true : text(it, 'id') === account,
      );
      return account === undefined
        ? some({ account: text(one, 'name') })
        : some({ profile: text(one, 'name') });
    },
  },
];

/** Folders are called for what they hold: `environments/prod`. The deepest such name counts. */
const folder: Source = {
  knows: ({ cwd }) =>
    some({
      environment: cwd
        .split('/')
        .findLast(name =>
          /^(?:prod|production|prd|live|stag(?:e|ing)|stg|dev|development|test|qa|uat|sandbox|preprod|pre-prod)$/i.test(
            name,
          ),
        ),
    }),
  from: 'the folder',
};

const terraform: readonly Source[] = [
  { variable: 'TF_WORKSPACE', part: 'environment' },
  {
    file: './.terraform/environment',
    as: 'text',
    says: name => (word(name) === 'default' ? {} : some({ environment: word(name) })),
  },
  {
    file: './.terraform/terraform.tfstate',
    as: 'json',
    says: state => {
      const backend = at(at(state, 'backend'), 'config');
      const names = ['hostname', 'organization', 'bucket', 'container_name', 'key', 'prefix', 'path'];
      const place = names.flatMap(name => text(backend, name) ?? []).join('/');
      return some({ project: place || undefined });
    },
  },
  folder,
];

const pulumi: readonly Source[] = [
  { variable: 'PULUMI_STACK', part: 'environment' },
  { file: './Pulumi.yaml', as: 'yaml', says: project => some({ project: text(project, 'name') }) },
  {
    file: ({ reach: { project }, found }) => {
      const manifest = found('./Pulumi.yaml');
      return manifest === undefined || !/^[\w.-]+$/.test(project ?? '')
        ? undefined
        : `~/.pulumi/workspaces/${project}-${createHash('sha1').update(manifest).digest('hex')}-workspace.json`;
    },
    as: 'json',
    says: workspace => some({ environment: text(workspace, 'stack') }),
  },
  folder,
];

/** By services, with blanks between them. Not checked against the manuals of all of them. */
export const clouds: Readonly<Record<string, readonly Source[]>> = {
  'google gcloud gcp bigquery gsutil gcs': google,
  'kubernetes kubectl helm kustomize flux velero argo istio linkerd': kubernetes,
  argocd: [
    {
      file: '~/.config/argocd/config',
      as: 'yaml',
      says: (config, { reach }) => some({ context: reach.context ?? text(config, 'current-context') }),
    },
  ],
  'docker compose docker-compose podman': docker,
  'minikube kind k3d vagrant colima lima multipass ddev lando': [here],
  'aws s3 dynamodb sam cdk sst eksctl copilot elasticbeanstalk amplify': aws,
  'azure az': azure,
  'terraform tofu opentofu terragrunt': terraform,
  pulumi,
  'ansible helmfile': [folder],
  'serverless sls': [
    {
      file: './serverless.yml',
      as: 'yaml',
      says: it => some({ environment: plainName(text(at(it, 'provider'), 'stage')) }),
    },
    ...aws,
  ],
  'hcloud hetzner': [
    { variable: 'HCLOUD_CONTEXT', part: 'context' },
    {
      file: '~/.config/hcloud/cli.toml',
      as: 'sections',
      says: it => some({ context: it.get('')?.get('active_context') }),
    },
  ],
  'digitalocean doctl': [
    { variable: 'DIGITALOCEAN_CONTEXT', part: 'context' },
    {
      file: '~/.config/doctl/config.yaml',
      as: 'yaml',
      says: it => some({ context: text(it, 'context') }),
    },
  ],
  'vault openbao': [
    { knows: ({ variable }) => some({ host: hostOr(variable('VAULT_ADDR')) }), from: 'VAULT_ADDR' },
    { variable: 'VAULT_NAMESPACE', part: 'namespace' },
  ],
  openstack: [
    { variable: 'OS_CLOUD', part: 'profile' },
    { variable: 'OS_PROJECT_NAME', part: 'project' },
    { variable: 'OS_REGION_NAME', part: 'region' },
  ],
  consul: [
    {
      knows: ({ variable }) => some({ host: hostOr(variable('CONSUL_HTTP_ADDR')) }),
      from: 'CONSUL_HTTP_ADDR',
    },
  ],
  nomad: [
    { knows: ({ variable }) => some({ host: hostOr(variable('NOMAD_ADDR')) }), from: 'NOMAD_ADDR' },
    { variable: 'NOMAD_NAMESPACE', part: 'namespace' },
  ],
  doppler: [
    { variable: 'DOPPLER_PROJECT', part: 'project' },
    { variable: 'DOPPLER_CONFIG', part: 'environment' },
    {
      file: '~/.doppler/.doppler.yaml',
      as: 'yaml',
      says: (config, { cwd }) => {
        const scope = above(at(config, 'scoped'), cwd);
        return some({ project: text(scope, 'enclave.project'), environment: text(scope, 'enclave.config') });
      },
    },
  ],
};
