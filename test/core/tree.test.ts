import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Met } from '../../src/core/met.ts';
import type { Supervision } from '../../src/core/ports.ts';
import { decide, effectsOf } from '../../src/core/supervise.ts';
import { treeOf } from '../../src/core/tree.ts';
import { understand, understandText } from '../../src/core/understand.ts';
import { actionFor, attemptTo, paperLine, understanding, type PaperLine } from '../support/line.ts';

describe('a tree', () => {
  test('has commands, effects, facts and findings, and marks what is minded', async () => {
    const tree = await treeFor('cd /srv && sudo rm -rf app; npm test');
    assert.equal(
      tree,
      `cd /srv && sudo rm -rf app; npm test
                ~~~~~~~~~~

├─ cd /srv
├─ sudo rm -rf app
│  └─ rm -rf app
│     └─ → delete /srv/app
│        ├─ fact: a folder, outside of the workspace
│        └─ ask, and \`/srv/app\` is typed: It deletes something outside this workspace. (files.delete-outside)
└─ npm test
   └─ → follow script

Verdict: ask
`,
    );
  });

  test('goes into texts within texts, each line marked', async () => {
    const tree = await treeFor(`echo "$(date)"\nbash -c 'git push -f'`);
    assert.equal(
      tree,
      `echo "$(date)"
bash -c 'git push -f'
        ~~~~~~~~~~~~~

├─ date
├─ echo $(date)
└─ bash -c git push -f
   └─ git push -f
      └─ → publish commits, forced
         └─ ask: It replaces commits that others may already have. (git.force-push)

Verdict: ask
`,
    );
  });

  test('names the file and line of a text that the line leads to', async () => {
    const tree = await treeFor('bash clean.sh', { leads: { '/work/project/clean.sh': 'ls\nrm -rf data' } });
    assert.match(tree, /rm -rf data {3}\(\/work\/project\/clean\.sh:2\)/);
    assert.match(tree, /Verdict: ask/);
  });

  test('has what no command stands for', async () => {
    assert.match(await treeFor('echo "unclosed'), /→ unknown: /);
  });
});

async function treeFor(line: string, options: PaperLine = {}): Promise<string> {
  const met: Met[] = [];
  const hearing = { ...understanding, met: (it: Met) => met.push(it) };
  const attempt = attemptTo(actionFor(line));
  const given: Supervision = {
    ...paperLine(options),
    understand: it => understand(it, hearing),
    understandText: (text, lead, source, cwd, at) => understandText(text, lead, source, cwd, at, hearing),
  };
  const effects = await effectsOf(attempt, given);
  return treeOf(line, met, effects, await decide(attempt, paperLine(options)));
}
