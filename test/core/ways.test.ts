import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runWith } from '../../src/core/ways.ts';

test('the way that refusals name can be pasted into a shell', () => {
  assert.equal(
    runWith('API_TOKEN', '.env', '/home/me/state/bin/chaperone'),
    '/home/me/state/bin/chaperone run --with API_TOKEN=.env -- COMMAND',
  );
  assert.equal(
    runWith('API_TOKEN', '', "/home/o'me/my state/chaperone"),
    "'/home/o'\\''me/my state/chaperone' run --with API_TOKEN -- COMMAND",
  );
  assert.equal(runWith('A', 'a b/.env', 'chaperone'), "chaperone run --with 'A=a b/.env' -- COMMAND");
});
