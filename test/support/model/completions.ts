import { fields, list, text } from './json.ts';
import { partsOf, textOf } from './parts.ts';
import type { Answer, Conversation, Dialect, Wire } from './dialect.ts';

/**
 * OpenAI's Chat Completions: `POST /v1/chat/completions`, streaming and not. Read from Qwen Code 0.24.4,
 * Copilot CLI 1.0.102, OpenCode 1.18.33, Cline CLI 3.0.65 and Grok Build 1.0.41, November 2026.
 */
export const completions: Dialect = {
  speaks: path => path.endsWith('/chat/completions'),
  read,
  write: (body, answer) => {
    const request = fields(body);
    const head = { id: 'chatcmpl-scripted', created: 0, model: text(request['model']) };
    return request['stream'] === true ? streamed(head, answer) : { kind: 'body', body: whole(head, answer) };
  },
};

function read(body: unknown): Conversation {
  const request = fields(body);
  const messages = list(request['messages']).map(fields);
  const by = (role: string) => messages.filter(message => message['role'] === role);
  const format = fields(request['response_format']);
  const forced = text(fields(fields(request['tool_choice'])['function'])['name']);
  return {
    calls: messages.flatMap(message => list(message['tool_calls']).map(it => text(fields(it)['id']))),
    results: by('tool').map(message => ({
      id: text(message['tool_call_id']),
      error: false,
      text: textOf(message['content']),
    })),
    tools: list(request['tools']).map(it => ({
      name: text(fields(fields(it)['function'])['name']),
      declaration: it,
    })),
    prompts: by('user').flatMap(message => partsOf(message['content']).map(it => text(it['text']))),
    schema: fields(format['json_schema'])['schema'],
    ...(forced && { forced }),
  };
}

type Head = Readonly<Record<string, unknown>>;

const usage = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };

function whole(head: Head, answer: Answer) {
  const called = callsOf(answer);
  const message = {
    role: 'assistant',
    content: answer.text || null,
    ...(called.length && { tool_calls: called }),
  };
  const choice = { index: 0, message, finish_reason: endOf(answer) };
  return { ...head, object: 'chat.completion', choices: [choice], usage };
}

function streamed(head: Head, answer: Answer): Wire {
  const chunk = (choices: readonly unknown[], more: object = {}) => ({
    data: { ...head, object: 'chat.completion.chunk', choices, ...more },
  });
  const part = (delta: object, finish_reason: string | null = null) =>
    chunk([{ index: 0, delta, finish_reason }]);
  const called = callsOf(answer).flatMap(({ function: { name, arguments: input }, ...call }, index) => [
    part({ tool_calls: [{ index, ...call, function: { name, arguments: '' } }] }),
    part({ tool_calls: [{ index, function: { arguments: input } }] }),
  ]);
  const events = [
    part({ role: 'assistant', content: answer.text }),
    ...called,
    part({}, endOf(answer)),
    chunk([], { usage }),
    { data: '[DONE]' },
  ];
  return { kind: 'events', events };
}

function callsOf({ calls }: Answer) {
  return calls.map(({ id, tool, input }) => ({
    id,
    type: 'function',
    function: { name: tool, arguments: JSON.stringify(input) },
  }));
}

function endOf({ calls }: Answer): string {
  return calls.length ? 'tool_calls' : 'stop';
}
