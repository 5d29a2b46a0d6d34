import { type Command, type Said } from '../../core/program.ts';
import { requestEffects } from '../../core/request.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { bodyOf, fileBody, readFile, request, writeFile } from './request.ts';

/** The options of curl that are followed by a value (`curl --help all` of 7.88.1, November 2026, and those since that we know of). */
const values =
  `-X -H -d -F -u -o -T -A -b -c -e -E -K -m -w -x -U -C -D -P -Q -r -t -y -Y -z --request --header --data
    --data-raw --data-binary --data-ascii --data-urlencode --json --form --form-string --user --output
    --upload-file --user-agent --cookie --cookie-jar --referer --cert --key --cacert --config --max-time
    --connect-timeout --write-out --proxy --proxy-user --retry --retry-delay --retry-max-time --url
    --oauth2-bearer --resolve --connect-to --interface --limit-rate --range --output-dir --dump-header
    --max-redirs --request-target --netrc-file --unix-socket --url-query --variable --aws-sigv4 curl --help all`.split(
    /\s+/,
  );
const bodies =
  '-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string'.split(
    ' ',
  );
/** Those whose `@` is a file. */
const fromFiles = bodies.filter(name => !/raw|form-string/.test(name));

export function curl(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values });
  const sent = given.all(...bodies);
  const uploads = given.all('-T', '--upload-file');
  const method =
    given.value('-X', '--request')?.text.toUpperCase() ??
    methodOf(given, sent.length > 0, uploads.length > 0);
  const bearer = given
    .all('--oauth2-bearer')
    .map(word => ({ ...word, text: `Authorization: Bearer ${word.text}` }));
  const headers = [...given.all('-H', '--header'), ...bearer];
  const urls = [...given.operands, ...given.all('--url')];
  const files = given.all(...fromFiles);
  return [
    ...urls.flatMap(url =>
      url.text.startsWith('file://')
        ? [readFile(url, url.text.slice(7))]
        : requestEffects(
            request({
              method,
              url,
              headers,
              user: given.value('-u', '--user'),
              body: bodyOf(sent, command),
              socket: given.value('--unix-socket', '--abstract-unix-socket'),
            }),
          ),
    ),
    ...files.flatMap(word => uploaded(word)),
    ...urls.slice(0, 1).flatMap(url => files.flatMap(word => fileBody(word, method, url, command))),
    ...uploads.filter(({ text }) => text !== '-' && text !== '.').map(word => readFile(word, word.text)),
    ...given.all('-K', '--config').map((word): Said => ({
      does: 'unknown',
      why: 'a request whose options stand in a file',
      at: word.at,
    })),
    ...given.all('-o', '--output').map(writeFile),
  ];
}

function methodOf(given: Arguments, sends: boolean, uploads: boolean): string {
  if (given.has('-G', '--get')) return 'GET';
  if (given.has('-I', '--head')) return 'HEAD';
  return sends ? 'POST' : uploads ? 'PUT' : 'GET';
}

/** `@file` in a body is that file, read and sent. */
function uploaded(word: Word): readonly Said[] {
  const path = /^(?:[^=@]*=)?[@<]([^;]+)/.exec(word.text)?.[1];
  return path && path !== '-' ? [readFile(word, path)] : [];
}
