import type { Place } from './model.ts';
import { basename, isWithin, normal, relative } from './paths.ts';
import type { Machine } from './ports.ts';

/** What a machine's places are measured by. All paths absolute, links resolved. */
export interface Surroundings {
  readonly workspace: readonly string[];
  readonly temp: readonly string[];
  readonly machine: Machine;
}

/** Where all lies of which nobody can tell anything. */
export const nowhere = '/(unknown-folder)';

/** The folder of a command that does not say where it would run: deep enough that `../..` is as little known. */
export const somewhere = `${nowhere}/1/2/3/4/5/6/7/8`;

/**
 * Where a path lies. By name alone, so the path comes with its links resolved. A device that keeps nothing, such as
 * `/dev/null`, is as good as `temp`. A workspace that is a whole disk is none: its folders keep their own places.
 */
export function placeOf(realPath: string, { workspace, temp, machine }: Surroundings): Place {
  const path = normal(realPath, machine);
  const holds = (folder: string) => isWithin(folder, path, machine);
  const inside = (folder: string) => isWithin(path, folder, machine) && !holds(folder);
  const folders = (list: readonly string[]) =>
    list.map(folder => normal(folder, machine)).filter(folder => !isRoot(folder, machine));
  const own = folders(workspace);
  const around = longest(own.filter(inside));
  // `/tmp/*/cache` is everybody's.
  const inTemp = folders(temp).some(
    folder => inside(folder) && !/^\*+(?:\/|$)/.test(relative(path, folder, machine)),
  );

  if (isWithin(path, nowhere, machine)) return 'outside';
  if (isRoot(path, machine)) return 'root';
  if (holds(normal(machine.home, machine)) || isHomeFolder(path, machine)) return 'home';
  if (around) return below(around, path, machine);
  if (own.some(folder => holds(folder) && isWithin(path, folder, machine))) return 'workspace';
  if (own.some(folder => isHistoryOf(folder, path, machine))) return 'repository';
  const system = ofSystem(path, machine);
  if (system && !inTemp) return system;
  if (own.some(holds)) return 'workspace';
  if (inTemp) return 'temp';
  return isAnyHome(path, machine) ? 'home' : 'outside';
}

const gravity: readonly Place[] = [
  'rebuilt',
  'temp',
  'inside',
  'outside',
  'repository',
  'workspace',
  'home',
  'device',
  'system',
  'root',
];

/** Of several places the one where a mistake costs most; `inside` where there are none. */
export function gravest(places: readonly Place[]): Place {
  const worst = Math.max(...places.map(place => gravity.indexOf(place)));
  return gravity[worst] ?? 'inside';
}

/** Names of folders and files that a build, a test or an installation makes again. Lower case. */
const rebuiltNames = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.pnpm-store',
  '.next',
  '.nuxt',
  '.output',
  '.nitro',
  '.svelte-kit',
  '.astro',
  '.angular',
  '.docusaurus',
  '.vite',
  '.parcel-cache',
  '.turbo',
  '.rollup.cache',
  '.swc',
  '.webpack',
  '.wireit',
  '.sass-cache',
  '.eslintcache',
  '.stylelintcache',
  '.cache',
  '.nyc_output',
  'storybook-static',
  'playwright-report',
  'test-results',
  '__pycache__',
  '__pypackages__',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.hypothesis',
  '.tox',
  '.nox',
  '.eggs',
  '.venv',
  'venv',
  'htmlcov',
  '.gradle',
  '.dart_tool',
  'pods',
  'deriveddata',
  '.zig-cache',
  'zig-out',
  '.stack-work',
  'dist-newstyle',
  'elm-stuff',
  '_build',
  '_site',
  '_output',
  '_book',
  '.jekyll-cache',
  '.gatsby-cache',
  '.expo',
  '.vercel',
  '.netlify',
  '.wrangler',
  '.nx',
  '.rpt2_cache',
  '.fusebox',
  '.terser-cache',
  '.metadata_never_index',
  'generated',
  '__generated__',
  'cmakefiles',
  'dev-dist',
  'dist-ssr',
  'dist-standalone',
  'lib-cov',
  'jsdoc-out',
  'typedoc',
  'htmlreport',
  'lcov-report',
  '.aws-sam',
  '.serverless',
  '.ds_store',
  '.terraform',
  '.terragrunt-cache',
  'cdk.out',
  'zig-cache',
  'bazel-bin',
  'bazel-out',
  'bazel-testlogs',
  '.build',
  '.cxx',
  '.externalnativebuild',
  '.kotlin',
  '.bloop',
  '.coverage',
  '.ipynb_checkpoints',
  '.scannerwork',
  '.phpunit.cache',
  '.phpunit.result.cache',
  '.php-cs-fixer.cache',
  '.vscode-test',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pipfile.lock',
  'cargo.lock',
  'gemfile.lock',
  'composer.lock',
  'podfile.lock',
  'pubspec.lock',
  'mix.lock',
  'go.sum',
]);
const rebuiltBeginnings = ['cmake-build-'];
const rebuiltEndings = [
  '.egg-info',
  '.pyc',
  '.pyo',
  '.tsbuildinfo',
  '.o',
  '.obj',
  '.class',
  '.pb.go',
  '_gen.go',
  '.g.dart',
  '.min.js',
  '.min.css',
  '.js.map',
  '.css.map',
];
/** Ordinary words: what a build makes at the top of a package, source below a `src`. */
const ambiguousNames = new Set([
  'build',
  'dist',
  'out',
  'output',
  'target',
  'coverage',
  'coverage.out',
  'tmp',
  'temp',
  'logs',
  'obj',
  'release',
  'debug',
]);
const sourceNames = new Set(['src', 'source', 'sources']);
const historyNames = new Set(['.git', '.hg', '.jj', '.svn']);

/** The first telling segment decides: a repository in `node_modules` comes back with it. */
function below(workspace: string, path: string, machine: Machine): Place {
  let source = false;
  for (const name of relative(path, workspace, machine).toLowerCase().split('/')) {
    if (historyNames.has(name)) return 'repository';
    if (rebuiltNames.has(name) || rebuiltEndings.some(ending => name.endsWith(ending))) return 'rebuilt';
    if (rebuiltBeginnings.some(beginning => name.startsWith(beginning)) && !source) return 'rebuilt';
    if (ambiguousNames.has(name) && !source) return 'rebuilt';
    source ||= sourceNames.has(name);
  }
  return 'inside';
}

/** A workspace may be a folder of a repository whose history lies above it. */
function isHistoryOf(workspace: string, path: string, machine: Machine): boolean {
  const parts = path.split('/');
  const at = parts.findIndex(name => historyNames.has(name.toLowerCase()));
  return at > 0 && isWithin(workspace, parts.slice(0, at).join('/') || '/', machine);
}

function isRoot(path: string, { platform }: Machine): boolean {
  // A Windows disk as Linux sees it there.
  return (platform === 'windows' ? /^(?:[A-Z]:)?\/$/ : /^\/(?:mnt\/[a-z])?$/).test(path);
}

const homeFolders = new Set([
  'desktop',
  'documents',
  'downloads',
  'music',
  'pictures',
  'movies',
  'videos',
  'public',
  'templates',
  'library',
  'library/application support',
  'library/preferences',
  'library/keychains',
  'applications',
  'appdata',
  'appdata/local',
  'appdata/locallow',
  'appdata/roaming',
  'onedrive',
  'dropbox',
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.config',
  '.local',
  '.local/bin',
  '.local/share',
  '.local/state',
  '.mozilla',
  '.vscode',
  '.vscode-server',
  '.cursor',
  '.claude',
  '.codex',
  '.gemini',
  '.copilot',
]);

function isHomeFolder(path: string, machine: Machine): boolean {
  const home = normal(machine.home, machine);
  return isWithin(path, home, machine) && homeFolders.has(relative(path, home, machine).toLowerCase());
}

/** Anybody's home folder, or the folder where all of them are. */
function isAnyHome(path: string, { platform }: Machine): boolean {
  return (
    platform === 'windows' ? /^[A-Z]:\/users(?:\/[^/]+)?$/i : /^\/(?:root|(?:home|Users)(?:\/[^/]+)?)$/
  ).test(path);
}

function ofSystem(path: string, machine: Machine): Place | undefined {
  return machine.platform === 'windows' ? ofWindows(path) : ofPosix(path);
}

const posixSystem =
  /^\/(?:etc|usr(?!\/local\/.)|bin|sbin|lib(?:32|64|x32)?|boot|var|opt|proc|sys|run|nix|snap|System|Library|Applications|private|cores)(?:\/|$)/;
const forgetful =
  /^\/dev\/(?:null|zero|full|u?random|tty|ptmx|std(?:in|out|err)|fd(?:\/[0-9]+)?|pts\/[0-9]+)$|^\/proc\/[^/]+\/fd\/[0-9]+$/;

function ofPosix(path: string): Place | undefined {
  if (/^(?:\/private)?\/var\/folders\/[^/]+\/[^/]+\/T\/./.test(path)) return 'temp';
  if (forgetful.test(path) || path.startsWith('/dev/shm/')) return 'temp';
  if (path === '/dev' || path === '/dev/shm') return 'system';
  if (path.startsWith('/dev/')) return 'device';
  // A whole mounted disk, and the Windows one as Linux sees it there.
  if (/^\/(?:mnt|Volumes|media(?:\/[^/]+)?)(?:\/[^/]+)?$/.test(path)) return 'root';
  const disk = /^\/mnt\/([a-z])(\/.*)$/.exec(path);
  return posixSystem.test(path) ? 'system' : disk ? ofWindows(`${disk[1]}:${disk[2]}`) : undefined;
}

const windowsSystem =
  /^[A-Z]:\/(?:windows|program files(?: \(x86\))?|programdata|system volume information|\$recycle\.bin|recovery|boot|efi|perflogs)(?:\/|$)/i;

function ofWindows(path: string): Place | undefined {
  if (/^(?:nul|con|conin\$|conout\$)$/i.test(basename(path))) return 'temp';
  if (/^\/(?:physicaldrive|harddisk|cdrom)[0-9]+/i.test(path)) return 'device';
  return windowsSystem.test(path) ? 'system' : undefined;
}

function longest(paths: readonly string[]): string | undefined {
  return paths.reduce<string | undefined>(
    (best, path) => (path.length > (best?.length ?? -1) ? path : best),
    undefined,
  );
}
