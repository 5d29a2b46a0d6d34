import { asksBy } from '../marks.ts';
import { isWithin, normal } from '../paths.ts';
import type { Machine } from '../ports.ts';
import { unknown, type Command, type Said, type Setting } from '../program.ts';
import { programName } from './names.ts';
import type { Word } from './words.ts';

/*
 * Variables that make a program run something else than what stands there. From the manuals of ld.so, bash, git, perl,
 * ruby, node and python, from memory and not checked against them.
 */

/** What assigning a variable brings about, for what is run with it. */
export function settingEffects(setting: Setting, command: Command, machine: Machine): readonly Said[] {
  const row = rows.find(({ names }) => names.test(setting.name));
  if (!row) return [];
  const texts = setting.value.options;
  return (texts.length ? texts : ['$']).flatMap(text =>
    row.does({ ...setting, text, known: setting.value.known, command, machine }),
  );
}

/** The variables that a program which only sets them, or sets them for another, is given: `export X=1`, `env X=1 …`. */
export function settingsIn(words: readonly Word[]): readonly Setting[] {
  return words.flatMap(({ text, known, at }) => {
    const [, name, value] = /^([A-Za-z_]\w*)\+?=([^]*)$/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, value: { options: [value ?? ''], known }, at }];
  });
}

/** Whether assigning it changes by itself what runs afterwards. */
export function isTelling({ name }: Setting): boolean {
  return rows.some(({ names }) => names.test(name));
}

interface Assigned extends Setting {
  readonly text: string;
  readonly known: boolean;
  readonly command: Command;
  readonly machine: Machine;
}

interface Row {
  readonly names: RegExp;
  readonly does: (assigned: Assigned) => readonly Said[];
}

const runsUnseen = ({ name, text, at }: Assigned): readonly Said[] => [
  unknown(`\`${name}\` makes programs run \`${text}\` before anything else`, at),
];

/** The text is a command that a program runs. */
const isCommand = ({ text, at }: Assigned): readonly Said[] => (text ? [{ nested: 'shell', text, at }] : []);

/** The same for what git hands connections and passwords to: a program of its own folder is nobody's usual one. */
const isHelper = (assigned: Assigned): readonly Said[] => {
  const [program = ''] = assigned.text.trim().split(/\s+/, 1);
  const usual = /^(?:\$|ssh$|plink|tortoiseplink|true$|echo$|:$)|^(?:\/usr|\/bin|\/opt|[A-Z]:)/i.test(
    program,
  );
  return usual || !program ? isCommand(assigned) : [...runsUnseen(assigned), ...isCommand(assigned)];
};

const loadsLibraries = (assigned: Assigned): readonly Said[] =>
  assigned.text
    .split(/[:\s]+/)
    .filter(Boolean)
    .every(file => /^(?:\/usr\/|\/lib|\/opt\/)|^[\w.+-]+$/.test(file))
    ? []
    : runsUnseen(assigned);

const searchesFolders = (assigned: Assigned): readonly Said[] => {
  const { text, at, name } = assigned;
  const strange = text.split(':').find(folder => isStrange(folder, assigned));
  return strange === undefined
    ? []
    : [unknown(`\`${name}\` lets programs of \`${strange}\` stand in for others`, at)];
};

/** The next one is a row. */
const rows: readonly Row[] = [
  { names: /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES)$/, does: loadsLibraries },
  {
    names: /^(?:PATH|LD_LIBRARY_PATH|DYLD_(?:FALLBACK_)?(?:LIBRARY|FRAMEWORK)_PATH)$/,
    does: searchesFolders,
  },
  {
    names: /^(?:BASH_ENV|PERL5DB|GIT_CONFIG_PARAMETERS|GIT_EXEC_PATH)$/,
    does: it => (it.text ? runsUnseen(it) : []),
  },
  {
    names: /^PS0$/,
    does: ({ name, at }) => [{ does: 'tamper', what: `whether this shell asks, by \`${name}\``, at }],
  },
  {
    names: new RegExp(`^(?:${[...asksBy].join('|')})$`),
    does: ({ name, text, known, at }) =>
      known && text === '' ? [{ does: 'tamper', what: `whether this shell asks, by \`${name}\``, at }] : [],
  },
  {
    // Elsewhere `ENV` is the name of an environment.
    names: /^ENV$/,
    does: it =>
      /^(?:sh|ksh|mksh|dash|ash|bash|zsh)$/.test(programName(it.command.words[0]?.text ?? '')) &&
      (/[/.]/.test(it.text) || !it.known)
        ? runsUnseen(it)
        : [],
  },
  {
    // `history` and `git config` print what stands there.
    names: /^(?:HISTFILE|GIT_CONFIG(?:_GLOBAL|_SYSTEM)?)$/,
    does: ({ text, known, at }) => (text && known ? [{ does: 'read', path: text, at }] : []),
  },
  {
    // Where an agent that is started finds its hooks, or that it finds none.
    names:
      /^(?:CLAUDE_CONFIG_DIR|CODEX_HOME|COPILOT_HOME|GEMINI_CLI_HOME|QWEN_HOME|(?:CLAUDE|QWEN)_CODE_SIMPLE|QWEN_CODE_SAFE_MODE)$/,
    does: ({ name, text, at }) =>
      text ? [unknown(`\`${name}\` starts an agent without the hooks of the person`, at)] : [],
  },
  { names: /^PYTHONSTARTUP$/, does: it => (it.text ? runsUnseen(it) : []) },
  { names: /^PERL5OPT$/, does: it => (/-[MmIe]/.test(it.text) ? runsUnseen(it) : []) },
  { names: /^RUBYOPT$/, does: it => (/-(?:r|I)/.test(it.text) ? runsUnseen(it) : []) },
  {
    names: /^\w+_TOOL_OPTIONS$|^_JAVA_OPTIONS$/,
    does: it => (/-(?:javaagent|agent)/.test(it.text) ? runsUnseen(it) : []),
  },
  { names: /^NODE_OPTIONS$/, does: required },
  {
    names: /^(?:GIT_SSH|GIT_SSH_COMMAND|GIT_EXTERNAL_DIFF|GIT_PROXY_COMMAND|(?:GIT|SSH|SUDO)_ASKPASS)$/,
    does: isHelper,
  },
  {
    names: /^(?:\w*_)?(?:PAGER|EDITOR)$|^(?:MANPAGER|VISUAL|FCEDIT|BROWSER|LESSOPEN|PROMPT_COMMAND)$/,
    does: isCommand,
  },
  { names: /^GIT_CONFIG_KEY_\d+$/, does: it => (runsByConfig.test(it.text) ? runsUnseen(it) : []) },
];

/** Settings of git that name a program. */
const runsByConfig =
  /^(?:core\.(?:sshcommand|hookspath|pager|editor|fsmonitor|askpass|gitproxy)|sequence\.editor|alias\..*|pager\..*|include.*\.path|.*\.(?:helper|program|cmd|command|textconv|process|clean|smudge|driver))$/i;

/** `--require ./x.js`: a file is read; a package by its name is one that is installed. */
function required(assigned: Assigned): readonly Said[] {
  return [
    ...assigned.text.matchAll(/(?:^|\s)(?:--require|-r|--import|--(?:experimental-)?loader)(?:=|\s+)(\S+)/g),
  ].flatMap(([, file = '']): readonly Said[] => {
    const path = file.replace(/^file:\/\//, '');
    if (path.startsWith('data:')) return runsUnseen(assigned);
    return /^[./~]/.test(path)
      ? [{ does: 'follow', lead: { to: 'file', path, as: 'javascript' }, at: assigned.at }]
      : [];
  });
}

/** Folders in which programs lie, on machines and in containers as they are usually made. */
const usual =
  /^\/(?:usr|bin|sbin|opt|snap|nix|home|root|Users|Library|Applications|System|mnt|Volumes|run|etc|var\/lib|lib|lib64|app|go|src|code|work|workspaces?|workdir|builds?|github|cygdrive|mingw\d*|ucrt64|clang64|[a-z])(?:\/|$)/;

function isStrange(folder: string, { command, machine }: Assigned): boolean {
  if (machine.platform === 'windows' || !folder.startsWith('/') || /[$`]/.test(folder)) return false;
  const path = normal(folder, machine);
  return !usual.test(path) && !isWithin(path, command.cwd, machine) && !isWithin(path, machine.home, machine);
}

/** Names by which a guard is told to stand aside: what asks before publishing is there to be answered by a person. */
const assures = /^(?:I_KNOW|I_AM_SURE|I_UNDERSTAND|YES_I|BYPASS|OVERRIDE)_/;
const permits = /^(?:ALLOW|FORCE|UNSAFE|DISABLE|IGNORE|SKIP|NO)_/;
const guards = new Set(
  'PUSH PUBLISH RELEASE DEPLOY MAIN MASTER GUARD GUARDS GUARDRAIL GUARDRAILS PROTECTION PROTECTED SAFETY APPROVAL APPROVALS CONFIRM CONFIRMATION REVIEW REVIEWS POLICY GATE CHECKPOINT'.split(
    ' ',
  ),
);

function standsAside(name: string): boolean {
  return assures.test(name) || (permits.test(name) && name.split('_').some(word => guards.has(word)));
}

/** The first of these settings that tells a guard to stand aside. */
export function bypass(settings: readonly Setting[]): Setting | undefined {
  return settings.find(
    ({ name, value }) =>
      standsAside(name) && value.options.some(text => !/^(?:|0|false|no|off)$/i.test(text)),
  );
}
