import { fromBase64, fromHex as hexText } from '../shell/decode.ts';
import {
  items,
  joined,
  mapped,
  nothing,
  text,
  textOf,
  thing,
  type Made,
  type Text,
  type Thing,
  type Value,
} from './values.ts';

/*
 * Functions that only compute: what they give is known where what they are given is. The next one is a row.
 */

interface Called {
  readonly name: string;
  readonly given: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly callee: Thing;
  readonly made: Made;
}
type Gives = (call: Called) => Value | undefined;

/** What a call gives, where it only computes. */
function called(call: Called): Value | undefined {
  const { name } = call;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return (own(whole, name) ?? own(byLast, last) ?? (call.callee.on ? own(methods, last) : undefined))?.(call);
}

export const pure = { called, formatted };

function own(rows: Readonly<Record<string, Gives>>, name: string): Gives | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

const environment =
  /^(?:process\.env|import\.meta\.env|Bun\.env|os\.environ|environ|ENV|_ENV|\$_ENV|\$_SERVER|Sys\.getenv)$/;

/** Whether it is the whole environment of the process. */
export function isEnvironment(value: Value | undefined): boolean {
  return value?.is === 'thing' && (environment.test(value.name) || value.name === 'environment');
}

/** `value.key`, whatever it is. */
export function memberOf(value: Value, key: string): Value {
  switch (value.is) {
    case 'table':
      return value.entries.get(key) ?? { is: 'thing', name: `table.${key}`, on: value };
    case 'thing':
      if (
        isEnvironment(value) &&
        !/^(?:get|fetch|items|keys|values|copy|to_h|to_a|each|toObject|inspect)$/.test(key)
      )
        return variable(key);
      if (/^(?:default|__dict__|prototype|__builtins__)$/.test(key)) return value;
      if (/^(?:globalThis|window|global|self|this|builtins|__builtins__|Kernel|GLib)$/.test(value.name))
        return thing(key);
      return { is: 'thing', name: `${value.name}.${key}`, ...(value.made && { made: value.made }) };
    case 'text': {
      if (value.path && key === 'parent') return { ...mapped(value, dirname), path: true };
      if (value.path && (key === 'name' || key === 'stem'))
        return mapped(value, option => option.slice(option.lastIndexOf('/') + 1));
      if (/^(?:href|pathname)$/.test(key)) return value;
      return { is: 'thing', name: `${value.path ? 'Path' : 'text'}.${key}`, on: value };
    }
    case 'list':
      return { is: 'thing', name: `list.${key}`, on: value };
    case 'function':
      return { is: 'thing', name: `function.${key}`, on: value };
    case 'unknown':
      return { is: 'thing', name: `${value.written || '?'}.${key}` };
  }
}

/** A variable of the environment: its name, where its value is asked for. */
export function variable(name: string): Value {
  if (name === 'HOME' || name === 'USERPROFILE') return text('~');
  return { is: 'text', options: [`$${name.replace(/\W/g, '_')}`], known: false, variable: name };
}

/** Names that stand for a text wherever they are read. */
export function constant(name: string): Value | undefined {
  return Object.hasOwn(constants, name) ? constants[name] : undefined;
}

const here: Text = text('.');
const constants: Readonly<Record<string, Value>> = {
  __dirname: here,
  __DIR__: here,
  __dir__: here,
  __file__: text('./program'),
  __filename: text('./program'),
  __FILE__: text('./program'),
  None: text(''),
  null: text(''),
  undefined: text(''),
  nil: text(''),
  undef: text(''),
  NULL: text(''),
  False: text(''),
  false: text(''),
  FALSE: text(''),
  True: text('true'),
  true: text('true'),
  TRUE: text('true'),
};

const first: Gives = ({ given }) => given[0];
const itself: Gives = ({ callee }) => callee.on;
const module: Gives = ({ given }) => {
  const name = textOf(given[0]);
  return name.known ? thing(moduleName(name.options[0] ?? '')) : undefined;
};
/** `new URL('../dist', import.meta.url)`: a path beside a file of this machine; otherwise as it is. */
function besides(value: Text, base: Text): Value {
  const relative = value.options.every(it => /^\.{1,2}(?:\/|$)/.test(it));
  return relative && base.options.every(it => /^(?:\/|\.\/|[A-Za-z]:\/)/.test(it))
    ? joined([mapped(base, dirname), value], '/')
    : value;
}

const path: Gives = ({ given }) => ({ ...paths(given), path: true });
const joinsPaths: Gives = ({ given }) => paths(given);
const decodes64: Gives = ({ given: [value] }) => mapped(value, option => fromBase64(option) ?? option);
const fromHex: Gives = ({ given: [value] }) => mapped(value, hexadecimal);
const globs: Gives = ({ given }) => ({ ...textOf(given[0]), wild: true });
const lists: Gives = () => ({ ...text('*'), wild: true });
const temporary: Gives = () => text('/tmp/temporary');
const characters: Gives = ({ given }) => charactersOf(given);
const named: Gives = ({ given: [value, fallback] }) => {
  const name = textOf(value);
  const [only] = name.options;
  if (value === undefined) return thing('environment');
  if (!name.known || only === undefined) return nothing;
  const read = variable(only);
  const other = fallback?.is === 'text' ? fallback : undefined;
  return read.is === 'text' && other ? { ...read, options: [...read.options, ...other.options] } : read;
};

/** By their whole name. */
const whole: Readonly<Record<string, Gives>> = {
  require: module,
  import: module,
  __import__: module,
  'importlib.import_module': module,
  'process.mainModule.require': module,
  'module.require': module,
  'process.getBuiltinModule': module,
  'module.createRequire': () => thing('require'),
  createRequire: () => thing('require'),
  getattr: ({ given: [value, key] }) =>
    value && textOf(key).known ? memberOf(value, textOf(key).options[0] ?? '') : undefined,
  'Reflect.get': ({ given: [value, key] }) =>
    value && textOf(key).known ? memberOf(value, textOf(key).options[0] ?? '') : undefined,
  'path.join': joinsPaths,
  'path.posix.join': joinsPaths,
  'path.resolve': joinsPaths,
  'path.normalize': first,
  'path.dirname': ({ given: [value] }) => mapped(value, dirname),
  'os.path.join': joinsPaths,
  'os.path.dirname': ({ given: [value] }) => mapped(value, dirname),
  'os.path.expanduser': first,
  'os.path.expandvars': first,
  'os.path.abspath': first,
  'os.path.normpath': first,
  'os.path.realpath': first,
  'os.fspath': first,
  'url.fileURLToPath': ({ given: [value] }) => (value?.is === 'text' ? value : text('./program')),
  'pathlib.Path': path,
  Path: path,
  'pathlib.PurePath': path,
  'pathlib.PosixPath': path,
  'pathlib.Path.home': () => ({ ...text('~'), path: true }),
  'Path.home': () => ({ ...text('~'), path: true }),
  'pathlib.Path.cwd': () => ({ ...here, path: true }),
  'Path.cwd': () => ({ ...here, path: true }),
  'Pathname.new': path,
  Pathname: path,
  'File.join': joinsPaths,
  'File.expand_path': ({ given }) => joinedPaths([...given].reverse()),
  'File.dirname': ({ given: [value] }) => mapped(value, dirname),
  'os.homedir': () => text('~'),
  'Dir.home': () => text('~'),
  'os.tmpdir': () => text('/tmp'),
  'tempfile.gettempdir': () => text('/tmp'),
  'tempfile.mkdtemp': temporary,
  'tempfile.mktemp': temporary,
  'tempfile.TemporaryDirectory': temporary,
  'Dir.mktmpdir': temporary,
  'Dir.tmpdir': () => text('/tmp'),
  sys_get_temp_dir: () => text('/tmp'),
  tempdir: temporary,
  'process.cwd': () => here,
  'os.getcwd': () => here,
  'Dir.pwd': () => here,
  getcwd: () => here,
  'os.getenv': named,
  'os.environ.get': named,
  'environ.get': named,
  'ENV.fetch': named,
  'ENV.get': named,
  getenv: named,
  'Deno.env.get': named,
  'Deno.env.toObject': () => thing('environment'),
  'Sys.getenv': named,
  'System.getenv': named,
  'os.environ.items': () => thing('environment'),
  'os.environ.copy': () => thing('environment'),
  'ENV.to_h': () => thing('environment'),
  'ENV.to_a': () => thing('environment'),
  'ENV.inspect': () => thing('environment'),
  'ENV.each': () => thing('environment'),
  'Buffer.from': ({ given: [value, encoding] }) =>
    /base64/.test(textOf(encoding).options[0] ?? '')
      ? mapped(value, option => fromBase64(option) ?? option)
      : textOf(encoding).options[0] === 'hex'
        ? mapped(value, hexadecimal)
        : value?.is === 'list'
          ? joined(value.items.map(it => mapped(it, option => String.fromCharCode(Number(option) & 0xff))))
          : value,
  atob: decodes64,
  'base64.b64decode': decodes64,
  'base64.urlsafe_b64decode': decodes64,
  'base64.standard_b64decode': decodes64,
  b64decode: decodes64,
  'Base64.decode64': decodes64,
  'Base64.strict_decode64': decodes64,
  'Base64.urlsafe_decode64': decodes64,
  decode_base64: decodes64,
  'MIME.Base64.decode_base64': decodes64,
  base64_decode: decodes64,
  'codecs.decode': ({ given: [value, encoding] }) => decoded(value, encoding),
  'bytes.fromhex': fromHex,
  'bytearray.fromhex': fromHex,
  'binascii.unhexlify': fromHex,
  'binascii.a2b_base64': decodes64,
  hex2bin: fromHex,
  'String.fromCharCode': characters,
  'String.fromCodePoint': characters,
  chr: characters,
  bytes: ({ given: [value] }) => (value?.is === 'list' ? charactersOf(value.items) : value),
  'String.raw': first,
  decodeURIComponent: ({ given: [value] }) => mapped(value, unescaped),
  decodeURI: ({ given: [value] }) => mapped(value, unescaped),
  unescape: ({ given: [value] }) => mapped(value, unescaped),
  'urllib.parse.unquote': ({ given: [value] }) => mapped(value, unescaped),
  encodeURIComponent: first,
  encodeURI: first,
  'shlex.split': ({ given: [value] }) => {
    const line = textOf(value);
    return line.known && !/['"\\]/.test(line.options[0] ?? '') ? words(line.options[0] ?? '') : undefined;
  },
  'shlex.quote': first,
  'shlex.join': ({ given: [value] }) => joined(items(value), ' '),
  str: first,
  String: first,
  repr: first,
  list: first,
  tuple: first,
  sorted: first,
  set: first,
  dict: first,
  reversed: first,
  Array: first,
  'Array.from': first,
  'Object.entries': first,
  'Object.keys': first,
  'Object.values': first,
  'Object.fromEntries': first,
  'JSON.stringify': ({ given: [value] }) => (isEnvironment(value) ? value : value && jsonOf(value)),
  'json.dumps': ({ given: [value] }) => (isEnvironment(value) ? value : value && jsonOf(value)),
  'JSON.generate': ({ given: [value] }) => value && jsonOf(value),
  json_encode: ({ given: [value] }) => value && jsonOf(value),
  URL: ({ given: [value, base] }) => (base === undefined ? value : besides(textOf(value), textOf(base))),
  URI: first,
  'URI.parse': first,
  compile: first,
  text: first,
  'sqlalchemy.text': first,
  join: ({ given: [between, ...rest] }) => joined(rest.flatMap(eachOf), textOf(between).options[0] ?? ''),
  implode: ({ given: [between, list] }) => joined(eachOf(list ?? nothing), textOf(between).options[0] ?? ''),
  sprintf: ({ given: [format, ...rest] }) => formatted(textOf(format), rest),
  strrev: ({ given: [value] }) => mapped(value, backwards),
  reverse: ({ given: [value] }) => (value?.is === 'text' ? mapped(value, backwards) : value),
  'list.concat': ({ given: [value], callee }) => ({
    is: 'list',
    items: [...items(callee.on), ...items(value)],
  }),
  str_replace: ({ given: [from, to, value] }) => replaced(value, from, to),
  trim: first,
  escapeshellarg: first,
  expand: first,
  glob: globs,
  'glob.glob': globs,
  'glob.iglob': globs,
  'glob.sync': globs,
  globSync: globs,
  'Dir.glob': globs,
  'os.listdir': lists,
  'os.scandir': lists,
  'os.walk': lists,
  'Dir.entries': lists,
  'Dir.children': lists,
  'Dir.each_child': lists,
  scandir: lists,
  readdir: lists,
};

/** By the last part of their name. */
const byLast: Readonly<Record<string, Gives>> = {
  readdirSync: lists,
  readdir: lists,
  mkdtempSync: temporary,
  mkdtemp: temporary,
  globSync: globs,
};

/** Of a text, a path or a list. */
const methods: Readonly<Record<string, Gives>> = {
  toString: itself,
  trim: itself,
  strip: itself,
  rstrip: itself,
  lstrip: itself,
  trimEnd: itself,
  chomp: itself,
  decode: ({ callee, given: [encoding] }) => (encoding ? decoded(callee.on, encoding) : callee.on),
  encode: itself,
  to_s: itself,
  to_path: itself,
  to_str: itself,
  freeze: itself,
  valueOf: itself,
  flat: itself,
  flatten: itself,
  slice: ({ callee, given }) => (given.length ? undefined : callee.on),
  resolve: itself,
  absolute: itself,
  expanduser: itself,
  as_posix: itself,
  filter: itself,
  sort: itself,
  select: itself,
  reject: itself,
  items: itself,
  each: itself,
  each_with_index: itself,
  collect: itself,
  to_a: itself,
  bind: itself,
  keys: itself,
  values: itself,
  joinpath: ({ callee, given }) => ({ ...paths([callee.on ?? nothing, ...given]), path: true }),
  glob: ({ callee, given }) => ({ ...paths([callee.on ?? nothing, ...given]), wild: true, path: true }),
  rglob: ({ callee, given }) => ({ ...paths([callee.on ?? nothing, ...given]), wild: true, path: true }),
  iterdir: ({ callee }) => ({ ...paths([callee.on ?? nothing, text('*')]), wild: true, path: true }),
  children: ({ callee }) => ({ ...paths([callee.on ?? nothing, text('*')]), wild: true, path: true }),
  with_name: ({ callee, given: [value] }) => ({
    ...joined([mapped(callee.on, dirname), value ?? nothing], '/'),
    path: true,
  }),
  split: ({ callee, given: [between] }) => {
    const value = textOf(callee.on);
    const [only = ''] = value.options;
    if (!value.known) return undefined;
    const by = between === undefined ? ' ' : (textOf(between).options[0] ?? '');
    const parts = by.trim()
      ? only.split(by)
      : by === ''
        ? Array.from(only)
        : only.split(/\s+/).filter(Boolean);
    return { is: 'list', items: parts.slice(0, 256).map(part => text(part)) };
  },
  join: ({ callee, given: [value] }) =>
    callee.on?.is === 'list'
      ? joined(callee.on.items, value ? (textOf(value).options[0] ?? '') : ',')
      : joined(eachOf(value ?? nothing), textOf(callee.on).options[0] ?? ''),
  concat: ({ callee, given }) => joined([callee.on ?? nothing, ...given]),
  reverse: ({ callee }) =>
    callee.on?.is === 'list'
      ? { is: 'list', items: [...callee.on.items].reverse() }
      : callee.on?.is === 'text'
        ? mapped(callee.on, backwards)
        : undefined,
  map: ({ callee, given: [made] }) =>
    callee.on?.is === 'list' && made?.is === 'function' && made.gives
      ? { is: 'list', items: [made.gives] }
      : callee.on,
  toLowerCase: ({ callee }) => mapped(callee.on, option => option.toLowerCase()),
  toUpperCase: ({ callee }) => mapped(callee.on, option => option.toUpperCase()),
  lower: ({ callee }) => mapped(callee.on, option => option.toLowerCase()),
  upper: ({ callee }) => mapped(callee.on, option => option.toUpperCase()),
  replace: ({ callee, given: [from, to] }) => replaced(callee.on, from, to),
  replaceAll: ({ callee, given: [from, to] }) => replaced(callee.on, from, to),
  gsub: ({ callee, given: [from, to] }) => replaced(callee.on, from, to),
  sub: ({ callee, given: [from, to] }) => replaced(callee.on, from, to),
  format: ({ callee, given, named: values }) => {
    let next = 0;
    return callee.on?.is === 'text'
      ? joined(
          textOf(callee.on)
            .options[0]?.split(/(\{\w{0,40}\})/)
            .map(part =>
              /^\{\w*\}$/.test(part)
                ? (values.get(part.slice(1, -1)) ??
                  given[/^\{\d+\}$/.test(part) ? Number(part.slice(1, -1)) : next++] ??
                  nothing)
                : text(part),
            ) ?? [],
        )
      : undefined;
  },
  unpack1: ({ callee, given: [kind] }) => unpacked(callee.on, kind),
  unpack: ({ callee, given: [kind] }) => unpacked(callee.on, kind),
  pack: ({ callee, given: [kind] }) =>
    /^[cCU]\*/.test(textOf(kind).options[0] ?? '') ? charactersOf(items(callee.on)) : undefined,
};

/** `%s` and `%d` filled in. */
function formatted(format: Text, values: readonly Value[]): Value {
  const [only = ''] = format.options;
  let next = 0;
  return joined(
    only
      .split(/(%[sdri%])/)
      .map(part =>
        part === '%%' ? text('%') : /^%[sdri]$/.test(part) ? (values[next++] ?? nothing) : text(part),
      ),
  );
}

function eachOf(value: Value): readonly Value[] {
  return value.is === 'list' ? value.items : [value];
}

function charactersOf(values: readonly Value[]): Value {
  return joined(
    values.flatMap(eachOf).map(it => mapped(it, option => String.fromCharCode(Number(option) & 0xffff))),
  );
}

function paths(given: readonly Value[]): Text {
  return joinedPaths(given.filter(it => it.is !== 'table'));
}

/** What begins at the root or the home stands alone, whatever is before it. */
function joinedPaths(given: readonly Value[]): Text {
  const start = given.findLastIndex(
    it => it.is === 'text' && it.options.some(option => /^[/~]/.test(option)),
  );
  const parts = given
    .slice(Math.max(start, 0))
    .filter(it => !(it.is === 'text' && it.options.length === 1 && it.options[0] === '.'));
  return parts.length ? joined(parts, '/') : here;
}

function dirname(option: string): string {
  const cut = option.replace(/\/$/, '').lastIndexOf('/');
  return cut < 0 ? '.' : option.slice(0, cut) || '/';
}

export function moduleName(name: string): string {
  return name.startsWith('.') ? 'own' : name.replace(/^node:/, '').replaceAll('/', '.');
}

function words(line: string): Value {
  return {
    is: 'list',
    items: line
      .split(/\s+/)
      .filter(Boolean)
      .map(word => text(word)),
  };
}

function hexadecimal(option: string): string {
  return hexText(option) ?? option;
}

function unescaped(option: string): string {
  try {
    return decodeURIComponent(option);
  } catch {
    return option;
  }
}

function backwards(option: string): string {
  return Array.from(option).reverse().join('');
}

function decoded(value: Value | undefined, encoding: Value | undefined): Value | undefined {
  const name = textOf(encoding).options[0] ?? '';
  if (name.startsWith('hex')) return mapped(value, hexadecimal);
  if (name.startsWith('base64')) return mapped(value, option => fromBase64(option) ?? option);
  if (/^rot_?13$/.test(name)) return mapped(value, rotated);
  return value;
}

function rotated(option: string): string {
  return option.replace(/[a-z]/gi, letter => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function unpacked(value: Value | undefined, kind: Value | undefined): Value | undefined {
  const name = textOf(kind).options[0] ?? '';
  if (name.startsWith('m')) return mapped(value, option => fromBase64(option) ?? option);
  return undefined;
}

function replaced(
  value: Value | undefined,
  from: Value | undefined,
  to: Value | undefined,
): Value | undefined {
  const [what, by] = [textOf(from), textOf(to)];
  const [old, fresh = ''] = [what.options[0], by.options[0]];
  if (value?.is !== 'text' || !what.known || !by.known || !old) return undefined;
  return mapped(value, option => option.split(old).join(fresh));
}

/** A value as JSON, as far as it is known. */
export function jsonOf(value: Value): Text {
  switch (value.is) {
    case 'text':
      return mapped(value, option => JSON.stringify(option));
    case 'list':
      return joined([text('['), joined(value.items.map(jsonOf), ','), text(']')]);
    case 'table':
      return joined([
        text('{'),
        joined(
          [...value.entries].map(([key, it]) => joined([text(`${JSON.stringify(key)}:`), jsonOf(it)])),
          ',',
        ),
        text('}'),
      ]);
    default:
      return { is: 'text', options: [JSON.stringify(textOf(value).options[0] ?? '')], known: false };
  }
}
