import { base62, entropy, hex, isDummy, isRandom, sample, type Detector } from '../core/detector.ts';
import { nameIn } from '../core/named.ts';
import { fromBase64 } from '../core/shell/decode.ts';

/*
 * Credentials known only by where they stand: a header, an assignment. The last of the table, and the least sure: what
 * they catch is hidden in what we write down, and is a finding where it looks made by chance.
 */
export const shapes: readonly Detector[] = [
  {
    id: 'header.credential',
    title: 'Credential in a header',
    provider: 'unknown',
    hints: ['bearer ', 'basic ', 'api-key', 'apikey', 'x-auth', 'access-token', 'authorization'],
    pattern:
      /\b(?:bearer|basic|(?:x-)?(?:api-?key|auth-token|access-token)["']?\s{0,3}[:,]|authorization["']?\s{0,3}[:,](?:\s{0,3}["'`]?token)?)\s{1,3}["'`]?(?<secret>(?!bearer\b|basic\b|token\b)[A-Za-z0-9_+/=.~-]{8,})/gi,
    plausible: (value, before) => isRandom(value) || (/basic\s+$/i.test(before) && isLogin(value)),
    rate: () => ({}),
    rates: 'does not tell: taken for blanket',
    examples: {
      catches: [`Authorization: Bearer ${sample(base62, 30)}`, `x-api-key: ${sample(hex, 32)}`],
      leaves: ['Authorization: Bearer $TOKEN', 'a bearer of news'],
    },
  },
  {
    id: 'assignment.secret',
    title: 'Secret in an assignment',
    provider: 'unknown',
    hints: [
      'token',
      'secret',
      'passw',
      'passphrase',
      '_pwd',
      'api_key',
      'api-key',
      'apikey',
      'access_key',
      'accesskey',
      'private_key',
      'privatekey',
      'auth_key',
      'authkey',
      'encryption_key',
      'signing_key',
      'master_key',
      'credential',
    ],
    pattern:
      /(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{0,60}(?:token|secret|passw(?:or)?d|passphrase|_pwd|api[_-]?key|access_?key|private_?key|auth_?key|encryption_key|signing_key|master_key|credential)[A-Za-z0-9_-]{0,20}["'\]]{0,2}\s{0,3}[:=]>?\s{0,3}["'`]?(?<secret>(?![\w.]{0,80}\()[A-Za-z0-9_+/=.~!@#%^&*-]{8,400})/gi,
    plausible: mayBeSecret,
    confirm: (value, before) =>
      isRandom(value) && isSecretName(nameIn(before)) && !uuid.test(value) && !isHash(value, before),
    rate: () => ({}),
    rates: 'does not tell: taken for blanket',
    examples: {
      catches: [`MY_TOKEN=${sample(hex, 32)}`, `"apiKey": "${sample(base62, 24)}"`],
      leaves: ['token = nextToken()', 'password: $PASSWORD', 'keyboard=qwerty1234'],
    },
  },
];

/** `user:password`, as Basic has it (RFC 7617). */
function isLogin(value: string): boolean {
  const login = fromBase64(value) ?? '';
  return (
    /^[\w.@+-]{1,100}:[\x21-\x7e]{4,200}$/.test(login) &&
    !isDummy(login) &&
    !/:(?:pass(?:word)?|secret|test|admin)$/i.test(login)
  );
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function mayBeSecret(value: string, before: string): boolean {
  const name = nameIn(before);
  if (isDummy(value) || notSecretName.test(name) || !/\d/.test(value) || entropy(value) < 2.5) return false;
  if (notSecretValue.some(it => it.test(value)) || isWords(value)) return false;
  // Unquoted, what reads as a name or a chain of them is one.
  const quoted = /["'`]$/.test(before);
  return quoted || !/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*[;,]?$/.test(value) || /\d.*\d.*\d/.test(value);
}

function isSecretName(name: string): boolean {
  return /token|secret|passw|passphrase|pwd|key|credential/i.test(name) && !notSecretName.test(name);
}

/** What is said about a secret, or is public. */
const notSecretName =
  /public|publishable|_pub_|fingerprint|integrity|checksum|digest|hash|salt|thumbprint|etag|(?:key|token|secret|credential)s?[-_]?(?:id|ids|name|names|type|types|url|uri|path|file|length|size|count|version|arn|ref|env|field|column|label|title|prefix|suffix|index|endpoint|expiry|expires|ttl|format|pattern|regex|class|provider|placeholder|hint|text)$|keyboard|keyframe|keyword|tokeniz|tokenis|tokens$|cache_?key|sort_?key|partition|foreign|primary|anon|sitekey|site_key|next_?token|page_?token|csrf|xsrf/i;

const notSecretValue: readonly RegExp[] = [
  /^(?:\.{0,2}\/|~\/|[a-z]:\\|[a-z][a-z0-9+.-]*:\/\/)/i,
  /^(?:sha\d{1,3}[-:]|md5[-:]|v?\d+(?:\.\d+)+|#[0-9a-f]{3,8}$|arn:|data:|urn:|@)/i,
  /^[\d._,:+-]+$/,
  /^(?:process|import|this|self|config|env|os|settings|options|args|req|ctx|secrets|vars|inputs|steps|github|data|module|resource|local|each)\./,
  /\.(?:js|ts|mjs|cjs|tsx|jsx|json|ya?ml|py|rb|go|rs|java|md|html|css|svg|png|pem|key|crt|txt|sh)$/i,
];

/** An identifier, a file, a message: words, some with a number behind. */
function isWords(value: string): boolean {
  return value
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .split(/[^A-Za-z\d]+/)
    .every(it => /^(?:[a-z]{1,3}|(?=[^aeiouy]{0,20}[aeiouy])[A-Z]?[a-z]{2,}|[A-Z]{1,20})?\d{0,3}$/.test(it));
}

/** A commit, a sum of a file: hexadecimal of a known length that nobody calls a secret. */
function isHash(value: string, before: string): boolean {
  return /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value) && /sha|commit|rev|hash|sum/i.test(before.slice(-60));
}
