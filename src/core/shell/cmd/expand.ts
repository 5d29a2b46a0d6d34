import type { Span } from '../../model.ts';
import type { Machine } from '../../ports.ts';
import type { Argument } from '../powershell/bind.ts';
import type { RawPart, RawWord } from './tree.ts';

/** So many things are followed as one value. */
export const mostOptions = 64;
/** Parts of one word, times the choices there are. */
const mostPieces = 65_536;

/** A value may be any of these; what is not known shows how it was written. */
export interface Options {
  readonly texts: readonly string[];
  readonly known: boolean;
  readonly wild?: true;
}

export interface State {
  cwd: string;
  variables: Map<string, Options>;
  places: string[];
  branch: number;
  readonly place: (span: Span) => Span;
  readonly text: string;
}

/** The words that a word becomes: values put in, those without quotes divided at blanks. */
export function fields(machine: Machine, word: RawWord, state: State): readonly Argument[] {
  const at = state.place(word.at);
  const all = choices(machine, word.parts, state);
  return all.flatMap(({ pieces, known, wild }) => {
    const fields: string[] = [];
    let open: string | undefined;
    for (const { text, splits, quoted } of pieces) {
      const parts = splits ? text.split(/[ \t]+/) : [text];
      parts.forEach((part, index) => {
        if (index > 0) {
          if (open !== undefined) fields.push(open);
          open = undefined;
        }
        if (part || quoted) open = (open ?? '') + part;
      });
    }
    if (open !== undefined) fields.push(open);
    return fields.map((text): Argument => ({
      text,
      known,
      wild: wild || /[*?]/.test(text),
      at,
      ...(!word.quoted && { bare: true }),
      items: [{ text, known }],
    }));
  });
}

/** Every choice of what the parts may be, at most `mostOptions`: as on an odometer, the last part turns fastest. */
function choices(machine: Machine, parts: readonly RawPart[], state: State): readonly Choice[] {
  const [first, ...others] = parts;
  if (first && 'text' in first && !others.length)
    return [
      { pieces: [{ text: first.text, splits: false, quoted: first.quoted }], known: true, wild: false },
    ];
  const all = parts.map(part => {
    const it: Options = 'text' in part ? { texts: [part.text], known: true } : value(machine, part, state);
    return { ...it, splits: !part.quoted && 'variable' in part && it.known, quoted: part.quoted };
  });
  const room = Math.max(1, Math.min(mostOptions, Math.floor(mostPieces / (all.length + 1))));
  const wanted = all.reduce((count, { texts }) => Math.min(room + 1, count * texts.length), 1);
  const known = all.every(part => part.known) && wanted <= room;
  const wild = all.some(part => part.wild);
  return Array.from({ length: Math.min(room, wanted) }, (_, index) => {
    let left = index;
    const pieces = all
      .toReversed()
      .map(({ texts, splits, quoted }) => {
        const text = texts[left % texts.length] ?? '';
        left = Math.floor(left / texts.length);
        return { text, splits, quoted };
      })
      .toReversed();
    return { pieces, known, wild };
  });
}

function value(machine: Machine, { variable, cut, written }: RawVariable, state: State): Options {
  const known = state.variables.get(variable) ?? constant(machine, variable, state);
  if (known && !(cut && !variable.startsWith('%'))) return known;
  return { texts: [variable === '%0' ? '$dp0/' : `$${written.replace(/^\*$/, '@')}`], known: false };
}

function constant(machine: Machine, name: string, { cwd }: State): Options | undefined {
  const { home, platform } = machine;
  const text: Readonly<Record<string, string>> = {
    userprofile: home,
    home,
    homepath: home.replace(/^[A-Za-z]:/, ''),
    homedrive: /^[A-Za-z]:/.exec(home)?.[0] ?? '',
    cd: cwd,
    temp: platform === 'windows' ? `${home}\\AppData\\Local\\Temp` : '/tmp',
    tmp: platform === 'windows' ? `${home}\\AppData\\Local\\Temp` : '/tmp',
    appdata: `${home}\\AppData\\Roaming`,
    localappdata: `${home}\\AppData\\Local`,
    systemdrive: 'C:',
    systemroot: 'C:\\Windows',
    windir: 'C:\\Windows',
    programfiles: 'C:\\Program Files',
    programdata: 'C:\\ProgramData',
    comspec: 'cmd',
    errorlevel: '0',
  };
  return Object.hasOwn(text, name) ? { texts: [text[name] ?? ''], known: true } : undefined;
}

type RawVariable = Extract<RawPart, { readonly variable: string }>;

interface Choice {
  readonly pieces: readonly { readonly text: string; readonly splits: boolean; readonly quoted: boolean }[];
  readonly known: boolean;
  readonly wild: boolean;
}
