import type { Service, VerbDoes } from '../../core/service.ts';
import { configuration } from './configuration.ts';

/*
 * Infrastructure as code. Written from knowledge of the command lines; not checked against their references.
 */

type Verbs = Readonly<Record<string, VerbDoes | readonly VerbDoes[]>>;

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

const secretName =
  /pass|secret|token|credential|private|kubeconfig|(?:api|access)[-_]?key|connection_string/i;

/** What Terraform does, and OpenTofu alike. */
const terraform: Verbs = {
  destroy: { destroys: 'environment', all: true },
  apply: [
    { destroys: 'environment', all: true, with: '-destroy --destroy' },
    { changes: 'environment', without: '-destroy --destroy' },
  ],
  'state rm': { destroys: 'resource' },
  'state mv|replace-provider|push': { changes: 'environment' },
  'state pull': { reveals: 'the whole state of an environment' },
  output: [{ reveals: 'an output of an environment', where: secretName }],
  'force-unlock': { changes: 'protection' },
  taint: { changes: 'resource' },
  'workspace delete': { destroys: 'environment' },
  init: { changes: 'environment', with: '-migrate-state --migrate-state -force-copy --force-copy' },
  'state list|show|identities': quiet,
  'console|graph|providers|version|validate|fmt|get|test|plan|show|import|untaint|metadata|modules|workspace|login|logout|refresh':
    quiet,
};

const terragrunt: Verbs = {
  ...behind(['', 'run-all ', 'run ', 'stack run ', 'run-all state '], terraform),
  'destroy-all': { destroys: 'environment', all: true },
  'apply-all': { changes: 'environment' },
  'backend delete': { destroys: 'backup' },
  'hclfmt|hclvalidate|graph-dependencies|find|list|render|stack generate|scaffold|catalog': quiet,
};

export const infrastructure: readonly Service[] = [
  {
    service: 'terraform',
    title: 'Terraform and OpenTofu',
    programs: ['terraform', 'tofu', 'tf'],
    single: true,
    values: '-var -target -state -state-out -backup -replace -backend-config -exclude',
    reach: { environment: '-var-file --var-file -chdir -var --var' },
    dry: '-help -h',
    verbs: terraform,
    examples: {
      catches: [
        'terraform destroy -target=aws_db_instance.main',
        'terraform apply',
        'tofu apply -destroy -auto-approve',
        'terraform state rm aws_s3_bucket.logs',
        'terraform -chdir=live apply -auto-approve',
        'tofu state push old.tfstate',
        'terraform state pull',
        'terraform output -raw db_password',
        'terraform init -migrate-state',
      ],
      leaves: [
        'terraform plan -destroy',
        'terraform init -upgrade',
        'tofu fmt -recursive',
        'terraform validate',
        'terraform state list',
        'terraform output -raw url',
        'terraform import aws_s3_bucket.delete_me x',
        'terraform workspace select dev',
        'terraform destroy -help',
      ],
    },
  },
  {
    service: 'terraform',
    title: 'Terragrunt and others that run Terraform in many folders',
    programs: ['terragrunt', 'atmos', 'terramate', 'cdktf'],
    values: '-s --stack --working-dir --terragrunt-working-dir --queue-include-dir --queue-exclude-dir',
    reach: {
      environment: '-var-file --var-file -var --var --terragrunt-working-dir --working-dir -s --stack',
    },
    dry: '-help',
    verbs: {
      ...behind(['terraform ', 'tf '], terraform),
      ...terragrunt,
      deploy: { changes: 'environment' },
      // `terramate run -- terraform apply`
      run: { runs: 0 },
    },
    examples: {
      catches: [
        'terragrunt run-all destroy',
        'terragrunt run --all destroy',
        'terragrunt apply --auto-approve',
        'cdktf destroy shop',
        'atmos terraform destroy vpc -s live',
        'terramate run -- terraform apply',
      ],
      leaves: [
        'terragrunt run-all plan',
        'terragrunt hclfmt',
        'cdktf synth',
        'atmos terraform plan vpc -s live',
        'terramate list',
      ],
    },
  },
  {
    service: 'pulumi',
    title: 'Pulumi',
    programs: ['pulumi'],
    values: '-C --cwd -t --target -m --message -c --config -r --replace --config-file',
    reach: { environment: '-s --stack' },
    dry: '--preview-only -h',
    verbs: {
      'destroy|down|dn': { destroys: 'environment', all: true },
      'up|update|watch': { changes: 'environment' },
      'stack rm|remove': { destroys: 'environment' },
      'state delete': { destroys: 'resource' },
      'state unprotect': { destroys: 'protection' },
      'state rename|move|edit|repair': { changes: 'environment' },
      'stack import': { changes: 'environment' },
      cancel: { interrupts: 'process' },
      refresh: { changes: 'environment', with: '-y --yes -f --skip-preview' },
      config: { reveals: 'the secrets of a stack', with: '--show-secrets' },
      'config get': { reveals: 'a secret of a stack', where: secretName },
      'config rm|rm-all|set|set-all|cp|refresh|env': quiet,
      'stack output|export': { reveals: 'the secrets of a stack', with: '--show-secrets' },
      'env|environment rm|remove': { destroys: 'environment' },
      'env|environment open': { reveals: 'the values of an environment' },
      'env|environment run': { runs: 1 },
      'plugin rm': quiet,
    },
    examples: {
      catches: [
        'pulumi destroy --yes',
        'pulumi up -y -s acme/live',
        'pulumi stack rm acme/live --force',
        'pulumi state unprotect urn:x',
        'pulumi config --show-secrets',
        'pulumi config get dbPassword',
        'pulumi state delete urn:x',
      ],
      leaves: [
        'pulumi preview',
        'pulumi stack ls',
        'pulumi config set region eu',
        'pulumi config get region',
        'pulumi stack output url',
        'pulumi plugin rm --all',
      ],
    },
  },
  {
    service: 'cdk',
    title: 'AWS CDK, SAM and rain',
    programs: ['cdk', 'sam', 'rain'],
    values:
      '-a --app -c --context -r --role-arn --template-file -t --parameter-overrides --s3-bucket --image-repository',
    reach: {
      environment: '--stack-name --config-env',
      profile: '-p --profile',
      region: '--region',
    },
    dry: '--no-execute -h',
    verbs: {
      'destroy|delete|rm': { destroys: 'environment' },
      'deploy|rollback|sync|watch': { publishes: 'release' },
      gc: { destroys: 'object' },
      'build|local|synth|diff|list|ls|logs|validate|init|bootstrap|acknowledge|docs|doctor|context|metadata|notices':
        quiet,
    },
    examples: {
      catches: [
        'cdk destroy --all --force',
        'sam delete --stack-name shop --no-prompts',
        'cdk deploy ShopStack',
        'rain rm shop',
        'npx cdk deploy',
      ],
      leaves: [
        'cdk synth',
        'cdk diff',
        'sam build',
        'sam local invoke remove',
        'rain ls',
        'cdk deploy --help',
      ],
    },
  },
  {
    service: 'serverless',
    title: 'Serverless Framework',
    programs: ['serverless', 'sls', 'slss'],
    values: '-f --function -c --config -p --package --param -d --data',
    reach: { environment: '-s --stage', region: '-r --region', profile: '--aws-profile' },
    verbs: {
      remove: { destroys: 'environment' },
      'deploy|rollback': { publishes: 'release' },
      'deploy list': quiet,
      'invoke|logs|offline|package|print|info': quiet,
    },
    examples: {
      catches: ['sls remove --stage live', 'serverless deploy', 'npx serverless remove', 'sls rollback -t 1'],
      leaves: ['sls package', 'serverless offline', 'sls deploy list', 'sls logs -f remove'],
    },
  },
  {
    service: 'sst',
    title: 'SST',
    programs: ['sst'],
    reach: { environment: '--stage' },
    verbs: {
      remove: { destroys: 'environment' },
      'deploy|refresh': { publishes: 'release' },
      'secret list': { reveals: 'the secrets of a stage' },
      'state remove|edit|repair': { changes: 'environment' },
      unlock: { changes: 'protection' },
      shell: { runs: 0 },
      dev: quiet,
    },
    examples: {
      catches: ['sst remove --stage live', 'sst deploy', 'npx sst secret list', 'sst secret remove STRIPE'],
      leaves: ['sst dev', 'sst diff', 'sst version', 'sst shell npm test'],
    },
  },
  ...configuration,
];

function behind(prefixes: readonly string[], verbs: Verbs): Verbs {
  return Object.fromEntries(
    prefixes.flatMap(prefix => Object.entries(verbs).map(([path, does]) => [`${prefix}${path}`, does])),
  );
}
