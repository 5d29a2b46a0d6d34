import { base62, hex, isRandom, sample, type Detector } from '../core/detector.ts';

/** Credentials known by where they stand: a header, an address, an assignment, a block of a key file. */
export const shapes: readonly Detector[] = [
  {
    id: 'key.private',
    title: 'Private key',
    provider: 'unknown',
    hints: ['private key-----'],
    pattern: /-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----(?<secret>[A-Za-z0-9+/=\s\\n]{20,8000})/g,
    examples: {
      catches: [`-----BEGIN PRIVATE KEY-----\n${sample(base62, 64)}\n`],
      leaves: ['-----BEGIN CERTIFICATE-----'],
    },
  },
  {
    id: 'jwt.token',
    title: 'JSON Web Token',
    provider: 'unknown',
    hints: ['eyj'],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
    examples: {
      catches: [`eyJ${sample(base62, 20)}.eyJ${sample(base62, 30)}.${sample(base62, 30)}`],
      leaves: ['eyJ.eyJ.x'],
    },
  },
  {
    id: 'header.credential',
    title: 'Credential in a header',
    provider: 'unknown',
    hints: ['bearer ', 'basic ', 'api-key', 'apikey', 'x-auth', 'token:', 'authorization:'],
    pattern:
      /\b(?:bearer|basic|(?:x-)?(?:api-?key|auth-token|access-token)\s{0,3}:|authorization\s{0,3}:(?:\s{0,3}token)?)\s{1,3}(?<secret>(?!bearer\b|basic\b|token\b)[A-Za-z0-9_+/=.~-]{8,})/gi,
    confirm: isRandom,
    examples: {
      catches: [`Authorization: Bearer ${sample(base62, 30)}`, `x-api-key: ${sample(hex, 32)}`],
      leaves: ['Authorization: Bearer $TOKEN', 'a bearer of news'],
    },
  },
  {
    id: 'url.password',
    title: 'Password in an address',
    provider: 'unknown',
    hints: ['://'],
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]+:\/\/[^\s:@/'"]*:(?<secret>[^\s:@/'"$]{3,})@/gi,
    confirm: isRandom,
    examples: {
      catches: [`postgres://app:${sample(base62, 16)}@db.example.com/shop`],
      leaves: ['https://example.com:8080/', 'postgres://app:$PASSWORD@db/shop'],
    },
  },
  {
    id: 'assignment.secret',
    title: 'Secret in an assignment',
    provider: 'unknown',
    hints: ['token', 'secret', 'passw', 'key', 'credential'],
    pattern:
      /(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{0,60}(?:token|secret|passw(?:or)?d|api_?key|access_?key|private_?key|credential)[A-Za-z0-9_-]{0,20}["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>(?![\w.]{0,80}\()[A-Za-z0-9_+/=.~!@#%^&*-]{8,400})/gi,
    confirm: isRandom,
    examples: {
      catches: [`RAILWAY_TOKEN=${sample(hex, 32)}`, `"apiKey": "${sample(base62, 24)}"`],
      leaves: ['token = nextToken()', 'password: $PASSWORD', 'keyboard=qwerty1234'],
    },
  },
];
