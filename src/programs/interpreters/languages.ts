import { oursAmong } from '../../core/ours.ts';
import type { Language } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import { programName } from '../../core/shell/names.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed } from '../../core/fed.ts';

/** How an interpreter is told what to run. */
export interface Interpreter {
  readonly language: Language;
  /** Options whose value is a program's text. */
  readonly texts: readonly string[];
  /** The other options that are followed by a value. */
  readonly values?: readonly string[];
  /** Options whose value is a file of the same language that is run too, where it is one of this machine. */
  readonly starts?: readonly string[];
  /** The option whose value is a module. */
  readonly module?: string;
  /** Verbs behind which the file stands: `deno run`, `bun test`. */
  readonly verbs?: readonly string[];
  /** Options with which the file is only looked at, or not looked for. */
  readonly tells?: readonly string[];
  /** Long options have one dash. */
  readonly single?: true;
  /** Every operand is a file that is run: `node --test a b`, `pytest a b`. */
  readonly many?: true;
  /** The first operand is the text, as for `awk`. */
  readonly first?: true;
  /** With this option the files named behind are changed: `perl -i`. */
  readonly edits?: string;
}

/** What such a program does. */
export function interpreter(row: Interpreter): Program {
  return command => run(row, command);
}

function run(row: Interpreter, command: Command): readonly Said[] {
  const { language, texts, values = [], starts = [], module } = row;
  // `deno eval TEXT`.
  if (row.verbs && command.words[1]?.text === 'eval')
    return readArguments(command.words.slice(2))
      .operands.slice(0, 1)
      .map(it => inlined(it, language));
  const verb = row.verbs?.includes(command.words[1]?.text ?? '') ? 2 : 1;
  // `-pe` of Node is `-p -e`, and `-ne` of PHP and others a cluster like any.
  const words = command.words
    .slice(verb)
    .map(it => (it.text === '-pe' && language === 'javascript' ? { ...it, text: '-e' } : it));
  const given = readArguments(words, {
    values: [...texts, ...values, ...starts, ...(module === undefined ? [] : [module])],
    early: true,
    ...(row.single && { single: row.single }),
  });
  if (row.tells && given.has(...row.tells)) return [];
  // A verb of its own, as `deno fmt`.
  if (row.verbs && verb === 1 && /^[a-z]+$/.test(given.operands[0]?.text ?? '') && language === 'javascript')
    return [];
  const begun = [
    ...given
      .all('--env-file', '--env-file-if-exists')
      .map(({ text, at }): Said => ({ does: 'read', path: text, at })),
    ...given
      .all(...starts)
      .filter(isFile)
      .map(it => followed(it, language)),
  ];
  const inline = [
    ...given.all(...texts),
    ...(row.first && !given.has('-f', '--file') ? given.operands.slice(0, 1) : []),
  ];
  if (inline.length) return [...begun, ...inline.map(it => inlined(it, language)), ...fedFiles(row, given)];
  const own = oursAmong(command);
  if (own.some(it => 'does' in it && it.does === 'tamper')) return own;
  const named = module === undefined ? undefined : given.value(module);
  if (named) return [...own, ...begun, ...moduleRun(named, command)];
  const [file] = given.operands;
  if (!file || file.text === '-')
    return [
      ...own,
      ...begun,
      ...fed(command, text => ({ nested: 'code', language, text: text.text, at: text.at }), language),
    ];
  const several = row.many || given.has('--test');
  return [
    ...own,
    ...begun,
    ...(several
      ? given.operands
          .filter(({ text }) => /\.[cm]?(?:[jt]sx?|py)(?:::|$)/.test(text))
          .flatMap(it => started({ ...it, text: it.text.replace(/::.*$/s, '') }, [], language))
      : started(file, given.operands.slice(1), language)),
  ];
}

function isFile({ text }: Word): boolean {
  return /^\.{0,2}\//.test(text);
}

function inlined(word: Word, language: Language): Said {
  const { text, at, known } = word;
  return known || !/^\s*(?:\$|`|\{\})/.test(text)
    ? { nested: 'code', language, text, at }
    : unknown(`the program \`${text}\` cannot be known here`, at);
}

function followed({ text, at }: Word, language: Language): Said {
  return { does: 'follow', lead: { to: 'file', path: text, as: language }, at };
}

/** What stands behind a one-liner is what it reads, and changes where it says so: `perl -pi -e … file`. */
function fedFiles(row: Interpreter, given: Arguments): readonly Said[] {
  const files = given.operands
    .slice(row.first ? 1 : 0)
    .filter(({ text }) => text !== '-' && !/^[A-Za-z_]\w*=/.test(text));
  const edits = row.edits !== undefined && given.has(row.edits);
  return [
    ...files.map(({ text, at }): Said => ({ does: 'read', path: text, at })),
    ...(edits ? files.map(({ text, at }): Said => ({ does: 'write', path: text, how: 'edit', at })) : []),
  ];
}

/** Scripts that are programs of their own, whatever runs them: their arguments say what they do. */
const known =
  /^(?:manage\.py|django-admin|artisan|rails|rake|console|bundle|rspec|prisma|sequelize|sequelize-cli|knex|typeorm|typeorm-ts-node-commonjs|typeorm-ts-node-esm|drizzle-kit|mikro-orm|wp|wp-cli|drush|ace|spark|yii|doctrine|phinx|occ|magento|cake|craft|jenkins-cli|liquibase|flyway|alembic|flask|supabase|hasura|wrangler|vercel|netlify|firebase|serverless|sls|cdk|pulumi|npm|npx|yarn|pnpm|composer|rimraf|shx|gulp|grunt|aws|gsutil|az)$/;

function started(file: Word, rest: readonly Word[], language: Language): readonly Said[] {
  const name = programName(file.text).replace(/\.(?:jar|phar|js|cjs|mjs|rb|php)$|-cli\.js$/, '');
  if (/^https?:\/\//.test(file.text))
    return [{ does: 'run', program: file.text, origin: 'download', at: file.at }];
  const isBin = /(?:^|\/)node_modules\/\.bin\/[^/]+$/.test(file.text);
  const as: Said = {
    nested: 'words',
    words: [{ ...file, text: name }, ...rest],
    at: [file.at[0], (rest.at(-1) ?? file).at[1]],
  };
  return isBin || known.test(name) ? [as] : [{ ...as, otherwise: ownProgram(file, language) }];
}

/** A program of the project, or one that cannot be known. */
function ownProgram(file: Word, language: Language): readonly Said[] {
  if (!file.known && /^\$|^\{\}|^`/.test(file.text))
    return [unknown(`the program \`${file.text}\` cannot be known here`, file.at)];
  // What is no program by its name is shown in what the interpreter complains about.
  const isCode = /\.[a-z]{1,5}$|^[\w-]+$|(?:^|\/)bin\//i.test(file.text) && !/(?:^|\/)\.\w+$/.test(file.text);
  return [
    followed(file, language),
    ...(isCode ? [] : [{ does: 'read', path: file.text, at: file.at } as const]),
  ];
}

/** Modules that are programs too; the others are files of the project, or of a package. */
const modules: Readonly<Record<string, string>> = {
  pip: 'pip',
  pytest: 'pytest',
  alembic: 'alembic',
  flask: 'flask',
  django: 'django-admin',
  awscli: 'aws',
  celery: 'celery',
  pipx: 'pipx',
  uv: 'uv',
  poetry: 'poetry',
  twine: 'twine',
  dbt: 'dbt',
  sqlite3: 'sqlite3',
  unittest: 'unittest',
  ansible: 'ansible',
};

function moduleRun(module: Word, { words }: Command): readonly Said[] {
  const rest = words.slice(words.findIndex(word => word === module || word.text.endsWith(module.text)) + 1);
  if (!module.known) return [unknown(`the module \`${module.text}\` cannot be known here`, module.at)];
  const program = Object.hasOwn(modules, module.text) ? modules[module.text] : undefined;
  const at = [module.at[0], (rest.at(-1) ?? module).at[1]] as const;
  if (program !== undefined) return [{ nested: 'words', words: [{ ...module, text: program }, ...rest], at }];
  // A wrapper: what stands behind is a script or a module again.
  if (/^(?:pdb|cProfile|profile|trace|coverage|debugpy|runpy)$/.test(module.text)) {
    const script = rest.find(({ text }) => text.endsWith('.py'));
    return script ? [followed(script, 'python')] : [];
  }
  if (/^(?:json\.tool|tokenize|ast|dis|base64|zipfile|tarfile|gzip)$/.test(module.text))
    return rest
      .filter(({ text }) => !text.startsWith('-'))
      .slice(0, 2)
      .map(({ text, at: where }): Said => ({ does: 'read', path: text, at: where }));
  return /^[A-Za-z_][\w.]*$/.test(module.text)
    ? [followed({ ...module, text: `${module.text.replaceAll('.', '/')}.py` }, 'python')]
    : [];
}
