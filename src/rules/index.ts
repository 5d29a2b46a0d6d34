import type { Rule } from '../core/model.ts';
import { databases } from './databases.ts';
import { execution } from './execution.ts';
import { files } from './files.ts';
import { git } from './git.ts';
import { secrets } from './secrets.ts';
import { self } from './self.ts';
import { services } from './services.ts';

/*
 * The table of rules. To add one: write its object in the file its id names; nothing else. Its examples run through
 * the whole line in test/tables/examples.test.ts, and the README's table is made from it.
 */
export const rules: readonly Rule[] = [
  ...files,
  ...git,
  ...databases,
  ...services,
  ...secrets,
  ...execution,
  ...self,
];
