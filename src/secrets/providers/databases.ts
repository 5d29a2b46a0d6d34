import { base62, hex, isDummy, isRandom, sample, sampleUuid, type Detector } from '../../core/detector.ts';
import { blanket, blanketLive, long, scopedLive } from '../../core/rating.ts';

/*
 * Databases as a service. PlanetScale: planetscale.com, "Password format", "Service tokens". Neon: neon.com, "Manage
 * API keys" (`napi_`). MongoDB Atlas: mongodb.com, "Service accounts". None checked.
 */
export const databases: readonly Detector[] = [
  {
    id: 'planetscale.token',
    title: 'PlanetScale service token',
    provider: 'planetscale',
    hints: ['pscale_tkn_', 'pscale_oauth_'],
    pattern: /\bpscale_(?:tkn|oauth)_[0-9A-Za-z_.=-]{32,64}(?![0-9A-Za-z_=-])/g,
    rate: long,
    rates: 'its accesses were chosen when it was made and do not show: taken for blanket',
    examples: { catches: [`pscale_tkn_${sample(base62, 43)}`], leaves: ['pscale_tkn_x'] },
  },
  {
    id: 'planetscale.password',
    title: 'PlanetScale password',
    provider: 'planetscale',
    hints: ['pscale_pw_'],
    pattern: /\bpscale_pw_[0-9A-Za-z_.=-]{32,64}(?![0-9A-Za-z_=-])/g,
    rate: scopedLive,
    rates: 'scoped to one branch of a database; live',
    examples: { catches: [`pscale_pw_${sample(base62, 43)}`], leaves: ['pscale_pw_x'] },
  },
  {
    id: 'neon.key',
    title: 'Neon key',
    provider: 'neon',
    hints: ['napi_'],
    pattern: /\bnapi_[0-9a-z]{40,80}\b/g,
    confirm: isRandom,
    rate: blanketLive,
    rates: 'blanket: whether of a person, an organisation or a project does not show',
    examples: {
      catches: [`napi_${sample('abcdefghijklmnopqrstuvwxyz0123456789', 64)}`],
      leaves: ['napi_value'],
    },
  },
  {
    id: 'neon.password',
    title: 'Neon password',
    provider: 'neon',
    hints: ['npg_'],
    pattern: /\bnpg_[0-9A-Za-z]{12}\b/g,
    confirm: value => /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value.slice(4)),
    rate: (_, before) => ({
      reach: /\/\/[a-z_]{0,40}(?:owner|admin|superuser)/i.test(before.slice(-80)) ? 'blanket' : 'unknown',
      lasts: 'long',
    }),
    rates: 'that of an `…_owner` is blanket',
    examples: {
      catches: [`postgresql://neondb_owner:npg_${sample(base62, 12)}@ep-a.neon.tech/db`],
      leaves: ['npg_x'],
    },
  },
  {
    id: 'turso.token',
    title: 'Turso token',
    provider: 'turso',
    hints: ['turso', 'libsql'],
    pattern:
      /(?:turso|libsql)[\w.-]{0,30}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>eyJ[\w-]{10,400}\.[\w-]{10,2000}\.[\w-]{10,1000})/gi,
    rate: long,
    rates: 'whether of a database, a group or the platform does not show: taken for blanket',
    examples: {
      catches: [`TURSO_AUTH_TOKEN=eyJ${sample(base62, 30)}.eyJ${sample(base62, 40)}.${sample(base62, 86)}`],
      leaves: ['TURSO_AUTH_TOKEN=$TOKEN'],
    },
  },
  {
    id: 'mongodb.service-account',
    title: 'MongoDB Atlas client secret',
    provider: 'mongodb',
    hints: ['mdb_sa_sk_'],
    pattern: /\bmdb_sa_sk_[0-9A-Za-z_-]{40}(?![0-9A-Za-z_-])/g,
    rate: blanketLive,
    examples: { catches: [`mdb_sa_sk_${sample(base62, 40)}`], leaves: ['mdb_sa_sk_x'] },
  },
  {
    id: 'mongodb.api-key',
    title: 'MongoDB Atlas private key',
    provider: 'mongodb',
    hints: ['atlas'],
    pattern:
      /atlas[\w.-]{0,30}(?:private|key|secret)[\w.-]{0,20}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/gi,
    plausible: value => !isDummy(value),
    rate: blanketLive,
    examples: { catches: [`MONGODB_ATLAS_PRIVATE_KEY=${sampleUuid}`], leaves: ['ATLAS_PRIVATE_KEY=$KEY'] },
  },
  {
    id: 'databricks.token',
    title: 'Databricks token',
    provider: 'databricks',
    hints: ['dapi', 'dose'],
    pattern: /\bd(?:api|ose)[0-9a-f]{32}(?:-\d)?\b/g,
    rate: blanket,
    examples: { catches: [`dapi${sample(hex, 32)}`], leaves: ['dapi'] },
  },
  {
    id: 'upstash.token',
    title: 'Upstash token',
    provider: 'upstash',
    hints: ['upstash'],
    pattern:
      /upstash[\w.-]{0,30}(?:token|key)[\w-]{0,10}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>A[0-9A-Za-z_-]{30,120}={0,2})(?![0-9A-Za-z_-])/gi,
    plausible: isRandom,
    rate: blanket,
    examples: {
      catches: [`UPSTASH_REDIS_REST_TOKEN=AX${sample(base62, 54)}`],
      leaves: ['UPSTASH_REDIS_REST_TOKEN=x'],
    },
  },
  {
    id: 'convex.key',
    title: 'Convex deploy key',
    provider: 'convex',
    hints: ['prod:', 'dev:', 'project:', 'preview:'],
    pattern: /\b(?:prod|dev|project|preview):[a-z]{3,20}-[a-z]{3,20}-\d{3}\|[0-9A-Za-z+/=_-]{40,300}/g,
    rate: value => ({
      reach: 'blanket',
      lasts: 'long',
      ...(value.startsWith('prod') ? { stage: 'live', environment: 'production' } : {}),
    }),
    rates: 'of a deployment, which it names',
    examples: { catches: [`prod:happy-animal-123|${sample(base62, 60)}`], leaves: ['prod:x'] },
  },
  {
    id: 'aiven.token',
    title: 'Aiven token or password',
    provider: 'aiven',
    hints: ['avns_', 'aivenv1'],
    pattern: /\b(?:AVNS_[0-9A-Za-z_-]{19}|aivenv1[0-9A-Za-z+/=_-]{60,400})(?![0-9A-Za-z_-])/g,
    rate: value => (value.startsWith('AVNS_') ? long() : blanketLive()),
    rates: "a token is blanket, a service's password does not tell",
    examples: { catches: [`AVNS_${sample(base62, 19)}`], leaves: ['AVNS_x'] },
  },
];
