import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answered, Asking } from '../core/agent.ts';
import { reason } from './state.ts';

/**
 * Starts an agent's own program, tells it JSON lines and gives those that it answers. It is ended once it has said all, or
 * after `patience` milliseconds, which is a problem. `program` is found by `path`. Never rejects.
 */
export function askProgram(
  { program, args, lines, isLast }: Asking,
  given: { readonly path: string; readonly home: string },
  patience = 20_000,
): Promise<Answered> {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd: given.home,
      env: { ...process.env, PATH: given.path, HOME: given.home },
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    const answers: unknown[] = [];
    const finish = (answered: Answered) => {
      clearTimeout(late);
      child.stdin.destroy();
      child.kill();
      resolve(answered);
    };
    const problem = (why: string) => finish({ problem: `\`${program}\` ${why}` });
    const late = setTimeout(() => problem('did not answer in time'), patience);
    child.on('error', error => problem(`cannot be started: ${reason(error)}`));
    child.on('close', () => problem('ended without saying it'));
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', line => {
      const answer = parsed(line);
      if (answer === undefined || answers.length >= mostAnswers) return;
      answers.push(answer);
      if (isLast(answer)) finish({ answers });
    });
    child.stdin.write(lines.map(it => `${JSON.stringify(it)}\n`).join(''));
  });
}

const mostAnswers = 1000;

/** Lines that are no JSON are its log. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
