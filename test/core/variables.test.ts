import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectsFor } from '../support/line.ts';
import { told } from '../support/told.ts';

/** A line that sets a variable → what that brings about, without what its program does. */
const table: readonly (readonly [line: string, ...effects: string[]])[] = [
  ['LD_PRELOAD=./x.so true', 'unknown'],
  ['export LD_PRELOAD=/tmp/x.so', 'unknown'],
  ['env LD_PRELOAD=./x.so true', 'unknown'],
  ['sudo LD_PRELOAD=./x.so true', 'unknown'],
  ['LD_PRELOAD=/usr/lib/libjemalloc.so.2 true'],
  ['LD_PRELOAD= true'],
  ['DYLD_INSERT_LIBRARIES=x/y.dylib true', 'unknown'],
  ['PATH=/strange:$PATH true', 'unknown'],
  ['PATH=/strange:$PATH', 'unknown'],
  ['export PATH=/tmp/x:$PATH', 'unknown'],
  ['export PATH="$HOME/.cargo/bin:$PATH"'],
  ['PATH=$PWD/node_modules/.bin:$PATH true'],
  ['PATH=./bin:/usr/local/bin:/opt/x/bin:$X/bin true'],
  ['LD_LIBRARY_PATH=/usr/local/cuda/lib64:$LD_LIBRARY_PATH true'],
  ['LD_LIBRARY_PATH=/tmp/x true', 'unknown'],
  ['BASH_ENV=x bash -c true', 'unknown'],
  ['ENV=./x sh -c true', 'unknown'],
  ['ENV=production true'],
  ['ENV=$ENV true'],
  ['PERL5OPT=-Mx true', 'unknown'],
  ['RUBYOPT=-rx true', 'unknown'],
  ['RUBYOPT=-W0 true'],
  ['NODE_OPTIONS=--max-old-space-size=4096 true'],
  ['NODE_OPTIONS="-r dotenv/config" true'],
  ['NODE_OPTIONS="--import data:text/javascript,x" true', 'unknown'],
  ['CODEX_HOME=/tmp/x codex exec hi', 'unknown'],
  ['export CLAUDE_CONFIG_DIR=/tmp/x', 'unknown'],
  ['CODEX_HOME= codex exec hi'],
  ['PYTHONSTARTUP=x true', 'unknown'],
  ['JAVA_TOOL_OPTIONS=-javaagent:x.jar true', 'unknown'],
  ['JAVA_TOOL_OPTIONS=-Xmx1g true'],
  ['PROMPT_COMMAND="rm -rf a"', 'delete a deep'],
  ['EDITOR="rm -rf a" true', 'delete a deep'],
  ['GIT_SEQUENCE_EDITOR=: true'],
  ['PAGER=cat true'],
  ['GIT_SSH_COMMAND="ssh -i $KEY -o IdentitiesOnly=yes" true'],
  ['GIT_SSH_COMMAND=./x true', 'unknown'],
  ['GIT_SSH=x/y true', 'unknown'],
  ['GIT_EXTERNAL_DIFF="rm -rf a" true', 'unknown', 'delete a deep'],
  ['GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.sshCommand GIT_CONFIG_VALUE_0=x true', 'unknown'],
  ['GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=x true'],
];

describe('a variable', () => {
  for (const [line, ...effects] of table)
    test(line, async () =>
      assert.deepEqual(
        (await effectsFor(line)).map(told).filter(it => !it.startsWith('follow')),
        effects,
      ),
    );
});

test('what it makes a program require is read', async () => {
  const options = { leads: { '/work/project/x.js': 'require("fs").rmSync("a", { recursive: true })' } };
  assert.deepEqual((await effectsFor('NODE_OPTIONS="--require ./x.js" true', options)).map(told), [
    'delete a deep',
  ]);
});

describe('a guard that is told to stand aside before something is published', () => {
  const tampers = async (line: string) => (await effectsFor(line)).some(it => it.does === 'tamper');
  for (const line of [
    'ALLOW_PUSH=1 git push',
    'BYPASS_HOOK=yes git push origin main',
    'SKIP_GUARD=true git push',
    'export OVERRIDE_PROTECTION=1; git push',
    'env I_KNOW_WHAT_I_AM_DOING=1 git push',
    'ALLOW_RELEASE=1 npm publish',
  ])
    test(line, async () => assert.ok(await tampers(line)));
  for (const line of [
    'git push',
    'HUSKY=0 git commit -m x',
    'SKIP=lint git push',
    'ALLOW_PUSH=0 git push',
    'ALLOW_PUSH= git push',
    'ALLOW_PUSH=1 git status',
    'SKIP_TESTS=1 npm publish',
    'CI=1 npm publish',
  ])
    test(line, async () => assert.ok(!(await tampers(line))));
});
