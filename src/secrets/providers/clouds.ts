import { timeOf } from '../../core/calendar.ts';
import { base32, base62, hex, isDummy, isRandom, sample, type Detector } from '../../core/detector.ts';
import { blanket, long, scoped, session } from '../../core/rating.ts';

const base64 = `${base62}+/`;

/*
 * Clouds. AWS: docs.aws.amazon.com, "IAM identifiers", unique prefixes. Google: cloud.google.com, "API keys", "Service
 * account credentials". Azure: learn.microsoft.com, "Storage account SAS", "Connection strings"; the marks `+AMC`, `+ASt`, `Q~`
 * from Microsoft's CASK and from others' rules. Cloudflare: developers.cloudflare.com, "Token formats", checked
 * 2026-11. The rest not checked.
 */
export const clouds: readonly Detector[] = [
  {
    id: 'aws.access-key',
    title: 'AWS access key',
    provider: 'aws',
    hints: ['akia', 'asia', 'abia', 'acca'],
    pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g,
    plausible: value => !isDummy(value),
    // The letters of base 32: what has others was made up.
    confirm: value => /^[A-Z]{4}[A-Z2-7]{16}$/.test(value),
    rate: value => (value.startsWith('ASIA') ? { lasts: 'session' } : { reach: 'blanket', lasts: 'long' }),
    rates: 'a long-term key (`AKIA`) is taken for blanket; one of a session (`ASIA`) is short-lived',
    examples: { catches: [`AKIA${sample(base32, 16)}`], leaves: ['AKIA', 'ASIA PACIFIC'] },
  },
  {
    id: 'aws.secret-key',
    title: 'AWS secret key',
    provider: 'aws',
    hints: ['aws', 'secretaccesskey', 'secret_access_key'],
    named: [/secret/i, /aws|access_?key/i],
    pattern: /(?<![0-9A-Za-z/+])[0-9A-Za-z/+]{40}(?![0-9A-Za-z/+=])/g,
    plausible: value => !isDummy(value) && /\d/.test(value),
    rate: blanket,
    rates: 'blanket: which rights it has is not in it',
    examples: {
      catches: [`AWS_SECRET_ACCESS_KEY=${sample(base64, 40)}`, `"secretAccessKey": "${sample(base64, 40)}"`],
      leaves: ['AWS_SECRET_ACCESS_KEY=$SECRET'],
    },
  },
  {
    id: 'aws.session-token',
    title: 'AWS session token',
    provider: 'aws',
    hints: ['session_token', 'sessiontoken', 'security-token', 'security_token'],
    named: [/session_?token|security[_-]token/i],
    pattern: /(?<![0-9A-Za-z/+])[0-9A-Za-z/+]{100,2000}={0,2}(?![0-9A-Za-z/+=])/g,
    rate: session,
    rates: 'short-lived; its reach is that of the role, which it does not tell',
    examples: {
      catches: [`AWS_SESSION_TOKEN=${sample(base64, 200)}==`],
      leaves: ['AWS_SESSION_TOKEN=short'],
    },
  },
  {
    id: 'aws.bedrock-key',
    title: 'AWS Bedrock key',
    provider: 'aws',
    hints: ['absk', 'bedrock-api-key-'],
    pattern: /\b(?:ABSK[0-9A-Za-z+/]{109,269}={0,2}|bedrock-api-key-[0-9A-Za-z+/=_-]{40,2000})/g,
    rate: value => (value.startsWith('ABSK') ? scoped() : { reach: 'scoped', lasts: 'session' }),
    rates: 'scoped to Bedrock',
    examples: { catches: [`ABSK${sample(base62, 128)}`], leaves: ['ABSK'] },
  },
  {
    id: 'google.service-account',
    title: "Google service account's key",
    provider: 'google',
    hints: ['service_account'],
    pattern:
      /"private_key"\s{0,8}:\s{0,8}"(?<secret>-----BEGIN (?:RSA )?PRIVATE KEY-----(?:\\n|\s)[0-9A-Za-z+/=\\\s]{100,6000})-----END/g,
    rate: blanket,
    rates: 'blanket: what roles it has is not in it',
    examples: {
      catches: [
        `{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n${sample(base64, 400)}\\n-----END PRIVATE KEY-----\\n"}`,
      ],
      leaves: ['{"type": "service_account", "private_key": "${KEY}"}'],
    },
  },
  {
    id: 'google.key',
    title: 'Google API key',
    provider: 'google',
    hints: ['aiza'],
    pattern: /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g,
    // In a web page or an app it is public, and its owner limits it.
    rate: scoped,
    rates: 'scoped: it opens the APIs its owner chose, and identifies a project rather than a person',
    examples: { catches: [`AIza${sample(base62, 35)}`], leaves: ['AIza'] },
  },
  {
    id: 'google.oauth-secret',
    title: 'Google OAuth client secret',
    provider: 'google',
    hints: ['gocspx-'],
    pattern: /\bGOCSPX-[0-9A-Za-z_-]{28}(?![0-9A-Za-z_-])/g,
    rate: scoped,
    examples: { catches: [`GOCSPX-${sample(base62, 28)}`], leaves: ['GOCSPX-'] },
  },
  {
    id: 'google.access-token',
    title: 'Google access token',
    provider: 'google',
    hints: ['ya29.'],
    pattern: /\bya29\.[0-9A-Za-z_.-]{30,2000}/g,
    rate: session,
    examples: { catches: [`ya29.${sample(base62, 100)}`], leaves: ['ya29.x'] },
  },
  {
    id: 'google.refresh-token',
    title: 'Google refresh token',
    provider: 'google',
    hints: ['1//0'],
    pattern: /(?<![0-9A-Za-z/:])1\/\/0[0-9A-Za-z_-]{40,200}/g,
    confirm: isRandom,
    rate: blanket,
    examples: { catches: [`"refresh_token": "1//0${sample(base62, 60)}"`], leaves: ['1//0', 'a1//0b'] },
  },
  {
    id: 'azure.storage-key',
    title: 'Azure storage key',
    provider: 'azure',
    hints: ['accountkey=', '+ast'],
    pattern:
      /(?:accountkey=(?<secret>[0-9A-Za-z+/]{86}==)|(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{76}\+ASt[0-9A-Za-z+/]{5,6}[AQgw]==)/gi,
    plausible: value => !azurite.test(value) && !isDummy(value),
    rate: blanket,
    rates: 'blanket: all of a storage account',
    examples: {
      catches: [`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${sample(base64, 86)}==`],
      leaves: ['AccountKey=x'],
    },
  },
  {
    id: 'azure.sas',
    title: 'Azure shared access signature',
    provider: 'azure',
    hints: ['sig='],
    pattern: /[?&;]sig=(?<secret>[0-9A-Za-z%+/]{40,60}(?:%3D|=)?)/gi,
    plausible: (value, before, after) =>
      !isDummy(value.replace(/%\w\w/g, '')) && /[?&;'"]s[ver]=/.test(before + after),
    rate: (_, before, after) => {
      const ends = /&se=([^&\s]{1,60})/i.exec(`&${before.slice(before.indexOf('?') + 1)}${after}`)?.[1];
      const expires = ends === undefined ? undefined : timeOf(ends.replaceAll(/%3a/gi, ':'));
      return { reach: 'scoped', ...(expires === undefined ? {} : { expires }) };
    },
    rates: 'scoped to what `sp=` and `sr=` name; ends at `se=`',
    examples: {
      catches: [
        `https://a.blob.core.windows.net/c?sv=2024-11-04&ss=b&srt=sco&sp=rwd&se=2030-01-01T00:00:00Z&sig=${sample(base62, 43)}%3D`,
      ],
      leaves: ['https://a.example/?sig=abc'],
    },
  },
  {
    id: 'azure.client-secret',
    title: "Azure application's client secret",
    provider: 'azure',
    hints: ['q~'],
    pattern: /(?<![0-9A-Za-z_~.-])[0-9A-Za-z_~.-]{3}\dQ~[0-9A-Za-z_~.-]{31,34}(?![0-9A-Za-z_~.-])/g,
    confirm: isRandom,
    rate: blanket,
    rates: 'blanket: what the application may do is not in it',
    examples: { catches: [`Ab18Q~${sample(base62, 34)}`], leaves: ['Q~'] },
  },
  {
    id: 'azure.shared-key',
    title: 'Azure shared access key',
    provider: 'azure',
    hints: ['sharedaccesskey='],
    pattern: /\bsharedaccesskey=(?<secret>[0-9A-Za-z+/]{43}=)/gi,
    plausible: value => !isDummy(value),
    rate: (_, before) =>
      /sharedaccesskeyname=rootmanage/i.test(before)
        ? { reach: 'blanket', lasts: 'long' }
        : { reach: 'scoped', lasts: 'long' },
    rates: 'that of `RootManageSharedAccessKey` is blanket, others scoped',
    examples: {
      catches: [
        `Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${sample(base64, 43)}=`,
      ],
      leaves: ['SharedAccessKey=x'],
    },
  },
  {
    id: 'azure.key',
    title: 'Azure service key',
    provider: 'azure',
    hints: ['azure', 'ocp-apim-subscription-key', 'cognitiveservices', 'openai.azure'],
    named: [/azure|ocp-apim-subscription-key/i, /key|secret|token/i],
    pattern: /(?<![\w-])(?:[0-9a-fA-F]{32}|[0-9A-Za-z]{52}|[0-9A-Za-z]{80,88})(?![\w-])/g,
    plausible: value => !isDummy(value),
    rate: scoped,
    examples: { catches: [`AZURE_OPENAI_API_KEY=${sample(hex, 32)}`], leaves: ['AZURE_OPENAI_API_KEY=$KEY'] },
  },
  {
    id: 'digitalocean.token',
    title: 'DigitalOcean token',
    provider: 'digitalocean',
    hints: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g,
    rate: long,
    rates: 'its scopes were chosen when it was made and do not show: taken for blanket',
    examples: { catches: [`dop_v1_${sample(hex, 64)}`], leaves: ['dop_v1_x'] },
  },
  {
    id: 'digitalocean.spaces',
    title: 'DigitalOcean Spaces key',
    provider: 'digitalocean',
    hints: ['spaces'],
    named: [/spaces/i, /secret/i],
    pattern: /(?<![\w-])[0-9A-Za-z+/]{43}(?![\w-])/g,
    plausible: isRandom,
    rate: scoped,
    examples: { catches: [`SPACES_SECRET_KEY=${sample(base62, 43)}`], leaves: ['SPACES_SECRET_KEY=x'] },
  },
  {
    id: 'cloudflare.token',
    title: 'Cloudflare token',
    provider: 'cloudflare',
    hints: ['cfk_', 'cfut_', 'cfat_'],
    pattern: /\bcf(?:k|ut|at)_[0-9A-Za-z]{40}[0-9a-zA-Z]{6,10}\b/g,
    rate: value => (value.startsWith('cfk_') ? blanket() : scoped()),
    rates: 'the global key (`cfk_`) is blanket, tokens are scoped',
    examples: { catches: [`cfut_${sample(base62, 48)}`], leaves: ['cfut_x'] },
  },
  {
    id: 'cloudflare.key',
    title: 'Cloudflare key',
    provider: 'cloudflare',
    hints: ['cloudflare', 'cf_api', 'x-auth-key'],
    named: [/cloudflare|cf_api|x-auth-key/i, /token|key/i],
    pattern: /(?<![\w-])(?:[0-9a-f]{37}|[0-9A-Za-z_-]{40})(?![\w-])/g,
    plausible: value => !isDummy(value) && /\d/.test(value),
    rate: value => (/^[0-9a-f]{37}$/.test(value) ? blanket() : scoped()),
    rates: 'the global key (37 hexadecimal digits) is blanket, tokens are scoped',
    examples: { catches: [`CLOUDFLARE_API_TOKEN=${sample(base62, 40)}`], leaves: ['CF_API_KEY=$KEY'] },
  },
  {
    id: 'cloudflare.origin-ca',
    title: 'Cloudflare Origin CA key',
    provider: 'cloudflare',
    hints: ['v1.0-'],
    pattern: /\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b/g,
    rate: scoped,
    examples: { catches: [`v1.0-${sample(hex, 24)}-${sample(hex, 146)}`], leaves: ['v1.0-rc'] },
  },
  {
    id: 'alibaba.access-key',
    title: 'Alibaba access key',
    provider: 'alibaba',
    hints: ['ltai'],
    pattern: /\bLTAI[0-9A-Za-z]{12,26}\b/g,
    plausible: isRandom,
    rate: blanket,
    examples: { catches: [`LTAI5t${sample(base62, 18)}`], leaves: ['LTAI'] },
  },
  {
    id: 'tencent.secret-id',
    title: 'Tencent secret id',
    provider: 'tencent',
    hints: ['akid'],
    pattern: /\bAKID[0-9A-Za-z]{32}\b/g,
    plausible: isRandom,
    rate: blanket,
    examples: { catches: [`AKID${sample(base62, 32)}`], leaves: ['AKID'] },
  },
  {
    id: 'ibm.key',
    title: 'IBM Cloud key',
    provider: 'ibm',
    hints: ['ibm'],
    named: [/ibm/i, /key|token/i],
    pattern: /(?<![\w-])[0-9A-Za-z_-]{44}(?![\w-])/g,
    plausible: isRandom,
    rate: blanket,
    examples: { catches: [`IBMCLOUD_API_KEY=${sample(base62, 44)}`], leaves: ['IBMCLOUD_API_KEY=x'] },
  },
  {
    id: 'servers.token',
    title: 'Hetzner, Linode, Vultr or Scaleway token',
    provider: 'servers',
    hints: ['hcloud', 'hetzner', 'linode', 'vultr', 'scaleway', 'scw_secret'],
    named: [/hcloud|hetzner|linode|vultr|scaleway|scw_secret/i, /token|key|secret|pat/i],
    pattern:
      /(?<![\w-])(?:[0-9A-Za-z]{64}|[0-9A-Z]{36}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/g,
    plausible: value => !isDummy(value) && /\d/.test(value),
    rate: blanket,
    examples: { catches: [`HCLOUD_TOKEN=${sample(base62, 64)}`], leaves: ['HCLOUD_TOKEN=x'] },
  },
];

/** The key of Microsoft's emulator, the same everywhere. */
const azurite = /^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/;
