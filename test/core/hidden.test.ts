import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anywhere, hiddenBy, star, takesAll } from '../../src/core/hidden.ts';
import type { Machine } from '../../src/core/ports.ts';
import { secretFiles } from '../../src/secrets/files.ts';

const posix: Machine = { platform: 'posix', home: '/home/user' };
const windows: Machine = { platform: 'windows', home: 'C:/Users/user' };
const hides = hiddenBy(secretFiles, [], posix);

const hidden = [
  ...[
    '.env',
    '.ENV',
    '.env.local',
    '.env.production',
    '.env.bak',
    '.env~',
    '.env-prod',
    '.envrc',
    'prod.env',
    'a/b/.env',
    '.dev.vars',
  ],
  ...[
    'server.pem',
    'privkey.pem',
    'localhost-key.pem',
    'cert-key.pem',
    'server.key',
    'config/master.key',
    'config/credentials/production.key',
  ],
  ...['id_rsa', 'id_ed25519', 'id_rsa.old', 'id_ed25519_github', 'deploy_rsa', 'key.ppk', 'AuthKey_X.p8'],
  ...['a.p12', 'a.pfx', 'release.keystore', 'a.jks', 'passwords.kdbx'],
  ...['.pypirc', '.netrc', '_netrc', '.pgpass', '.my.cnf', '.git-credentials', '.htpasswd', '.vault-token'],
  ...[
    'terraform.tfstate',
    'terraform.tfstate.backup',
    'prod.tfvars',
    'prod.auto.tfvars',
    '.terraformrc',
    'terraform.rc',
  ],
  ...[
    'credentials.json',
    'service-account.json',
    'service-account-prod.json',
    'client_secret_1.json',
    'app-firebase-adminsdk-x.json',
  ],
  ...['kubeconfig', 'secrets.yml', '.streamlit/secrets.toml', 'wp-config.php', 'local.settings.json'],
].map(name => `/work/${name}`);
const hiddenPlaces = [
  ...[
    '.ssh',
    '.ssh/',
    '.ssh/work',
    '.ssh/id_ed25519',
    '.aws/credentials',
    '.aws/sso/cache/x.json',
    '.aws/sso/cache/',
  ],
  ...[
    '.config/gcloud/credentials.db',
    '.config/gcloud/application_default_credentials.json',
    '.azure/msal_token_cache.json',
  ],
  ...[
    '.kube/config',
    '.npmrc',
    '.bash_history',
    '.zsh_history',
    '.psql_history',
    '.local/share/fish/fish_history',
  ],
  ...[
    '.claude/.credentials.json',
    '.claude.json',
    '.claude/.credentials.json',
    '.gemini/oauth_creds.json',
    '.augment/session.json',
    '.kiro/auth/x.json',
    '.config/goose/secrets.yaml',
    '.config/cursor/auth.json',
    '.local/share/amp/secrets.json',
    '.cline/data/secrets.json',
    '.aider/oauth-keys.env',
    '.codex/auth.json',
    '.config/gh/hosts.yml',
    '.local/share/opencode/auth.json',
  ],
  ...[
    '.railway/config.json',
    '.supabase/access-token',
    'Library/Keychains/login.keychain-db',
    '.mozilla/firefox/x.default/logins.json',
  ],
  ...[
    '.config/google-chrome/Default/Cookies',
    '.config/google-chrome/Default/Login Data',
    '.gnupg/private-keys-v1.d/x.key',
  ],
  ...[
    '.config/github-copilot/apps.json',
    '.terraform.d/credentials.tfrc.json',
    '.cargo/credentials.toml',
    '.m2/settings.xml',
  ],
].map(name => `/home/user/${name}`);
const hiddenSystem = [
  '/etc/shadow',
  '/etc/shadow-',
  '/proc/self/environ',
  '/proc/17/environ',
  '/etc/ssl/private/x',
  '/etc/ssh/ssh_host_rsa_key',
  '/run/secrets/db',
  '/root/.ssh/id_rsa',
  '/root/.aws/credentials',
];

const shown = [
  ...[
    '.env.example',
    '.env.sample',
    '.env.template',
    '.env.dist',
    '.env.schema',
    '.env.defaults',
    '.env.local.example',
    '.env.example.complete',
  ],
  ...[
    'example.env',
    'prod.env.example',
    '.env.vault',
    '.env-example',
    '.env.d.ts',
    '.env/',
    '.env.test-fixtures',
  ],
  ...[
    'env.d.ts',
    'src/environment.ts',
    'src/env.ts',
    'keys.ts',
    'src/secrets.ts',
    'secret.py',
    'credentials.ts',
    'public.key',
    'environment.yml',
    'env',
  ],
  ...[
    'cert.pem',
    'ca.pem',
    'fullchain.pem',
    'chain.pem',
    'server-cert.pem',
    'cacert.pem',
    'ca-bundle.pem',
    'public.pem',
    'id_rsa.pub',
    'id_ed25519_work.pub',
  ],
  ...[
    'debug.keystore',
    'main.tf',
    'variables.tf',
    'terraform.example.tfvars',
    'prod.tfvars.example',
    '.terraform.lock.hcl',
  ],
  ...[
    'package.json',
    '.npmrc',
    '.docker/config.json',
    'config.json',
    'auth.json',
    'tsconfig.json',
    'docker-compose.yml',
    'config/credentials.yml.enc',
    'token.ts',
    'history.ts',
  ],
  ...[
    'chart/templates/secrets.yaml',
    '.github/workflows/secrets.yml',
    'locales/en/credentials.json',
    'node_modules/x/test/server.key',
  ],
  ...[
    '.gitignore',
    '.github',
    '.vscode/settings.json',
    'wp-config-sample.php',
    'google-services.json',
    'keys/README.md',
    'kubeconfig/',
    'cookies.ts',
    'Cookies',
  ],
].map(name => `/work/${name}`);
const shownPlaces = [
  ...[
    '.ssh/config',
    '.ssh/known_hosts',
    '.ssh/known_hosts.old',
    '.ssh/id_rsa.pub',
    '.ssh/authorized_keys',
    '.aws/config',
    '.aws/',
    '.kube/',
    '.docker/',
  ],
  ...[
    '.claude/settings.json',
    '.codex/config.toml',
    '.config/gh/config.yml',
    '.bashrc',
    '.gitconfig',
    '.config/gcloud/configurations/config_default',
    '.profile',
  ],
].map(name => `/home/user/${name}`);

for (const path of [...hidden, ...hiddenPlaces, ...hiddenSystem])
  test(`hides ${path}`, () => assert.ok(hides(path)));
for (const path of [
  ...shown,
  ...shownPlaces,
  '/etc/passwd',
  '/etc/hosts',
  '/proc/cpuinfo',
  '/usr/share/x/x.pem',
])
  test(`shows ${path}`, () => assert.equal(hides(path), undefined));

test('rows have an id of their own, a title and globs with a place', () => {
  assert.equal(new Set(secretFiles.map(row => row.id)).size, secretFiles.length);
  for (const { title, globs, except } of secretFiles) {
    assert.ok(title && globs.length);
    for (const glob of [...globs, ...except]) assert.match(glob, /^(?:\*\*\/|~\/|\/)/);
    assert.equal(new Set(globs).size, globs.length, title);
  }
});

test('a person hides more', () => {
  const own = hiddenBy(secretFiles, ['private', '*.sql', '/data/x', '~/notes/**/plan?.md', 'a/b'], posix);
  for (const path of [
    '/w/private',
    '/w/private/',
    '/w/private/x/y',
    '/w/dump.SQL',
    '/data/x/y',
    '/home/user/notes/plan1.md',
    '/home/user/notes/a/b/plan2.md',
    '/w/a/b/c',
  ])
    assert.match(own(path) ?? '', /^your setting `/, path);
  for (const path of [
    '/w/privately',
    '/data/y',
    '/w/notes/plan1.md',
    '/home/user/notes/plan.md',
    '/w/a/x/b',
    '/w/sql',
  ])
    assert.equal(own(path), undefined, path);
  assert.equal(own('/w/dump.sql'), 'your setting `*.sql`');
});

test("a person's exception wins over the table and over their own globs", () => {
  const own = hiddenBy(secretFiles, ['!**/fixtures', '*.sql', '!schema.sql'], posix);
  assert.equal(own('/w/fixtures/.env'), undefined);
  assert.equal(own('/w/schema.sql'), undefined);
  assert.ok(own('/w/other.sql'));
  assert.ok(own('/w/.env'));
});

test('Windows opens a file by more names than one', () => {
  const there = hiddenBy(secretFiles, ['C:\\private'], windows);
  for (const path of [
    'C:\\w\\.env',
    'C:/w/.env.',
    'C:/w/.env ',
    'C:/w/.env::$DATA',
    'c:/users/USER/.ssh/work',
    'c:/PRIVATE/x',
    'C:/Users/user/AppData/Roaming/Microsoft/Credentials/x',
  ])
    assert.ok(there(path), path);
  assert.equal(there('C:/w/.env.example'), undefined);
});

test('a letter that a file system takes for another is that other', () => {
  assert.ok(hides('/work/.\u{1D5}nv'.normalize('NFC')) === undefined);
  assert.ok(hides('/work/credential\u017f.json'));
});

test('braces and brackets stand for themselves, and a glob too long for a setting for nothing', () => {
  assert.ok(anywhere('[slug].ts', posix)('/w/[slug].ts'));
  assert.ok(!anywhere('[slug].ts', posix)('/w/s.ts'));
  assert.ok(!anywhere('{a,b}', posix)('/w/a'));
  assert.ok(!anywhere('*'.repeat(300), posix)('/w/a'));
});

test('hostile globs and paths take no time', () => {
  const globs = [
    '*a'.repeat(128),
    '**/'.repeat(85),
    '**/*a*a*a*a*/'.repeat(19),
    '?*'.repeat(128),
    '/**/a'.repeat(50),
    `${'*'.repeat(255)}b`,
  ];
  const paths = [
    `/${'a'.repeat(4000)}`,
    '/a'.repeat(4000),
    `/${'a'.repeat(250)}/`.repeat(16),
    '/'.repeat(10_000),
    '/x'.repeat(100_000),
  ];
  const own = hiddenBy(secretFiles, globs, posix);
  const start = performance.now();
  for (const path of paths) own(path);
  assert.ok(performance.now() - start < 30_000);
});

test('twenty thousand names do not hang', () => {
  const start = performance.now();
  for (let index = 0; index < 20_000; index++)
    hides(`/work/project/src/features/feature${index % 100}/component${index}.ts`);
  assert.ok(performance.now() - start < 30_000);
});

test('the matcher agrees with the obvious one', () => {
  const slow = (steps: readonly (string | typeof star)[], items: string): boolean => {
    const [first, ...rest] = steps;
    if (first === undefined) return items === '';
    if (first === star) return slow(rest, items) || (items !== '' && slow(steps, items.slice(1)));
    return items !== '' && items[0] === first && slow(rest, items.slice(1));
  };
  const steps = fc.array(fc.oneof(fc.constantFrom('a', 'b'), fc.constant(star)), { maxLength: 7 });
  fc.assert(
    fc.property(steps, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }), (pattern, text) => {
      assert.equal(
        takesAll(pattern, text, (step, item) => step === item),
        slow(pattern, text),
      );
    }),
  );
});

test('a folder above never makes a hidden name visible', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 6 }), parts => {
      assert.ok(hides(['', ...parts, '.env'].join('/')));
    }),
  );
});
