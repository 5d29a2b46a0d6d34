import type { Lost, Rule } from '../core/model.ts';
import { does } from '../core/rule.ts';

/** What we mind about git: losing what no commit holds, and replacing what others have. */
export const git: readonly Rule[] = [
  {
    id: 'git.force-push',
    title: 'Force push',
    verdict: 'ask',
    because: 'It replaces commits that others may already have.',
    instead: 'git push --force-with-lease',
    minds: does(
      'publish',
      it => it.what === 'commits' && (it.force === 'yes' || (it.force === 'lease' && isProtected(it.name))),
    ),
    examples: {
      catches: [
        'git push --force',
        'git push -f origin main',
        'git push origin +main',
        'git -C repo push --force',
        'git push --force-with-lease origin main',
      ],
      leaves: [
        'git push',
        'git push --force-with-lease',
        'git push --force-with-lease origin my-branch',
        'echo "git push --force"',
      ],
    },
  },
  {
    id: 'git.delete-remote',
    title: 'Deleting a branch or tag of the remote',
    verdict: 'ask',
    because: 'It deletes what others may work on.',
    minds: does('destroy', it => it.service === 'git'),
    examples: {
      catches: ['git push origin --delete feature', 'git push origin :feature'],
      leaves: ['git push origin feature', 'git branch -d merged'],
    },
  },
  {
    id: 'git.discard-changes',
    title: 'Throwing away uncommitted work',
    verdict: 'ask',
    because: 'It throws away changes that no commit holds.',
    instead: 'git stash, which keeps them.',
    minds: discards('changes', 'worktree'),
    examples: {
      catches: [
        'git reset --hard',
        'git checkout -- .',
        'git checkout -f main',
        'git restore .',
        'git switch --discard-changes main',
        'cd app && git reset --hard origin/main',
      ],
      leaves: [
        'git reset HEAD~1',
        'git checkout main',
        'git checkout -b feature',
        'git restore --staged .',
        'git commit -m "git reset --hard"',
      ],
    },
  },
  {
    id: 'git.delete-untracked',
    title: 'Deleting files that git does not track',
    verdict: 'ask',
    because: 'Files that git does not track cannot be brought back.',
    instead: 'git clean -n, to see which.',
    minds: discards('untracked'),
    examples: {
      catches: ['git clean -fd', 'git clean -xfd'],
      leaves: ['git clean -n', 'git status', 'git clean --dry-run -fd'],
    },
  },
  {
    id: 'git.delete-unmerged',
    title: 'Deleting a branch or tag by force',
    verdict: 'ask',
    because: 'Commits that only this branch or tag holds are lost.',
    instead: 'git branch -d, which refuses when something would be lost.',
    minds: discards('branch', 'tag'),
    examples: {
      catches: ['git branch -D feature', 'git tag -d v1.0.0'],
      leaves: ['git branch -d feature', 'git branch', 'git tag v1.0.1'],
    },
  },
  {
    id: 'git.drop-stash',
    title: 'Throwing away stashed work',
    verdict: 'ask',
    because: 'Stashed changes are in no commit, and are lost.',
    minds: discards('stash'),
    examples: {
      catches: ['git stash drop', 'git stash clear'],
      leaves: ['git stash', 'git stash pop', 'git stash list'],
    },
  },
  {
    id: 'git.rewrite-history',
    title: 'Rewriting history or its safety net',
    verdict: 'ask',
    because: 'It takes away what git recovers lost commits from.',
    minds: discards('history', 'reflog'),
    examples: {
      catches: [
        'git reflog expire --expire=now --all',
        'git gc --prune=now',
        'git filter-branch --tree-filter "rm x" HEAD',
      ],
      leaves: ['git gc', 'git reflog', 'git rebase main'],
    },
  },
];

function discards(...what: readonly Lost[]): Rule['minds'] {
  return does('discard', it => what.includes(it.what));
}

function isProtected(branch: string | undefined): boolean {
  return (
    branch !== undefined && /^(?:main|master|trunk|develop|production|prod|release(?:[/-].*)?)$/.test(branch)
  );
}
