import { fields, list, text } from './json.ts';
import type { Fields } from './json.ts';
import type { Answer, Conversation, Dialect, ToolResult } from './dialect.ts';

/**
 * Google's generateContent: `POST /v1beta/models/MODEL:generateContent` and `:streamGenerateContent`.
 * Read from Gemini CLI 0.61.0, November 2026.
 */
export const generate: Dialect = {
  speaks: path => /:(?:streamG|g)enerateContent$/.test(path),
  read,
  write: (_, answer, path) => {
    const body = responseOf(answer);
    return path.endsWith(':streamGenerateContent')
      ? { kind: 'events', events: [{ data: body }] }
      : { kind: 'body', body };
  },
};

function read(body: unknown): Conversation {
  const request = fields(body);
  const contents = list(request['contents']).map(fields);
  const parts = contents.flatMap(partsOf);
  const config = fields(request['generationConfig']);
  return {
    calls: parts.flatMap(it => idIn(it['functionCall'])),
    results: parts.flatMap(it => resultIn(it['functionResponse'])),
    tools: list(request['tools'])
      .flatMap(it => list(fields(it)['functionDeclarations']))
      .map(it => ({ name: text(fields(it)['name']), declaration: it })),
    prompts: contents
      .filter(content => content['role'] === 'user')
      .flatMap(content => partsOf(content).map(it => text(it['text']))),
    schema: config['responseJsonSchema'] ?? config['responseSchema'],
  };
}

function partsOf(content: Fields): readonly Fields[] {
  return list(content['parts']).map(fields);
}

function idIn(call: unknown): readonly string[] {
  return call === undefined ? [] : [text(fields(call)['id'])];
}

function resultIn(part: unknown): readonly ToolResult[] {
  if (part === undefined) return [];
  const { id, response } = fields(part);
  const { output, error } = fields(response);
  const shown = error ?? output ?? response;
  return [
    {
      id: text(id),
      error: error !== undefined,
      text: typeof shown === 'string' ? shown : JSON.stringify(shown),
    },
  ];
}

function responseOf({ text, calls }: Answer) {
  const said = text ? [{ text }] : [];
  const called = calls.map(({ id, tool, input }) => ({ functionCall: { id, name: tool, args: input } }));
  const content = { role: 'model', parts: [...said, ...called] };
  return {
    candidates: [{ index: 0, content, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 20, totalTokenCount: 30 },
    modelVersion: 'scripted',
    responseId: 'scripted',
  };
}
