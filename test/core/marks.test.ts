import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { markedAgent, markedNames, marks, typedPrompt } from '../../src/core/marks.ts';
import { withMarks } from '../support/marks.ts';

const scripts = path.resolve(import.meta.dirname, '../../src/shell');

describe('the marks of agents', () => {
  for (const name of readdirSync(scripts))
    test(`stand in ${name} as in the table`, () => {
      const file = path.join(scripts, name);
      const text = readFileSync(file, 'utf8');
      const made = withMarks(text);
      if (made !== text) writeFileSync(file, made);
      assert.equal(text, made, `${name} was made anew: look at it`);
    });

  test('are variables, and values that need no quotes', () => {
    for (const { variable, value = 'x', agent } of marks)
      assert.match(`${variable}${value}${agent}`, /^\w+$/);
  });

  test('name an agent by one name', () => {
    for (const { agent, name } of marks) assert.equal(markedNames.get(agent), name);
    const agentOf = (env: object) => markedAgent(new Map(Object.entries(env)));
    assert.equal(agentOf({ CLAUDECODE: '1', AGENT: 'amp' }), 'amp');
    assert.equal(agentOf({ OPENCODE: '1', KILO: '1' }), 'kilo');
    assert.equal(agentOf({ OR_APP_NAME: 'mine', AGENT: '1', ROO_ACTIVE: '' }), undefined);
  });

  test('are what makes bash ask about a typed line', () => {
    const prompt = typedPrompt("'/state/shell/typed.bash'");
    for (const { variable } of marks) assert.ok(prompt.includes(`0\${${variable}:+1}`));
    assert.doesNotMatch(prompt, /\\|\n/);
  });
});
