import type { SqlDialect } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { requestEffects } from '../../core/request.ts';
import { fedTo, parameters, type Piece, type Shape } from '../../core/shell/powershell/bind.ts';
import { fileOf, writes } from '../../core/shell/powershell/places.ts';
import { programName } from '../../core/shell/names.ts';
import { texts, type Value } from '../../core/shell/powershell/values.ts';
import type { Word } from '../../core/shell/words.ts';
import { hostOf } from '../../core/urls.ts';
import { secretName } from './files.ts';
import { split } from './native.ts';

/** Cmdlets that speak with other machines, start programs, ask databases or print (not checked against learn.microsoft.com). */
export const runningCmdlets: Readonly<Record<string, Program>> = {
  'invoke-webrequest': request,
  'invoke-restmethod': request,
  'start-bitstransfer': command => {
    const given = parameters(rest(command), {
      values: 'source destination displayname transfertype credential',
      switches: 'asynchronous',
      order: 'source destination',
    });
    const upload = /^upload/i.test(given.text('transfertype') ?? '');
    return [
      ...given
        .pieces('source')
        .flatMap((piece): readonly Said[] =>
          upload
            ? [{ does: 'read', path: fileOf(piece.text), at: piece.at }]
            : [{ does: 'fetch', reach: { host: hostOf(piece.text) }, url: piece.text, at: piece.at }],
        ),
      ...given.pieces('destination').map((piece): Said =>
        upload
          ? {
              does: 'send',
              method: 'PUT',
              reach: { host: hostOf(piece.text) },
              url: piece.text,
              at: piece.at,
            }
          : writes(piece, 'empty'),
      ),
    ];
  },
  'send-mailmessage': command => {
    const given = parameters(rest(command), {
      values: 'to from subject body smtpserver attachments credential port',
      switches: 'usessl',
    });
    return [
      { does: 'send', method: 'SMTP', reach: { host: given.text('smtpserver') ?? '' }, at: command.at },
      ...given.pieces('attachments').map(({ text, at }): Said => ({ does: 'read', path: fileOf(text), at })),
    ];
  },
  ...each('invoke-command enter-pssession new-pssession', () => command => {
    const given = parameters(rest(command), {
      values:
        'computername cn session hostname scriptblock filepath argumentlist credential username keyfilepath configurationname port vmname containerid',
      switches: 'asjob usessl hidecomputername indisconnectedsession',
      order: 'computername scriptblock',
    });
    const file = given.pieces('filepath');
    return [
      ...given
        .pieces('computername', 'cn', 'hostname')
        .filter(piece => !piece.block)
        .map(({ text, at }): Said => ({
          does: 'send',
          method: 'WinRM',
          reach: { host: text.toLowerCase() },
          at,
        })),
      ...file.map(({ text, at }): Said => ({
        does: 'follow',
        lead: { to: 'file', path: fileOf(text), as: 'shell' },
        at,
      })),
    ];
  }),
  'start-process': starts,
  'invoke-item': command =>
    parameters(rest(command), { values: 'path literalpath', order: 'path' })
      .pieces('path', 'literalpath')
      .filter(({ text }) => /\.(?:ps1|bat|cmd|sh)$/i.test(text))
      .map(({ text, at }): Said => ({
        does: 'follow',
        lead: { to: 'file', path: fileOf(text), as: 'shell' },
        at,
      })),
  'import-module': command =>
    parameters(rest(command), {
      values:
        'name fullyqualifiedname function cmdlet alias minimumversion requiredversion prefix scope argumentlist',
      switches: 'force global passthru disablenamechecking',
      order: 'name',
    })
      .pieces('name')
      .filter(({ text }) => /[\\/]/.test(text))
      .map(({ text, at }): Said => ({
        does: 'follow',
        lead: { to: 'file', path: /\.\w+$/.test(text) ? fileOf(text) : `${fileOf(text)}.psm1`, as: 'shell' },
        at,
      })),
  'add-type': command => {
    const given = parameters(rest(command), {
      values:
        'typedefinition memberdefinition name namespace assemblyname path literalpath language referencedassemblies usingnamespace outputassembly outputtype',
      switches: 'passthru ignorewarnings',
      order: 'typedefinition',
    });
    const blind = given
      .pieces('typedefinition', 'memberdefinition')
      .some(
        ({ text, known }) =>
          !known ||
          /\b(?:File|Directory)\s?\.\s?Delete|Process\s?\.\s?Start|DeleteFile|CreateProcess|RemoveDirectory|VirtualAlloc|LsaRetrieve/i.test(
            text,
          ),
      );
    return blind ? [unknown('a program in C# that is not read here', command.at)] : [];
  },
  'new-object': command => {
    const given = parameters(rest(command), {
      values: 'typename argumentlist property comobject',
      switches: 'strict',
      order: 'typename argumentlist',
    });
    return /sockets\.(?:tcp|udp)client$/i.test(given.text('typename') ?? '')
      ? [
          {
            does: 'send',
            method: 'TCP',
            reach: { host: given.pieces('argumentlist')[0]?.text ?? given.rest[0]?.items[0]?.text ?? '' },
            at: command.at,
          },
        ]
      : [];
  },
  'invoke-sqlcmd': asks('transactsql'),
  'invoke-dbaquery': asks('transactsql'),
  'invoke-sqlquery': asks('unknown'),
  'invoke-sqlitequery': asks('sqlite'),
  'invoke-mysqlquery': asks('mysql'),
  'invoke-sqlupdate': asks('unknown'),
  ...each(
    'write-output write-host write-information write-verbose write-warning out-host out-default set-clipboard',
    () => prints,
  ),
  'convertfrom-securestring': command =>
    /-asplaintext/i.test(command.words.map(word => word.text).join(' '))
      ? [{ does: 'reveal', what: 'a protected text', at: command.at }]
      : [],
  'invoke-expression': command => [unknown('a line that cannot be known here', command.at)],
};

function each(names: string, make: () => Program): Readonly<Record<string, Program>> {
  return Object.fromEntries(names.split(' ').map(name => [name, make()]));
}

function rest({ words }: Command) {
  return words.slice(1);
}

const web: Shape = {
  values:
    'uri method custommethod body headers outfile infile contenttype useragent websession sessionvariable credential token authentication timeoutsec maximumredirection certificate certificatethumbprint proxy proxycredential form maximumretrycount retryintervalsec transferencoding httpversion sslprotocol statuscodevariable responseheadersvariable',
  switches:
    'usebasicparsing usedefaultcredentials disablekeepalive skipcertificatecheck skiphttperrorcheck skipheadervalidation allowunencryptedauthentication passthru resume followrellink preserveauthorizationonredirect noproxy proxyusedefaultcredentials allowinsecureredirect',
  order: 'uri',
};

function request(command: Command): readonly Said[] {
  const given = parameters(rest(command), web);
  const [uri] = given.pieces('uri').length ? given.pieces('uri') : fedTo(command);
  if (!uri)
    return given.unclear ? [unknown('a request whose parameters cannot be known here', command.at)] : [];
  const body = given.pieces('body')[0];
  const form = given.pieces('form')[0];
  const asked = (given.text('method', 'custommethod') ?? 'GET').toUpperCase();
  const method = asked === 'DEFAULT' ? 'GET' : asked;
  const sent = body ?? form;
  const bearer = given.pieces('token')[0];
  return [
    ...requestEffects({
      method,
      url: wordOf(uri),
      headers: [
        ...given.pieces('headers').flatMap(headersOf),
        ...(bearer ? [{ ...wordOf(bearer), text: `Authorization: Bearer ${bearer.text}` }] : []),
      ],
      ...(sent && { body: { ...bodyOf(sent), at: sent.at } }),
    }),
    ...given.pieces('infile').map(({ text, at }): Said => ({ does: 'read', path: fileOf(text), at })),
    ...given.pieces('outfile').map(piece => writes(piece, 'empty')),
  ];
}

function wordOf({ text, known, at }: Piece): Word {
  return { text, known, wild: false, at };
}

/** A table of headers, one word each. */
function headersOf({ table, at, text, known }: Piece): readonly Word[] {
  if (!table) return [{ text, known, wild: false, at }];
  return [...table].map(([name, value]) => ({
    text: `${name}: ${textIn(value)}`,
    known: isKnown(value),
    wild: false,
    at,
  }));
}

/** A table is sent as a form, or as the JSON that it was made into. */
function bodyOf({ table, text, known }: Piece): { readonly text: string; readonly known: boolean } {
  if (!table) return { text, known };
  const entries = [...table].map(([name, value]) => [name, textIn(value)] as const);
  return { text: JSON.stringify(Object.fromEntries(entries)), known: [...table.values()].every(isKnown) };
}

function textIn(value: Value): string {
  return texts(value)[0]?.text ?? '';
}

function isKnown(value: Value): boolean {
  return value.items.every(item => item.known);
}

/** The program and its arguments: one text of them is divided as Windows does it. */
function starts(command: Command): readonly Said[] {
  const given = parameters(rest(command), {
    values:
      'filepath argumentlist workingdirectory verb windowstyle credential redirectstandardoutput redirectstandarderror redirectstandardinput environment',
    switches: 'wait nonewwindow passthru loaduserprofile usenewenvironment',
    order: 'filepath argumentlist',
  });
  const [file] = given.pieces('filepath');
  if (!file)
    return given.unclear ? [unknown('it starts a program that cannot be known here', command.at)] : [];
  if (!file.known && !/[\\/][\w.-]+$/.test(file.text))
    return [unknown(`it starts \`${file.text}\`, which cannot be known here`, file.at)];
  if (/^https?:/i.test(file.text)) return [];
  const listed = [
    ...given.pieces('argumentlist'),
    ...given.rest.flatMap(word => word.items.map(item => ({ ...item, at: word.at }))),
  ];
  const [only] = listed;
  const words =
    listed.length === 1 && only?.known && /\s/.test(only.text)
      ? split(only.text, only.at)
      : listed.map(wordOf);
  const name: Word = { ...wordOf(file), known: true, text: slashed(file.text) };
  // A shell takes its text as it was written, quotes included.
  if (
    listed.length === 1 &&
    only?.known &&
    /^cmd$/i.test(programName(name.text)) &&
    /^\/[ck]\s/i.test(only.text)
  )
    return [{ nested: 'shell', text: only.text.replace(/^\/[ck]\s+/i, ''), dialect: 'cmd', at: only.at }];
  if (/\.(?:ps1|bat)$/i.test(name.text))
    return [{ does: 'follow', lead: { to: 'file', path: name.text, as: 'shell' }, at: file.at }];
  return [
    { nested: 'words', words: [name, ...words], at: command.at },
    ...given.pieces('redirectstandardoutput', 'redirectstandarderror').map(piece => writes(piece, 'empty')),
  ];
}

function slashed(text: string): string {
  return text.replaceAll('\\', '/');
}

function asks(dialect: SqlDialect): Program {
  return command => {
    const given = parameters(rest(command), {
      values:
        'query inputfile serverinstance sqlinstance database server host connectionstring username password credential datasource querytimeout connectiontimeout variable outputas sqlparameters sqlconnection file',
      switches: 'trustservercertificate encryptconnection includesqluserevents outputsqlerrors as',
      order: dialect === 'transactsql' ? 'query' : '',
    });
    const text = (...names: readonly string[]) => given.text(...names);
    const from = text('connectionstring') ?? '';
    const host =
      text('serverinstance', 'sqlinstance', 'server', 'host') ??
      /(?:server|data source|host)\s?=\s?([^;]+)/i.exec(from)?.[1];
    const database =
      text('database', 'datasource') ?? /(?:database|initial catalog)\s?=\s?([^;]+)/i.exec(from)?.[1];
    const reach = { ...(host && { host }), ...(database && { database }) };
    const asked = given.pieces('query').length
      ? given.pieces('query')
      : given.value('inputfile')
        ? []
        : fedTo(command);
    return [
      ...asked.map((piece): Said =>
        piece.known || !piece.text.startsWith('$')
          ? { nested: 'sql', text: piece.text, dialect, reach, at: piece.at }
          : unknown('a statement that cannot be known here', piece.at),
      ),
      ...given.pieces('inputfile', 'file').map((piece): Said => ({
        does: 'follow',
        lead: { to: 'file', path: fileOf(piece.text), as: 'sql' },
        at: piece.at,
      })),
    ];
  };
}

/** `Write-Host $env:API_TOKEN` shows it; what goes on into a login does not. */
function prints({ words: [, ...printed], into, at }: Command): readonly Said[] {
  if (
    into &&
    !/^(?:cat|echo|grep|tee|select-string|out-\w+|convertto-\w+|format-\w+|write-\w+)$/i.test(
      into.words[0]?.text ?? '',
    )
  )
    return [];
  return printed.flatMap((word): readonly Said[] => {
    const items = 'items' in word ? (word.items as Piece[]) : [word];
    return items.flatMap((item): readonly Said[] => {
      const name = item.known ? undefined : /\$\{?([A-Za-z_]\w*)/.exec(item.text)?.[1];
      return name !== undefined && secretName.test(name)
        ? [{ does: 'reveal', what: `the variable ${name}`, at }]
        : [];
    });
  });
}
