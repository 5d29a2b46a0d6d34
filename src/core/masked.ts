import type { Detector } from './detector.ts';
import { encodings } from './encodings.ts';
import { described, describedVariables, variablesIn } from './envFile.ts';
import type { ContentsFact, PathFact, Redacted } from './model.ts';
import { redact } from './redact.ts';

/** A file as an agent may see it, or why not, as a sentence that says what to do instead. */
export type Masked =
  | { readonly shows: 'text'; readonly text: Redacted }
  | { readonly shows: 'nothing'; readonly why: string; readonly failed?: true };

export interface Looked {
  readonly path: string;
  readonly text: string;
  readonly fact: PathFact;
  readonly contents?: ContentsFact;
  /** Texts of env files around it: what they keep secret is masked wherever it stands. */
  readonly around: readonly string[];
}

/**
 * What an agent may see of a file: an env file as the names of its variables, a file that is hidden otherwise not at all,
 * any other with each credential in it, and each value of an env file around it, replaced by what it is.
 */
export function masked(
  { path, text, fact, contents, around }: Looked,
  detectors: readonly Detector[],
): Masked {
  if (fact.guarded !== undefined) return nothing(`\`${path}\` is Chaperone's own`);
  if (fact.variables) return { shows: 'text', text: named(text, detectors) };
  if (fact.hidden !== undefined)
    return nothing(`\`${path}\` is hidden (${fact.hidden})`, fact.instead ?? 'ask the person.');
  // What a program or a cloud keeps as a whole is more than what detectors find in it.
  if (contents?.hidden && contents.whole)
    return nothing(`\`${path}\` is hidden (${contents.holds})`, contents.instead);
  return { shows: 'text', text: redact(withoutKnown(text, around, detectors), detectors) };
}

/** What a program printed, with each credential in it, and each value of the env files, replaced by what it is. */
export function maskedOutput(
  text: string,
  envFiles: readonly string[],
  detectors: readonly Detector[],
): Redacted {
  return redact(withoutKnown(text, envFiles, detectors), detectors);
}

function nothing(why: string, instead?: string): Masked {
  return { shows: 'nothing', why: `${why} and is not shown${instead ? `. Instead: ${instead}` : ''}` };
}

/** A line a variable. Comments are left out: what was commented out may be a value still. */
function named(text: string, detectors: readonly Detector[]): Redacted {
  const lines = describedVariables(text, detectors).map(variable => {
    const [, about = ''] = /^\S+ \((.*)\)$/.exec(described(variable)) ?? [];
    return `${variable.name}=<${about}>\n`;
  });
  return lines.join('') as Redacted;
}

function withoutKnown(text: string, around: readonly string[], detectors: readonly Detector[]): string {
  let left = text;
  for (const file of around) {
    const told = new Map(describedVariables(file, detectors).map(it => [it.name, it]));
    for (const { name, value } of variablesIn(file).slice(0, mostKnown)) {
      if (value.length < shortest || isOpen(told.get(name)?.kind ?? '', name)) continue;
      for (const form of encodings(value)) left = left.replaceAll(form, `<${name}>`);
    }
  }
  return left;
}

/** A shorter value stands anywhere by chance. */
const shortest = 8;
const mostKnown = 200;

/** What is no secret by its kind, unless its name says so: a host, a port, a word. */
function isOpen(kind: string, name: string): boolean {
  return (
    /^(?:number|true or false|text|empty|URL)$/.test(kind) &&
    !/pass|secret|token|key|cred|auth|pwd/i.test(name)
  );
}
