import type { Command, Program, Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { read } from './reading.ts';

/** Programs that encrypt and decrypt: what they are given is read, keys that they only use are not (not checked against their manual pages). */
export const sealing: Readonly<Record<string, Program>> = {
  openssl,
  gpg,
  gpg2: gpg,
  // A key that is made anew or handed out is not shown.
  'ssh-keygen': () => [],
  'ssh-copy-id': () => [],
  gcore: ({ at }) => [{ does: 'reveal', what: 'the memory of a running program', at }],
};

/** Verbs that show a certificate, a digest or a public half, and nothing of a key. */
const publicOnly =
  /^(?:x509|req|crl|crl2pkcs7|verify|s_client|s_server|s_time|dgst|md5|sha1|sha256|sha512|version|list|help|ciphers|speed|rand|ocsp|ts|prime|errstr|storeutl)$/;

function openssl({ words: [, verb, ...rest] }: Command): readonly Said[] {
  if (!verb) return [];
  const given = readArguments(rest, {
    single: true,
    values:
      `-in -out -inform -outform -inkey -key -keyout -signkey -CA -CAkey -passin -passout -pass -k -kfile -config -subj
      -days -newkey -keyform -certfile -name -connect -iter -md -S -iv -K -sigfile -recip -signer -writerand -addext`.split(
        /\s+/,
      ),
  });
  const written = given
    .all('-out', '-keyout')
    .map(({ text, at }): Said => ({ does: 'write', path: text, how: 'create', at }));
  const shows = !publicOnly.test(verb.text) && !given.has('-pubout');
  // Without its text and its encoding, a key is only checked.
  const checks = given.has('-noout') && !given.has('-text');
  return [...(shows && !checks ? given.all('-in', '-kfile').flatMap(read) : []), ...written];
}

const gpgValues =
  `-u -r -o -R --local-user --recipient --output --homedir --passphrase --passphrase-file --passphrase-fd
  --cipher-algo --digest-algo --keyserver --default-key --trust-model --pinentry-mode --compress-algo --keyring`.split(
    /\s+/,
  );

function gpg({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has } = readArguments(rest, { values: gpgValues });
  const named = operands[0]?.text;
  const key = { service: 'gpg', all: false, ...(named !== undefined && { name: named }) };
  if (has('--export-secret-keys', '--export-secret-subkeys', '--export-secret-key'))
    return [{ does: 'reveal', what: 'secret keys of GnuPG' }];
  if (
    has(
      '--delete-keys',
      '--delete-key',
      '--delete-secret-keys',
      '--delete-secret-key',
      '--delete-secret-and-public-key',
    )
  )
    return [{ does: 'destroy', what: 'key', ...key }];
  if (has('--quick-revoke-uid', '--quick-revoke-sig', '--quick-set-expire'))
    return [{ does: 'change', what: 'key', service: 'gpg', ...(named !== undefined && { name: named }) }];
  return manages(rest) ? [] : operands.flatMap(read);
}

/** Verbs that take the name of a key, not a file. */
function manages(rest: readonly Word[]): boolean {
  return rest.some(({ text }) =>
    /^(?:-k|-K|--(?:list|check|fingerprint|edit|sign-key|lsign|quick|gen|full-gen|generate|export|recv|receive|send|search|refresh|locate|import|verify|version|help|card|change|show|with-colons))/.test(
      text,
    ),
  );
}
