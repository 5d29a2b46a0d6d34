/*
 * What a file of tasks says that the line has just written itself. A file of the disk is read where it lies.
 */

/** The lines that a script of a manifest comes to, with those before and behind it. `undefined` where it is no manifest. */
export function scriptIn(manifest: string, name: string): readonly string[] | undefined {
  const scripts = field(parsed(manifest), 'scripts');
  if (scripts === undefined) return parsed(manifest) === undefined ? undefined : [];
  return [`pre${name}`, name, `post${name}`].flatMap(key => {
    const line = field(scripts, key);
    return typeof line === 'string' ? [line] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** All lines that some target of such a file runs: which of them is asked for is not worked out. */
export function recipesIn(text: string): string {
  const variables = new Map<string, string>([
    ['RM', 'rm -f'],
    ['MAKE', 'make'],
    ['CC', 'cc'],
    ['CXX', 'c++'],
  ]);
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const [, name, value] = /^([\w.-]{1,80}) {0,4}[:?+]{0,2}=([^]*)$/.exec(line) ?? [];
    if (name !== undefined) variables.set(name, (value ?? '').trim());
    else if (/^\s/.test(line)) lines.push(line.trim().replace(/^(?:[@+-] ?)*/, ''));
    else if (line.includes(';')) lines.push(line.slice(line.indexOf(';') + 1));
  }
  return lines
    .map(line =>
      line.replace(/\$[({]([\w.-]{1,80})[)}]/g, (whole, name: string) => variables.get(name) ?? whole),
    )
    .join('\n')
    .replaceAll('$$', '$');
}
