import type { Reach } from './model.ts';

/** Where a connection leads, as far as its text says. `here` is a file or a socket of this machine. */
export interface Connection {
  readonly reach: Pick<Reach, 'host' | 'database'>;
  readonly here: boolean;
}

/**
 * Host and database of a connection, never its user or password: a URL (`postgres://…`, `jdbc:…`), the words of libpq
 * (`host=… dbname=…`) or of ADO.NET (`Server=…;Database=…`). Gives nothing where it is not plain which part is which.
 */
export function connectionIn(text: string): Connection | undefined {
  const written = text.trim();
  if (!written || written.length > longest) return undefined;
  return fileIn(written) ?? urlIn(written.replace(/^jdbc:/i, '')) ?? wordsIn(written);
}

const longest = 4096;
const database = /^[\w.$%~ -]{1,128}$/;
const hosts = /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/** `file:./dev.db`, `sqlite:///srv/app.db`, `sqlite::memory:`. */
function fileIn(text: string): Connection | undefined {
  const match =
    /^(?:jdbc:)?(?:file|sqlite3?|duckdb|better-sqlite3)(?:\+\w+)?:(?:\/\/(?:localhost)?)?([^?#]*)/i.exec(
      text,
    );
  if (!match) return undefined;
  const path = (match[1] ?? '').replace(/^\/(?=\.|[A-Za-z]:|[^/]*$)/, '');
  return { reach: path ? { database: path } : {}, here: true };
}

function urlIn(text: string): Connection | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:(?:thin:@)?\/\//i.exec(text);
  if (!scheme) return undefined;
  const rest = text.slice(scheme[0].length);
  const readings = behindUser(rest).flatMap(it => placeIn(it) ?? []);
  // A password with an `@` or a `/` of its own: which part is the host is a guess, and a wrong one shows the password.
  const [first, ...others] = readings;
  return first && !others.length ? first : undefined;
}

/** What may stand behind the user: all of it, or what is behind each `@`. */
function behindUser(rest: string): readonly string[] {
  const parts = rest.split('@');
  return parts.map((_, index) => parts.slice(index).join('@'));
}

function placeIn(text: string): Connection | undefined {
  const match = /^([^/?#;@]*)(?:\/([^?#;@]*))?([?#;].*)?$/s.exec(text);
  if (!match) return undefined;
  const [, authority = '', path = '', more = ''] = match;
  if (authority !== '' && !authority.split(',').every(it => hosts.test(it) || /^%2f/i.test(it)))
    return undefined;
  const named = /[;?&](?:database(?:Name)?|dbname|initial catalog)=([^;&#@]*)/i.exec(more)?.[1];
  const socket = /[?&](?:host|socket)=(?:\/|%2f)/i.test(more) || /^%2f/i.test(authority);
  const given = /[?&]host=([\w.-]+)(?:[&#]|$)/i.exec(more)?.[1];
  return placed(
    authority && !socket ? authority : given,
    path || named,
    (authority === '' && given === undefined) || socket,
  );
}

/** `host=db.example.com dbname=app`, `Server=tcp:db.example.com,1433;Initial Catalog=app`. */
function wordsIn(text: string): Connection | undefined {
  const pairs = new Map(
    text.split(text.includes(';') ? ';' : /\s+/).flatMap(pair => {
      const equals = pair.indexOf('=');
      return equals > 0
        ? [
            [
              pair.slice(0, equals).trim().toLowerCase(),
              pair
                .slice(equals + 1)
                .trim()
                .replace(/^['"]|['"]$/g, ''),
            ] as const,
          ]
        : [];
    }),
  );
  const first = (...names: readonly string[]) => names.map(it => pairs.get(it)).find(it => it !== undefined);
  const host = first('host', 'hostaddr', 'server', 'data source', 'addr', 'address')
    ?.replace(/^tcp:/i, '')
    .replace(/,\d+$/, '')
    .split('\\')[0];
  const name = first('dbname', 'database', 'initial catalog');
  if (host === undefined && name === undefined) return undefined;
  return placed(host, name, host === undefined || host.startsWith('/') || host === '.' || host === '(local)');
}

function placed(host: string | undefined, name: string | undefined, here: boolean): Connection | undefined {
  if (host !== undefined && !here && !host.split(',').every(it => hosts.test(it))) return undefined;
  const plain = host
    ?.split(',')
    .map(it => it.replace(/:\d+$/, '').toLowerCase())
    .join(',');
  return {
    reach: {
      ...(plain && !here && { host: plain }),
      ...(name && database.test(name) && { database: name }),
    },
    here,
  };
}
