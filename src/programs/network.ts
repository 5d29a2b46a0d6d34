import type { Command, Program, Said } from '../core/program.ts';
import { requestEffects, type Request } from '../core/request.ts';
import { readArguments, type Arguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';

/** Programs that speak with other machines. */
export const network: Readonly<Record<string, Program>> = { curl, wget, ssh };

/** The options of curl that are followed by a value (`curl --help all` of 7.88.1, November 2026, and those since that we know of). */
const curlValues = [
  ...[
    '-X',
    '-H',
    '-d',
    '-F',
    '-u',
    '-o',
    '-T',
    '-A',
    '-b',
    '-c',
    '-e',
    '-E',
    '-K',
    '-m',
    '-w',
    '-x',
    '-U',
    '-C',
    '-D',
    '-P',
    '-Q',
    '-r',
    '-t',
    '-y',
    '-Y',
    '-z',
  ],
  ...[
    '--request',
    '--header',
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-ascii',
    '--data-urlencode',
    '--json',
    '--form',
    '--form-string',
  ],
  ...[
    '--user',
    '--output',
    '--upload-file',
    '--user-agent',
    '--cookie',
    '--cookie-jar',
    '--referer',
    '--cert',
    '--key',
    '--cacert',
    '--config',
  ],
  ...[
    '--max-time',
    '--connect-timeout',
    '--write-out',
    '--proxy',
    '--proxy-user',
    '--retry',
    '--retry-delay',
    '--retry-max-time',
    '--url',
    '--oauth2-bearer',
  ],
  ...[
    '--resolve',
    '--connect-to',
    '--interface',
    '--limit-rate',
    '--range',
    '--output-dir',
    '--dump-header',
    '--max-redirs',
    '--request-target',
    '--netrc-file',
    '--unix-socket',
    '--url-query',
    '--variable',
    '--aws-sigv4',
  ],
  ...`--abstract-unix-socket --alt-svc --capath --cert-type --ciphers --continue-at --create-file-mode --crlfile
    --curves --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --egd-file
    --engine --etag-compare --etag-save --expect100-timeout --ftp-account --ftp-alternative-to-user --ftp-method
    --ftp-port --ftp-ssl-ccc-mode --happy-eyeballs-timeout-ms --hostpubmd5 --hostpubsha256 --hsts --keepalive-time
    --key-type --krb --libcurl --local-port --login-options --mail-auth --mail-from --mail-rcpt --max-filesize
    --noproxy --parallel-max --pass --pinnedpubkey --proto --proto-default --proto-redir --proxy-cacert
    --proxy-capath --proxy-cert --proxy-cert-type --proxy-ciphers --proxy-crlfile --proxy-header --proxy-key
    --proxy-key-type --proxy-pass --proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers
    --proxy-tlsauthtype --proxy-tlspassword --proxy-tlsuser --pubkey --quote --random-file --rate --sasl-authzid
    --service-name --socks4 --socks4a --socks5 --socks5-gssapi-service --socks5-hostname --speed-limit
    --speed-time --stderr --telnet-option --tftp-blksize --time-cond --tls-max --tls13-ciphers --tlsauthtype
    --tlspassword --tlsuser --trace --trace-ascii`.split(/\s+/),
];
const curlBodies = [
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--data-urlencode',
  '--json',
  '-F',
  '--form',
  '--form-string',
];

function curl(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values: curlValues });
  const bodies = given.all(...curlBodies);
  const uploads = given.all('-T', '--upload-file');
  const method =
    given.value('-X', '--request')?.text.toUpperCase() ??
    curlMethod(given, bodies.length > 0, uploads.length > 0);
  const bearer = given
    .all('--oauth2-bearer')
    .map(word => ({ ...word, text: `Authorization: Bearer ${word.text}` }));
  const headers = [...given.all('-H', '--header'), ...bearer];
  const user = given.value('-u', '--user');
  const body = bodyOf(bodies, command);
  const urls = [...given.operands, ...given.all('--url')];
  return [
    ...urls.flatMap(url =>
      url.text.startsWith('file://')
        ? [readFile(url, url.text.slice(7))]
        : requestEffects(request({ method, url, headers, user, body })),
    ),
    ...bodies.flatMap(word => uploaded(word)),
    ...uploads.map(word => readFile(word, word.text)),
    ...given.all('-K', '--config').map((word): Said => ({
      does: 'unknown',
      why: 'a request whose options stand in a file',
      at: word.at,
    })),
    ...given
      .all('-o', '--output')
      .map((word): Said => ({ does: 'write', path: word.text, how: 'empty', at: word.at })),
  ];
}

function curlMethod(given: Arguments, sends: boolean, uploads: boolean): string {
  if (given.has('-G', '--get')) return 'GET';
  if (given.has('-I', '--head')) return 'HEAD';
  return sends ? 'POST' : uploads ? 'PUT' : 'GET';
}

type Loose = Omit<Request, 'body' | 'user'> & {
  readonly body: Request['body'] | undefined;
  readonly user: Word | undefined;
};

function request({ body, user, ...rest }: Loose): Request {
  return { ...rest, ...(body && { body }), ...(user && { user }) };
}

/** The body as one text; from standard input where it says so. */
function bodyOf(bodies: readonly Word[], { input }: Command): Request['body'] {
  const [first] = bodies;
  if (!first) return undefined;
  if (first.text === '@-' && input.from === 'text') return input;
  return {
    text: bodies.map(word => word.text).join('&'),
    known: bodies.every(word => word.known),
    at: first.at,
  };
}

/** `@file` in a body is that file, read and sent. */
function uploaded(word: Word): readonly Said[] {
  const path = /^(?:[^=@]*=)?[@<]([^;]+)/.exec(word.text)?.[1];
  return path && path !== '-' ? [readFile(word, path)] : [];
}

function readFile({ at }: Word, path: string): Said {
  return { does: 'read', path, at };
}

const wgetValues = [
  '-O',
  '-o',
  '-P',
  '-U',
  '-t',
  '-T',
  '-Q',
  '-i',
  '-a',
  '-e',
  '--output-document',
  '--output-file',
  '--directory-prefix',
  '--header',
  '--method',
  '--body-data',
  '--body-file',
  '--post-data',
  '--post-file',
  '--user',
  '--password',
  '--user-agent',
  '--tries',
  '--timeout',
  '--level',
  '-l',
];

function wget(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values: wgetValues });
  const data = given.all('--post-data', '--body-data');
  const sends = data.length > 0 || given.has('--post-file', '--body-file');
  const method = given.value('--method')?.text.toUpperCase() ?? (sends ? 'POST' : 'GET');
  const password = given.value('--password');
  const body = bodyOf(data, command);
  return [
    ...given.operands.flatMap(url =>
      requestEffects(request({ method, url, headers: given.all('--header'), user: password, body })),
    ),
    ...given.all('--post-file', '--body-file').map(word => readFile(word, word.text)),
    ...given
      .all('-O', '--output-document')
      .filter(word => word.text !== '-')
      .map((word): Said => ({ does: 'write', path: word.text, how: 'empty', at: word.at })),
  ];
}

/** The words behind the host are a line for the shell over there. */
function ssh({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands } = readArguments(rest, {
    values: [
      '-b',
      '-c',
      '-D',
      '-E',
      '-e',
      '-F',
      '-I',
      '-i',
      '-J',
      '-L',
      '-l',
      '-m',
      '-O',
      '-o',
      '-p',
      '-Q',
      '-R',
      '-S',
      '-W',
      '-w',
    ],
    early: true,
  });
  const [host, first, ...more] = operands;
  if (!host) return [];
  const there: Said = {
    does: 'send',
    method: 'SSH',
    reach: { host: host.text.replace(/^.*@/, '') },
    at: host.at,
  };
  return first
    ? [
        there,
        {
          nested: 'shell',
          text: [first, ...more].map(word => word.text).join(' '),
          at: [first.at[0], (more.at(-1) ?? first).at[1]],
        },
      ]
    : [there];
}
