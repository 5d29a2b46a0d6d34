import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Environments } from '../../src/core/environment.ts';
import type { Reach, ReachFact } from '../../src/core/model.ts';
import { reachKey } from '../../src/core/rule.ts';
import { decide } from '../../src/core/supervise.ts';
import { machineWorld } from '../../src/system/world.ts';
import { attemptTo, paperLine } from '../support/line.ts';

const made: string[] = [];
after(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** What a machine holds: files of a workspace `ws` and a home `home`, and the variables of the process. */
interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly environments?: Environments;
  readonly cwd?: string;
}

const secret = ['no', 'body', 'knows'].join('-');
const prodUrl = `postgresql://app:${secret}@db.prod.example.com:5432/shop`;

function worldOf({ files = {}, variables = {}, environments = {}, cwd = 'ws' }: Machine) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'reach-')));
  made.push(root);
  for (const folder of ['ws', 'home', cwd]) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.replaceAll('ROOT', root));
  }
  const world = machineWorld({
    machine: { platform: 'posix', home: join(root, 'home') },
    workspace: [join(root, 'ws')],
    temp: [],
    hiddenBy: () => undefined,
    guarded: () => undefined,
    exposes: () => undefined,
    environments,
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value.replaceAll('ROOT', root)]),
    ),
    bound: 5000,
  });
  return { world, cwd: join(root, cwd), root };
}

async function reached(service: string, reach: Reach, machine: Machine = {}): Promise<ReachFact> {
  const { world, cwd } = worldOf(machine);
  const { reaches, failed } = await world.answer([{ about: 'reach', service, reach, cwd }]);
  assert.deepEqual(failed, []);
  const fact = reaches.get(reachKey(service, reach)) ?? assert.fail('no fact');
  assert.ok(!JSON.stringify(fact).includes(secret));
  return fact;
}

const production = { environment: 'production', production: true, local: false } as const;
const local = { production: false, local: true } as const;
const neither = { production: false, local: false } as const;

describe('a variable that holds a connection', () => {
  const reach: Reach = { variable: 'DATABASE_URL' };
  const shop = { ...reach, host: 'db.prod.example.com', database: 'shop' };

  test('in the process, before any file', async () =>
    assert.deepEqual(
      await reached('sequelize', reach, {
        variables: { DATABASE_URL: prodUrl },
        files: { 'ws/.env': 'DATABASE_URL=postgres://localhost/dev' },
      }),
      { reach: shop, ...production, from: 'DATABASE_URL' },
    ));

  test('in an .env file, put together from others there', async () =>
    assert.deepEqual(
      await reached('whatever', reach, {
        files: {
          'ws/.env': `HOST=db.prod.example.com\nPASS=${secret}\nDATABASE_URL="postgresql://app:\${PASS}@\${HOST}:5432/shop"`,
        },
      }),
      { reach: shop, ...production, from: '.env' },
    ));

  test('in the nearest folder that says something, up to the workspace', async () => {
    const files = { 'ws/.env': `DATABASE_URL=${prodUrl}`, '.env': 'OTHER_URL=postgres://h/d' };
    const cwd = 'ws/packages/api';
    assert.deepEqual(await reached('x', reach, { files, cwd }), { reach: shop, ...production, from: '.env' });
    const near = { ...files, 'ws/packages/api/.env.local': 'DATABASE_URL=postgres://localhost/dev' };
    assert.deepEqual(await reached('x', reach, { files: near, cwd }), {
      reach: { ...reach, host: 'localhost', database: 'dev' },
      ...local,
      from: 'packages/api/.env.local',
    });
    assert.deepEqual(await reached('x', { variable: 'OTHER_URL' }, { files, cwd }), {
      reach: { variable: 'OTHER_URL' },
      ...neither,
    });
  });

  test('of files that disagree the gravest counts', async () =>
    assert.deepEqual(
      await reached('x', reach, {
        files: {
          'ws/.env.local': 'DATABASE_URL=postgres://localhost/dev',
          'ws/.env': `DATABASE_URL=${prodUrl}`,
        },
      }),
      { reach: shop, ...production, from: '.env' },
    ));

  test('in the file of the environment that was named', async () => {
    const files = {
      'ws/.env.production': `DATABASE_URL=${prodUrl}`,
      'ws/.env.development': 'DATABASE_URL=postgres://localhost/dev',
    };
    assert.deepEqual(await reached('x', { ...reach, environment: 'production' }, { files }), {
      reach: { environment: 'production', ...shop },
      ...production,
      from: '.env.production',
    });
    assert.deepEqual(await reached('x', reach, { files }), {
      reach: { ...reach, host: 'localhost', database: 'dev' },
      ...local,
      from: '.env.development',
    });
  });

  test('that leads to a file is here', async () =>
    assert.deepEqual(
      await reached('prisma', reach, { files: { 'ws/.env': 'DATABASE_URL="file:./dev.db"' } }),
      {
        reach: { ...reach, database: './dev.db' },
        ...local,
        from: '.env',
      },
    ));

  test('that nobody sets says nothing', async () =>
    assert.deepEqual(await reached('x', reach), { reach, ...neither }));
});

describe('what is not said is found', () => {
  const kubeconfig = `
apiVersion: v1
current-context: acme-prod
contexts:
  - { name: acme-prod, context: { cluster: far, namespace: shop, user: u } }
  - name: kind-test
    context:
      cluster: near
clusters:
  - name: far
    cluster: { server: 'https://k8s.example.com:6443' }
  - name: near
    cluster:
      server: https://127.0.0.1:6443
users: [{ name: u, user: { token: ${secret} } }]
`;
  const awsConfig = `
[default]
region = eu-west-1
[profile acme-prod]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/x
`;
  const dockerContext = (name: string, host: string) => ({
    [`home/.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`]:
      JSON.stringify({
        Name: name,
        Endpoints: { docker: { Host: host } },
      }),
  });
  const rows: readonly (readonly [string, string, Reach, Machine, ReachFact])[] = [
    ['psql alone', 'postgresql', {}, {}, { reach: {}, ...neither }],
    [
      'PGHOST',
      'postgresql',
      { database: 'shop' },
      { variables: { PGHOST: 'db.example.com', PGDATABASE: 'other' } },
      { reach: { database: 'shop', host: 'db.example.com' }, ...neither, from: 'PGHOST' },
    ],
    [
      'a service of PostgreSQL',
      'postgresql',
      {},
      {
        variables: { PGSERVICE: 'prod' },
        files: { 'home/.pg_service.conf': `[prod]\nhost=db.example.com\ndbname=live\npassword=${secret}` },
      },
      { reach: { host: 'db.example.com', database: 'live' }, ...production, from: '~/.pg_service.conf' },
    ],
    [
      'my.cnf',
      'mysql',
      {},
      { files: { 'home/.my.cnf': `[client]\nhost=127.0.0.1\npassword=${secret}` } },
      { reach: { host: '127.0.0.1' }, ...local, from: '~/.my.cnf' },
    ],
    ['a file', 'sqlite', { database: 'app.db' }, {}, { reach: { database: 'app.db' }, ...local }],
    [
      'the current context',
      'kubernetes',
      {},
      { files: { 'home/.kube/config': kubeconfig } },
      {
        reach: { context: 'acme-prod', host: 'k8s.example.com', namespace: 'shop' },
        ...production,
        from: '~/.kube/config',
      },
    ],
    [
      'another context',
      'kubernetes',
      { context: 'kind-test' },
      { variables: { KUBECONFIG: 'ROOT/none:ROOT/ws/kube.yaml' }, files: { 'ws/kube.yaml': kubeconfig } },
      { reach: { context: 'kind-test', host: '127.0.0.1' }, ...local, from: 'kube.yaml' },
    ],
    ['an engine here', 'docker', {}, {}, { reach: {}, ...local }],
    [
      'an engine elsewhere',
      'docker',
      {},
      { variables: { DOCKER_HOST: 'ssh://me@build.example.com' } },
      { reach: { host: 'build.example.com' }, ...neither, from: 'DOCKER_HOST' },
    ],
    [
      'the context of an engine',
      'docker',
      {},
      {
        files: {
          'home/.docker/config.json': '{"currentContext":"far"}',
          ...dockerContext('far', 'tcp://10.0.0.2:2376'),
        },
      },
      {
        reach: { context: 'far', host: '10.0.0.2' },
        ...local,
        from: `~/.docker/config.json and ~/.docker/contexts/meta/${createHash('sha256').update('far').digest('hex')}/meta.json`,
      },
    ],
    [
      'a profile',
      'aws',
      {},
      { variables: { AWS_PROFILE: 'acme-prod' }, files: { 'home/.aws/config': awsConfig } },
      {
        reach: { profile: 'acme-prod', account: '123456789012', region: 'us-east-1' },
        ...production,
        from: 'AWS_PROFILE and ~/.aws/config',
      },
    ],
    [
      'the default profile',
      'aws',
      {},
      { files: { 'home/.aws/config': awsConfig } },
      { reach: { profile: 'default', region: 'eu-west-1' }, ...neither, from: '~/.aws/config' },
    ],
    [
      'no profile where keys are in variables',
      'aws',
      {},
      { variables: { AWS_ACCESS_KEY_ID: 'x' }, files: { 'home/.aws/config': awsConfig } },
      { reach: {}, ...neither },
    ],
    [
      'a project of Google',
      'google',
      {},
      {
        files: {
          'home/.config/gcloud/active_config': 'work\n',
          'home/.config/gcloud/configurations/config_work':
            '[core]\nproject = shop-live\naccount = a@example.com',
        },
      },
      {
        reach: { profile: 'work', project: 'shop-live', account: 'a@example.com' },
        ...production,
        from: '~/.config/gcloud/active_config and ~/.config/gcloud/configurations/config_work',
      },
    ],
    [
      'a subscription of Azure',
      'azure',
      {},
      {
        files: {
          'home/.azure/azureProfile.json':
            '\uFEFF{"subscriptions":[{"id":"1","name":"Test"},{"id":"2","name":"Production","isDefault":true}]}',
        },
      },
      { reach: { account: 'Production' }, ...production, from: '~/.azure/azureProfile.json' },
    ],
    [
      'a workspace of Terraform',
      'terraform',
      {},
      { files: { 'ws/.terraform/environment': 'prod' } },
      { reach: { environment: 'prod' }, ...production, from: '.terraform/environment' },
    ],
    [
      'a folder that is called for what it holds',
      'terraform',
      {},
      { cwd: 'ws/live/dev/db' },
      { reach: { environment: 'dev' }, ...neither, from: 'the folder' },
    ],
    [
      'the state of Terraform',
      'terraform',
      {},
      {
        files: {
          'ws/.terraform/terraform.tfstate': JSON.stringify({
            backend: { config: { bucket: 'acme-state', key: 'prod/network.tfstate', access_key: secret } },
          }),
        },
      },
      {
        reach: { project: 'acme-state/prod/network.tfstate' },
        ...production,
        from: '.terraform/terraform.tfstate',
      },
    ],
    [
      'a linked project',
      'railway',
      {},
      {
        files: {
          'home/.railway/config.json':
            '{"projects":{"ROOT/ws":{"name":"shop","environmentName":"production"}},"user":{"token":"x"}}',
        },
      },
      {
        reach: { project: 'shop', environment: 'production' },
        ...production,
        from: '~/.railway/config.json',
      },
    ],
    [
      'an app',
      'fly',
      {},
      { files: { 'ws/fly.toml': 'app = "shop-prod"\n[http]\napp = "no"' } },
      { reach: { project: 'shop-prod' }, ...production, from: 'fly.toml' },
    ],
    [
      'a remote',
      'heroku',
      {},
      { files: { 'ws/.git/config': '[remote "heroku"]\n\turl = https://git.heroku.com/shop-live.git' } },
      { reach: { project: 'shop-live' }, ...production, from: '.git/config' },
    ],
    [
      'a branch and where it goes',
      'git',
      {},
      {
        files: {
          'ws/.git/HEAD': 'ref: refs/heads/fix/x\n',
          'ws/.git/config': '[remote "origin"]\n\turl = git@github.example.com:acme/shop.git',
        },
      },
      {
        reach: { branch: 'fix/x', host: 'github.example.com', project: 'acme/shop' },
        ...neither,
        from: '.git/HEAD and .git/config',
      },
    ],
    [
      'the variable that a schema names',
      'prisma',
      {},
      {
        files: {
          'ws/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("SHOP_URL")\n}',
          'ws/.env': `SHOP_URL=${prodUrl}\nDATABASE_URL=postgres://localhost/x`,
        },
      },
      {
        reach: { variable: 'SHOP_URL', host: 'db.prod.example.com', database: 'shop' },
        ...production,
        from: 'prisma/schema.prisma and .env',
      },
    ],
    [
      'the environment of Rails',
      'rails',
      {},
      {
        files: {
          'ws/config/database.yml':
            'default: &default\n  adapter: postgresql\n  pool: <%= ENV["X"] %>\ndevelopment:\n  <<: *default\n  database: shop_dev\nproduction:\n  adapter: postgresql\n  host: db.example.com\n  database: shop\n',
        },
      },
      {
        reach: { environment: 'development', database: 'shop_dev' },
        ...local,
        from: 'config/database.yml',
      },
    ],
    [
      'another environment of Rails',
      'rails',
      { environment: 'production' },
      {
        files: {
          'ws/config/database.yml':
            'production:\n  adapter: postgresql\n  host: db.example.com\n  database: shop\n',
        },
      },
      {
        reach: { environment: 'production', host: 'db.example.com', database: 'shop' },
        ...production,
        from: 'config/database.yml',
      },
    ],
    ['what nobody knows', 'somebody', { project: 'x' }, {}, { reach: { project: 'x' }, ...neither }],
  ];
  for (const [name, service, reach, machine, expected] of rows)
    test(name, async () => assert.deepEqual(await reached(service, reach, machine), expected));

  test("by a person's patterns", async () =>
    assert.deepEqual(
      await reached(
        'kubernetes',
        {},
        { files: { 'home/.kube/config': kubeconfig }, environments: { staging: ['acme-prod'] } },
      ),
      {
        reach: { context: 'acme-prod', host: 'k8s.example.com', namespace: 'shop' },
        environment: 'staging',
        production: false,
        local: false,
        from: '~/.kube/config',
      },
    ));

  test('files that are broken, too large or no files are as good as none', async () => {
    for (const text of ['{', 'a: [', '\0', `x: ${'y'.repeat(600_000)}`, 'a: &a [*a]', '- - -', 'contexts: 3'])
      assert.deepEqual(await reached('kubernetes', {}, { files: { 'home/.kube/config': text } }), {
        reach: {},
        ...neither,
      });
    assert.deepEqual(await reached('kubernetes', {}, { files: { 'home/.kube/config/x': '' } }), {
      reach: {},
      ...neither,
    });
  });
});

test('a target that leads to production is known for one', async () => {
  const { world, cwd } = worldOf({
    files: {
      'ws/Makefile': 'reset:\n\t@echo first\n\tkubectl --context acme-prod delete namespace shop\n',
    },
  });
  const decision = await decide(attemptTo({ kind: 'shell', line: 'make reset', dialect: 'posix' }, cwd), {
    ...paperLine(),
    world,
  });
  const [finding] = decision.findings;
  assert.equal(decision.verdict, 'ask');
  assert.deepEqual(finding?.effect.source, { file: join(cwd, 'Makefile'), line: 3 });
  assert.deepEqual(finding?.reached, { reach: { context: 'acme-prod' }, ...production });
});

test('a test suite that would wipe production is known for one', async () => {
  const { world, cwd } = worldOf({
    files: {
      'ws/.env': `DATABASE_URL=${prodUrl}`,
      'ws/tests/reset.test.mjs': [
        "import { Sequelize } from 'sequelize';",
        'const sequelize = new Sequelize(process.env.DATABASE_URL);',
        'await sequelize.sync({ force: true });',
        '',
      ].join('\n'),
    },
  });
  const { findings, verdict } = await decide(
    attemptTo({ kind: 'shell', line: 'node --test tests/reset.test.mjs', dialect: 'posix' }, cwd),
    { ...paperLine(), world },
  );
  assert.equal(verdict, 'ask');
  assert.ok(findings.some(it => it.rule === 'databases.production'));
  for (const { reached, effect } of findings) {
    assert.deepEqual(effect.source, { file: join(cwd, 'tests/reset.test.mjs'), line: 3 });
    assert.deepEqual(reached, {
      reach: { variable: 'DATABASE_URL', host: 'db.prod.example.com', database: 'shop' },
      ...production,
      from: '.env',
    });
  }
});
