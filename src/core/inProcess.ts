import type { Launch } from './agent.ts';
import { json, onlyNo } from './hookDialect.ts';
import { failed, hookCommand } from './launch.ts';

/*
 * Agents that start no command, but load a plugin of JavaScript into their own process: what such a file of ours holds,
 * and how the guard answers it. The dialect between the two is ours.
 */

/** The one name by which a plugin's payload is read: `session_id`, `cwd`, `tool_name`, `tool_input`. */
export const answered = onlyNo(reason => json({ decision: 'deny', reason }));

/**
 * The beginning of a plugin: `ask` resolves where nothing is objected to, and rejects with a reason in every other case,
 * also where the guard says nothing in time. It does not keep the agent from its other work meanwhile. `seconds` is how
 * long the guard may take.
 */
export function asking(launch: Launch, agent: string, event: string, seconds: number): string {
  const [program, args] = shellOf(launch.platform, hookCommand(launch, agent, event, seconds));
  return `// Chaperone is asked about every tool call: it starts \`guard.js hook ${agent} ${event}\`.
// It wrote this file, and takes it away again: \`guard uninstall ${agent}\`.
import { spawn } from 'node:child_process';

const program = ${JSON.stringify(program)};
const args = ${JSON.stringify(args)};
const failed = ${JSON.stringify(failed)};

function ask(payload) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(payload);
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const end = () => child.kill('SIGKILL');
    const settle = why => {
      clearTimeout(late);
      process.removeListener('exit', end);
      if (why === undefined) resolve();
      else reject(new Error(why));
    };
    const late = setTimeout(() => {
      end();
      settle(failed);
    }, ${(seconds + 5) * 1000});
    process.once('exit', end);
    let said = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', chunk => (said += chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', () => settle(failed));
    child.on('close', code => settle(code === 0 ? noIn(said) : failed));
    child.stdin.end(text);
  });
}

function noIn(said) {
  if (said === '') return undefined;
  try {
    return JSON.parse(said).reason || failed;
  } catch {
    return failed;
  }
}
`;
}

function shellOf(platform: Launch['platform'], command: string): readonly [string, readonly string[]] {
  return platform === 'windows'
    ? ['powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', command]]
    : ['/bin/sh', ['-c', command]];
}
