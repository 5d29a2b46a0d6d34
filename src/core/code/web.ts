import type { Said } from '../program.ts';
import { requestEffects } from '../request.ts';
import type { Word } from '../shell/words.ts';
import type { CallRow } from './calls.ts';
import { jsonOf } from './pure.ts';
import type { Call } from './cursor.ts';
import { textOf, type Value } from './values.ts';

/*
 * Calls that send a request: by their names, and every method named for a verb of HTTP whose first argument is an address.
 */

const verb =
  /(?:^|\.)(?:Net\.HTTP\.)?(get|post|put|patch|delete|del|head|options|request|Request|urlopen|fetch)(?:_response|_form|!)?$/i;

export const web: readonly CallRow[] = [
  {
    name: /^(?:fetch|undici\.(?:fetch|request)|node-fetch(?:\.\w+)?|window\.fetch|axios(?:\.request)?|got|ky|superagent|request|needle|https?\.(?:request|get)|urllib\.request\.(?:urlopen|Request)|urllib2\.(?:urlopen|Request)|requests\.request|httpx\.request|Request|urlopen|URI\.open|open_uri|\$fetch|ofetch(?:\.\w+)?|cross-fetch(?:\.\w+)?)$/,
    does: call => sent(call, methodIn(call)),
  },
  {
    name: /^(?:requests|httpx|aiohttp|axios|got|ky|superagent|needle|treq|grequests|HTTParty|RestClient|Faraday|Excon|Net\.HTTP|HTTP|Typhoeus|LWP\.\w+|HTTP\.Tiny|Http|Guzzle\w*|http)(?:\.[\w.]*)?\.(?:get|post|put|patch|delete|del|head|options)(?:_response|_form)?$/i,
    does: call => sent(call, verbOf(call.name)),
  },
  {
    name: verb,
    does: call =>
      call.given.some(isAddress) && !named.test(call.name)
        ? sent(call, /request|fetch|urlopen/i.test(verbOf(call.name)) ? methodIn(call) : verbOf(call.name))
        : [],
  },
  // `HTTPSConnection(host).request(method, path, body)`.
  {
    name: /(?:HTTPS?Connection)\.request$/,
    does: call => {
      const [method, path, body] = call.given;
      const host = call.callee.is === 'thing' ? call.callee.made?.given[0] : undefined;
      const url = `https://${textOf(host).options[0] ?? ''}${textOf(path).options[0] ?? ''}`;
      return request(call, upper(method), url, body);
    },
  },
  // `Net::HTTP::Delete.new(path)`.
  {
    languages: ['ruby'],
    name: /^Net\.HTTP\.(?:Delete|Post|Put|Patch)\.new$/,
    does: call =>
      request(
        call,
        (call.name.split('.')[2] ?? 'GET').toUpperCase(),
        textOf(call.given[0]).options[0] ?? '',
        undefined,
      ),
  },
  // `curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'DELETE')`.
  {
    languages: ['php'],
    name: /^curl_setopt$/,
    does: call => {
      const [handle, option, value] = call.given;
      const isMethod = option?.is === 'thing' && option.name === 'CURLOPT_CUSTOMREQUEST';
      const url = handle?.is === 'thing' ? textOf(handle.made?.given[0]).options[0] : undefined;
      return isMethod ? request(call, upper(value), url ?? '', undefined) : [];
    },
  },
  {
    languages: ['php', 'ruby', 'r'],
    name: /^(?:file_get_contents|URI\.open|open|download\.file)$/,
    does: call => (isAddress(call.given[0]) ? sent(call, 'GET') : []),
  },
];

/** Those that the rows before have already said. */
const named =
  /^(?:fetch|undici\.|node-fetch|axios|got|ky|superagent|request$|needle|https?\.|urllib|requests\.|httpx\.|Request$|urlopen$|aiohttp\.|HTTParty|RestClient|Faraday|Excon|Net\.HTTP|HTTP\.|Typhoeus|LWP\.|Http|Guzzle|\$fetch|ofetch|cross-fetch|treq|grequests)/;

function isAddress(value: Value | undefined): boolean {
  return value?.is === 'text' && value.options.some(option => /^https?:\/\//i.test(option));
}

function verbOf(name: string): string {
  const word = (verb.exec(name)?.[1] ?? 'GET').toUpperCase();
  return word === 'DEL' ? 'DELETE' : word;
}

function upper(value: Value | undefined): string {
  const { options, known } = textOf(value);
  return known ? (options[0] ?? 'GET').toUpperCase() : 'GET';
}

/** The method that the options name; a body alone is posted. */
function methodIn(call: Call): string {
  const [first] = call.given;
  const stated = call.named.get('method') ?? call.named.get('type');
  if (stated) return upper(stated);
  if (first?.is === 'text' && /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i.test(first.options[0] ?? ''))
    return upper(first);
  return bodyIn(call) ? 'POST' : 'GET';
}

function bodyIn({ named, name, given }: Call): Value | undefined {
  const data =
    named.get('body') ?? named.get('data') ?? named.get('json') ?? named.get('form') ?? named.get('content');
  if (data) return data;
  // `axios.post(url, body)`, `requests.post(url, body)`, `urlopen(url, body)`.
  return /(?:post|put|patch|urlopen|Request|_form)$/i.test(name) ? given[1] : undefined;
}

function sent(call: Call, method: string): readonly Said[] {
  const address =
    call.given.find(isAddress) ??
    call.named.get('url') ??
    call.given.find(
      it => it.is === 'text' && !/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i.test(it.options[0] ?? ''),
    ) ??
    fromParts(call) ??
    call.given[0];
  if (address === undefined) return [];
  if (method === 'GET' && address.is !== 'text') return [];
  const base = call.named.get('baseURL') ?? call.named.get('base_url');
  const host = call.callee.is === 'thing' ? textOf(call.callee.made?.given[0]) : undefined;
  const there =
    host?.known && /^[\w.-]+\.\w+$/.test(host.options[0] ?? '') ? `https://${host.options[0] ?? ''}` : '';
  return textOf(address).options.flatMap(url =>
    request(
      call,
      method,
      /^https?:/.test(url)
        ? url
        : `${base?.is === 'text' ? (base.options[0] ?? '') : url.startsWith('/') ? there : ''}${url}`,
      bodyIn(call),
    ),
  );
}

/** `http.request({ host, path })`. */
function fromParts({ named }: Call): Value | undefined {
  const host = named.get('hostname') ?? named.get('host');
  if (!host) return undefined;
  const port = named.get('port');
  const path = named.get('path');
  const [at, behind, where] = [
    textOf(host).options[0] ?? '',
    port ? `:${textOf(port).options[0] ?? ''}` : '',
    path ? (textOf(path).options[0] ?? '') : '/',
  ];
  return { is: 'text', options: [`https://${at}${behind}${where}`], known: true };
}

function request(call: Call, method: string, url: string, body: Value | undefined): readonly Said[] {
  const { at, named } = call;
  const word = (text: string): Word => ({ text, known: true, wild: false, at });
  const headers = named.get('headers');
  const auth = named.get('auth');
  const user = auth?.is === 'list' ? auth.items.map(it => textOf(it).options[0] ?? '').join(':') : undefined;
  const written = body && (body.is === 'text' ? body : jsonOf(body));
  return requestEffects({
    method,
    url: word(url),
    headers:
      headers?.is === 'table'
        ? [...headers.entries].map(([key, value]) => word(`${key}: ${textOf(value).options[0] ?? ''}`))
        : [],
    ...(written && { body: { text: written.options[0] ?? '', known: written.known, at } }),
    ...(user !== undefined && { user: word(user) }),
  });
}
