import { fields, list, text } from './json.ts';
import { partsOf, textOf } from './parts.ts';
import type { Fields } from './json.ts';
import type { Answer, Conversation, DeclaredTool, Dialect, Wire } from './dialect.ts';

/** OpenAI's Responses: `POST /v1/responses`, streaming and not. Read from Codex 0.169.0, November 2026. */
export const responses: Dialect = {
  speaks: path => path.endsWith('/responses'),
  read,
  write: (body, answer) => {
    const request = fields(body);
    const items = itemsOf(answer, toolsIn(request));
    return request['stream'] === true
      ? streamed(request, items)
      : { kind: 'body', body: responseOf(request, 'completed', items) };
  },
};

function read(body: unknown): Conversation {
  const request = fields(body);
  const items = itemsIn(request);
  const ofType = (type: RegExp) => items.filter(item => type.test(text(item['type'])));
  return {
    calls: ofType(/_call$/).map(item => text(item['call_id'])),
    results: ofType(/_call_output$/).map(item => ({
      id: text(item['call_id']),
      error: false,
      text: textOf(item['output']),
    })),
    tools: toolsIn(request),
    prompts: items
      .filter(item => item['role'] === 'user')
      .flatMap(item => partsOf(item['content']).map(it => text(it['text']))),
    schema: fields(fields(request['text'])['format'])['schema'],
  };
}

function itemsIn({ input }: Fields): readonly Fields[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : list(input).map(fields);
}

/** Some are declared as the conversation goes on, some in a namespace: those are called `namespace.name`. */
function toolsIn(request: Fields): readonly DeclaredTool[] {
  const later = itemsIn(request).flatMap(item => list(item['tools']));
  return [...list(request['tools']), ...later].flatMap(it => {
    const { type, name, tools } = fields(it);
    const inside = list(tools).map(tool => ({
      name: `${text(name)}.${text(fields(tool)['name'])}`,
      declaration: tool,
    }));
    return tools === undefined ? [{ name: text(name) || text(type), declaration: it }] : inside;
  });
}

interface Item {
  readonly type: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

function itemsOf(answer: Answer, tools: readonly DeclaredTool[]): readonly Item[] {
  const part = { type: 'output_text', text: answer.text, annotations: [] };
  const said = { type: 'message', id: 'msg_scripted', role: 'assistant', content: [part] };
  return [...(answer.text ? [said] : []), ...answer.calls.map(call => callItem(call, tools))].map(item => ({
    ...item,
    status: 'completed',
  }));
}

/** A freeform tool takes a text: the call's only input, whatever its name. */
function callItem({ id, tool, input }: Answer['calls'][number], tools: readonly DeclaredTool[]): Item {
  const [name = '', namespace] = tool.split('.').reverse();
  const called = { call_id: id, name, ...(namespace !== undefined && { namespace }) };
  const declaration = fields(tools.find(it => it.name === tool)?.declaration);
  return declaration['type'] === 'custom'
    ? { type: 'custom_tool_call', id: `ctc_${id}`, ...called, input: text(Object.values(input)[0]) }
    : { type: 'function_call', id: `fc_${id}`, ...called, arguments: JSON.stringify(input) };
}

function responseOf(request: Fields, status: string, output: readonly Item[]) {
  return {
    id: 'resp_scripted',
    object: 'response',
    created_at: 0,
    status,
    model: text(request['model']),
    output,
    parallel_tool_calls: true,
    tools: [],
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 30,
    },
  };
}

function streamed(request: Fields, items: readonly Item[]): Wire {
  const events = [
    { type: 'response.created', response: responseOf(request, 'in_progress', []) },
    ...items.flatMap(itemEvents),
    { type: 'response.completed', response: responseOf(request, 'completed', items) },
  ];
  return {
    kind: 'events',
    events: events.map((it, number) => ({ event: it.type, data: { ...it, sequence_number: number } })),
  };
}

/** The field in which a call's input grows, and what its growing is called. */
const growing: Readonly<Record<string, readonly [field: string, event: string]>> = {
  function_call: ['arguments', 'response.function_call_arguments'],
  custom_tool_call: ['input', 'response.custom_tool_call_input'],
};

function itemEvents(item: Item, output_index: number) {
  const at = { output_index, item_id: item.id };
  const grown = growing[item.type];
  const [begun, inside] = grown ? callEvents(item, at, ...grown) : messageEvents(item, at);
  return [
    {
      type: 'response.output_item.added',
      output_index,
      item: { ...item, ...begun, status: 'in_progress' },
    },
    ...inside,
    { type: 'response.output_item.done', output_index, item },
  ];
}

interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

type Growth = readonly [begun: object, events: readonly Event[]];

function callEvents(item: Item, at: object, field: string, event: string): Growth {
  const input = item[field];
  const events = [
    { type: `${event}.delta`, ...at, delta: input },
    { type: `${event}.done`, ...at, [field]: input },
  ];
  return [{ [field]: '' }, events];
}

function messageEvents({ content }: Item, at: object): Growth {
  const [part] = partsOf(content);
  const here = { ...at, content_index: 0 };
  const events = [
    { type: 'response.content_part.added', ...here, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...here, delta: part?.['text'] },
    { type: 'response.output_text.done', ...here, text: part?.['text'] },
    { type: 'response.content_part.done', ...here, part },
  ];
  return [{ content: [] }, events];
}
