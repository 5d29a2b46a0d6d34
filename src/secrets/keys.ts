import { base62, isDummy, sample, type Detector } from '../core/detector.ts';
import { claimsOf } from '../core/jwt.ts';
import { blanket, long, scoped } from '../core/rating.ts';

const base64 = `${base62}+/`;
const begin = (kind: string) => `-----BEGIN ${kind}-----`;

/*
 * Keys and signed tokens, whoever made them. PEM: RFC 7468; OpenSSH: PROTOCOL.key of openssh-portable; JSON Web Token:
 * RFC 7519. PuTTY and WireGuard: not checked.
 */
export const keys: readonly Detector[] = [
  {
    id: 'key.encrypted',
    title: 'Private key behind a passphrase',
    provider: 'key',
    hints: ['encrypted private key-----', 'proc-type: 4,encrypted', 'b3blbnnzac1rzxktdjeaaaaacmflcz'],
    pattern:
      /-----BEGIN (?:ENCRYPTED PRIVATE KEY-----|[A-Z ]{0,12}PRIVATE KEY-----(?:\\n|\\r|\s){1,4}(?:Proc-Type: 4,ENCRYPTED|b3BlbnNzaC1rZXktdjEAAAAACmFlcz))(?<secret>[A-Za-z0-9+/=\s\\,:]{20,})/g,
    plausible: isKey,
    rate: scoped,
    rates: 'scoped: it opens nothing without its passphrase',
    examples: {
      catches: [`${begin('ENCRYPTED PRIVATE KEY')}\n${sample(base62, 64)}\n`],
      leaves: [begin('PUBLIC KEY')],
    },
  },
  {
    id: 'key.private',
    title: 'Private key',
    provider: 'key',
    hints: ['private key-----', 'private key block-----'],
    pattern: /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----(?<secret>[A-Za-z0-9+/=\s\\:.(),]{20,})/g,
    plausible: isKey,
    rate: blanket,
    rates: 'blanket: what it opens is not in it',
    examples: {
      catches: [
        `${begin('PRIVATE KEY')}\n${sample(base64, 64)}\n`,
        `${begin('OPENSSH PRIVATE KEY')}\n${sample(base64, 70)}\n`,
        `${begin('PGP PRIVATE KEY BLOCK')}\nVersion: 1\n\n${sample(base64, 64)}\n`,
      ],
      leaves: [begin('CERTIFICATE')],
    },
  },
  {
    id: 'key.putty',
    title: 'PuTTY private key',
    provider: 'key',
    hints: ['putty-user-key-file-'],
    pattern: /\bPrivate-Lines: \d{1,3}\r?\n(?<secret>[A-Za-z0-9+/=\r\n]{40,8000})/g,
    rate: blanket,
    rates: 'blanket: what it opens is not in it',
    examples: {
      catches: [
        `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n${sample(base64, 48)}\n`,
      ],
      leaves: ['PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 2'],
    },
  },
  {
    id: 'key.wireguard',
    title: 'WireGuard private key',
    provider: 'key',
    hints: ['privatekey'],
    named: [/^PrivateKey$/],
    pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/g,
    plausible: value => !isDummy(value),
    rate: blanket,
    examples: { catches: [`[Interface]\nPrivateKey = ${sample(base64, 43)}=`], leaves: ['PrivateKey = x'] },
  },
  {
    id: 'jwt.token',
    title: 'JSON Web Token',
    provider: 'jwt',
    hints: ['eyj'],
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,2000}/g,
    // The examples of jwt.io stand in half of the world's manuals.
    plausible: value => {
      const { sub, name } = claimsOf(value) ?? {};
      return sub !== '1234567890' && name !== 'John Doe';
    },
    rate: value => {
      const { exp, iat } = claimsOf(value) ?? {};
      const lasts =
        typeof exp !== 'number'
          ? 'long'
          : typeof iat === 'number' && exp - iat > 30 * 86_400
            ? 'long'
            : 'session';
      return {
        ...(claimsOf(value) === undefined ? {} : { lasts }),
        ...(typeof exp === 'number' && { expires: exp * 1_000 }),
      };
    },
    rates: 'its reach does not show: taken for blanket; ends at `exp`',
    examples: {
      catches: [`eyJ${sample(base62, 20)}.eyJ${sample(base62, 30)}.${sample(base62, 30)}`],
      leaves: ['eyJ.eyJ.x'],
    },
  },
  {
    id: 'key.application',
    title: "Application's key",
    provider: 'key',
    hints: ['app_key', 'appkey', 'app-key'],
    named: [/^app[_-]?key$/i],
    pattern: /(?<![\w-])base64:[A-Za-z0-9+/]{43}=/g,
    plausible: value => !isDummy(value),
    rate: long,
    examples: { catches: [`APP_KEY=base64:${sample(base64, 43)}=`], leaves: ['APP_KEY=base64:x'] },
  },
  {
    id: 'key.jwk',
    title: 'Private JSON Web Key',
    provider: 'key',
    hints: ['"kty"'],
    named: [/^d$/],
    pattern: /(?<![\w-])[\w-]{40,800}(?![\w-])/g,
    plausible: value => !isDummy(value),
    rate: blanket,
    examples: {
      catches: [`{"kty": "EC", "crv": "P-256", "d": "${sample(base62, 43)}"}`],
      leaves: ['{"kty": "EC", "x": "y"}'],
    },
  },
];

/** A body of base64, not the dots and words of a manual. */
function isKey(value: string): boolean {
  const body = value
    .split(/\\n|\n/)
    .filter(line => !line.includes(':'))
    .join('')
    .replace(/\s|\\/g, '');
  return body.length >= 40 && !/x{8,}|\.{3}|example|your/i.test(body) && new Set(body).size > 12;
}
