import { parseShell, type ParsedScript } from './parse.ts';

/*
 * What no shell would run is often a piece of something larger: a line of a script, or of a page with `<placeholders>`
 * in it. Such a text is completed until it parses, so that what it says can be read.
 */

/** A tree, and where a place in the text that it was made of stood in the original one. */
export interface Repaired {
  readonly script: ParsedScript;
  readonly placed: (place: number) => number;
}

/** The most characters of a text that is repaired, and the most texts that are tried. */
const longestPiece = 8_192;
const mostTries = 60;

/** Completes a text that does not parse. `undefined` where it is no piece of a plain text. */
export function repair(text: string): Repaired | undefined {
  if (text.length > longestPiece) return undefined;
  const named = withoutPlaceholders(text);
  const { text: plain, added } = withoutBareParentheses(named);
  const begun = beginnings.find(({ with: words }) => words.test(plain));
  const start = `${begun?.put ?? ''}${plain}`;
  const before = begun?.put.length ?? 0;
  const open = [`${start}${begun?.close ?? ''}`, start];
  const met = new Set(open);
  for (let tries = 0; tries < mostTries && open.length > 0; tries++) {
    const tried = open.shift() as string;
    const parsed = parseShell(tried);
    if (parsed.ok) {
      const placed = (place: number) => {
        const here = place - before - added.filter(at => at < place - before).length;
        return Math.min(Math.max(0, here), text.length);
      };
      return { script: parsed.script, placed };
    }
    for (const next of endings
      .filter(({ says }) => says.test(parsed.why))
      .flatMap(({ put }) => put)
      .map(ending => tried + ending))
      if (next.length < start.length + 64 && !met.has(next)) {
        met.add(next);
        open.push(next);
      }
  }
  return undefined;
}

/**
 * `<name>`, `<your path>`: as a redirection the closing `>` has no file behind it. It is one word of the same length, so
 * that every place stays what it was.
 */
function withoutPlaceholders(text: string): string {
  return text.replace(
    /<([A-Za-z](?:[\w .,:/|'-]{0,60}[\w.)])?)>(?=\s*(?:$|[#;|&)\n<"'.,/\w@:-]))/g,
    (_, name: string) => `‹${name.replace(/[^\w.,:/-]/g, '_')}›`,
  );
}

/** `find . ( -name a )`: what a shell would read as one of its own marks was meant for the program. */
function withoutBareParentheses(text: string): { readonly text: string; readonly added: readonly number[] } {
  const marks = /^\s*find\s/.test(text) ? [...text.matchAll(/(?<=\s)[()](?=\s)/g)].map(it => it.index) : [];
  if (!marks.length || parseShell(text).ok) return { text, added: [] };
  return {
    text: text.replace(/(?<=\s)[()](?=\s)/g, '\\$&'),
    added: marks.map((mark, index) => mark + index),
  };
}

interface Beginning {
  /** How the text begins. */
  readonly with: RegExp;
  /** What is put before it, and behind it. */
  readonly put: string;
  readonly close?: string;
}

/** How a piece begins that is the end of something. The next one is a row. */
const beginnings: readonly Beginning[] = [
  { with: /^\s*fi\b/, put: 'if :; then :; ' },
  { with: /^\s*done\b/, put: 'while :; do :; ' },
  { with: /^\s*esac\b/, put: 'case x in x) ;; ' },
  { with: /^\s*\}/, put: '{ :; ' },
  { with: /^\s*\)/, put: '( :; ' },
  { with: /^\s*then\b/, put: 'if :; ' },
  { with: /^\s*(?:else|elif)\b/, put: 'if :; then :; ' },
  { with: /^\s*do\b/, put: 'while :; ' },
  { with: /^\s*;;/, put: 'case x in x) : ', close: '\nesac' },
  { with: /^\s*[\w*."'|-]+\)\s/, put: 'case x in ', close: '\n;; esac' },
];

interface Ending {
  /** What the parser misses. */
  readonly says: RegExp;
  readonly put: readonly string[];
}

/** What completes a piece that is the beginning of something. The next one is a row. */
const endings: readonly Ending[] = [
  { says: /^expected 'then'/, put: ['\nthen :; fi'] },
  { says: /^expected command after '(?:then|else)'/, put: ['\n:; fi'] },
  { says: /^expected 'fi'/, put: ['\nfi'] },
  { says: /^expected 'do'/, put: ['\ndo :; done'] },
  { says: /^expected command after 'do'/, put: ['\n:; done'] },
  { says: /^expected 'done'/, put: ['\ndone'] },
  { says: /^expected command in brace group/, put: ['\n:; }'] },
  { says: /^expected '\}'/, put: ['\n}'] },
  { says: /^expected command in subshell/, put: ['\n: )'] },
  { says: /^expected '\)'/, put: ['\n)'] },
  { says: /^expected 'esac'/, put: ['\n;; esac', '\nesac'] },
];
