import { fromBase64 } from './shell/decode.ts';

/** What a JSON Web Token claims (RFC 7519), its signature unseen; `undefined` where the text is none. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined || payload.length > longest) return undefined;
  const text = fromBase64(payload);
  try {
    const claims: unknown = JSON.parse(text ?? '');
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

const longest = 16_384;
