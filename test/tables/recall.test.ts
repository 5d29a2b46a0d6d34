import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { scanText } from '../../src/core/scan.ts';
import { detectors } from '../../src/secrets/index.ts';

/*
 * How many of the credentials that are there are found, and how much is found that is none. The credentials are made
 * here, from what providers say of their formats and not from the patterns: `ghp_{A30}{crc}`.
 */

/** Another seed is another run. */
let state = Number(process.env.SEED ?? 20_261_129);
const samples = 6;

/** Mulberry32. */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let it = Math.imul(state ^ (state >>> 15), 1 | state);
  it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
  return ((it ^ (it >>> 14)) >>> 0) / 4_294_967_296;
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = upper.toLowerCase();
const alphabets: Readonly<Record<string, string>> = {
  A: `${upper}${lower}0123456789`,
  B: `${upper}${lower}0123456789+/`,
  b: `${upper}${lower}0123456789_-`,
  h: '0123456789abcdef',
  d: '0123456789',
  l: `${lower}0123456789`,
  u: `${upper}0123456789`,
  V: `${upper}234567`,
};

function text(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(chance() * alphabet.length)]).join('');
}

/** `{A30}` is thirty letters and digits, `{uuid}` a UUID, `{crc}` checks what stands before it behind the last `_`. */
function made(template: string): string {
  return template
    .replace(
      /\{(?:([A-Za-z])(\d+)|(uuid|crc|login|claims:[^}]*))\}/g,
      (whole, alphabet, length, other, at) => {
        if (other === 'uuid') return [8, 4, 4, 4, 12].map(it => text('0123456789abcdef', it)).join('-');
        if (other === 'login') return Buffer.from(`me:${text(alphabets.A ?? '', 20)}`).toString('base64');
        if (other === undefined) return text(alphabets[alphabet] ?? '', Number(length));
        return whole.startsWith('{claims:') ? claims(other.slice(7)) : `{crc@${at}}`;
      },
    )
    .replace(/([^_]+)\{crc@\d+\}/, (_, body: string) => body + checked(body));
}

function claims(list: string): string {
  const pairs = list.split(',').map(it => it.split('='));
  return Buffer.from(JSON.stringify(Object.fromEntries(pairs))).toString('base64url');
}

function checked(body: string): string {
  const all = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let [rest, result] = [crc32(body), ''];
  for (let place = 0; place < 6; place++, rest = Math.floor(rest / 62))
    result = (all[rest % 62] ?? '') + result;
  return result;
}

/** Detector, the name its value is given to, and how the value is made. */
const kinds: readonly (readonly [id: string, name: string, template: string])[] = [
  ['github.token', 'GITHUB_TOKEN', 'ghp_{A30}{crc}'],
  ['github.token', 'GH_TOKEN', 'gho_{A30}{crc}'],
  ['github.fine-grained', 'GITHUB_TOKEN', 'github_pat_{A22}_{A59}'],
  ['gitlab.token', 'GITLAB_TOKEN', 'glpat-{b20}'],
  ['gitlab.token', 'GITLAB_TOKEN', 'glpat-{b27}.01.{l9}'],
  ['gitlab.scoped', 'DEPLOY_TOKEN', 'gldt-{b20}'],
  ['gitlab.scoped', 'RUNNER_TOKEN', 'glrt-{b20}'],
  ['gitlab.runner', 'REGISTRATION_TOKEN', 'GR1348941{b20}'],
  ['bitbucket.token', 'BITBUCKET_TOKEN', 'ATBB{A32}'],
  ['bitbucket.secret', 'BITBUCKET_CLIENT_SECRET', '{A32}'],
  ['gitea.token', 'GITEA_TOKEN', '{h40}'],
  ['azuredevops.token', 'AZURE_DEVOPS_PAT', '{A76}AZDO{A4}'],
  ['sourcegraph.token', 'SRC_ACCESS_TOKEN', 'sgp_{h16}_{h40}'],
  ['circleci.token', 'CIRCLE_TOKEN', 'CCIPAT_{A22}_{h40}'],
  ['buildkite.token', 'BUILDKITE_TOKEN', 'bkua_{h40}'],
  ['aws.access-key', 'AWS_ACCESS_KEY_ID', 'AKIA{V16}'],
  ['aws.access-key', 'AWS_ACCESS_KEY_ID', 'ASIA{V16}'],
  ['aws.secret-key', 'AWS_SECRET_ACCESS_KEY', '{B40}'],
  ['aws.session-token', 'AWS_SESSION_TOKEN', 'IQoJb3JpZ2luX2Vj{B340}=='],
  ['aws.bedrock-key', 'AWS_BEARER_TOKEN_BEDROCK', 'ABSK{B128}'],
  ['google.key', 'GOOGLE_API_KEY', 'AIza{b35}'],
  ['google.oauth-secret', 'GOOGLE_CLIENT_SECRET', 'GOCSPX-{b28}'],
  ['google.access-token', 'GOOGLE_ACCESS_TOKEN', 'ya29.{b180}'],
  ['google.refresh-token', 'GOOGLE_REFRESH_TOKEN', '1//0{b80}'],
  ['azure.client-secret', 'AZURE_CLIENT_SECRET', '{A3}8Q~{A34}'],
  ['azure.key', 'AZURE_OPENAI_API_KEY', '{h32}'],
  ['azure.key', 'AZURE_OPENAI_API_KEY', '{A84}'],
  ['digitalocean.token', 'DIGITALOCEAN_TOKEN', 'dop_v1_{h64}'],
  ['digitalocean.spaces', 'SPACES_SECRET_KEY', '{A43}'],
  ['cloudflare.token', 'CLOUDFLARE_API_TOKEN', 'cfut_{A48}'],
  ['cloudflare.key', 'CLOUDFLARE_API_KEY', '{h37}'],
  ['cloudflare.key', 'CLOUDFLARE_API_TOKEN', '{b40}'],
  ['cloudflare.origin-ca', 'ORIGIN_CA_KEY', 'v1.0-{h24}-{h146}'],
  ['alibaba.access-key', 'ALIBABA_ACCESS_KEY', 'LTAI5t{A18}'],
  ['tencent.secret-id', 'TENCENT_SECRET_ID', 'AKID{A32}'],
  ['ibm.key', 'IBMCLOUD_API_KEY', '{b44}'],
  ['servers.token', 'HCLOUD_TOKEN', '{A64}'],
  ['railway.token', 'RAILWAY_TOKEN', '{uuid}'],
  ['railway.token', 'RAILWAY_API_TOKEN', '{uuid}'],
  ['vercel.token', 'VERCEL_TOKEN', 'vcp_{A50}{crc}'],
  ['vercel.legacy', 'VERCEL_TOKEN', '{A24}'],
  ['netlify.token', 'NETLIFY_AUTH_TOKEN', 'nfp_{A40}'],
  ['netlify.legacy', 'NETLIFY_AUTH_TOKEN', '{b43}'],
  ['fly.token', 'FLY_API_TOKEN', 'fo1_{b43}'],
  ['fly.token', 'FLY_API_TOKEN', 'fm2_{B400}'],
  ['render.key', 'RENDER_API_KEY', 'rnd_{A28}'],
  ['heroku.key', 'HEROKU_API_KEY', 'HRKU-{uuid}'],
  ['heroku.legacy', 'HEROKU_API_KEY', '{uuid}'],
  ['supabase.token', 'SUPABASE_ACCESS_TOKEN', 'sbp_{h40}'],
  ['supabase.key', 'SUPABASE_SECRET_KEY', 'sb_secret_{b31}'],
  [
    'supabase.jwt',
    'SUPABASE_KEY',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{claims:iss=supabase,ref=abcdefghijkl,role=service_role}.{b43}',
  ],
  ['doppler.token', 'DOPPLER_TOKEN', 'dp.pt.{A43}'],
  ['doppler.token', 'DOPPLER_TOKEN', 'dp.st.prd.{A43}'],
  ['vault.token', 'VAULT_TOKEN', 'hvs.{b95}'],
  ['vault.legacy', 'VAULT_TOKEN', 's.{A24}'],
  ['terraform.token', 'TFE_TOKEN', '{A14}.atlasv1.{A67}'],
  ['pulumi.token', 'PULUMI_ACCESS_TOKEN', 'pul-{h40}'],
  ['infisical.token', 'INFISICAL_TOKEN', 'st.{uuid}.{h32}.{h32}'],
  ['onepassword.token', 'OP_SERVICE_ACCOUNT_TOKEN', 'ops_eyJ{b500}'],
  ['tailscale.key', 'TS_AUTHKEY', 'tskey-auth-{A12}CNTRL-{A32}'],
  ['ngrok.token', 'NGROK_AUTHTOKEN', '2{A26}_{A21}'],
  ['planetscale.token', 'PLANETSCALE_SERVICE_TOKEN', 'pscale_tkn_{b43}'],
  ['planetscale.password', 'DATABASE_PASSWORD', 'pscale_pw_{b43}'],
  ['neon.key', 'NEON_API_KEY', 'napi_{l64}'],
  [
    'turso.token',
    'TURSO_AUTH_TOKEN',
    'eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.{claims:a=rw,iat=1700000000,id=abc}.{b86}',
  ],
  ['mongodb.service-account', 'MONGODB_CLIENT_SECRET', 'mdb_sa_sk_{b40}'],
  ['mongodb.api-key', 'MONGODB_ATLAS_PRIVATE_KEY', '{uuid}'],
  ['databricks.token', 'DATABRICKS_TOKEN', 'dapi{h32}'],
  ['upstash.token', 'UPSTASH_REDIS_REST_TOKEN', 'AX{b54}'],
  ['convex.key', 'CONVEX_DEPLOY_KEY', 'prod:happy-otter-123|{B80}'],
  ['aiven.token', 'AIVEN_TOKEN', 'AVNS_{b19}'],
  ['stripe.key', 'STRIPE_SECRET_KEY', 'sk_live_{A24}'],
  ['stripe.key', 'STRIPE_SECRET_KEY', 'sk_test_51{A97}'],
  ['stripe.restricted', 'STRIPE_KEY', 'rk_live_{A24}'],
  ['stripe.webhook', 'STRIPE_WEBHOOK_SECRET', 'whsec_{A32}'],
  ['square.token', 'SQUARE_ACCESS_TOKEN', 'sq0atp-{b22}'],
  ['square.token', 'SQUARE_ACCESS_TOKEN', 'EAAAE{b59}'],
  ['paypal.token', 'BRAINTREE_TOKEN', 'access_token$production${l16}${h32}'],
  ['paypal.secret', 'PAYPAL_CLIENT_SECRET', 'E{b79}'],
  ['plaid.token', 'PLAID_ACCESS_TOKEN', 'access-production-{uuid}'],
  ['plaid.secret', 'PLAID_SECRET', '{h30}'],
  ['shopify.token', 'SHOPIFY_ACCESS_TOKEN', 'shpat_{h32}'],
  ['adyen.key', 'ADYEN_API_KEY', 'AQE{A80}-{B43}=-{A16}'],
  ['razorpay.key', 'RAZORPAY_KEY_ID', 'rzp_live_{A14}'],
  ['paddle.key', 'PADDLE_API_KEY', 'pdl_live_apikey_{l26}_{A22}_{A3}'],
  ['anthropic.key', 'ANTHROPIC_API_KEY', 'sk-ant-api03-{b93}AA'],
  ['openai.key', 'OPENAI_API_KEY', 'sk-proj-{b74}T3BlbkFJ{b74}'],
  ['openai.key', 'OPENAI_API_KEY', 'sk-{A20}T3BlbkFJ{A20}'],
  ['openrouter.key', 'OPENROUTER_API_KEY', 'sk-or-v1-{h64}'],
  ['huggingface.token', 'HF_TOKEN', 'hf_{A34}'],
  ['groq.key', 'GROQ_API_KEY', 'gsk_{A52}'],
  ['xai.key', 'XAI_API_KEY', 'xai-{A80}'],
  ['perplexity.key', 'PERPLEXITY_API_KEY', 'pplx-{A48}'],
  ['replicate.token', 'REPLICATE_API_TOKEN', 'r8_{A37}'],
  ['langsmith.key', 'LANGSMITH_API_KEY', 'lsv2_pt_{h32}_{h10}'],
  ['pinecone.key', 'PINECONE_API_KEY', 'pcsk_{A6}_{A63}'],
  ['models.key', 'MISTRAL_API_KEY', '{A32}'],
  ['models.key', 'DEEPSEEK_API_KEY', 'sk-{h32}'],
  ['slack.token', 'SLACK_TOKEN', 'xoxb-{d12}-{d13}-{A24}'],
  ['slack.token', 'SLACK_APP_TOKEN', 'xapp-1-A{u10}-{d13}-{h64}'],
  ['discord.token', 'DISCORD_TOKEN', 'MT{A24}.G{A5}.{b38}'],
  ['discord.client-secret', 'DISCORD_CLIENT_SECRET', '{b32}'],
  ['telegram.token', 'TELEGRAM_BOT_TOKEN', '7{d9}:AA{b33}'],
  ['twilio.key', 'TWILIO_API_KEY', 'SK{h32}'],
  ['twilio.auth-token', 'TWILIO_AUTH_TOKEN', '{h32}'],
  ['sendgrid.key', 'SENDGRID_API_KEY', 'SG.{b22}.{b43}'],
  ['mailgun.key', 'MAILGUN_API_KEY', 'key-{h32}'],
  ['mailgun.key', 'MAILGUN_API_KEY', '{h32}-{h8}-{h8}'],
  ['mailchimp.key', 'MAILCHIMP_API_KEY', '{h32}-us21'],
  ['brevo.key', 'BREVO_API_KEY', 'xkeysib-{h64}-{A16}'],
  ['resend.key', 'RESEND_API_KEY', 're_{A8}_{A24}'],
  ['postmark.token', 'POSTMARK_SERVER_TOKEN', '{uuid}'],
  ['npm.token', 'NPM_TOKEN', 'npm_{A30}{crc}'],
  ['pypi.token', 'PYPI_TOKEN', 'pypi-AgEIcHlwaS5vcmc{b140}'],
  ['rubygems.key', 'GEM_HOST_API_KEY', 'rubygems_{h48}'],
  ['crates.token', 'CARGO_REGISTRY_TOKEN', 'cio{A32}'],
  ['docker.token', 'DOCKERHUB_TOKEN', 'dckr_pat_{b27}'],
  ['nuget.key', 'NUGET_API_KEY', 'oy2{l43}'],
  ['artifactory.key', 'ARTIFACTORY_API_KEY', 'AKCp{A69}'],
  ['clojars.token', 'CLOJARS_PASSWORD', 'CLOJARS_{h60}'],
  ['deno.token', 'DENO_DEPLOY_TOKEN', 'ddp_{A36}'],
  ['datadog.key', 'DD_API_KEY', '{h32}'],
  ['datadog.key', 'DATADOG_APP_KEY', '{h40}'],
  ['datadog.token', 'DD_TOKEN', 'ddapp_{A34}'],
  ['newrelic.key', 'NEW_RELIC_API_KEY', 'NRAK-{u27}'],
  ['newrelic.key', 'NEW_RELIC_LICENSE_KEY', '{h36}NRAL'],
  ['sentry.token', 'SENTRY_AUTH_TOKEN', 'sntryu_{h64}'],
  ['sentry.token', 'SENTRY_AUTH_TOKEN', 'sntrys_eyJ{B160}_{b43}'],
  ['sentry.legacy', 'SENTRY_AUTH_TOKEN', '{h64}'],
  ['grafana.token', 'GRAFANA_TOKEN', 'glsa_{A32}_{h8}'],
  ['grafana.cloud', 'GRAFANA_CLOUD_TOKEN', 'glc_eyJ{B120}'],
  ['grafana.legacy', 'GRAFANA_KEY', 'eyJrIjoi{A90}'],
  ['pagerduty.key', 'PAGERDUTY_TOKEN', 'u+{b18}'],
  ['dynatrace.token', 'DYNATRACE_TOKEN', 'dt0c01.{V24}.{V64}'],
  ['honeycomb.key', 'HONEYCOMB_API_KEY', 'hcaik_{l58}'],
  ['posthog.key', 'POSTHOG_KEY', 'phx_{A43}'],
  ['launchdarkly.key', 'LAUNCHDARKLY_SDK_KEY', 'sdk-{uuid}'],
  ['linear.key', 'LINEAR_API_KEY', 'lin_api_{A40}'],
  ['notion.token', 'NOTION_TOKEN', 'ntn_{A46}'],
  ['notion.legacy', 'NOTION_TOKEN', 'secret_{A43}'],
  ['figma.token', 'FIGMA_TOKEN', 'figd_{b40}'],
  ['postman.key', 'POSTMAN_API_KEY', 'PMAK-{h24}-{h34}'],
  ['atlassian.token', 'ATLASSIAN_TOKEN', 'ATATT3xFfGF0{b176}={u8}'],
  ['atlassian.legacy', 'JIRA_API_TOKEN', '{A24}'],
  ['asana.token', 'ASANA_TOKEN', '1/{d16}:{h32}'],
  ['asana.secret', 'ASANA_CLIENT_SECRET', '{h32}'],
  ['airtable.token', 'AIRTABLE_TOKEN', 'pat{A14}.{h64}'],
  ['dropbox.token', 'DROPBOX_TOKEN', 'sl.B{b140}'],
  ['dropbox.secret', 'DROPBOX_APP_SECRET', '{l15}'],
  ['facebook.token', 'FACEBOOK_TOKEN', 'EAAB{A180}'],
  ['facebook.secret', 'FACEBOOK_APP_SECRET', '{h32}'],
  ['twitter.bearer', 'TWITTER_BEARER_TOKEN', 'AAAAAAAAAAAAAAAAAAAAA{A30}%3D{A50}'],
  ['twitter.secret', 'TWITTER_API_SECRET', '{A50}'],
  ['linkedin.secret', 'LINKEDIN_CLIENT_SECRET', '{A16}'],
  ['algolia.key', 'ALGOLIA_ADMIN_KEY', '{h32}'],
  ['hubspot.token', 'HUBSPOT_TOKEN', 'pat-na1-{uuid}'],
  ['clickup.token', 'CLICKUP_TOKEN', 'pk_{d8}_{u32}'],
  ['okta.token', 'OKTA_API_TOKEN', '00{b40}'],
  ['auth0.secret', 'AUTH0_CLIENT_SECRET', '{b64}'],
  ['mapbox.token', 'MAPBOX_SECRET_TOKEN', 'sk.eyJ{b80}.{b22}'],
  ['contentful.token', 'CONTENTFUL_TOKEN', 'CFPAT-{b43}'],
  ['salesforce.token', 'SALESFORCE_SESSION', '00D{A12}!{A96}'],
  ['age.key', 'SOPS_AGE_KEY', 'AGE-SECRET-KEY-1{u58}'],
  ['jwt.token', 'ID_TOKEN', 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{claims:sub=someone,role=admin}.{b43}'],
  ['key.application', 'APP_KEY', 'base64:{B43}='],
  ['assignment.secret', 'MY_SERVICE_PASSWORD', '{A24}'],
  ['assignment.secret', 'SESSION_SECRET', '{h48}'],
];

/** Credentials that stand in a text of their own. */
const texts: readonly (readonly [id: string, template: string, value: string])[] = [
  ['slack.webhook', 'https://VALUE', 'hooks.slack.com/services/T{u8}/B{u10}/{A24}'],
  ['discord.webhook', 'https://VALUE', 'discord.com/api/webhooks/1{d17}/{b68}'],
  [
    'teams.webhook',
    'https://a.VALUE',
    'webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}',
  ],
  ['azure.storage-key', 'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=VALUE;', '{B86}=='],
  [
    'azure.shared-key',
    'Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=VALUE',
    '{B43}=',
  ],
  [
    'azure.sas',
    'https://a.blob.core.windows.net/c?sv=2024-11-04&sr=c&sp=r&se=2030-01-01T00:00:00Z&sig=VALUE',
    '{A43}%3D',
  ],
  [
    'google.service-account',
    '{"type": "service_account", "private_key": "VALUE-----END',
    '-----BEGIN PRIVATE KEY-----\\n{B1600}\\n',
  ],
  [
    'railway.header',
    "curl https://backboard.railway.app/graphql/v2 -H 'Authorization: Bearer VALUE'",
    '{uuid}',
  ],
  ['sentry.dsn', 'https://{h32}:VALUE@o1.ingest.sentry.io/42', '{h32}'],
  ['neon.password', 'postgresql://neondb_owner:VALUE@ep-a.eu-central-1.aws.neon.tech/neondb', 'npg_{A12}'],
  [
    'key.private',
    '-----BEGIN RSA PRIVATE KEY-----VALUE-----END RSA PRIVATE KEY-----',
    '\n{B64}\n{B64}\n{B60}==\n',
  ],
  [
    'key.private',
    '-----BEGIN EC PRIVATE KEY-----VALUE-----END EC PRIVATE KEY-----',
    '\n{B64}\n{B64}\n{B30}==\n',
  ],
  [
    'key.private',
    '-----BEGIN OPENSSH PRIVATE KEY-----VALUE-----END OPENSSH PRIVATE KEY-----',
    '\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU{B39}\n{B70}\n',
  ],
  [
    'key.private',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----VALUE-----END PGP PRIVATE KEY BLOCK-----',
    '\n\n{B64}\n{B64}\n={B4}\n',
  ],
  [
    'key.encrypted',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----VALUE-----END ENCRYPTED PRIVATE KEY-----',
    '\n{B64}\n{B64}\n',
  ],
  ['key.putty', 'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nVALUE', '{B48}\n'],
  ['key.wireguard', '[Interface]\nPrivateKey = VALUE', '{B43}='],
  ['key.jwk', '{"kty": "OKP", "crv": "Ed25519", "d": "VALUE"}', '{b43}'],
  ['database.postgresql', 'postgresql://shop:VALUE@db-prod.shop.internal.net:5432/shop', '{A20}'],
  ['database.mysql', 'mysql://root:VALUE@mysql.shop.net/shop', '{A18}'],
  ['database.mongodb', 'mongodb+srv://admin:VALUE@cluster0.a1b2c.mongodb.net/shop', '{A18}'],
  ['database.redis', 'rediss://default:VALUE@cache.shop.net:6379', '{A32}'],
  ['database.sqlserver', 'Server=tcp:shop.database.windows.net,1433;User ID=sa;Password=VALUE;', '{A18}'],
  ['database.other', 'amqps://shop:VALUE@mq.shop.net/vhost', '{A24}'],
  ['url.password', 'https://deploy:VALUE@git.shop.net/a/b.git', '{A28}'],
  ['url.query', 'https://api.shop.net/v1/rows?access_token=VALUE', '{A32}'],
  ['netrc.password', 'machine api.shop.net\n  login me\n  password VALUE', '{A20}'],
  ['pgpass.password', 'db.shop.net:5432:shop:app:VALUE', '{A20}'],
  ['kubernetes.key', '    client-key-data: VALUE', 'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ{B1200}=='],
  ['kubernetes.token', 'current-context: prod\nusers:\n- name: a\n  user:\n    token: VALUE', '{b48}'],
  ['terraform.state', '{"schema_version": 1, "attributes": {"master_password": "VALUE"}}', '{A20}'],
  ['htpasswd.hash', 'me:VALUE', '$apr1${A8}${A22}'],
  ['htpasswd.hash', 'me:VALUE', '$2y$10${A53}'],
  ['curl.password', 'curl -s -u me:VALUE https://api.shop.net', '{A28}'],
  ['docker.auth', '{"auths": {"registry.shop.net": {"auth": "VALUE"}}}', '{login}'],
  ['maven.password', '<server><password>VALUE</password></server>', '{A24}'],
  ['npm.auth', '//registry.shop.net/:_authToken=VALUE', '{uuid}'],
  ['header.credential', 'curl -H "Authorization: Bearer VALUE" https://api.shop.net', '{A40}'],
  ['ci.session', 'ACTIONS_RUNTIME_TOKEN=VALUE', 'eyJ{b80}.{b300}.{b340}'],
  ['models.session', '"refresh_token": "VALUE"', 'rt_{b80}'],
];

/** Where a value stands. A name in the way that is usual there. */
const surroundings: Readonly<Record<string, (name: string, value: string) => string>> = {
  'a line of variables': (name, value) => `PORT=3000\n${name}=${value}\nDEBUG=1\n`,
  'exported, in quotes': (name, value) => `#!/bin/sh\nexport ${name}="${value}"\n`,
  JSON: (name, value) => `{\n  "port": 3000,\n  "${name}": "${value}"\n}\n`,
  'JSON in camel case': (name, value) => `{"a": 1, "${camel(name)}": "${value}"}`,
  YAML: (name, value) => `env:\n  ${name}: ${value}\n  PORT: 3000\n`,
  'a string in JavaScript': (name, value) => `const ${camel(name)} = '${value}';\n`,
  'a dictionary in Python': (name, value) => `os.environ["${name}"] = "${value}"\n`,
  TOML: (name, value) => `[secrets]\n${name.toLowerCase()} = "${value}"\n`,
  'a header': (name, value) =>
    `curl -H "X-${name.toLowerCase().replaceAll('_', '-')}: ${value}" https://api.shop.net\n`,
  'an address': (name, value) => `fetch("https://api.shop.net/v1?a=1&${name.toLowerCase()}=${value}")\n`,
};

function camel(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const providerOf = new Map<string, string>(detectors.map(({ id, provider }) => [id, provider]));

interface Tried {
  readonly id: string;
  readonly around: string;
  readonly found: 'right' | 'other' | 'no';
  readonly sure: boolean;
}

function tried(id: string, around: string, content: string, value: string): Tried {
  const at = content.lastIndexOf(value);
  const over = scanText('app/config', content, detectors).find(
    it => it.at[0] <= at + 1 && it.at[1] >= at + value.trimEnd().length - 1,
  );
  const found = over === undefined ? 'no' : over.provider === providerOf.get(id) ? 'right' : 'other';
  return { id, around, found, sure: over?.sure ?? false };
}

describe('credentials that are there', () => {
  const all: Tried[] = [];
  for (const [id, name, template] of kinds)
    for (const [around, of] of Object.entries(surroundings))
      for (let count = 0; count < samples; count++) {
        const value = made(template);
        all.push(tried(id, around, of(name, value), value));
      }
  for (const [id, template, of] of texts)
    for (let count = 0; count < samples; count++) {
      const value = made(of);
      all.push(
        tried(
          id,
          'its own text',
          made(template).replace('VALUE', () => value),
          value,
        ),
      );
    }

  const share = (some: readonly Tried[], is: (it: Tried) => boolean) => some.filter(is).length / some.length;
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

  test('every detector is tried', () => {
    const ids = new Set(all.map(it => it.id));
    assert.deepEqual(
      detectors.map(it => it.id).filter(id => !ids.has(id)),
      [],
    );
  });

  test('are found, and by whose they are', t => {
    t.diagnostic(
      `${all.length} credentials of ${new Set(all.map(it => it.id)).size} kinds: ${percent(share(all, it => it.found !== 'no'))} found, ` +
        `${percent(share(all, it => it.found === 'right'))} with their provider, ${percent(share(all, it => it.sure))} without doubt`,
    );
    for (const around of new Set(all.map(it => it.around))) {
      const here = all.filter(it => it.around === around);
      t.diagnostic(
        `${around}: ${percent(share(here, it => it.found !== 'no'))}, ${percent(share(here, it => it.found === 'right'))}`,
      );
      assert.ok(share(here, it => it.found !== 'no') > 0.97, around);
    }
    const poor = [...new Set(all.map(it => it.id))]
      .map(id => ({ id, of: all.filter(it => it.id === id) }))
      .filter(({ of }) => share(of, it => it.found === 'right') < 1)
      .map(({ id, of }) => `${id} ${percent(share(of, it => it.found === 'right'))}`);
    t.diagnostic(`not always with their provider: ${poor.join(', ') || 'none'}`);
    assert.ok(share(all, it => it.found !== 'no') > 0.99);
    assert.ok(share(all, it => it.found === 'right') > 0.97);
  });
});

/** Lines that every project has, and in which no credential stands. */
const ordinary: readonly (() => string)[] = [
  () => `import { ${word()} } from './${word()}/${word()}.ts';`,
  () => `  "integrity": "sha512-${made('{B86}')}==",`,
  () => `  resolved "https://registry.example.com/${word()}/-/${word()}-1.2.3.tgz#${made('{h40}')}"`,
  () => `const ${word()} = await ${word()}.${word()}(${word()}, { token: ${word()}.token });`,
  () => `commit ${made('{h40}')}`,
  () => `  id: '${made('{uuid}')}',`,
  () => `      uses: actions/checkout@${made('{h40}')} # v4`,
  () => `  background: url(data:image/png;base64,${made('{B400}')});`,
  () => `  password: process.env.${word().toUpperCase()}_PASSWORD,`,
  () => `export const tokenType = '${word()}${word()}';`,
  () => `<input type="password" placeholder="Password" name="${word()}Password" />`,
  () => `DATABASE_URL=postgres://postgres:postgres@localhost:5432/${word()}`,
  () => `API_KEY=your-api-key-here`,
  () => `SECRET_KEY=\${SECRET_KEY:?}`,
  () => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${made('{B43}')} me@example.com`,
  () => `-----BEGIN PUBLIC KEY-----\n${made('{B64}')}\n-----END PUBLIC KEY-----`,
  () => `  "etag": "${made('{h32}')}",  "checksum": "${made('{h64}')}",`,
  () => `key_id = "${made('{h16}')}"  # public`,
  () => `const keyframes = ${word()}KeyFrames.map(key => key.${word()});`,
  () => `version = "1.${made('{d2}')}.${made('{d3}')}-beta.${made('{d1}')}"`,
  () => `FROM node:24@sha256:${made('{h64}')}`,
  () => `nextPageToken: response.next_page_token ?? '',`,
  () => `//# sourceMappingURL=data:application/json;base64,${made('{B300}')}`,
  () => `expect(${word()}.secret).toBe(${word()}Secret${made('{d1}')});`,
  () =>
    `i18n: { passwordTooShort: 'The password must have at least 8 characters', tokenExpired2: 'Expired' },`,
];

const words =
  'order user shop cart price build render query result parser stream buffer event handler view'.split(' ');

function word(): string {
  return words[Math.floor(chance() * words.length)] ?? '';
}

test('ordinary code holds none', t => {
  const lines = Array.from({ length: 4_000 }, (_, index) => (ordinary[index % ordinary.length] ?? word)());
  const found = scanText('src/app.ts', lines.join('\n'), detectors);
  t.diagnostic(
    `${lines.length} lines: ${found.filter(it => it.sure).length} without doubt, ${found.length} in all`,
  );
  assert.deepEqual(
    found.map(it => `${it.detector}: ${lines.join('\n').split('\n')[it.line - 1]?.slice(0, 60)}`),
    [],
  );
});
