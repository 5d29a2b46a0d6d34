import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectsFor } from '../support/line.ts';

test('what a statement says of its database counts before what its client was given', async () => {
  const reaches = async (line: string) =>
    (await effectsFor(line)).flatMap(effect => (effect.does === 'destroy' ? [effect.reach] : []));
  assert.deepEqual(await reaches('mysql -h db.example.com -D shop -e "DROP TABLE t"'), [
    { host: 'db.example.com', database: 'shop' },
  ]);
  assert.deepEqual(await reaches('mysql -h db.example.com -D shop -e "USE live; DROP TABLE t"'), [
    { host: 'db.example.com', database: 'live' },
  ]);
});
