import { homedir } from 'node:os';
import { normal } from '../core/paths.ts';
import type { Machine } from '../core/ports.ts';

/** The machine we run on. */
export function thisMachine(): Machine {
  const platform = process.platform === 'win32' ? 'windows' : 'posix';
  return { platform, home: normal(homedir(), { platform, home: '/' }) };
}
