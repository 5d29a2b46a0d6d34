import { quote } from 'shell-quote';
import type { Launch } from './agent.ts';

/*
 * The block in a repository's pre-commit hook. It stands before all else that the hook does, which may end early, and is
 * taken out again to the byte.
 */

/** A hook with our block in it, or why it cannot be. `before` is absent where there is no hook yet. */
export type Hooked = { readonly text: string } | { readonly problem: string };

export function hooked(before: string | undefined, launch: Launch): Hooked {
  if (before === undefined) return { text: `#!/bin/sh\n${block(launch, marks.whole)}` };
  const own = unhooked(before);
  if (own !== undefined) return own.text === undefined ? hooked(undefined, launch) : hooked(own.text, launch);
  const shebang = /^#![^\n]*/.exec(before)?.[0] ?? '';
  if (shebang && !/\b(?:ba|da|a|k|z)?sh\b/.test(shebang))
    return { problem: `it is no shell script but for \`${shebang.slice(2).trim()}\`` };
  const cut = shebang ? before.indexOf('\n') + 1 : 0;
  if (shebang && !cut) return { text: `${before}\n${block(launch, marks.joined)}` };
  return { text: before.slice(0, cut) + block(launch, marks.plain) + before.slice(cut) };
}

/** The hook as it was: no text where the whole file was ours. Absent where our block is not in it. */
export function unhooked(text: string): { readonly text: string | undefined } | undefined {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0 || (from > 0 && text[from - 1] !== '\n')) return undefined;
  const mark = text.slice(from + begin.length, text.indexOf('\n', from));
  const [before, after] = [text.slice(0, from), text.slice(to + end.length)];
  if (mark === marks.whole && before === '#!/bin/sh\n' && !after) return { text: undefined };
  return { text: (mark === marks.joined ? before.replace(/\n$/, '') : before) + after };
}

/** What a hook of somebody else's making is to start. */
export function scanCommand(launch: Launch): string {
  const [node, guard, state] = pathsOf(launch);
  return `${node} ${guard} scan --staged --live --quiet --state ${state}`;
}

/** Quoted; git's own shell on Windows knows paths with slashes. */
function pathsOf({ node, guard, state, platform }: Launch): readonly string[] {
  return [node, guard, state].map(path =>
    quote([platform === 'windows' ? path.replaceAll('\\', '/') : path]),
  );
}

const begin = '# >>> chaperone';
const end = '# <<< chaperone\n';
/** Behind the first line: what is to be undone with the block. */
const marks = {
  plain: '',
  whole: ' (and the whole file)',
  joined: ' (and the end of the line above)',
} as const;

/**
 * Only a scan that found something stops a commit: it guards from a slip, and a scanner that is gone or broken must not
 * lock anybody out of their own work. It says so aloud, each time.
 */
function block(launch: Launch, mark: string): string {
  const [node, guard] = pathsOf(launch);
  return `${begin}${mark}
# Stops a commit that would add secrets. \`guard scan --uninstall-hook\` takes these lines out again.
if [ -x ${node} ] && [ -f ${guard} ]; then
  chaperone=0
  ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS= ${scanCommand(launch)} >&2 || chaperone=$?
else
  chaperone='its program is gone'
fi
case $chaperone in
  0) ;;
  5)
    echo 'chaperone: this commit would add the secrets above, so it was stopped. Take them out and stage again.' >&2
    echo 'chaperone: to commit them all the same, which is yours to decide: git commit --no-verify' >&2
    exit 1
    ;;
  *) echo "chaperone: NOT LOOKED AT FOR SECRETS ($chaperone), committed all the same. Try: guard scan --staged" >&2 ;;
esac
${end}`;
}
