import { fields, list, text } from './json.ts';
import { partsOf, textOf } from './parts.ts';
import type { Fields } from './json.ts';
import type { Answer, Conversation, Dialect, Wire } from './dialect.ts';

/** Anthropic's Messages API: `POST /v1/messages`, streaming and not. Read from Claude Code 2.1.330, November 2026. */
export const anthropic: Dialect = {
  speaks: path => path.endsWith('/messages'),
  read,
  write: (request, answer) => {
    const message = messageOf(fields(request), answer);
    return fields(request)['stream'] === true ? streamed(message) : { kind: 'body', body: message };
  },
};

function read(body: unknown): Conversation {
  const request = fields(body);
  const messages = list(request['messages']).map(fields);
  const parts = messages.flatMap(message => partsOf(message['content']));
  const asked = messages.filter(message => message['role'] === 'user');
  return {
    calls: ofType(parts, 'tool_use').map(part => text(part['id'])),
    results: ofType(parts, 'tool_result').map(resultOf),
    tools: list(request['tools']).map(it => ({ name: text(fields(it)['name']), declaration: it })),
    prompts: asked.flatMap(message =>
      ofType(partsOf(message['content']), 'text').map(it => text(it['text'])),
    ),
    schema: fields(fields(request['output_config'])['format'])['schema'],
  };
}

function ofType(parts: readonly Fields[], type: string): readonly Fields[] {
  return parts.filter(part => part['type'] === type);
}

function resultOf(part: Fields) {
  return { id: text(part['tool_use_id']), error: part['is_error'] === true, text: textOf(part['content']) };
}

interface Message {
  readonly content: readonly Block[];
  readonly stop_reason: string;
  readonly [field: string]: unknown;
}

type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

function messageOf(request: Fields, answer: Answer): Message {
  const said: readonly Block[] = answer.text ? [{ type: 'text', text: answer.text }] : [];
  const called = answer.calls.map(({ id, tool, input }): Block => ({
    type: 'tool_use',
    id,
    name: tool,
    input,
  }));
  return {
    id: 'msg_scripted',
    type: 'message',
    role: 'assistant',
    model: text(request['model']),
    content: [...said, ...called],
    stop_reason: called.length ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 10,
      output_tokens: 20,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  };
}

function streamed(message: Message): Wire {
  const { content, stop_reason } = message;
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    ...content.flatMap(blockEvents),
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ];
  return { kind: 'events', events: events.map(data => ({ event: data.type, data })) };
}

function blockEvents(block: Block, index: number) {
  return [
    { type: 'content_block_start', index, content_block: emptied(block) },
    { type: 'content_block_delta', index, delta: deltaOf(block) },
    { type: 'content_block_stop', index },
  ];
}

function emptied(block: Block) {
  return block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} };
}

function deltaOf(block: Block) {
  return block.type === 'text'
    ? { type: 'text_delta', text: block.text }
    : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
}
