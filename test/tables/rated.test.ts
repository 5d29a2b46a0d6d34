import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, hex, sample, sampleUuid } from '../../src/core/detector.ts';
import { ratingWords } from '../../src/core/rating.ts';
import { scanText } from '../../src/core/scan.ts';
import { detectors } from '../../src/secrets/index.ts';

const claims = (it: object) => Buffer.from(JSON.stringify(it)).toString('base64url');
const jwt = (payload: object) =>
  `${claims({ alg: 'HS256', typ: 'JWT' })}.${claims(payload)}.${sample(base62, 43)}`;
const end = Date.parse('2030-01-01') / 1000;
const password = sample(base62, 18);

/** A text, the file it stands in, the provider and the rating in words. */
const rows: readonly (readonly [text: string, file: string, provider: string, words: string])[] = [
  [`ghp_${sample(base62, 36)}`, 'a.sh', 'github', 'blanket'],
  [`ghs_${sample(base62, 36)}`, 'a.sh', 'github', 'scoped, short-lived'],
  [`github_pat_${sample(base62, 82)}`, 'a.sh', 'github', 'scoped'],
  [`AWS_ACCESS_KEY_ID=AKIA${sample('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`, '.env', 'aws', 'blanket'],
  [
    `AWS_ACCESS_KEY_ID=ASIA${sample('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
    '.env',
    'aws',
    'reach unknown, short-lived',
  ],
  [`STRIPE_KEY=sk_live_${sample(base62, 24)}`, '.env', 'stripe', 'blanket, live'],
  [`STRIPE_KEY=sk_test_${sample(base62, 24)}`, '.env', 'stripe', 'blanket, test'],
  [`STRIPE_KEY=rk_live_${sample(base62, 24)}`, '.env.production', 'stripe', 'scoped, live, production'],
  [`RAILWAY_API_TOKEN=${sampleUuid}`, '.env', 'railway', 'blanket, live'],
  [`RAILWAY_PROJECT_TOKEN=${sampleUuid}`, '.env', 'railway', 'scoped'],
  [`RAILWAY_TOKEN=${sampleUuid}`, '.env', 'railway', 'reach unknown'],
  [
    `curl https://backboard.railway.app/graphql/v2 -H 'Authorization: Bearer ${sampleUuid}'`,
    'scripts/old/register-domain.sh',
    'railway',
    'blanket, live',
  ],
  [
    jwt({ iss: 'supabase', ref: 'a', role: 'service_role', exp: end }),
    'a.ts',
    'supabase',
    'blanket, live, ends 2030-01-01',
  ],
  [
    jwt({ iss: 'supabase', ref: 'a', role: 'anon', exp: end }),
    'a.ts',
    'supabase',
    'scoped, live, ends 2030-01-01',
  ],
  [
    jwt({ sub: 'me', iat: end - 3600, exp: end }),
    'a.ts',
    'jwt',
    'reach unknown, short-lived, ends 2030-01-01',
  ],
  [
    `postgres://postgres:${password}@db-prod.shop.net/shop`,
    'a.ts',
    'postgresql',
    'blanket, live, production',
  ],
  [`postgres://reader:${password}@db-staging.shop.net/shop`, 'a.ts', 'postgresql', 'reach unknown, staging'],
  [`mysql://root:${password}@127.0.0.1/shop`, 'a.ts', 'mysql', 'blanket, test, development'],
  [`Server=db.shop.net;User ID=sa;Password=${password};`, 'a.config', 'sqlserver', 'blanket'],
  [
    `https://a.blob.core.windows.net/c?sv=2024-11-04&sp=r&se=2030-01-01T00%3A00%3A00Z&sig=${sample(base62, 43)}%3D`,
    'a.ts',
    'azure',
    'scoped, ends 2030-01-01',
  ],
  [`dp.st.prd.${sample(base62, 43)}`, '.env', 'doppler', 'scoped, live, production'],
  [`access-sandbox-${sampleUuid}`, '.env', 'plaid', 'scoped, test'],
  [`DD_APP_KEY=${sample(hex, 40)}`, '.env', 'datadog', 'blanket, live'],
  [`DD_API_KEY=${sample(hex, 32)}`, '.env', 'datadog', 'scoped, live'],
  [`sk-ant-admin01-${sample(base62, 93)}`, '.env', 'anthropic', 'blanket, live'],
  [`sk-proj-${sample(base62, 74)}T3BlbkFJ${sample(base62, 74)}`, '.env', 'openai', 'scoped, live'],
  [`PROD_MY_TOKEN=${sample(hex, 32)}`, '.env', 'unknown', 'reach unknown, live, production'],
];

describe('how far a credential reaches', () => {
  for (const [text, file, provider, expected] of rows)
    test(`${provider}: ${text.slice(0, 24)}… in ${file} is ${expected}`, () => {
      const [spotted] = scanText(file, text, detectors);
      assert.equal(spotted?.provider, provider);
      assert.equal(ratingWords(spotted.rating), expected);
    });
});
