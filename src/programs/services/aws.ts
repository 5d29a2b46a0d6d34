import type { Service, VerbDoes } from '../../core/service.ts';

/* Amazon Web Services. Written from knowledge of the command line; not checked against its reference. */

const quiet = { harmless: true } as const;
const off: VerbDoes = { destroys: 'protection' };
const guards = `--no-deletion-protection --no-deletion-protection-enabled --no-enable-deletion-protection
  --no-enable-termination-protection --no-disable-api-termination --no-termination-protected`;

/** `<service> <operation>`: the noun of most operations stands in their own name, so that few need a row. */
const operations: Service['verbs'] = {
  // Before the wider ones: of paths as long and as open the first counts.
  '* disable-*lock|disable-*protection|disable-*backup*|disable-*replication*|disable-*encryption*|disable-*rotation*|disable-*logging|disable-*trail*|delete-*logging*|delete-*encryption|delete-*replication|delete-*permissions-boundary|delete-flow-logs|delete-replication-configuration|disable-*block-public-access|disable-*encryption-by-default|stop-logging|stop-backup-job|stop-configuration-recorder':
    off,
  '* delete-*|batch-delete-*|purge-*|terminate-*|deregister-*|destroy-*|dispose-*|release-*|admin-delete-*|permanently-delete-*':
    { destroys: 'named' },
  '* remove-*|revoke-*|detach-*|disassociate-*|deauthorize-*|disable-*|reset-*|cancel-*|close-*|leave-*|deactivate-*|batch-disable-*|admin-disable-*|admin-reset-*|admin-set-user-password|unassign-*':
    { changes: 'named' },
  '* stop-*|reboot-*|suspend-*|pause-*|failover-*|test-failover*|rebuild-*': { interrupts: 'service' },
  '* stop-query*': quiet,
  '* get-*credentials*|get-auth*-token|get-token|get-bearer-token|admin-initiate-auth|generate-db-auth-token|create-api-key|create-access-key|create-service-specific-credential|create-token':
    { reveals: 'credentials of AWS' },
  '* *': [
    { ...off, with: guards },
    {
      ...off,
      where:
        /deletion_protection\.enabled,value=false|--deletion-protection[ =]inactive|status"?[=:] ?"?disabled/i,
    },
  ],
};

const storage: Service['verbs'] = {
  's3 rm': [
    { destroys: 'object', all: true, with: '--recursive' },
    { destroys: 'object', without: '--recursive' },
  ],
  's3 rb': [
    { destroys: 'bucket', all: true, with: '--force' },
    { destroys: 'bucket', without: '--force' },
  ],
  's3 cp': [{ copies: true }, { publishes: 'files', where: /--acl[ =]public-/ }],
  's3 mv': [{ copies: true }, { changes: 'object' }],
  's3 sync': [
    { copies: true },
    { destroys: 'object', all: true, with: '--delete' },
    { publishes: 'files', where: /--acl[ =]public-/ },
  ],
  's3api delete-objects': { destroys: 'object', all: true },
  's3api delete-object': { destroys: 'object' },
  's3api delete-bucket': { destroys: 'bucket' },
  's3api delete-bucket-policy|delete-public-access-block|delete-bucket-ownership-controls': {
    destroys: 'access',
  },
  's3api|s3control put-bucket-policy|put-bucket-acl|put-object-acl|put-public-access-block|put-access-point-policy':
    { changes: 'access' },
  's3api put-bucket-versioning': { ...off, where: /suspended/i },
  's3api put-bucket-lifecycle*|put-object-retention|put-object-legal-hold|put-object-lock-configuration|put-bucket-replication':
    off,
  's3api delete-bucket-replication|delete-bucket-encryption': off,
  's3control delete-public-access-block': off,
  's3api delete-*-tagging': { changes: 'object' },
  's3api put-object|upload-part': { reads: '--body' },
  'glacier delete-*': { destroys: 'backup' },
  'efs|fsx delete-file-system': { destroys: 'volume' },
  'backup delete-*': { destroys: 'backup' },
  'backup disassociate-*|update-recovery-point-lifecycle|put-backup-vault-lock-configuration': off,
  'ecr delete-lifecycle-policy': { changes: 'image' },
  'ecr put-lifecycle-policy': { changes: 'image' },
  'ecr|ecr-public get-login|get-login-password|get-authorization-token': {
    reveals: 'the password of a registry',
  },
  'codeartifact get-authorization-token': { reveals: 'the token of a registry' },
};

const machines: Service['verbs'] = {
  'ec2 terminate-instances': { destroys: 'service' },
  'ec2 stop-instances|reboot-instances': { interrupts: 'machine' },
  'ec2 deregister-image': { destroys: 'snapshot' },
  'ec2 detach-volume': { changes: 'volume' },
  'ec2 modify-snapshot-attribute|modify-image-attribute|authorize-*': { changes: 'access' },
  'ec2 modify-instance-attribute': [
    { ...off, with: '--no-disable-api-termination --no-disable-api-stop' },
    { ...off, where: /disableapi(?:termination|stop)[= ]"?(?:value=)?false/i },
  ],
  'ec2 replace-*|disassociate-address|detach-internet-gateway': { interrupts: 'network' },
  'ec2 release-address': { destroys: 'service' },
  'ec2 get-password-data|create-key-pair': { reveals: 'the key of a machine' },
  'ec2 delete-tags': { changes: 'resource' },
  'autoscaling set-desired-capacity|update-auto-scaling-group|suspend-processes|exit-standby|enter-standby': {
    interrupts: 'service',
  },
  'autoscaling delete-auto-scaling-group|terminate-*': { destroys: 'service' },
  'autoscaling start-instance-refresh': { publishes: 'release' },
  'ecs update-service|delete-task-set|update-service-primary-task-set': { publishes: 'release' },
  'ecs execute-command': { evaluates: 'shell', text: '--command' },
  'eks delete-nodegroup': { destroys: 'cluster' },
  'eks update-cluster-*|update-nodegroup-*': { changes: 'cluster' },
  'eks create-access-entry|associate-access-policy': { changes: 'access' },
  'lambda update-function-code|update-function-configuration|update-alias': { publishes: 'release' },
  'lambda put-function-concurrency': { interrupts: 'service' },
  'lambda add-permission': { changes: 'access' },
  'elasticbeanstalk terminate-environment': { destroys: 'environment' },
  'elasticbeanstalk update-environment|swap-environment-cnames': { publishes: 'release' },
  'amplify start-deployment|start-job': { publishes: 'release' },
  'deploy create-deployment': { publishes: 'release' },
  'codepipeline start-pipeline-execution': { publishes: 'release' },
  'apigateway|apigatewayv2 create-deployment': { publishes: 'release' },
  'apprunner start-deployment|update-service': { publishes: 'release' },
  'cloudfront update-distribution': { publishes: 'release' },
  'lightsail delete-instance': { destroys: 'service' },
  'lightsail download-default-key-pair|get-instance-access-details': { reveals: 'the key of a machine' },
  'ssm send-command|start-automation-execution': { changes: 'service' },
  'ssm get-parameter*|get-parameters*': { reveals: 'parameters of AWS', with: '--with-decryption' },
  'ssm put-parameter': { changes: 'resource', with: '--overwrite' },
  'cloudformation delete-stack*': { destroys: 'environment' },
  'cloudformation deploy': { publishes: 'release', without: '--no-execute-changeset' },
  'cloudformation update-stack|update-stack-set|execute-change-set|rollback-stack|cancel-update-stack|continue-update-rollback':
    { publishes: 'release' },
  'cloudformation set-stack-policy': { changes: 'protection' },
  'route53 change-resource-record-sets': [
    { destroys: 'service', where: /"?Action"?[:=]\s*"?DELETE/i },
    { changes: 'service' },
  ],
  'route53domains transfer-domain*|update-domain-nameservers': { changes: 'service' },
};

const databases: Service['verbs'] = {
  'rds|docdb|neptune|memorydb|elasticache delete-*': { destroys: 'named' },
  'rds|docdb|neptune delete-db-instance|delete-db-cluster|delete-global-cluster': [
    { destroys: 'database' },
    { ...off, with: '--skip-final-snapshot --delete-automated-backups' },
  ],
  'rds|docdb|neptune delete-*-parameter-group|delete-option-group|delete-*-subnet-group': {
    destroys: 'resource',
  },
  'elasticache|memorydb delete-replication-group|delete-cache-cluster|delete-serverless-cache|delete-cluster':
    { destroys: 'database' },
  'rds|docdb|neptune modify-db-*|modify-global-cluster': [
    { ...off, with: guards },
    { ...off, where: /--backup-retention-period[ =]0(?:\s|$)/ },
    { changes: 'access', with: '--master-user-password --publicly-accessible' },
  ],
  'rds|docdb|neptune stop-*|reboot-*|failover-*': { interrupts: 'database' },
  'rds promote-*|switchover-*|remove-from-*': { changes: 'database' },
  'rds-data|redshift-data execute-statement': { queries: 'unknown', text: '--sql' },
  'athena start-query-execution': { queries: 'unknown', text: '--query-string' },
  'dynamodb execute-statement': { queries: 'unknown', text: '--statement' },
  'dynamodb update-continuous-backups': { ...off, where: /enabled"?[=:]\s*false/i },
  'dynamodb delete-item': { destroys: 'rows' },
  'dynamodb batch-write-item|transact-write-items': {
    destroys: 'rows',
    where: /delete(?:request)?"?\s*[:=]|file:/i,
  },
  'dynamodb update-time-to-live': { changes: 'table' },
  'es|opensearch delete-domain|delete-elasticsearch-domain|delete-collection': { destroys: 'database' },
  'cognito-idp delete-user-pool': { destroys: 'database' },
  'kinesis decrease-stream-retention-period': off,
  'sqs purge-queue': { destroys: 'queue', all: true },
  'sqs delete-message*': { destroys: 'queue' },
  'sns unsubscribe': { destroys: 'queue' },
  'events|scheduler disable-rule|remove-targets': { interrupts: 'service' },
  'logs put-retention-policy': { changes: 'protection' },
};

const control: Service['verbs'] = {
  'iam attach-*|put-*-policy|put-*-boundary|add-user-to-group|add-role-to-*|update-assume-role-policy|create-policy-version|set-default-policy-version|update-access-key|create-login-profile|update-login-profile|change-password':
    { changes: 'access' },
  'iam deactivate-mfa-device|delete-virtual-mfa-device|delete-account-password-policy': off,
  'kms schedule-key-deletion|disable-key|delete-*': { destroys: 'key' },
  'kms put-key-policy|revoke-grant|retire-grant|create-grant': { changes: 'access' },
  'kms decrypt|generate-data-key|generate-data-key-pair': { reveals: 'what AWS holds encrypted' },
  'secretsmanager delete-secret': { destroys: 'key' },
  'secretsmanager update-secret*|put-secret-value|rotate-secret|cancel-rotate-secret|remove-regions-*': {
    changes: 'key',
  },
  'secretsmanager put-resource-policy': { changes: 'access' },
  'secretsmanager get-secret-value|batch-get-secret-value': { reveals: 'secrets of AWS' },
  'sts assume-role*|get-session-token|get-federation-token': { reveals: 'credentials of AWS' },
  'configure get': { reveals: 'credentials of AWS', where: /secret|token|access_key/i },
  'configure export-credentials': { reveals: 'credentials of AWS' },
  'organizations|account close-account|remove-account-*|leave-organization|delete-*': { destroys: 'project' },
  'organizations detach-policy|disable-*|move-account|attach-policy|update-policy': { changes: 'access' },
  'cloudtrail|guardduty|securityhub|config|configservice|macie2|inspector2|accessanalyzer|wafv2|waf delete-*|disable*|stop-*|disassociate-*':
    off,
  'cloudtrail put-event-selectors|update-trail': { changes: 'protection' },
};

export const aws: readonly Service[] = [
  {
    service: 'aws',
    title: 'AWS',
    programs: ['aws'],
    values: `--output --query --ca-bundle --cli-read-timeout --cli-connect-timeout --color --acl --exclude --include --storage-class
      --content-type --cache-control --content-encoding --metadata --metadata-directive --sse --sse-kms-key-id --page-size --expires
      --source-region --grants --max-items --starting-token`,
    reach: { profile: '--profile', region: '--region', host: '--endpoint-url' },
    named: `--bucket --*-name --*-identifier --*-id --*-ids --*-arn --queue-url --name --id --cluster --cache-cluster-id`,
    dry: '--generate-cli-skeleton',
    guesses: false,
    verbs: { ...control, ...databases, ...machines, ...storage, ...operations },
    examples: {
      catches: [
        'aws s3 rm s3://shop-uploads/old.png',
        'aws s3 sync dist s3://shop-site --delete --acl public-read',
        'aws s3 cp .env s3://shop-backups/',
        'aws s3api put-bucket-versioning --bucket shop-uploads --versioning-configuration Status=Suspended',
        'aws s3api put-object --bucket shop-uploads --key x --body .env',
        'aws rds modify-db-instance --db-instance-identifier shop --no-deletion-protection',
        'aws rds modify-db-instance --db-instance-identifier shop --backup-retention-period 0',
        'aws --region eu-west-1 ec2 terminate-instances --instance-ids i-0a1',
        'aws ec2 delete-volume --volume-id vol-0a1',
        'aws ec2 stop-instances --instance-ids i-0a1 --profile live',
        'aws kms disable-key-rotation --key-id k-1',
        'aws kms schedule-key-deletion --key-id k-1 --pending-window-in-days 7',
        'aws dynamodb update-continuous-backups --table-name orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=false',
        'aws backup delete-recovery-point --backup-vault-name shop --recovery-point-arn arn:aws:backup:x',
        'aws ssm get-parameter --name /shop/db --with-decryption',
        'aws secretsmanager get-secret-value --secret-id shop/db --query SecretString --output text',
        'aws ecr get-login-password --region eu-west-1',
        'aws configure get aws_secret_access_key',
        'aws iam create-access-key --user-name build',
        'aws iam attach-user-policy --user-name build --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
        'aws lambda update-function-code --function-name checkout --zip-file fileb://out.zip',
        'aws secretsmanager create-secret --name x --secret-string file://.env',
        'aws rds-data execute-statement --resource-arn r --sql "DROP TABLE orders"',
        'aws ecs execute-command --cluster c --task t --interactive --command "rm -rf /data"',
        'aws elbv2 modify-listener --no-enable-deletion-protection',
        'aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch file://records.json',
      ],
      leaves: [
        'aws s3 ls s3://shop-uploads',
        'aws s3 cp report.pdf s3://shop-uploads/reports/',
        'aws s3 cp s3://shop-uploads/a.png public/a.png',
        'aws s3 rm s3://shop-uploads/old.png --dryrun',
        'aws s3 sync dist s3://shop-site',
        'aws ec2 describe-instances --filters Name=tag:env,Values=live',
        'aws ec2 terminate-instances help',
        'aws ec2 terminate-instances --dry-run --instance-ids i-0a1',
        'aws sqs send-message --queue-url https://sqs.example.com/1/q --message-body delete',
        'aws sts get-caller-identity',
        'aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 1.dkr.ecr.example.com',
        'aws configure list',
        'aws configure get region',
        'aws logs tail /aws/lambda/checkout --follow',
        'aws ssm get-parameter --name /shop/region',
        'aws eks update-kubeconfig --name shop',
        'aws cloudformation validate-template --template-body file://template.yml',
      ],
    },
  },
  {
    service: 'aws',
    title: 'AWS deployment tools',
    programs: ['eb', 'copilot', 'amplify', 'ampx', 'chalice', 'zappa', 'ecs-cli'],
    values: '--region --profile -r',
    reach: { environment: '-e --env --environment --branch', profile: '--profile', project: '-a --app' },
    groups: 'svc deploy env',
    verbs: {
      terminate: { destroys: 'environment', all: true },
      'deploy|upgrade|swap|clone|push|publish|update|rollback|pipeline-deploy': { publishes: 'release' },
      'abort|restart|scale|stop|suspend': { interrupts: 'service' },
      'setenv|config': { changes: 'service', where: /setenv|config (?:put|delete)/ },
      printenv: { reveals: 'the variables of an application' },
      'app delete': { destroys: 'project' },
      'env delete|remove': { destroys: 'environment' },
      'svc|job|task|pipeline delete': { destroys: 'service' },
      'svc|job|env|pipeline deploy|override': { publishes: 'release' },
      'svc exec': { evaluates: 'shell', text: '-c --command' },
      'svc pause': { interrupts: 'service' },
      'secret init': { changes: 'key' },
      delete: { destroys: 'project' },
      undeploy: { destroys: 'environment' },
      'sandbox delete': quiet,
      'compose down|rm|stop': { destroys: 'service' },
      'cluster|down down': { destroys: 'cluster' },
      'local|platform|ssh|invoke|status|pull|init|health|logs': quiet,
    },
    examples: {
      catches: [
        'eb terminate shop-live --force',
        'eb deploy',
        'copilot env delete --name live --yes',
        'copilot app delete',
        'amplify delete --force',
        'zappa undeploy live',
      ],
      leaves: [
        'eb status',
        'eb logs',
        'copilot svc logs',
        'amplify status',
        'copilot app ls',
        'chalice local',
      ],
    },
  },
];
