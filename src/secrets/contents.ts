import { base62, base36, sample } from '../core/detector.ts';
import type { SecretContent } from '../core/hidden.ts';

/*
 * Which files hold secrets, by what stands in them, whatever they are called: service accounts of Google, settings of
 * package managers and of Docker with a login in them. Files of the same name without one are read as any other,
 * but where nobody can look into them.
 * Written from those programs' own pages, November 2026.
 */

export const secretContents: readonly SecretContent[] = [
  {
    id: 'service-account',
    title: 'service account',
    hints: ['service_account'],
    holds: text =>
      /"type"\s{0,8}:\s{0,8}"service_account"/.test(text)
        ? text.search(
            /"private_key"\s{0,8}:\s{0,8}"-----BEGIN (?:[A-Z]{1,10} )?PRIVATE KEY-----(?:\\n|\s){1,4}[0-9A-Za-z+/=]{40}/,
          )
        : -1,
    instead: 'give its path to the program that needs it: `GOOGLE_APPLICATION_CREDENTIALS=PATH`.',
    examples: {
      catches: [serviceAccount(`-----BEGIN PRIVATE KEY-----\\n${sample(base62, 64)}\\n`)],
      leaves: [
        serviceAccount('$KEY'),
        serviceAccount('-----BEGIN PRIVATE KEY-----\\n${KEY}'),
        '{"type":"authorized"}',
        'the type "service_account" is for machines',
      ],
    },
  },
  {
    id: 'registry',
    title: 'package registry credentials',
    hints: ['_auth', '_password', 'npmauthtoken', 'npmauthident'],
    names: ['**/.npmrc', '**/.yarnrc.yml'],
    holds: text =>
      text.search(
        /^[ \t]{0,20}(?:\/\/[^\s=]{1,200}:)?_(?:authToken|auth|password)[ \t]{0,8}=[ \t]{0,8}["']?(?!\$|%|<)[^\s"'$]{8}|^[ \t]{0,40}["']?npmAuth(?:Token|Ident)["']?:[ \t]{0,8}["']?(?!\$|<)[^\s"'$]{8}/m,
      ),
    instead: 'use the package manager as it is, which finds its credentials itself.',
    examples: {
      catches: [
        `//registry.example.com/:_authToken=npm_${sample(base62, 36)}\n`,
        `save-exact=true\n_auth = ${sample(base62, 20)}\n`,
        `npmScopes:\n  shop:\n    npmAuthToken: "${sample(base62, 30)}"\n`,
      ],
      leaves: [
        'save-exact=true\n',
        '//registry.example.com/:_authToken=${NPM_TOKEN}\n',
        'npmAuthToken: "${NPM_TOKEN-}"',
        'const _auth = createAuthentication();',
      ],
    },
  },
  {
    id: 'docker',
    title: 'registry credentials of Docker',
    hints: ['"auths"'],
    holds: text =>
      text.search(
        /"auths"\s{0,40}:\s{0,40}\{\s{0,40}"[^"\n]{1,200}"\s{0,40}:\s{0,40}\{[^{}]{0,400}"(?:auth|identitytoken|registrytoken|password)"\s{0,40}:\s{0,40}"[^"$<\s]{8}/,
      ),
    instead: 'use `docker` as it is, or ask the person to log in.',
    examples: {
      catches: [
        `{"auths":{"ghcr.io":{"auth":"${sample(base62, 24)}"}}}`,
        `{\n  "auths": {\n    "https://index.docker.io/v1/": {\n      "email": "a@b.c", "identitytoken": "${sample(base36, 24)}"\n    }\n  }\n}`,
      ],
      leaves: [
        '{"auths":{"ghcr.io":{}},"credsStore":"osxkeychain"}',
        '{"auths":{"x":{"auth":"$AUTH"}}}',
        '{"auths":{"x":{"auth":"VALUE"}}}',
      ],
    },
  },
];

function serviceAccount(key: string): string {
  return `{"type": "service_account", "project_id": "shop", "private_key": "${key}", "client_email": "a@b.c"}`;
}
