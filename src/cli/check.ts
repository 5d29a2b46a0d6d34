import { parseArgs } from 'node:util';
import { summary } from '../core/entry.ts';
import { headline } from '../core/explain.ts';
import {
  sqlDialects,
  type Action,
  type Attempt,
  type Decision,
  type Dialect,
  type Effect,
  type SqlDialect,
} from '../core/model.ts';
import { absolute } from '../core/paths.ts';
import { somewhere } from '../core/places.ts';
import type { Machine } from '../core/ports.ts';
import { visible } from '../core/visible.ts';
import { status, UsageError, type Cli, type Subcommand } from './cli.ts';

/** What would be made of a command, without running it. */
export const check: Subcommand = {
  usage: 'check "COMMAND" [--cwd DIR] [--json] | check --jsonl',
  summary: 'Says what would be made of a command, without running it.',
  more: `--json    one JSON object: {verdict, would: [effects], findings: [{rule, verdict, because, at, source?, reached?}]}
--jsonl   reads rows {id, command | sql | read, cwd?, shell?, dialect?} from standard input, writes {id, verdict, would, findings} a row;
          where a row without a cwd would run is not known, so what it deletes by a relative name is asked about
--cwd DIR where the command would run; this folder otherwise

Exit status: ${status.fine} allowed, ${status.ask} a person would be asked, ${status.deny} refused.`,
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, jsonl: { type: 'boolean' }, cwd: { type: 'string' } },
    });
    if (values.jsonl) return rows(cli);
    const [line] = positionals;
    if (line === undefined || positionals.length > 1)
      throw new UsageError('cannot check: give one command, in quotes');
    const attempt = attemptOf(
      { kind: 'shell', line, dialect: dialectOf(undefined, cli.machine) },
      absolute(values.cwd ?? '.', cli.cwd, cli.machine),
    );
    const { effects, decision } = await cli.consider(attempt);
    cli.write(values.json ? `${JSON.stringify(plain(effects, decision))}\n` : told(attempt, decision));
    return status[decision.verdict === 'allow' ? 'fine' : decision.verdict];
  },
};

/** An attempt of nobody in particular. */
export function attemptOf(action: Action, cwd: string): Attempt {
  return { subject: { agent: 'check', name: 'An agent', session: 'check', cwd }, action };
}

interface Row {
  readonly id?: unknown;
  readonly command?: unknown;
  readonly sql?: unknown;
  readonly read?: unknown;
  readonly cwd?: unknown;
  readonly shell?: unknown;
  readonly dialect?: unknown;
}

async function rows(cli: Cli): Promise<number> {
  let failed = false;
  for await (const line of cli.lines()) {
    if (!line.trim()) continue;
    const row = parsed(line);
    const action = row && actionOf(row, cli.machine);
    if (!row || !action) {
      failed = true;
      cli.write(
        `${JSON.stringify({ id: row?.id ?? null, verdict: 'ask', findings: [], error: 'cannot read the row: it has no `command`, `sql` or `read`' })}\n`,
      );
      continue;
    }
    const cwd = typeof row.cwd === 'string' ? absolute(row.cwd, cli.cwd, cli.machine) : somewhere;
    const { effects, decision } = await cli.consider(attemptOf(action, cwd));
    cli.write(`${JSON.stringify({ id: row.id, ...plain(effects, decision) })}\n`);
  }
  return failed ? status.failed : status.fine;
}

function parsed(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function actionOf({ command, sql, read, shell, dialect }: Row, machine: Machine): Action | undefined {
  if (typeof command === 'string')
    return { kind: 'shell', line: command, dialect: dialectOf(shell, machine) };
  if (typeof sql === 'string')
    return {
      kind: 'sql',
      statement: sql,
      dialect: sqlDialects.find(it => it === dialect) ?? ('unknown' satisfies SqlDialect),
    };
  return typeof read === 'string' ? { kind: 'file', access: 'read', path: read } : undefined;
}

/** The dialect of a shell by its name; this machine's own where none is named. */
export function dialectOf(shell: unknown, machine: Machine): Dialect {
  if (shell === 'powershell' || shell === 'pwsh') return 'powershell';
  if (shell === 'cmd') return 'cmd';
  return shell === undefined && machine.platform === 'windows' ? 'powershell' : 'posix';
}

function plain(effects: readonly Effect[], { verdict, findings }: Decision) {
  return {
    verdict,
    would: [...new Set(effects.map(summary))],
    findings: findings.map(({ rule, verdict: own, because, reached, effect: { at, source } }) => ({
      rule,
      verdict: own,
      because,
      at,
      ...(source && { source }),
      ...(reached && { reached }),
    })),
  };
}

function told(attempt: Attempt, decision: Decision): string {
  if (!decision.findings.length) return 'allow: nothing to object to\n';
  const reasons = decision.findings.map(
    ({ title, rule, because, instead }) =>
      `  ${title} (${rule}): ${because}${instead ? ` Instead: ${instead}` : ''}`,
  );
  return visible(
    `${decision.verdict}: ${headline(attempt, decision)}\n${[...new Set(reasons)].join('\n')}\n`,
  );
}
