/** Sections of an INI file, or of the plain part of TOML, each with its keys in lower case. What stands before the first is in ``. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** `[section]` and `key = value` lines; what else stands in the text is passed over. */
export function sectionsIn(text: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  sections.set('', section);
  for (const line of text.split('\n')) {
    const written = line.trim();
    if (/^[#;]/.test(written)) continue;
    if (written.startsWith('[') && written.endsWith(']')) {
      const name = written
        .slice(1, -1)
        .replace(/^\[|\]$/g, '')
        .trim();
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      continue;
    }
    const equals = written.indexOf('=');
    if (equals > 0)
      section.set(written.slice(0, equals).trim().toLowerCase(), valueOf(written.slice(equals + 1)));
  }
  return sections;
}

/** The variables that a `.env` file sets, with those it refers to put in; the last of each name counts. */
export function variablesIn(
  text: string,
  outer: (name: string) => string | undefined = () => undefined,
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:](.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', written = ''] = match;
    const plain = written.trim().startsWith("'");
    const value = valueOf(written);
    variables.set(name, plain ? value : referring(value, it => variables.get(it) ?? outer(it)));
  }
  return variables;
}

/** `"a"`, `'a'`, `a # why`. */
function valueOf(written: string): string {
  const text = written.trim();
  const quote = /^["'`]/.exec(text)?.[0];
  const end = quote ? text.indexOf(quote, 1) : -1;
  if (end > 0) return text.slice(1, end);
  const comment = text.search(/\s[#;]/);
  return (comment < 0 ? text : text.slice(0, comment)).trim();
}

/** `${HOST}`, `${HOST:-localhost}`, `$HOST`: what is not known is left as it stands. */
function referring(value: string, variable: (name: string) => string | undefined): string {
  return value.replace(
    /\$\{(\w+)(?::?-([^${}]*))?\}|\$(\w+)/g,
    (whole, braced: string | undefined, otherwise: string | undefined, bare: string | undefined) =>
      variable(braced ?? bare ?? '') ?? otherwise ?? whole,
  );
}
