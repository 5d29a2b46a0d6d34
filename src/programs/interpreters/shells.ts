import { oursAmong } from '../../core/ours.ts';
import { unknown, type Command, type Said } from '../../core/program.ts';
import { programName } from '../../core/shell/names.ts';
import { decoded, utf16 } from '../../core/shell/powershell/encodings.ts';
import { isFetched, isSubstituted } from '../../core/shell/substituted.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed } from '../../core/fed.ts';

/** A shell runs its `-c` text, a script, or what it is fed. */
export function shell(command: Command): readonly Said[] {
  const { line, operands, fromInput } = shellArguments(command.words.slice(1));
  if (line) {
    const [text, ...given] = operands;
    if (!text) return [];
    return [
      isPlain(text)
        ? { nested: 'shell', text: text.text, at: text.at, given }
        : unknown(`the line \`${text.text}\` cannot be known here`, text.at),
    ];
  }
  const own = oursAmong(command).filter(it => 'does' in it && it.does === 'tamper');
  if (own.length) return own;
  const startup = command.words.find((_, index) =>
    /^--(?:rcfile|init-file)$/.test(command.words[index - 1]?.text ?? ''),
  );
  if (startup && !startup.known)
    return [unknown(`the file \`${startup.text}\`, which cannot be known here, is run first`, startup.at)];
  const [script] = operands;
  if (script && isSubstituted(script))
    return isFetched(script)
      ? [
          {
            does: 'run',
            program: programName(command.words[0]?.text ?? ''),
            origin: 'download',
            at: script.at,
          },
        ]
      : [unknown(`what \`${script.text}\` prints is run`, script.at)];
  if (script && !fromInput)
    return [
      // Told to trace, a shell prints each line that it reads or runs.
      ...(command.words.some(({ text }) => /^-[a-zA-Z]*[vx]|^--verbose$/.test(text)) && script.known
        ? [{ does: 'read', path: script.text, at: script.at } as const]
        : []),
      script.known || !/^["']?\$/.test(script.text)
        ? { does: 'follow', lead: { to: 'file', path: script.text, as: 'shell' }, at: script.at }
        : unknown(`the script \`${script.text}\` cannot be known here`, script.at),
    ];
  const away = handedOver(command);
  return away ? [away] : fed(command, text => ({ nested: 'shell', text: text.text, at: text.at }), 'shell');
}

// What stands in quotes around a variable is still plain: the variable itself may hold anything, and is shown as it stands.
function isPlain({ text, known }: Word): boolean {
  return known || !/^\s*(?:\$|`|\{\})/.test(text);
}

/** The options of a shell: clusters of letters, `-o name`, `-O name`, `-Oname`, `--rcfile file`. */
function shellArguments(words: readonly Word[]): {
  readonly line: boolean;
  readonly fromInput: boolean;
  readonly operands: readonly Word[];
} {
  let [line, fromInput, index] = [false, false, 0];
  for (; index < words.length; index++) {
    const { text } = words[index] as Word;
    if (text === '--' || text === '-') {
      index++;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (/^--(?:rcfile|init-file|init-command|features|debug-output)$/.test(text)) index++;
    if (text.startsWith('--') || /^-C$/.test(text)) {
      line ||= text === '--command' || text.startsWith('--command=');
      continue;
    }
    // `-Oextglob` has its value in the same word.
    if (/^[-+]O./.test(text)) continue;
    line ||= text.startsWith('-') && text.includes('c');
    fromInput ||= text.startsWith('-') && text.includes('s');
    if (/[oO]$/.test(text)) index++;
  }
  return { line, fromInput, operands: words.slice(index) };
}

const speakers = new Set('nc ncat netcat socat telnet openssl gsocket'.split(' '));

/** A shell whose output goes into a connection is handed to whoever is at its other end. */
function handedOver({ into, at }: Command): Said | undefined {
  return into && speakers.has(programName(into.words[0]?.text ?? ''))
    ? unknown('a shell that is handed to another machine', at)
    : undefined;
}

/** `powershell -EncodedCommand …`, `pwsh -c "…"`, `pwsh file.ps1`. Options may be cut short. */
export function powershell(command: Command): readonly Said[] {
  const [, ...words] = command.words;
  for (let index = 0; index < words.length; index++) {
    const { text, at } = words[index] as Word;
    const rest = words.slice(index + 1);
    const option = text.replace(/^(?:--?|\/)/, '').toLowerCase();
    if (!/^[-/]/.test(text)) return started(words.slice(index), command);
    if (isShort(option, 'encodedcommand', 1) || option === 'ec') {
      const line = rest[0]?.known ? decoded(rest[0].text) : undefined;
      return [
        line === undefined
          ? unknown('an encoded line which cannot be read', at)
          : { nested: 'shell', text: utf16(line), dialect: 'powershell', at: rest[0]?.at ?? at },
      ];
    }
    if (isShort(option, 'command', 1)) return rest.length ? [inOne(rest, 'powershell')] : [];
    if (isShort(option, 'file', 1)) return started(rest, command);
    if (/^(?:ex|ep|w|win|v|ver|inp|inputf|o|outputf|ou|conf|psc|settings|workingd|wd|cus)/.test(option))
      index++;
  }
  return fed(command, ({ text, at }) => ({ nested: 'shell', text, at, dialect: 'powershell' }), 'other');
}

function isShort(option: string, name: string, least: number): boolean {
  return option.length >= least && name.startsWith(option);
}

/** A script, or where it is none, a line: Windows PowerShell takes one without `-Command`. */
function started(words: readonly Word[], { words: [name] }: Command): readonly Said[] {
  const [first] = words;
  if (!first) return [];
  if (/\.ps[dm]?1$/i.test(first.text) || programName(name?.text ?? '') === 'pwsh')
    return [{ does: 'follow', lead: { to: 'file', path: first.text, as: 'other' }, at: first.at }];
  return [inOne(words, 'powershell')];
}

function inOne(words: readonly Word[], dialect: 'powershell' | 'cmd'): Said {
  const [first, last] = [words[0], words.at(-1)];
  return {
    nested: 'shell',
    text: words.map(word => word.text).join(' '),
    dialect,
    at: [first?.at[0] ?? 0, last?.at[1] ?? 0],
  };
}

/** `cmd /c "…"` and `cmd.exe /s /k …`. */
export function cmd(command: Command): readonly Said[] {
  const [, ...words] = command.words;
  const at = words.findIndex(({ text }) => /^(?:\/|\/\/|-)[ckr]/i.test(text));
  if (at < 0)
    return fed(command, text => ({ nested: 'shell', text: text.text, at: text.at, dialect: 'cmd' }), 'other');
  const flag = words[at] as Word;
  const glued = flag.text.replace(/^\/{1,2}[ckr]|^-[ckr]/i, '');
  const rest = [...(glued ? [{ ...flag, text: glued }] : []), ...words.slice(at + 1)];
  return rest.length ? [inOne(rest, 'cmd')] : [];
}
