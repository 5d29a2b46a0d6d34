import type { Span } from '../../model.ts';
import { unknown, type Said } from '../../program.ts';
import { requestEffects } from '../../request.ts';
import { takesAway, wordsOf } from '../../resources.ts';
import { decoded, fromHex, utf16, utf8 } from './encodings.ts';
import { deletes, moves, reads, writes } from './places.ts';
import { listOf, mapped, numberOf, only, something, textOf, type Item, type Value } from './values.ts';

/** A method that is called: of a type, as `[IO.File]::Delete('x')`, or of a value. */
export interface Call {
  /** Lower case, without `System.`; that of the object where it is known. */
  readonly type: string | undefined;
  readonly target: Value;
  readonly fixed: boolean;
  /** Lower case. */
  readonly name: string;
  readonly given: readonly Value[];
  readonly at: Span;
  readonly written: string;
}

export interface Called {
  readonly said?: readonly Said[];
  readonly value?: Value;
  /** Runs the target, or the first argument, as a text of PowerShell. */
  readonly runs?: Value;
  /** Makes a block of a text. */
  readonly blockOf?: Value;
}

type Method = (call: Call) => Called;

const on =
  (make: (item: Item & { readonly at: Span }, call: Call) => readonly Said[]): Method =>
  call => ({ said: pieces(call, 0).flatMap(item => make(item, call)) });

const readsFile: Method = call => ({
  said: pieces(call, 0).map(reads),
  value: something(`$(${call.written})`),
});
const writesFile: Method = on(item => [writes(item, 'empty')]);
const copiesFile: Method = on((item, call) => [
  reads(item),
  ...pieces(call, 1).map(to => writes(to, 'empty')),
]);
const movesFile: Method = on((item, call) => pieces(call, 1).map(to => moves(item, to.text)));
const deletesFile: Method = on((item, call) => [deletes(item, false, call.name)]);
const deletesFolder: Method = on((item, call) => [
  deletes(item, call.given.length > 1 && textOf(call.given[1])?.toLowerCase() !== 'false', call.name),
]);
const reveals =
  (what: string): Method =>
  call => ({ said: [{ does: 'reveal', what, at: call.at }], value: something(`$(${call.written})`) });

/** Static methods, by the ends of their types' names. The next one is a row. */
const statics: Readonly<Record<string, Method>> = {
  'io.file::delete': deletesFile,
  'io.directory::delete': deletesFolder,
  'io.file::move': movesFile,
  'io.directory::move': movesFile,
  'io.file::copy': copiesFile,
  'io.file::replace': movesFile,
  'io.file::readalltext': readsFile,
  'io.file::readalllines': readsFile,
  'io.file::readlines': readsFile,
  'io.file::readallbytes': readsFile,
  'io.file::openread': readsFile,
  'io.file::opentext': readsFile,
  'io.file::open': readsFile,
  'io.file::writealltext': writesFile,
  'io.file::writealllines': writesFile,
  'io.file::writeallbytes': writesFile,
  'io.file::create': writesFile,
  'io.file::createtext': writesFile,
  'io.file::openwrite': writesFile,
  'io.file::appendalltext': on(item => [writes(item, 'append')]),
  'io.file::appendalllines': on(item => [writes(item, 'append')]),
  'io.compression.zipfile::extracttodirectory': on((item, call) => [
    reads(item),
    ...pieces(call, 1).map(to => writes(to, 'edit')),
  ]),
  'io.compression.zipfile::createfromdirectory': copiesFile,
  'microsoft.visualbasic.fileio.filesystem::deletefile': deletesFile,
  'microsoft.visualbasic.fileio.filesystem::deletedirectory': on((item, call) => [
    deletes(item, true, call.name),
  ]),
  'io.path::combine': call => ({ value: joinPaths(call.given) }),
  'io.path::join': call => ({ value: joinPaths(call.given) }),
  'io.path::gettemppath': () => ({ value: { items: [{ text: '$env:TEMP', known: false }], list: false } }),
  'io.path::gettempfilename': () => ({
    value: { items: [{ text: '$env:TEMP', known: false }], list: false },
  }),
  'io.path::getfullpath': call => ({ value: call.given[0] ?? call.target }),
  'environment::getenvironmentvariables': reveals('the whole environment'),
  'environment::getenvironmentvariable': ({ given: [name] }) => ({
    value: something(`$${textOf(name) ?? '(…)'}`),
  }),
  'convert::frombase64string': ({ given: [text], written }) => ({ value: fromBase64(text, written) }),
  'convert::fromhexstring': ({ given: [text], written }) => ({
    value: bytesOf(fromHex(textOf(text) ?? ''), written),
  }),
  'scriptblock::create': ({ given: [text], at }) => ({
    ...(text ? { blockOf: text } : { said: [unknown('a block made of nothing', at)] }),
  }),
  'diagnostics.process::start': call => ({
    said: started(call),
    value: something(`$(${call.written})`),
  }),
  'reflection.assembly::load': blind('loads a program that cannot be read'),
  'reflection.assembly::loadfile': blind('loads a program that cannot be read'),
  'reflection.assembly::loadfrom': blind('loads a program that cannot be read'),
  'runtime.interopservices.marshal::ptrtostringauto': reveals('a protected text'),
  'runtime.interopservices.marshal::ptrtostringbstr': reveals('a protected text'),
  'runtime.interopservices.marshal::ptrtostringuni': reveals('a protected text'),
  'security.cryptography.protecteddata::unprotect': reveals('a protected text'),
};

/** Types whose methods change nothing but what a script holds in its hands. */
const innocent =
  /^(?:array|string|char|regex|console|math|int\d*|datetime|timespan|guid|hashtable|arraylist|convert|bitconverter|text\..*|collections\..*|globalization\..*|io\.path|version|uri|version|enum|environment|pscustomobject|psobject|xml.*|linq\..*|net\.servicepointmanager)$/;

/** Methods of values. */
const methods: Readonly<Record<string, Method>> = {
  downloadstring: downloads,
  downloaddata: downloads,
  openread: downloads,
  getstringasync: downloads,
  downloadfile: call => {
    const { said = [], value } = downloads(call);
    return {
      said: [...said, ...pieces(call, 1).map(item => writes(item, 'empty'))],
      ...(value && { value }),
    };
  },
  uploadstring: sends,
  uploadfile: call => ({ said: [...(sends(call).said ?? []), ...pieces(call, 1).map(reads)] }),
  uploaddata: sends,
  delete: call => {
    const deep = call.given.length > 0 && textOf(call.given[0])?.toLowerCase() !== 'false';
    return {
      said: call.target.items.map(item =>
        deletes({ ...item, at: call.at }, deep || item.wild === true, 'Delete'),
      ),
    };
  },
  moveto: call => ({
    said: call.target.items.flatMap(item =>
      pieces(call, 0).map(to => moves({ ...item, at: call.at }, to.text)),
    ),
  }),
  copyto: call => ({
    said: call.target.items.some(item => item.wild || /[\\/]/.test(item.text))
      ? [
          ...call.target.items.map(item => reads({ ...item, at: call.at })),
          ...pieces(call, 0).map(item => writes(item, 'empty')),
        ]
      : [],
  }),
  invoke: call => ({ runs: call.target }),
  invokereturnasis: call => ({ runs: call.target }),
  invokescript: call => ({ ...(call.given[0] && { runs: call.given[0] }) }),
  addscript: call => ({ ...(call.given[0] && { runs: call.given[0] }) }),
  expandstring: call => ({ ...(call.given[0] && { value: call.given[0] }) }),
  shellexecute: call => ({ said: started(call) }),
  run: call => ({ said: call.type?.startsWith('wscript') ? started(call) : [] }),
  exec: call => ({ said: call.type?.startsWith('wscript') ? started(call) : [] }),
  create: call => ({ said: /win32_process/.test(call.type ?? '') ? started(call) : [] }),
  getstring: call => ({ value: textIn(call) }),
  getnetworkcredential: call => ({
    value: only({ text: `$(${call.written})`, known: false, type: 'credential' }),
  }),
  tolower: changes(text => text.toLowerCase()),
  tolowerinvariant: changes(text => text.toLowerCase()),
  toupper: changes(text => text.toUpperCase()),
  toupperinvariant: changes(text => text.toUpperCase()),
  trim: changes((text, characters) => trimmed(text, characters, true, true)),
  trimstart: changes((text, characters) => trimmed(text, characters, true, false)),
  trimend: changes((text, characters) => trimmed(text, characters, false, true)),
  tostring: changes(text => text),
  replace: call => {
    const [from, to] = call.given.map(textOf);
    return from !== undefined && from !== '' && to !== undefined
      ? { value: mapped(call.target, text => text.replaceAll(from, to)) }
      : { value: blurred(call) };
  },
  substring: call => {
    const [from, length] = call.given.map(numberOf);
    return from === undefined
      ? { value: blurred(call) }
      : {
          value: mapped(call.target, text =>
            text.slice(from, length === undefined ? undefined : from + length),
          ),
        };
  },
  split: call => {
    const [text, by] = [textOf(call.target), textOf(call.given[0])];
    return text === undefined || !by
      ? { value: blurred(call) }
      : { value: listOf(text.split(by).map(it => ({ text: it, known: true }))) };
  },
  tochararray: call => {
    const text = textOf(call.target);
    return {
      value:
        text === undefined ? blurred(call) : listOf(text.split('').map(it => ({ text: it, known: true }))),
    };
  },
};

/** What a call does and gives. What takes something away and is not known here is said to be unknown. */
export function callOf(call: Call): Called {
  const { type, name, fixed, at, written } = call;
  if (fixed && type !== undefined) {
    const row = rowOf(statics, `${type}::${name}`) ?? rowOf(statics, `io.${type}::${name}`);
    if (row) return row(call);
    if (/^text\.encoding|^encoding/.test(type)) return { value: textIn(call) };
    if (!innocent.test(type) && takesAway(wordsOf(spaced(written, name))))
      return { said: [unknown(`\`${written}\`, which takes something away`, at)], value: blurred(call) };
    return { value: blurred(call) };
  }
  const row = rowOf(methods, name);
  if (row) return row(call);
  // What scripts hold in their hands has methods of these names too.
  const plainly = /^(?:remove|removeat|removeall|removerange|clear|reset|detach)$/.test(name);
  return {
    ...(!plainly &&
      takesAway(wordsOf(spaced(written, name))) && {
        said: [unknown(`\`${written}\`, which takes something away`, at)],
      }),
    value: blurred(call),
  };
}

/** The method's name as it was written, whose capitals divide it. */
function spaced(written: string, name: string): string {
  const at = written.toLowerCase().lastIndexOf(name);
  return at < 0 ? name : written.slice(at, at + name.length);
}

function rowOf(rows: Readonly<Record<string, Method>>, name: string): Method | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

function pieces({ given, at }: Call, index: number): readonly (Item & { readonly at: Span })[] {
  return (given[index]?.items ?? []).map(item => ({ ...item, at }));
}

/** Nothing is known of it, but where it comes from. */
function blurred({ target, given, written }: Call): Value {
  const origin = [target, ...given].flatMap(value => value.items).find(item => item.origin)?.origin;
  return only({ text: `$(${written})`, known: false, ...(origin && { origin }) });
}

function changes(change: (text: string, characters: string | undefined) => string): Method {
  return call => ({ value: mapped(call.target, text => change(text, textOf(call.given[0]))) });
}

function trimmed(text: string, characters = ' \t\r\n', start: boolean, end: boolean): string {
  let [from, to] = [0, text.length];
  while (start && from < to && characters.includes(text[from] ?? '')) from++;
  while (end && to > from && characters.includes(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

function downloads(call: Call): Called {
  const value = only({ text: `$(${call.written})`, known: false, origin: 'download' });
  return { said: requested(call, 'GET'), value };
}

function sends(call: Call): Called {
  return { said: requested(call, 'POST'), value: something(`$(${call.written})`) };
}

function requested(call: Call, method: string): readonly Said[] {
  return pieces(call, 0)
    .slice(0, 1)
    .flatMap(({ text, known, at }) =>
      requestEffects({ method, url: { text, known, wild: false, at }, headers: [] }),
    );
}

/** A program and its arguments, each a text. */
function started({ given, at }: Call): readonly Said[] {
  const words = given.slice(0, 2).flatMap(value => value.items);
  const [first] = words;
  if (!first || words.some(word => !word.known))
    return [unknown('it starts a program that cannot be known here', at)];
  return [{ nested: 'shell', text: words.map(word => word.text).join(' '), dialect: 'cmd', at }];
}

function blind(why: string): Method {
  return call => ({ said: [unknown(why, call.at)], value: blurred(call) });
}

function joinPaths(values: readonly Value[]): Value {
  const items = values.map(value => value.items[0] ?? { text: '', known: true });
  return only({ text: items.map(item => item.text).join('/'), known: items.every(item => item.known) });
}

/** Bytes are kept as a text of characters below 256. */
function bytesOf(bytes: string | undefined, written: string): Value {
  return only(
    bytes === undefined
      ? { text: `$(${written})`, known: false, origin: 'decoded' }
      : { text: bytes, known: true, origin: 'decoded' },
  );
}

function fromBase64(text: Value | undefined, written: string): Value {
  const plainText = textOf(text);
  const download = text?.items.find(item => item.origin === 'download');
  if (download) return only({ text: `$(${written})`, known: false, origin: 'download' });
  return bytesOf(plainText === undefined ? undefined : decoded(plainText), written);
}

/** `[Text.Encoding]::UTF8.GetString(bytes)`: which encoding stands in what was called. */
function textIn(call: Call): Value {
  const [bytes] = call.given;
  const text = textOf(bytes);
  if (!bytes || text === undefined) return blurred(call);
  const wide = /unicode/i.test(call.written);
  return { items: [{ text: wide ? utf16(text) : utf8(text), known: true, origin: 'decoded' }], list: false };
}
