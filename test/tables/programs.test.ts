import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { programName } from '../../src/core/shell/names.ts';
import { understand } from '../../src/core/understand.ts';
import { programs } from '../../src/programs/index.ts';
import { services } from '../../src/programs/services/index.ts';
import { actionFor, attemptTo, understanding } from '../support/line.ts';
import { told } from '../support/told.ts';
import { walked } from '../support/walked.ts';
import { programLines } from './programLines.ts';

describe('a program says', () => {
  for (const [line, ...effects] of programLines)
    test(line, () =>
      assert.deepEqual(understand(attemptTo(actionFor(line)), understanding).map(told), effects),
    );
});

test('every program has a line here, or a table with examples', () => {
  const tabled = new Set(services.flatMap(it => it.programs));
  const named = new Set(
    programLines.flatMap(([line]) => walked(line).map(command => programName(command.split(' ')[0] ?? ''))),
  );
  assert.deepEqual(
    Object.keys(programs).filter(name => !named.has(name) && !tabled.has(name)),
    [],
  );
});
