import type { Span } from '../model.ts';
import { unknown, type Said } from '../program.ts';
import { soughtBy } from '../seek.ts';
import { isEnvironment } from './pure.ts';
import type { Call } from './cursor.ts';
import { items, textOf, type Value } from './values.ts';

/** What calling a function does. Of several rows that fit, the first counts. */
export interface CallRow {
  /** Absent where the name means the same in all of them. */
  readonly languages?: readonly string[];
  /** The whole name, as far as imports tell: `os.system`, or only `execSync` where nothing tells. */
  readonly name: RegExp;
  readonly does: (call: Call) => readonly Said[];
}

const python = ['python'];
const javascript = ['javascript'];
const ruby = ['ruby'];
const scripts = ['ruby', 'perl', 'php'];

/** Calls that run, delete, read, write or show, in the standard libraries of each language. The next one is a row. */
export const calls: readonly CallRow[] = [
  // A text of the same language, or a line for a shell.
  { languages: python, name: /^(?:eval|exec|execfile|builtins\.(?:eval|exec))$/, does: runsCode },
  {
    languages: javascript,
    name: /^(?:eval|Function|vm\.(?:runIn\w+|Script|compileFunction)|module\.prototype\._compile)$/,
    does: runsLastCode,
  },
  { languages: ruby, name: /(?:^|\.)(?:eval|instance_eval|class_eval|module_eval)$/, does: runsCode },
  { languages: ['perl', 'php', 'r', 'lua'], name: /^(?:eval|loadstring|create_function)$/, does: runsCode },
  { name: /^backticks$/, does: runsLine },
  {
    languages: python,
    name: /^(?:os\.(?:system|popen)|(?:commands|subprocess)\.(?:getoutput|getstatusoutput)|popen2\.\w+|pty\.spawn|asyncio\.create_subprocess_shell|fabric\.\w+|invoke\.run)$/,
    does: runsLine,
  },
  {
    languages: python,
    name: /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|asyncio\.create_subprocess_exec|sh\.Command|pexpect\.(?:spawn|run))$/,
    does: runsWords,
  },
  {
    languages: python,
    name: /^os\.exec[vl]p?e?$|^os\.posix_spawnp?$/,
    does: call => runsWords(without(call, 1)),
  },
  { languages: python, name: /^os\.spawn[vl]p?e?$/, does: call => runsWords(without(call, 2)) },
  {
    languages: python,
    name: /^os\.dup2$/,
    does: ({ at }) => [unknown('a program that hands its input and output to something else', at)],
  },
  {
    languages: javascript,
    name: /(?:^|\.)(?:execSync|execaCommand(?:Sync)?)$|^(?:child_process|cp|childProcess)(?:\.promises)?\.exec$|^(?:exec|execAsync|execPromise|execa\.command|shelljs\.exec|shell\.exec|zx\.\$)$/,
    does: runsLine,
  },
  {
    languages: javascript,
    name: /(?:^|\.)(?:execFileSync|execFile|spawnSync|spawn|execaSync)$|^(?:execa(?:\.execa)?|Bun\.spawn(?:Sync)?|Deno\.run|Deno\.Command|Deno\.Command\.\w+|child_process\.fork|crossSpawn|cross-spawn(?:\.\w+)?)$/,
    does: runsWords,
  },
  { languages: javascript, name: /^(?:\$|Bun\.\$|bun\.\$)$/, does: runsLine },
  {
    languages: scripts,
    name: /^(?:system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec|spawn|Process\.spawn|IO\.popen|PTY\.spawn|Open3\.\w+|sh)$/,
    does: runsWords,
  },
  { languages: ['awk'], name: /^(?:system|awk\|getline|awk\|print)$/, does: runsLine },
  { languages: ['awk'], name: /^awk>print$/, does: writes },
  { languages: ['lua'], name: /^(?:os\.execute|io\.popen)$/, does: runsLine },
  { languages: ['r'], name: /^(?:system|system2|shell|base\.system)$/, does: runsLine },
  { languages: ['julia'], name: /^(?:run|read|pipeline)$/, does: () => [] },
  { languages: ['groovy'], name: /^(?:text|list)\.execute$/, does: call => runsLine(onItself(call)) },
  { languages: ['groovy'], name: /^sh$|^ProcessBuilder$/, does: runsLine },

  // Deleting.
  { languages: python, name: /(?:^|\.)(?:rmtree|removedirs|remove_tree)$/, does: deletes(true) },
  {
    languages: python,
    name: /^(?:os|pathlib|posix)\.(?:remove|unlink|rmdir)$|^send2trash\.send2trash$/,
    does: deletes(false),
  },
  { name: /^Path\.(?:unlink|rmdir|delete)$/, does: call => deletes(false)(onItself(call)) },
  { name: /^Path\.(?:rmtree|remove_tree|rmtree_p)$/, does: call => deletes(true)(onItself(call)) },
  {
    languages: javascript,
    name: /(?:^|\.)(?:rimraf(?:Sync)?|rimraf\.(?:sync|rimraf|rimrafSync|native|manual)|removeSync|emptyDirSync|emptyDir|fs-extra\.(?:remove|emptyDir)|del\.(?:sync|deleteAsync|deleteSync)|deleteAsync|deleteSync)$|^(?:fse|fsExtra)\.remove$|^del$/,
    does: deletes(true),
  },
  {
    languages: javascript,
    name: /(?:^|\.)(?:rmSync|rmdirSync|rmdir)$|^(?:fs|fsp|fs\.promises|fsPromises|shelljs|shell|Deno)\.(?:rm|rmdir|remove|removeSync)$|^rm$/,
    does: deletesAsAsked,
  },
  { languages: javascript, name: /(?:^|\.)(?:unlinkSync|unlink)$/, does: deletes(false) },
  {
    languages: javascript,
    name: /^Bun\.file\.(?:delete|unlink)$/,
    does: call => deletes(false)(asMade(call)),
  },
  {
    languages: ruby,
    name: /^(?:FileUtils\.)?(?:rm_rf|rm_r|remove_dir|remove_entry\w*|rmtree)$/,
    does: deletes(true),
  },
  { languages: ruby, name: /^FileUtils\.(?:rm|rm_f|remove|safe_unlink|rmdir)$/, does: deletes(false) },
  {
    languages: scripts,
    name: /^(?:File\.delete|File\.unlink|Dir\.delete|Dir\.rmdir|Dir\.unlink|unlink|rmdir)$/,
    does: deletes(false),
  },
  { languages: ['perl'], name: /(?:^|\.)(?:remove_tree|rmtree)$/, does: deletes(true) },
  { languages: ['php'], name: /^(?:File|Storage)\.(?:deleteDirectory|cleanDirectory)$/, does: deletes(true) },
  { languages: ['lua', 'r'], name: /^(?:os\.remove|file\.remove)$/, does: deletes(false) },
  { languages: ['r'], name: /^(?:unlink|fs\.dir_delete)$/, does: deletesAsAsked },
  { languages: ['julia'], name: /^rm$/, does: deletesAsAsked },
  {
    languages: ['groovy'],
    name: /^(?:File|java\.io\.File)\.delete$/,
    does: call => deletes(false)(asMade(call)),
  },
  {
    languages: ['groovy'],
    name: /^(?:File|java\.io\.File)\.deleteDir$/,
    does: call => deletes(true)(asMade(call)),
  },

  // Writing, moving, copying.
  {
    name: /(?:^|\.)(?:writeFileSync|writeFile|appendFileSync|appendFile|createWriteStream|truncateSync|outputFileSync|outputFile|file_put_contents|writeTextFile(?:Sync)?)$|^(?:File|IO)\.(?:write|binwrite)$|^Bun\.write$|^os\.truncate$|^(?:writeLines|write\.csv|saveRDS)$/,
    does: writes,
  },
  { name: /^Path\.(?:write_text|write_bytes|touch|write)$/, does: call => writes(onItself(call)) },
  {
    name: /^Path\.(?:rename|replace)$/,
    does: call =>
      moves({
        ...call,
        given: [call.callee.is === 'thing' ? (call.callee.on ?? nothingGiven) : nothingGiven, ...call.given],
      }),
  },
  {
    languages: ['python', 'javascript', 'ruby', 'perl', 'php', 'lua'],
    name: /(?:^|\.)(?:renameSync|rename|moveSync)$|^(?:os\.replace|os\.rename|os\.renames|shutil\.move|FileUtils\.(?:mv|move)|File\.rename|move)$/,
    does: moves,
  },
  {
    name: /(?:^|\.)(?:copyFileSync|copyFile|cpSync|copySync|linkSync|link|symlinkSync|symlink)$|^(?:shutil\.copy\w*|FileUtils\.(?:cp\w*|copy\w*|ln_?\w*)|File\.(?:symlink|link)|copy|fs\.cp|fs\.promises\.cp)$/,
    does: copies,
  },

  // Reading.
  {
    languages: ['python', 'ruby', 'php', 'lua'],
    name: /^(?:open|builtins\.open|io\.open|codecs\.open|os\.open|gzip\.open|bz2\.open|File\.(?:open|new)|Kernel\.open|fopen|aiofiles\.open|tarfile\.open|zipfile\.ZipFile|IO\.sysopen)$/,
    does: opens,
  },
  { languages: ['perl'], name: /^(?:open|sysopen)$/, does: opensOfPerl },
  {
    languages: javascript,
    name: /(?:^|\.)(?:openSync|open)$/,
    does: call => (isTool(call) ? [] : opens(call)),
  },
  {
    name: /^Path\.open$/,
    does: call => opens({ ...onItself(call), given: [...onItself(call).given, ...call.given] }),
  },
  {
    name: /^Path\.(?:read|read_text|read_bytes|readlines|each_line|readlink|text)$/,
    does: call => reads(onItself(call)),
  },
  {
    name: /(?:^|\.)(?:readFileSync|readFile|createReadStream|readTextFile(?:Sync)?|readJsonSync|readJson|readJSONSync|readLines|read_csv|loadtxt|genfromtxt)$|^(?:File|IO)\.(?:read|readlines|foreach|binread)$|^(?:Bun\.file|file_get_contents|readfile|file|parse_ini_file|show_source|highlight_file|linecache\.getlines?|runpy\.run_path|dotenv\.dotenv_values|dotenv_values|fileinput\.input|readRDS|readr\.\w+|scan|io\.lines|YAML\.load_file|CSV\.(?:read|foreach)|read\.csv)$/,
    does: reads,
  },
  { languages: ['awk'], name: /^awk<$/, does: reads },
  {
    // What else is loaded is a program.
    languages: javascript,
    name: /(?:^|\.)(?:require|import)$/,
    does: ({ given: [value], at }) =>
      readsFiles(value, at).filter(it => 'path' in it && /^[./].*\.json$/s.test(it.path)),
  },

  // Showing.
  {
    name: /^(?:print|console\.\w+|puts|p|pp|printf|echo|say|print_r|var_dump|var_export|warn|sys\.stdout\.write|sys\.stderr\.write|process\.stdout\.write|process\.stderr\.write|pprint\.pprint|pprint|\$stdout\.puts|STDOUT\.puts|cat|println|Deno\.stdout\.write)$/,
    does: shows,
  },
];

const nothingGiven: Value = { is: 'unknown', written: '' };

function runsCode({ given: [value], language, at }: Call): readonly Said[] {
  const { options, known } = textOf(value);
  if (!known) return [unknown('a program that runs a text which cannot be known here', at)];
  return options.filter(Boolean).map((option): Said => ({ nested: 'code', text: option, language, at }));
}

function runsLastCode(call: Call): readonly Said[] {
  return call.given.length
    ? runsCode({ ...call, given: call.given.slice(call.name === 'Function' ? -1 : 0) })
    : [];
}

/** Whether a text reads as a command with options or paths, and as no code at all. */
export function isShellLine(text: string): boolean {
  const line = text.trim();
  return (
    line.length < 4_000 &&
    /^(?:sudo\s+)?[a-z][\w.-]*(?:\s+[^\s'"`(){};=,<>|&]+)+$/.test(line) &&
    /\s(?:-{1,2}[a-z]|[~/.]|[\w-]+\.[a-z]{1,5}(?:\s|$))/i.test(line) &&
    !/^(?:print|puts|return|import|from|require|use|raise|del|p|say|throw|await|const|let|var|new|typeof|if|for|while|not|echo)\s/.test(
      line,
    )
  );
}

/** A line for a shell, in whatever folder the call names. */
function runsLine(call: Call): readonly Said[] {
  const [first, ...others] = call.given.filter(it => it.is !== 'table' && it.is !== 'function');
  if (first?.is === 'list') return runsWords(call);
  if (first === undefined) return [];
  const { options, known } = textOf(first);
  if (!known && options.every(option => /^\s*\$\w+\s*$/.test(option)))
    return [unknown('a program that runs a line which cannot be read here', call.at)];
  const more =
    call.language === 'javascript' || call.language === 'python'
      ? ''
      : others.map(it => ` ${quoted(it)}`).join('');
  return options
    .filter(Boolean)
    .map((option): Said => ({ nested: 'shell', text: inPlace(option + more, call), at: call.at }));
}

/** A program and its arguments: one text is a line, several are words. */
function runsWords(call: Call): readonly Said[] {
  const given = call.given.filter(it => it.is !== 'table' && it.is !== 'function');
  const named = call.named.get('args') ?? call.named.get('cmd');
  const [first, ...others] = given.length ? given : named ? [named] : [];
  if (first === undefined) return [];
  if (first.is === 'list') return wordsRun(first.items, call);
  const takesList = others.some(it => it.is === 'list');
  if (takesList || (others.length && call.language !== 'python'))
    return wordsRun([first, ...others.flatMap(it => (it.is === 'list' ? it.items : [it]))], call);
  return runsLine({ ...call, given: [first] });
}

function wordsRun(words: readonly Value[], call: Call): readonly Said[] {
  const [name] = words;
  if (!name) return [];
  if (!textOf(name).known)
    return [unknown('a program that runs another which cannot be known here', call.at)];
  const line = words
    .filter(it => it.is !== 'function')
    .map(quoted)
    .join(' ');
  return [{ nested: 'shell', text: inPlace(line, call), at: call.at }];
}

/** The line as it runs: in another folder, and fed with what the call feeds it. */
function inPlace(line: string, { named }: Call): string {
  const cwd = named.get('cwd') ?? named.get('chdir');
  const input = named.get('input') ?? named.get('stdin_data');
  const fed = input?.is === 'text' ? `printf %s ${quoted(input)} | ${line}` : line;
  return cwd?.is === 'text' && cwd.options[0] && cwd.options[0] !== '.' ? `cd ${quoted(cwd)} && ${fed}` : fed;
}

/** As one word of a line for a shell; what is not known of it may be anything. */
function quoted(value: Value): string {
  const { options, known } = textOf(value);
  const [text = ''] = options;
  if (known) return `'${text.replaceAll("'", "'\\''")}'`;
  return `"${text.replace(/["\\`]/g, '\\$&')}"`;
}

function deletes(deep: boolean): CallRow['does'] {
  return call => {
    const named = call.named.get('path') ?? call.named.get('top');
    const given = call.given.filter(it => it.is !== 'table' && it.is !== 'function');
    const several = /^(?:ruby|perl|lua|r)$/.test(call.language) || given[0]?.is === 'list';
    const all = given.length ? (several ? given : given.slice(0, 1)) : named ? [named] : [];
    return all.flatMap(it => (it.is === 'list' ? it.items : [it])).flatMap(it => deleted(it, deep, call));
  };
}

function deleted(value: Value, deep: boolean, { at, named }: Call): readonly Said[] {
  if (value.is !== 'text' || !value.known)
    return [unknown('a program that deletes something which cannot be known here', at)];
  const base = named.get('dir_fd') ? [] : value.options.filter(Boolean);
  return base.map((path): Said => ({ does: 'delete', path, deep: deep || value.wild === true, at }));
}

/** `rm(path, { recursive: true })`: everything below too, where it says so or cannot be told. */
function deletesAsAsked(call: Call): readonly Said[] {
  const asked = call.named.get('recursive');
  const rest = call.given.slice(1).filter(it => it.is !== 'function');
  const flags = rest.some(it => it.is !== 'table' && it.is !== 'text');
  const deep = asked ? !(asked.is === 'text' && asked.known && asked.options.every(it => it === '')) : flags;
  const [first, second] = call.given;
  // `rm('-rf', 'x')` of shelljs.
  if (first?.is === 'text' && /^-\w+$/.test(first.options[0] ?? ''))
    return second ? deletes(/r/i.test(first.options[0] ?? ''))({ ...call, given: [second] }) : [];
  return deletes(deep)({ ...call, given: call.given.slice(0, 1) });
}

function onItself(call: Call): Call {
  const { callee } = call;
  return { ...call, given: callee.is === 'thing' && callee.on ? [callee.on] : [] };
}

function asMade(call: Call): Call {
  const { callee } = call;
  return { ...call, given: callee.is === 'thing' && callee.made ? callee.made.given : [] };
}

function without(call: Call, count: number): Call {
  return { ...call, given: call.given.slice(count) };
}

function pathsIn(value: Value | undefined): readonly string[] {
  if (value?.is === 'list') return value.items.flatMap(pathsIn);
  if (value?.is !== 'text') return [];
  return value.options.filter(option => option && (value.known || !option.startsWith('$')));
}

/** Each file that a value names is read. */
export function readsFiles(value: Value | undefined, at: Span): readonly Said[] {
  return pathsIn(value).map((path): Said => ({ does: 'read', path, at }));
}

function reads({ given: [value], at, language }: Call): readonly Said[] {
  return pathsIn(value).flatMap((path): readonly Said[] =>
    /^[a-z][a-z0-9+.-]+:\/\//i.test(path) && language !== 'shell'
      ? path.startsWith('file://')
        ? [{ does: 'read', path: path.slice(7), at }]
        : []
      : [{ does: 'read', path, at }],
  );
}

function writes({ given: [value], at }: Call): readonly Said[] {
  return pathsIn(value)
    .filter(path => !/^[a-z]+:\/\//i.test(path))
    .map((path): Said => ({ does: 'write', path, how: 'empty', at }));
}

/** What is opened to be written is not read: `open('notes.txt', 'w')`. */
function opens(call: Call): readonly Said[] {
  const mode = call.named.get('mode') ?? call.given[1];
  const how = mode?.is === 'text' ? (mode.options[0] ?? '') : '';
  const [first] = call.given;
  // `open("|cmd")` of Ruby runs it.
  if (call.language === 'ruby' && first?.is === 'text' && first.options[0]?.startsWith('|'))
    return runsLine({ ...call, given: [{ ...first, options: first.options.map(it => it.slice(1)) }] });
  if (/^[wax]/.test(how)) return writes(call);
  return how.includes('+') ? [...reads(call), ...writes(call)] : reads(call);
}

/** `open(F, "<", "file")`, `open(F, ">file")`, `open(F, "command|")`, `open(F, "-|", "command")`. */
function opensOfPerl(call: Call): readonly Said[] {
  const [, mode, ...rest] = call.given;
  const how = mode?.is === 'text' ? (mode.options[0] ?? '') : '';
  if (rest.length) {
    if (how.includes('|')) return runsWords({ ...call, given: rest });
    return how.includes('>') ? writes({ ...call, given: rest }) : reads({ ...call, given: rest });
  }
  if (mode?.is !== 'text') return [];
  const bare = (pattern: RegExp) => ({
    ...call,
    given: [{ ...mode, options: mode.options.map(it => it.replace(pattern, '').trim()) }],
  });
  if (/\|\s*$/.test(how)) return runsLine(bare(/\|\s*$/));
  if (/^\s*\|/.test(how)) return runsLine(bare(/^\s*\|/));
  return /^\s*\+?>/.test(how) ? writes(bare(/^\s*\+?>{1,2}/)) : reads(bare(/^\s*\+?</));
}

/** `open` of something that is no file system: a browser, a window, a connection. */
function isTool({ name }: Call): boolean {
  return !/^(?:fs|fsp|fs\.promises|fsPromises|Deno)\.|^openSync$/.test(name);
}

function moves({ given: [from, to], at }: Call): readonly Said[] {
  const [target] = pathsIn(to);
  return target === undefined
    ? []
    : pathsIn(from).map((path): Said => ({ does: 'move', path, to: target, at }));
}

function copies({ given: [from, to], at }: Call): readonly Said[] {
  return [
    ...pathsIn(from).map((path): Said => ({ does: 'read', path, at })),
    ...pathsIn(to).map((path): Said => ({ does: 'write', path, how: 'empty', at })),
  ];
}

const secretName = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** Printing the environment, or a variable of it that holds a credential. */
export function shows({ given, at }: Pick<Call, 'given' | 'at'>): readonly Said[] {
  return given
    .flatMap(it => (it.is === 'list' ? items(it) : [it]))
    .flatMap((it): readonly Said[] => {
      if (isEnvironment(it)) return [{ does: 'reveal', what: 'the whole environment', at }];
      if (it.is !== 'text' || it.known) return [];
      const names = new Set(
        it.options.flatMap(option => [...option.matchAll(/\$(\w{1,80})/g)].map(([, name]) => name ?? '')),
      );
      return [...names]
        .filter(name => /^[A-Z]/.test(name) && (secretName.test(name) || soughtBy(name)))
        .map((name): Said => ({ does: 'reveal', what: `the variable ${name}`, at }));
    });
}
