import { createRequire } from 'node:module';
import { agents } from '../../src/agents/index.ts';
import { guardedBy } from '../../src/core/guarded.ts';
import type {
  Action,
  Attempt,
  Decision,
  Effect,
  Entry,
  Example,
  Mode,
  Ruling,
} from '../../src/core/model.ts';
import type { Answer, Supervision } from '../../src/core/ports.ts';
import { redact } from '../../src/core/redact.ts';
import { decide, effectsOf, supervise } from '../../src/core/supervise.ts';
import { understandWhole } from '../../src/core/mention.ts';
import { understandText } from '../../src/core/understand.ts';
import { understandingOf } from '../../src/parts.ts';
import { rules } from '../../src/rules/index.ts';
import { detectors } from '../../src/secrets/index.ts';
import { lazySqlParser } from '../../src/system/sqlParser.ts';
import { paperMachine, paperWorld, type Paper } from './world.ts';

/*
 * The whole line on paper: the real tables and stages, a world without a disk, somebody who answers, and a ledger
 * that is a list.
 */

const require = createRequire(import.meta.url);

export const understanding = understandingOf(
  lazySqlParser(file => require(`node-sql-parser/build/${file}`)),
  paperMachine,
);

/** Credentials that stand in files of the paper workspace, by their values. */
const kept: NonNullable<Paper['credentials']> = {
  'Kn0wn-t0-a-script': {
    file: '/work/project/scripts/old/register-domain.sh',
    line: 3,
    name: 'TOKEN',
    kind: 'token',
    rating: { provider: 'unknown', reach: 'blanket', stage: 'live', lasts: 'long' },
  },
  'Kn0wn-t0-a-test': {
    file: '/work/project/.env.test',
    line: 1,
    name: 'DB_PASSWORD',
    rating: { provider: 'unknown', reach: 'unknown', stage: 'test', lasts: 'unknown' },
  },
};

export interface PaperLine extends Paper {
  readonly mode?: Mode;
  readonly answer?: Answer;
  readonly verdicts?: Supervision['policy']['verdicts'];
  readonly floors?: Supervision['policy']['floors'];
  readonly asked?: Decision[];
  readonly entries?: Entry[];
}

export function paperLine(options: PaperLine = {}): Supervision {
  const switches = agents.flatMap(agent => agent.switches);
  return {
    policy: {
      rules,
      verdicts: options.verdicts ?? {},
      floors: options.floors ?? {},
      mode: options.mode ?? 'enforce',
    },
    machine: paperMachine,
    understand: attempt => understandWhole(attempt, understanding),
    understandText: (text, lead, source, cwd, at) =>
      understandText(text, lead, source, cwd, at, understanding),
    world: paperWorld({
      holds: {
        '/work/project/scripts/old/register-domain.sh': {
          holds: 'a token',
          file: '/work/project/scripts/old/register-domain.sh',
          line: 3,
        },
        '/work/project/deploy/robot.json': {
          holds: 'service account',
          file: '/work/project/deploy/robot.json',
          line: 4,
          hidden: true,
          instead: 'give its path to the program that needs it.',
        },
      },
      guarded: guardedBy(
        ['/home/user/.config/Code/User/globalStorage/chaperone.chaperone'],
        switches,
        paperMachine,
      ),
      ...options,
      credentials: { ...kept, ...options.credentials },
    }),
    approver: {
      ask: async (_, decision) => {
        options.asked?.push(decision);
        return options.answer ?? { outcome: 'refused', by: 'nobody' };
      },
    },
    ledger: { append: async entry => void options.entries?.push(entry) },
    redact: text => redact(text, detectors),
  };
}

export function attemptTo(action: Action, cwd = '/work/project'): Attempt {
  return { subject: { agent: 'test', name: 'A test', session: 'session-1', cwd }, action };
}

export function actionFor(example: Example): Action {
  return typeof example === 'string' ? { kind: 'shell', line: example, dialect: 'posix' } : example;
}

/** The effects of a shell line or an action, the whole line up to there; what texts it hands on is another matter. */
export async function effectsFor(example: Example, options: PaperLine = {}): Promise<readonly Effect[]> {
  const effects = await effectsOf(attemptTo(actionFor(example)), paperLine(options));
  return effects.filter(it => it.does !== 'mention');
}

export function decisionFor(example: Example, options: PaperLine = {}): Promise<Decision> {
  return decide(attemptTo(actionFor(example)), paperLine(options));
}

export function rulingFor(example: Example, options: PaperLine = {}): Promise<Ruling> {
  return supervise(attemptTo(actionFor(example)), paperLine(options));
}
