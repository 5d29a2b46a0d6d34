import { Sheet } from './sheet.ts';

interface Recipe {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly needs: readonly string[];
  readonly body: { readonly line: number; readonly text: string }[];
}

const mostRecipes = 64;
const shells = /^(?:ba|z|k|da|fi)?sh$/;

/** The recipe of a justfile and of what it depends on, as the shell gets it; without a name, the first. */
export function justRecipe(
  text: string,
  name: string,
  folder: string,
  values: Readonly<Record<string, string>>,
): Sheet | undefined {
  const { recipes, variables, aliases } = read(text);
  const first = recipes.get(aliases.get(name) ?? name) ?? (name ? undefined : [...recipes.values()][0]);
  if (!first) return undefined;
  const sheet = new Sheet(folder);
  const met = new Set<string>();
  const follow = (recipe: Recipe | undefined) => {
    if (!recipe || met.has(recipe.name)) return;
    if (met.size >= mostRecipes) return sheet.overflow();
    met.add(recipe.name);
    recipe.needs.forEach(it => follow(recipes.get(it)));
    const written = recipe.body.map(({ line, text: body }) => ({
      line,
      text: interpolated(
        body,
        it => values[it] ?? (recipe.parameters.includes(it) ? undefined : variables.get(it)),
      ),
    }));
    const program = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([\w.-]+)/.exec(written[0]?.text ?? '')?.[1];
    if (program === undefined) for (const it of written) sheet.put(it.line, it.text.replace(/^[@-]+/, ''));
    else whole(sheet, written, program);
  };
  follow(first);
  return sheet;
}

/** A recipe that is one script: for a shell, or fed to another interpreter. */
function whole(
  sheet: Sheet,
  lines: readonly { readonly line: number; readonly text: string }[],
  program: string,
) {
  const [first, ...rest] = lines;
  if (!first) return;
  const body = rest.map(it => it.text).join('\n');
  if (shells.test(program)) sheet.put(first.line, `:\n${body}`);
  else sheet.put(first.line, `${program} <<'END_OF_RECIPE'\n${body}\nEND_OF_RECIPE`);
}

function read(text: string) {
  const recipes = new Map<string, Recipe>();
  const variables = new Map<string, string>();
  const aliases = new Map<string, string>();
  let recipe: Recipe | undefined;
  let indent = '';
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    const written = lines[at] ?? '';
    if (/^[ \t]/.test(written) && recipe) {
      let body = written;
      while (body.endsWith('\\') && at + 1 < lines.length) body += `\n${lines[++at] ?? ''}`;
      if (!recipe.body.length) indent = /^[ \t]+/.exec(body)?.[0] ?? '';
      if (body.trim())
        recipe.body.push({
          line,
          text: body.startsWith(indent) ? body.slice(indent.length) : body.trimStart(),
        });
      continue;
    }
    if (!written.trim()) continue;
    recipe = undefined;
    if (/^(?:#|\[|set\s|import\b|mod\b)/.test(written)) continue;
    const set = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=/.exec(written);
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(written);
    if (alias) aliases.set(alias[1] ?? '', alias[2] ?? '');
    else if (set) variables.set(set[1] ?? '', literal(written.slice(set[0].length).trim(), variables));
    else recipe = header(written);
    if (recipe) recipes.set(recipe.name, recipe);
  }
  return { recipes, variables, aliases };
}

/** `deploy target='x' *flags: build (push target) && clean`. */
function header(written: string): Recipe | undefined {
  const name = /^@?([A-Za-z_][\w-]*)/.exec(written)?.[1];
  const plain = written.replace(/'[^']*'|"[^"]*"/g, quoted => ' '.repeat(quoted.length));
  const colon = plain.search(/:(?!=)/);
  if (name === undefined || colon < 0) return undefined;
  return {
    name,
    parameters: (plain.slice(0, colon).match(/[A-Za-z_][\w-]*/g) ?? []).slice(1),
    needs:
      plain
        .slice(colon + 1)
        .replace(/#[^]*/, '')
        .match(/[A-Za-z_][\w-]*/g) ?? [],
    body: [],
  };
}

/** A plain text or a command; anything else is a variable that the shell's reader does not know. */
function literal(written: string, variables: ReadonlyMap<string, string>): string {
  const quote = /^(['"`])([^'"`]*)\1\s*(?:#.*)?$/.exec(written);
  if (quote) return quote[1] === '`' ? `$(${quote[2]})` : (quote[2] ?? '');
  return variables.get(written) ?? '${JUST_VALUE}';
}

function interpolated(text: string, value: (name: string) => string | undefined): string {
  return text.replace(/\{\{\{\{|\{\{([^{}]*)\}\}/g, (match, inner: string | undefined) => {
    if (inner === undefined) return match === '{{{{' ? '{{' : match;
    const name = inner.trim();
    const quote = /^'([^']*)'$|^"([^"]*)"$/.exec(name);
    return quote
      ? (quote[1] ?? quote[2] ?? '')
      : (value(name) ?? (/^[A-Za-z_]\w*$/.test(name) ? `\${${name}}` : '${JUST_VALUE}'));
  });
}
