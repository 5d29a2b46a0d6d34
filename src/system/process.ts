import { spawn } from 'node:child_process';

export interface Ran {
  /** `undefined` where it did not start, or was ended. */
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from start to end. */
  readonly took: number;
}

/** Runs a hook's command as an agent does: through a shell, with a payload on its standard input. Ends it after `patience` milliseconds. */
export function runHook(command: string, payload: string, cwd: string, patience = 30_000): Promise<Ran> {
  return new Promise(resolve => {
    const began = performance.now();
    const child = spawn(command, {
      shell: process.platform === 'win32' ? 'powershell.exe' : '/bin/sh',
      cwd,
      stdio: 'pipe',
    });
    const late = setTimeout(() => child.kill(), patience);
    const out = { stdout: '', stderr: '' };
    const end = (exit: number | undefined, stderr: string) => {
      clearTimeout(late);
      resolve({ stdout: out.stdout, stderr, exit, took: performance.now() - began });
    };
    child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.on('error', error => end(undefined, error.message));
    child.on('close', code => end(code ?? undefined, out.stderr));
    child.stdin.end(payload);
  });
}
