import * as fs from 'node:fs';
import type { Heard } from '../core/coverage.ts';
import { parts, writePrivate } from './state.ts';

/** When each agent's hook last spoke: one small file beside the state, for every window and for guards alone. */
export interface Hearing {
  readonly note: (agent: string, event: string) => void;
  /** By agent. What cannot be read is nothing heard. */
  readonly read: () => Readonly<Record<string, Heard>>;
}

/** `rest` is how many milliseconds a process waits before it writes anew; times are in milliseconds since 1970. */
export function hearing(state: string, now: () => number, rest = 0): Hearing {
  const file = parts(state).heard;
  const pending = new Map<string, Map<string, number>>();
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    try {
      const all: Record<string, Heard> = { ...readHeard(file) };
      for (const [agent, noted] of pending) {
        const at = Math.max(all[agent]?.at ?? 0, ...noted.values());
        all[agent] = { at, events: { ...all[agent]?.events, ...Object.fromEntries(noted) } };
      }
      writePrivate(file, `${JSON.stringify(all)}\n`);
    } catch {
      return; // A heartbeat that cannot be kept changes no ruling; what is pending is written with the next.
    }
    pending.clear();
  };
  return {
    note: (agent, event) => {
      const noted = pending.get(agent) ?? new Map<string, number>();
      pending.set(agent, noted.set(event, now()));
      if (!rest) write();
      else timer ??= setTimeout(write, rest).unref();
    },
    read: () => {
      if (timer) clearTimeout(timer);
      if (pending.size) write();
      return readHeard(file);
    },
  };
}

const most = 64 * 1024;

function readHeard(file: string): Readonly<Record<string, Heard>> {
  try {
    if (fs.statSync(file).size > most) return {};
    const value = JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((it): it is [string, Heard] => isHeard(it[1])));
  } catch {
    return {};
  }
}

function isHeard(value: unknown): value is Heard {
  if (typeof value !== 'object' || value === null) return false;
  const { at, events } = value as Record<string, unknown>;
  return (
    typeof at === 'number' &&
    typeof events === 'object' &&
    events !== null &&
    Object.values(events).every(it => typeof it === 'number')
  );
}
