import { readFileSync, writeFileSync } from 'node:fs';
import { agents } from '../agents/live/agents.ts';
import type { LiveAgentId } from '../agents/live/agents.ts';
import { ids, knownAs } from '../agents/live/attempts.ts';
import { guardedPlace, removeBuilt, turns } from '../agents/live/guarded.ts';
import type { Guarded } from '../agents/live/guarded.ts';
import { median } from './median.ts';

/*
 * What a hook adds to a tool call of each agent's real program: from the scripted model's answer to the agent's next request,
 * without a hook, with one that does nothing where ours would be, and with ours and a window to answer it, in turn. Of the
 * agents that arguments name, or of all.
 */

const calls = 15;
const rounds = 3;

const cases: readonly ((id: LiveAgentId, place: Guarded) => unknown)[] = [
  () => undefined,
  (id, place) => {
    install(id, place);
    idle(id, place);
  },
  (id, place) => {
    install(id, place);
    return place.approver('deny');
  },
];

const idlePlugin = "export const Idle = async () => ({ 'tool.execute.before': async () => {} });\n";

/** What does nothing where ours is a whole file. */
const idleTexts: Partial<Record<LiveAgentId, string>> = {
  opencode: idlePlugin,
  kilo: idlePlugin,
  'cline-cli': '#!/bin/sh\nexit 0\n',
  grok: '{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"true"}]}]}}\n',
};

const named = ids.filter(id => process.argv.length < 3 || process.argv.includes(id));
console.log(`\na tool call of an agent, ${calls} a run, ${rounds} rounds in turn`);
try {
  for (const id of named) console.log(`  ${id.padEnd(10)} ${await measured(id).catch(whyNot)}`);
} finally {
  await removeBuilt();
}

async function measured(id: LiveAgentId): Promise<string> {
  const places: Guarded[] = [];
  try {
    for (const prepare of cases) {
      const place = await guardedPlace(id);
      places.push(place);
      await prepare(id, place);
    }
    const times = places.map(place => ({ place, all: [] as number[] }));
    for (let round = 0; round < rounds; round++)
      for (const { place, all } of times) all.push(...(await took(id, place)));
    const [bare = 0, idled = 0, ours = 0] = times.map(({ all }) => median(all));
    return told(bare, idled - bare, ours - bare);
  } finally {
    await Promise.all(places.map(it => it.dispose()));
  }
}

/** Of each call of a run. */
async function took(id: LiveAgentId, place: Guarded): Promise<readonly number[]> {
  // No two alike: some take that for a loop.
  const script = Array.from({ length: calls }, (_, number) => agents[id].calls.shell(`echo on ${number}`));
  // So that it takes what does nothing as it is; ours is trusted.
  const args = id === 'codex' ? ['--dangerously-bypass-hook-trust'] : [];
  const { exit, stderr, transcript } = await place.run(id, turns(script), { args });
  const asked = new Map(transcript.flatMap(it => (it.type === 'call' ? [[it.id, it.at]] : [])));
  const times = transcript.flatMap(it =>
    it.type === 'result' && /\bon \d/.test(it.text) ? [it.at - (asked.get(it.id) ?? it.at)] : [],
  );
  if (times.length !== calls)
    throw new Error(`${times.length} of ${calls} calls ran, and it ended with ${exit}: ${stderr}`);
  return times;
}

function told(bare: number, idled: number, ours: number): string {
  const ratio = idled < 1 ? 'no ratio' : `${(ours / idled).toFixed(1)} × that`;
  return `${bare.toFixed(1)} ms, with \`true\` for a hook ${idled.toFixed(1)} ms more, with ours ${ours.toFixed(1)} ms more, ${ratio}`;
}

function whyNot(error: unknown): string {
  const [line] = String(error).split('\n');
  return `not measured: ${line}`;
}

function install(id: LiveAgentId, place: Guarded): void {
  const { status, stderr } = place.guard('install', id);
  if (status !== 0) throw new Error(stderr);
}

/** Has everything that our install wrote do nothing. */
function idle(id: LiveAgentId, { home }: Guarded): void {
  for (const wiring of knownAs(id).wiring) {
    const file = wiring.file.replace(/^~/, home);
    if ('entry' in wiring) writeFileSync(file, JSON.stringify(idled(readFileSync(file, 'utf8'))));
    if ('text' in wiring) writeFileSync(file, idleTexts[id] ?? '');
  }
}

function idled(settings: string): unknown {
  return JSON.parse(settings, (_, value: unknown) =>
    typeof value === 'string' && value.includes('/hook.sh') ? 'true' : value,
  );
}
