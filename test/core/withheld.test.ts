import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { withheld } from '../../src/core/withheld.ts';
import { detectors } from '../../src/secrets/index.ts';

const value = sample(base62, 36);
const out = (env: Readonly<Record<string, string | undefined>>, keep: readonly string[] = []) =>
  withheld(env, keep, detectors);

describe('what a guarded terminal does not pass on', () => {
  for (const [name, held, why] of [
    ['GH_TOKEN', value, 'named like a credential'],
    ['aws_secret_access_key', value, 'named like a credential'],
    ['DATABASE_URL', 'postgres://localhost/x', 'named like a credential'],
    ['MY_THING', `ghp_${value}`, 'holds a github token'],
    ['SSH_AUTH_SOCK', '/tmp/ssh/agent.1', 'leads to a program outside'],
    ['VSCODE_IPC_HOOK_CLI', '/run/user/1/x.sock', 'leads to a program outside'],
    ['TMUX', '/tmp/tmux-0/default,1,0', 'leads to a program outside'],
  ] as const)
    test(name, () => {
      const [found] = out({ [name]: held });
      assert.equal(found?.name, name);
      assert.ok(found.why.startsWith(why.slice(0, 12)), found.why);
      assert.ok(!JSON.stringify(found).includes(held));
      assert.deepEqual(out({ [name]: held }, [name]), []);
    });

  test('what is passed on', () =>
    assert.deepEqual(
      out({
        PATH: '/usr/bin:/bin',
        HOME: '/home/somebody',
        LANG: 'C.UTF-8',
        NODE_OPTIONS: '--max-old-space-size=4096',
        KEYBOARD: 'de',
        EMPTY_TOKEN: '',
        VSCODE_INJECTION: '1',
        COLORTERM: 'truecolor',
        UNSET: undefined,
      }),
      [],
    ));
});
