import type { Start, Walked } from './steps.ts';
import { Walker } from './cmd/walk.ts';

/** Walks a text as cmd.exe would run it: variables, loops and pipes followed, every branch taken. */
export function walkCmd(text: string, { cwd, machine }: Start): Walked {
  const walker = new Walker(machine);
  walker.all(text, cwd);
  return walker;
}
