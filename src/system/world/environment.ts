import { parse as parseJson } from 'jsonc-parser';
import { sectionsIn, variablesIn } from '../../core/assignments.ts';
import { connectionIn } from '../../core/connection.ts';
import { environmentBy, reachParts, type Environments } from '../../core/environment.ts';
import type { Question, Reach, ReachFact } from '../../core/model.ts';
import { absolute, dirname, isWithin, relative } from '../../core/paths.ts';
import { nowhere } from '../../core/places.ts';
import type { Known } from './known.ts';
import { contentOf } from './regular.ts';
import { sourcesOf } from './sources/index.ts';
import type { Asked, FileSource, Says, Source, VariableSource } from './sources/source.ts';

type About = Question & { readonly about: 'reach' };

/** What is asked with: who knows the names, and what every question of one asking may read only once. */
export interface Surveyed {
  readonly known: Known;
  readonly environments: Environments;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * What an effect reaches, with what this machine's variables and files add to what the attempt says. Only names leave:
 * never the user, the password or the token beside them. What cannot be found out is missing.
 */
export async function reachFact({ service, reach, cwd }: About, given: Surveyed): Promise<ReachFact> {
  const survey = new Survey(reach, cwd, given);
  await survey.connect(reach.variable);
  for (const source of sourcesOf(service)) {
    if (given.known.time.over()) break;
    await survey.look(source);
  }
  const { found, here, from } = survey;
  return {
    reach: found,
    ...environmentBy(given.environments)(service, found, { here }),
    ...(from.length > 0 && { from: from.slice(0, mostNamed).join(' and ') }),
  };
}

const mostNamed = 2;
const largest = 512 * 1024;
const mostFolders = 12;

interface Told {
  readonly value: string;
  readonly from: string;
}

class Survey {
  found: Reach;
  here = false;
  readonly from: string[] = [];
  readonly #cwd: string;
  readonly #given: Surveyed;
  readonly #files = new Map<string, string>();

  constructor(reach: Reach, cwd: string, given: Surveyed) {
    this.found = reach;
    this.#cwd = cwd;
    this.#given = given;
  }

  async look(source: Source): Promise<void> {
    if ('variable' in source) return this.#variable(source);
    if ('connection' in source) {
      const { host, database, variable } = this.found;
      if (this.here || host !== undefined || database !== undefined) return;
      for (const name of variable === undefined ? source.connection.split(' ') : [variable])
        if (await this.connect(name)) return;
      return;
    }
    if ('knows' in source) return this.#add(source.knows(this.#asked()), source.from);
    for (const path of await this.#pathsOf(source)) {
      const text = await textOf(path);
      if (text === undefined) continue;
      if (typeof source.file === 'string') this.#files.set(source.file, path);
      const before = this.found.variable;
      this.#add(await read(source, text, this.#asked()), this.#shown(path));
      if (before === undefined) await this.connect(this.found.variable);
    }
  }

  /** Takes host and database from the connection that a variable holds. Tells whether it holds one. */
  async connect(name: string | undefined): Promise<boolean> {
    if (name === undefined || !/^\w+$/.test(name)) return false;
    const own = this.#own(name);
    const all = own ? [own] : await this.#inFiles(name);
    const connections = all.flatMap(({ value, from }) => {
      const connection = connectionIn(value);
      return connection ? [{ ...connection, from }] : [];
    });
    // Which of several files a program reads is its own affair: the gravest counts.
    const graver = environmentBy(this.#given.environments);
    const rank = (it: (typeof connections)[number]) => {
      const { production, local } = graver('', { ...it.reach }, { here: it.here });
      return production ? 2 : local ? 0 : 1;
    };
    const [gravest] = connections.sort((a, b) => rank(b) - rank(a));
    if (gravest) this.#add({ ...gravest.reach, ...(gravest.here && { here: true }) }, gravest.from);
    return gravest !== undefined;
  }

  async #variable({ variable, part, files }: VariableSource): Promise<void> {
    if (this.found[part] !== undefined) return;
    const own = files === 'only' ? undefined : this.#own(variable);
    const told = own ?? (files && (await this.#inFiles(variable))[0]);
    if (told && isName(told.value)) this.#add({ [part]: told.value }, told.from);
  }

  #own(name: string): Told | undefined {
    const value = this.#given.variables[name];
    return value ? { value, from: name } : undefined;
  }

  /** What the `.env` files of the folder say, or of the nearest above it where one says something. */
  async #inFiles(name: string): Promise<readonly Told[]> {
    const { environment } = this.found;
    const named = environment !== undefined && /^[\w-]+$/.test(environment) ? [environment] : [];
    const sets = [
      [...named.flatMap(it => [`.env.${it}.local`, `.env.${it}`]), '.env.local', '.env'],
      ['.env.development.local', '.env.development', '.env.dev'],
    ];
    for (const set of sets)
      for (const folder of this.#folders()) {
        const told: Told[] = [];
        for (const file of set) {
          const text = await textOf(`${folder}/${file}`);
          const value = text && variablesIn(text, it => this.#given.variables[it]).get(name);
          if (value) told.push({ value, from: this.#shown(`${folder}/${file}`) });
        }
        if (told.length) return told;
      }
    return [];
  }

  /** The folder and those above it, up to the workspace it lies in; outside of one, the folder alone. */
  #folders(): readonly string[] {
    const { machine, own } = this.#given.known;
    const tops = own.workspace.filter(it => isWithin(this.#cwd, it, machine));
    const folders = [this.#cwd];
    for (let folder = this.#cwd; tops.length && !tops.includes(folder) && folders.length < mostFolders;) {
      folder = dirname(folder);
      folders.push(folder);
    }
    return isWithin(this.#cwd, nowhere, machine) ? [] : folders;
  }

  async #pathsOf(source: FileSource): Promise<readonly string[]> {
    const { machine } = this.#given.known;
    const file = typeof source.file === 'string' ? source.file : source.file(this.#asked());
    if (file === undefined) return [];
    const moved = source.moved === undefined ? undefined : this.#given.variables[source.moved];
    if (moved) {
      const files = moved.split(machine.platform === 'windows' ? ';' : ':').filter(Boolean);
      return files.slice(0, 8).map(it => absolute(it, this.#cwd, machine));
    }
    const folder = source.movedFolder === undefined ? undefined : this.#given.variables[source.movedFolder];
    if (folder) return [absolute(file.slice(file.lastIndexOf('/') + 1), folder, machine)];
    if (!file.startsWith('./')) return [absolute(file, this.#cwd, machine)];
    for (const near of this.#folders()) {
      const path = `${near}/${file.slice(2)}`;
      if ((await textOf(path)) !== undefined) return [path];
    }
    return [];
  }

  #asked(): Asked {
    return {
      reach: this.found,
      variable: name => this.#given.variables[name],
      found: file => this.#files.get(file),
      cwd: this.#cwd,
    };
  }

  /** What was said already stays: the attempt itself comes first, then the order of the table. */
  #add({ here, ...reach }: Says, from: string | undefined): void {
    const parts = Object.entries(reach as Readonly<Record<string, unknown>>).filter(
      ([part, name]) =>
        reachParts.has(part) &&
        typeof name === 'string' &&
        name !== '' &&
        this.found[part as keyof Reach] === undefined,
    );
    this.found = { ...this.found, ...Object.fromEntries(parts) };
    const places = here === true && !this.here && this.found.host === undefined;
    this.here ||= places;
    if (from !== undefined && (parts.length || places) && !this.from.includes(from)) this.from.push(from);
  }

  #shown(path: string): string {
    const { machine, own } = this.#given.known;
    const top = own.workspace.find(it => isWithin(path, it, machine));
    if (top !== undefined) return relative(path, top, machine);
    const home = [machine.home, own.machine.home].find(it => isWithin(path, it, machine));
    return home === undefined ? path : `~/${relative(path, home, machine)}`;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  const content = await contentOf(path, largest);
  if (content.found !== 'bytes' || content.bytes.subarray(0, 8192).includes(0)) return undefined;
  return content.bytes.toString('utf8').replace(/^\uFEFF/, '');
}

async function read(source: FileSource, text: string, asked: Asked): Promise<Says> {
  switch (source.as) {
    case 'text':
      return source.says(text, asked);
    case 'sections':
      return source.says(sectionsIn(text), asked);
    case 'json':
      return source.says(parseJson(text), asked);
    case 'yaml':
      return source.says(await yamlIn(text), asked);
  }
}

/** Loaded when a file needs it: few do. Templates in it (`<%= … %>`) are left out. */
async function yamlIn(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(text.replace(/<%[^%]*%>/g, 'template'), { maxAliasCount: 50, merge: true });
  } catch {
    return undefined;
  }
}

function isName(value: string): boolean {
  return /^[\w.:/@ -]{1,200}$/.test(value);
}
