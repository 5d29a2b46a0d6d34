import type { Command, Program, Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';

/** How a package manager is told to install, and with what options it leaves its registry. */
interface Installer {
  readonly verbs: RegExp;
  readonly values: readonly string[];
  /** Options whose value is a place to install from. */
  readonly places?: readonly string[];
}

/** From the managers' documentation as we know it; not checked against each version. */
const installers: Readonly<Record<string, Installer>> = {
  npm: { verbs: /^(?:i|in|ins|inst|install|isntall|add|ci|update|up|link)$/, values: [] },
  pip: {
    verbs: /^(?:install|download|wheel)$/,
    values:
      '-r --requirement -c --constraint -t --target -i --index-url --extra-index-url -f --find-links --prefix --root --python --platform --implementation --no-binary --only-binary --cert --proxy --timeout --retries --cache-dir --log -C --config-settings'.split(
        ' ',
      ),
    places: ['-e', '--editable'],
  },
  pipx: {
    verbs: /^(?:install|run|inject|upgrade)$/,
    values: ['--python', '--index-url', '--suffix'],
    places: ['--spec', '--pip-args'],
  },
  cargo: {
    verbs: /^(?:install|add)$/,
    values: ['--version', '--root', '--features', '--branch', '--tag', '--rev'],
    places: ['--git'],
  },
  gem: { verbs: /^install$/, values: ['-v', '--version', '-i', '--install-dir', '--source', '-s'] },
  brew: { verbs: /^(?:install|reinstall|upgrade|tap)$/, values: [] },
};

/** What an installation from outside of its manager's registry runs: nobody has seen it. */
export function installed(manager: string, words: readonly Word[]): readonly Said[] {
  const row = installers[manager];
  if (!row) return [];
  const { values, places = [], verbs } = row;
  const { operands, all } = readArguments(words, { values: [...values, ...places] });
  const [verb, ...names] = operands;
  if (!verb || !verbs.test(verb.text)) return [];
  return [...names, ...all(...places)]
    .filter(({ text }) => isOutside(text))
    .map(({ text, at }): Said => ({ does: 'run', program: text, origin: 'download', at }));
}

/** Where code is published as much as in a registry: as open, and as much read. */
const codeHosts =
  /^(?:git\+)?(?:https|ssh):\/\/(?:git@)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[\w.-]+\/|^(?:github|gitlab|bitbucket):/i;

/** An address, a repository elsewhere, or an archive: neither a name that a registry knows nor a project of a known code host. */
export function isOutside(text: string): boolean {
  const place = text.replace(/^(?:@?[\w./-]+(?:\[[\w,-]*\])?\s?@\s?)(?=[a-z][a-z+]*:)/, '');
  if (codeHosts.test(place)) return false;
  return (
    /^(?:git\+|git:|git@|https?:|ssh:|gist:|hg\+|svn\+)/i.test(place) ||
    /\.(?:tgz|tar\.gz|tar\.bz2|whl|gem)$/i.test(place)
  );
}

/** A manager that does nothing else that matters here. */
export function installer(manager: string, otherwise?: Program): Program {
  return (command: Command, machine) => [
    ...installed(manager, command.words.slice(1)),
    ...(otherwise?.(command, machine) ?? []),
  ];
}
