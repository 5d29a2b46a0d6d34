import { fields, text as textIn } from './json.ts';
import { callsOf } from './script.ts';
import type { Answer, Conversation } from './dialect.ts';
import type { Script, Turn } from './script.ts';

/** What the model said and was shown, in order. `side` is an answer to a request outside the script. */
export type Line =
  | { readonly type: 'call'; readonly id: string; readonly tool: string; readonly input: unknown }
  | { readonly type: 'result'; readonly id: string; readonly error: boolean; readonly text: string }
  | { readonly type: 'final'; readonly text: string }
  | { readonly type: 'side'; readonly wanted: readonly string[]; readonly text: string }
  | { readonly type: 'unknown'; readonly request: string };

/** `at`: milliseconds of this process's clock, when a request was read or just before it is answered. */
export type Timed = Line & { readonly at: number };

/**
 * Plays a script. A request that does not declare the tools that come next, or wants another called, is a side request (a
 * title, a classifier): it gets a harmless text, and the script waits.
 */
export function player(script: Script, note: (line: Line) => void): (asked: Conversation) => Answer {
  const shown = new Set<string>();
  return asked => {
    for (const result of asked.results.filter(it => !shown.has(it.id))) {
      shown.add(result.id);
      note({ type: 'result', ...result });
    }
    const { answer, line } = answerTo(asked, script);
    line.forEach(note);
    return answer;
  };
}

interface Said {
  readonly answer: Answer;
  readonly line: readonly Line[];
}

function answerTo(asked: Conversation, script: Script): Said {
  const { part, turns } = partFor(asked, script);
  const { turn, number } = nextTurn(turns, asked);
  const wanted = turn ? callsOf(turn) : [];
  const fitting = turn?.undeclared || declared(wanted, asked);
  const isElse = asked.forced !== undefined && wanted.every(it => it.tool !== asked.forced);
  if (!asked.tools.length || !fitting || isElse)
    return aside(
      asked,
      wanted.map(it => it.tool),
    );
  if (!wanted.length) return ending(turn && 'text' in turn ? turn.text : 'All done.', turn?.delay ?? 0);
  const calls = wanted.map((call, index) => ({ ...call, id: idOf(part, number, index) }));
  return {
    answer: { text: turn?.say ?? '', calls, delay: turn?.delay ?? 0 },
    line: calls.map(call => ({ type: 'call', ...call })),
  };
}

function partFor(asked: Conversation, script: Script) {
  if (!('turns' in script)) return { part: 'main', turns: script };
  const named = /\[\[sub:([a-z]+)\]\]/.exec(asked.prompts.join('\n'))?.[1] ?? '';
  const turns = script.subs[named];
  return turns ? { part: named, turns } : { part: 'main', turns: script.turns };
}

/** Ids carry the part and the turn: the conversation itself says how far it is. */
function idOf(part: string, number: number, index: number): string {
  return `toolu_${part}_${number}_${index}`;
}

function nextTurn(turns: readonly Turn[], asked: Conversation) {
  const done = asked.calls.map(id => Number(/^toolu_[a-z]+_(\d+)_\d+$/.exec(id)?.[1] ?? -1));
  const from = Math.max(-1, ...done) + 1;
  const offset = turns.slice(from).findIndex(turn => !turn.optional || declared(callsOf(turn), asked));
  const number = offset < 0 ? turns.length : from + offset;
  return { turn: turns[number], number };
}

function declared(calls: readonly { readonly tool: string }[], { tools }: Conversation): boolean {
  return calls.every(call => tools.some(tool => tool.name === call.tool));
}

function aside({ schema }: Conversation, wanted: readonly string[]): Said {
  const text = schema === undefined ? 'ok' : JSON.stringify(instance(schema));
  return { answer: { text, calls: [], delay: 0 }, line: [{ type: 'side', wanted, text }] };
}

function ending(text: string, delay: number): Said {
  return { answer: { text, calls: [], delay }, line: [{ type: 'final', text }] };
}

/** A small value that follows a JSON schema, as far as side requests need. */
function instance(schema: unknown): unknown {
  const { type, enum: choices, properties } = fields(schema);
  if (Array.isArray(choices)) return choices[0];
  switch (textIn(type).toLowerCase()) {
    case 'object':
      return Object.fromEntries(Object.entries(fields(properties)).map(([key, it]) => [key, instance(it)]));
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return 'ok';
  }
}
