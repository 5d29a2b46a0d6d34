import { hasChecksum } from '../../core/checksum.ts';
import { base62, hex, isDummy, isRandom, sample, sampleUuid, type Detector } from '../../core/detector.ts';
import { claimsOf } from '../../core/jwt.ts';
import { blanket, blanketLive, long, scoped } from '../../core/rating.ts';

/*
 * Where applications run. Vercel: vercel.com, "New token formats and secret scanning", checked 2026-11. Supabase:
 * supabase.com, "Understanding API keys". Railway: docs.railway.com, "Public API": tokens are UUIDs, of an account, a
 * team or a project. Heroku: devcenter.heroku.com, "OAuth" (`HRKU-`). The rest not checked.
 */
export const hosting: readonly Detector[] = [
  {
    id: 'railway.token',
    title: 'Railway token',
    provider: 'railway',
    hints: ['railway'],
    named: [/railway/i],
    pattern: /(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/g,
    // RAILWAY_PROJECT_ID and its like name things and open nothing.
    plausible: (value, before) =>
      !isDummy(value) && !/(?:_id|id)["'`\]]{0,2}\s{0,8}[:=][^:=]{0,12}$/i.test(before),
    rate: (_, before) =>
      /railway_api_|account|team/i.test(before.slice(-80))
        ? { reach: 'blanket', stage: 'live', lasts: 'long' }
        : /project/i.test(before.slice(-80))
          ? { reach: 'scoped', lasts: 'long' }
          : { lasts: 'long' },
    rates:
      '`RAILWAY_API_TOKEN` is of an account or a team, blanket; one that is called a project token is scoped; all are UUIDs, so that `RAILWAY_TOKEN` does not tell',
    examples: {
      catches: [`RAILWAY_TOKEN=${sampleUuid}`, `"railwayApiToken": "${sampleUuid}"`],
      leaves: ['RAILWAY_TOKEN=$TOKEN'],
    },
  },
  {
    id: 'railway.header',
    title: 'Railway token in a request',
    provider: 'railway',
    hints: ['backboard.railway'],
    pattern:
      /\b(?:bearer|(?:project|team)-access-token["'`]?\s{0,3}[:,])\s{0,3}["'`]?(?<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/gi,
    plausible: value => !isDummy(value),
    rate: (_, before) =>
      /project-access-token[^\n]{0,12}$/i.test(before)
        ? { reach: 'scoped', lasts: 'long' }
        : { reach: 'blanket', stage: 'live', lasts: 'long' },
    rates: 'behind `Bearer` it is of an account or a team, blanket; behind `Project-Access-Token` scoped',
    examples: {
      catches: [`curl https://backboard.railway.app/graphql/v2 -H 'Authorization: Bearer ${sampleUuid}'`],
      leaves: ['curl https://backboard.railway.app/graphql/v2'],
    },
  },
  {
    id: 'vercel.token',
    title: 'Vercel token',
    provider: 'vercel',
    hints: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
    pattern: /\bvc[pcaikr]_[0-9A-Za-z_-]{24,120}(?![0-9A-Za-z_-])/g,
    confirm: value => hasChecksum(value.slice(4)) || isRandom(value),
    rate: value =>
      value.startsWith('vcp_')
        ? { reach: 'blanket', stage: 'live', lasts: 'long' }
        : value.startsWith('vca_')
          ? { reach: 'scoped', lasts: 'session' }
          : { reach: 'scoped', lasts: 'long' },
    rates: 'a personal access token (`vcp_`) is blanket; of integrations, apps and gateways scoped',
    examples: { catches: [`vcp_${sample(base62, 56)}`], leaves: ['vcp_x'] },
  },
  {
    id: 'vercel.legacy',
    title: 'Vercel token without a mark',
    provider: 'vercel',
    hints: ['vercel'],
    named: [/vercel/i, /token|key|secret/i],
    pattern: /(?<![\w-])[0-9A-Za-z]{24}(?![\w-])/g,
    plausible: isRandom,
    rate: blanket,
    examples: { catches: [`VERCEL_TOKEN=${sample(base62, 24)}`], leaves: ['VERCEL_TOKEN=$TOKEN'] },
  },
  {
    id: 'netlify.token',
    title: 'Netlify token',
    provider: 'netlify',
    hints: ['nfp_', 'nfc_', 'nfo_', 'nfu_'],
    pattern: /\bnf[pcou]_[0-9A-Za-z]{36,60}\b/g,
    rate: blanketLive,
    examples: { catches: [`nfp_${sample(base62, 40)}`], leaves: ['nfp_x'] },
  },
  {
    id: 'netlify.legacy',
    title: 'Netlify token without a mark',
    provider: 'netlify',
    hints: ['netlify'],
    named: [/netlify/i, /token|key/i],
    pattern: /(?<![\w-])[0-9A-Za-z_-]{43,46}(?![\w-])/g,
    plausible: isRandom,
    rate: blanket,
    examples: { catches: [`NETLIFY_AUTH_TOKEN=${sample(base62, 43)}`], leaves: ['NETLIFY_AUTH_TOKEN=x'] },
  },
  {
    id: 'fly.token',
    title: 'Fly.io token',
    provider: 'fly',
    hints: ['fo1_', 'fm1_', 'fm1a_', 'fm1r_', 'fm2_'],
    pattern: /\b(?:fo1_[0-9A-Za-z_-]{43}|fm(?:1[ar]?|2)_[0-9A-Za-z+/]{80,4000}={0,3})(?![0-9A-Za-z+/_-])/g,
    rate: value => (value.startsWith('fo1_') ? blanketLive() : long()),
    rates: 'that of a person (`fo1_`) is blanket; one with conditions (`fm2_`) does not show them',
    examples: {
      catches: [`fo1_${sample(base62, 43)}`, `FlyV1 fm2_${sample(base62, 120)}`],
      leaves: ['fo1_x'],
    },
  },
  {
    id: 'render.key',
    title: 'Render key',
    provider: 'render',
    hints: ['rnd_'],
    pattern: /\brnd_[0-9A-Za-z]{28,40}\b/g,
    confirm: isRandom,
    rate: blanketLive,
    examples: { catches: [`rnd_${sample(base62, 28)}`], leaves: ['rnd_x'] },
  },
  {
    id: 'heroku.key',
    title: 'Heroku key',
    provider: 'heroku',
    hints: ['hrku-'],
    pattern: /\bHRKU-(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z_-]{58,64})(?![0-9A-Za-z_-])/g,
    rate: blanketLive,
    examples: { catches: [`HRKU-${sampleUuid}`, `HRKU-AA${sample(base62, 58)}`], leaves: ['HRKU-'] },
  },
  {
    id: 'heroku.legacy',
    title: 'Heroku key without a mark',
    provider: 'heroku',
    hints: ['heroku'],
    named: [/heroku/i, /key|token|secret/i],
    pattern: /(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/g,
    plausible: value => !isDummy(value),
    rate: blanketLive,
    examples: { catches: [`HEROKU_API_KEY=${sampleUuid}`], leaves: ['HEROKU_API_KEY=$KEY'] },
  },
  {
    id: 'supabase.token',
    title: 'Supabase access token',
    provider: 'supabase',
    hints: ['sbp_'],
    pattern: /\bsbp_(?:v0_|oauth_)?[0-9a-f]{40}\b/g,
    rate: blanketLive,
    rates: 'blanket: all projects of a person',
    examples: { catches: [`sbp_${sample(hex, 40)}`], leaves: ['sbp_short'] },
  },
  {
    id: 'supabase.key',
    title: 'Supabase secret key',
    provider: 'supabase',
    hints: ['sb_secret_'],
    pattern: /\bsb_secret_[0-9A-Za-z_-]{20,64}(?![0-9A-Za-z_-])/g,
    rate: blanketLive,
    rates: 'blanket: it passes by the rules of rows',
    examples: { catches: [`sb_secret_${sample(base62, 31)}`], leaves: ['sb_secret_x'] },
  },
  {
    id: 'supabase.jwt',
    title: 'Supabase key (JSON Web Token)',
    provider: 'supabase',
    // `{"iss":"supabase` and `{"role":"service_role`, as base64 has them.
    hints: ['eyjpc3mioijzdxbhymfzz', 'eyjyb2xlijoic2vydmljzv9yb2xli', 'eyjyb2xlijoiyw5vbi'],
    pattern:
      /(?<![\w-])eyJ[\w-]{10,400}\.eyJ(?:pc3MiOiJzdXBhYmFzZ|yb2xlIjoic2VydmljZV9yb2xlI|yb2xlIjoiYW5vbi)[\w-]{10,2000}\.[\w-]{10,1000}/g,
    rate: value => {
      const { role, exp } = claimsOf(value) ?? {};
      return {
        ...(role === 'anon' ? { reach: 'scoped' } : role === 'service_role' ? { reach: 'blanket' } : {}),
        stage: 'live',
        lasts: 'long',
        ...(typeof exp === 'number' && { expires: exp * 1_000 }),
      };
    },
    rates:
      'by the role it claims: `service_role` is blanket, `anon` scoped and made to be public; ends at `exp`',
    examples: {
      catches: [
        `eyJ${sample(base62, 33)}.eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6I${sample(base62, 40)}.${sample(base62, 43)}`,
      ],
      leaves: ['eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6I'],
    },
  },
  {
    id: 'doppler.token',
    title: 'Doppler token',
    provider: 'doppler',
    hints: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.said.', 'dp.scim.', 'dp.audit.'],
    pattern: /\bdp\.(?:pt|st|ct|sa|said|scim|audit)(?:\.[a-z0-9_-]{2,35})?\.[0-9A-Za-z]{40,44}\b/g,
    rate: value => {
      const [, kind, config] = value.split('.');
      const environment = value.split('.').length > 3 && kind === 'st' ? config : undefined;
      return {
        reach: kind === 'st' || kind === 'audit' || kind === 'scim' ? 'scoped' : 'blanket',
        lasts: 'long',
        ...(environment !== undefined && {
          environment: /^pr(?:o?d)\b/.test(environment) ? 'production' : environment,
        }),
      };
    },
    rates: '`dp.st.` is of one configuration, which it names; `dp.pt.`, `dp.ct.` and `dp.sa.` are blanket',
    examples: {
      catches: [`dp.pt.${sample(base62, 43)}`, `dp.st.dev.${sample(base62, 43)}`],
      leaves: ['dp.st.dev', 'dp.pt.x'],
    },
  },
  {
    id: 'vault.token',
    title: 'Vault token',
    provider: 'vault',
    hints: ['hvs.', 'hvb.', 'hvr.'],
    pattern: /\bhv[sbr]\.[0-9A-Za-z_-]{24,400}(?![0-9A-Za-z_-])/g,
    confirm: isRandom,
    rate: value => (value.startsWith('hvb.') ? { lasts: 'session' } : {}),
    rates: 'its policies do not show: taken for blanket; `hvb.` is of a batch, short-lived',
    examples: { catches: [`hvs.CAESI${sample(base62, 90)}`], leaves: ['hvs.x'] },
  },
  {
    id: 'vault.legacy',
    title: 'Vault token without a mark',
    provider: 'vault',
    hints: ['vault'],
    named: [/vault/i, /token/i],
    pattern: /(?<![\w.-])s\.[0-9A-Za-z]{24}(?![\w-])/g,
    plausible: isRandom,
    rate: () => ({}),
    rates: 'its policies do not show: taken for blanket',
    examples: { catches: [`VAULT_TOKEN=s.${sample(base62, 24)}`], leaves: ['VAULT_TOKEN=s.x'] },
  },
  {
    id: 'terraform.token',
    title: 'Terraform Cloud token',
    provider: 'terraform',
    hints: ['.atlasv1.'],
    pattern: /\b[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_=-]{60,70}(?![0-9A-Za-z_=-])/g,
    rate: blanketLive,
    rates: 'blanket: whether of a person, a team or an organisation does not show',
    examples: { catches: [`${sample(base62, 14)}.atlasv1.${sample(base62, 67)}`], leaves: ['x.atlasv1.y'] },
  },
  {
    id: 'pulumi.token',
    title: 'Pulumi token',
    provider: 'pulumi',
    hints: ['pul-'],
    pattern: /\bpul-[0-9a-f]{40}\b/g,
    rate: blanket,
    examples: { catches: [`pul-${sample(hex, 40)}`], leaves: ['pul-x'] },
  },
  {
    id: 'infisical.token',
    title: 'Infisical token',
    provider: 'infisical',
    hints: ['st.'],
    pattern: /\bst\.[0-9a-f]{8}-[0-9a-f-]{27}\.[0-9a-f]{32}\.[0-9a-f]{32}\b/g,
    rate: scoped,
    examples: { catches: [`st.${sampleUuid}.${sample(hex, 32)}.${sample(hex, 32)}`], leaves: ['st.x'] },
  },
  {
    id: 'onepassword.token',
    title: '1Password service account token',
    provider: 'onepassword',
    hints: ['ops_eyj'],
    pattern: /\bops_eyJ[0-9A-Za-z_-]{200,2000}={0,3}/g,
    rate: scoped,
    examples: { catches: [`ops_eyJ${sample(base62, 300)}`], leaves: ['ops_eyJ'] },
  },
  {
    id: 'tailscale.key',
    title: 'Tailscale key',
    provider: 'tailscale',
    hints: ['tskey-'],
    pattern: /\btskey-(?:auth|api|client|scim|webhook)-[0-9A-Za-z]{8,20}(?:CNTRL)?-[0-9A-Za-z]{16,40}\b/g,
    rate: value => (/^tskey-(?:api|client)/.test(value) ? blanket() : scoped()),
    rates: 'of the API and of clients blanket, others scoped',
    examples: { catches: [`tskey-api-${sample(base62, 12)}CNTRL-${sample(base62, 32)}`], leaves: ['tskey-'] },
  },
  {
    id: 'ngrok.token',
    title: 'ngrok token',
    provider: 'ngrok',
    hints: ['ngrok', 'authtoken'],
    named: [/authtoken|ngrok/i],
    pattern: /(?<![\w-])[0-9A-Za-z]{20,30}_[0-9A-Za-z]{20,24}(?![\w-])/g,
    rate: blanket,
    examples: {
      catches: [`NGROK_AUTHTOKEN=${sample(base62, 27)}_${sample(base62, 21)}`],
      leaves: ['authtoken: x'],
    },
  },
];
