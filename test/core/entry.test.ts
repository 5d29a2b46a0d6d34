import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base36, base62, hex, sample } from '../../src/core/detector.ts';
import { entry, summary } from '../../src/core/entry.ts';
import type { Action, Attempt, Entry } from '../../src/core/model.ts';
import { redact } from '../../src/core/redact.ts';
import { detectors } from '../../src/secrets/index.ts';
import { actionFor, attemptTo, effectsFor, rulingFor } from '../support/line.ts';

const token = `ghp_${sample(base62, 36)}`;
const plain = sample(base36, 32);
const aws = `AKIA${sample(base36.toUpperCase(), 16)}`;
const password = sample(base62, 18);

const leaks: Readonly<Record<string, readonly [text: Action | string, secret: string]>> = {
  'in a command': [`gh auth login --with-token ${token}`, token],
  'in a header': [`curl -H "Authorization: Bearer ${plain}" https://api.example.com/v1/x`, plain],
  'in another header': [`curl -H 'X-Api-Key: ${plain}' -X DELETE https://api.example.com/v1/x`, plain],
  'in a URL': [`psql postgres://app:${password}@db.example.com/shop -c "DROP TABLE a"`, password],
  'in a parameter': [`curl "https://api.example.com/x?access_token=${plain}"`, plain],
  'in an assignment': [`GITHUB_TOKEN=${plain} npm test`, plain],
  'in an export': [`export DB_PASSWORD=${password}; rm -rf data`, password],
  'in a here-document': [`cat > config <<'E'\naws_access_key_id = ${aws}\nAPI_KEY="${plain}"\nE`, plain],
  'in JSON': [`curl https://api.example.com/x -d '{"apiKey":"${plain}"}'`, plain],
  "in a tool's input": [{ kind: 'tool', server: 's', name: 'delete_all', input: { apiKey: plain } }, plain],
  "in a file's path": [{ kind: 'file', access: 'read', path: `/work/project/${token}.txt` }, token],
  'in a web address': [{ kind: 'web', url: `https://a:${password}@example.com/`, method: 'POST' }, password],
  'in a script that is followed': ['npm run deploy', plain],
};

describe('nothing secret stands in an entry', () => {
  for (const [name, [given, secret]] of Object.entries(leaks))
    test(name, async () => {
      const entries: Entry[] = [];
      await rulingFor(given, {
        entries,
        answer: { outcome: 'refused', by: 'person', note: `they said token=${plain}` },
        leads: { deploy: `curl -X DELETE -H "Authorization: Bearer ${plain}" https://api.example.com/v1/x` },
      });
      assert.equal(entries.length, 1);
      assert.ok(!JSON.stringify(entries).includes(secret), JSON.stringify(entries));
    });
});

describe('an entry', () => {
  const made = async (given: Action | string): Promise<Entry> => {
    const attempt: Attempt = attemptTo(actionFor(given));
    return entry(attempt, await rulingFor(given), text => redact(text, detectors));
  };

  test('says what was minded, by ids', async () => {
    const { findings, effects, verdict, outcome, by, action } = await made('rm -rf data');
    assert.deepEqual(
      { findings, effects, verdict, outcome, by, action },
      {
        findings: [{ rule: 'files.delete-many', verdict: 'ask' }],
        effects: ['delete /work/project/data'],
        verdict: 'ask',
        outcome: 'refused',
        by: 'nobody',
        action: 'shell',
      },
    );
  });

  test('is bounded, however long the attempt', async () => {
    const { text } = await made(`echo ${'word '.repeat(10_000)}`);
    assert.ok(text.length < 4_100);
  });

  test('a secret that the bound would cut in two does not stand there in half', async () => {
    for (let before = 3_960; before < 4_000; before += 7) {
      const { text } = await made(`${'x'.repeat(before)} ${token} ls`);
      assert.ok(!text.includes(token.slice(0, 16)), String(before));
    }
  });
});

test('a summary never holds the value of a credential', async () => {
  const effects = await effectsFor(
    `curl -u admin:${plain} https://api.example.com/?token=${sample(hex, 32)}`,
  );
  assert.ok(effects.some(it => it.does === 'carry'));
  for (const effect of effects) {
    assert.ok(!summary(effect).includes(plain));
    assert.ok(!summary(effect).includes(sample(hex, 32)));
  }
});

test('an entry says which environment a finding reaches', async () => {
  const line = 'psql -h db.prod.example.com -c "DROP TABLE users"';
  const attempt = attemptTo(actionFor(line));
  const { findings } = entry(attempt, await rulingFor(line), it => redact(it, detectors));
  assert.deepEqual(findings, [
    { rule: 'databases.drop', verdict: 'ask', environment: 'production' },
    { rule: 'databases.production', verdict: 'ask', environment: 'production' },
  ]);
});
