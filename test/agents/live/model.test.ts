import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startModel } from '../../support/model/server.ts';

/** What a program has been shown of a call, once it was made. */
interface Made {
  readonly id: string;
  readonly shown: string;
}

/** A request as programs word it: with one tool, and with what came of a call, if one was made. */
interface Wording {
  readonly path: (stream: boolean) => string;
  readonly body: (made?: Made) => object;
}

const prompt = { role: 'user', content: 'Do the task.' };

const wordings: Readonly<Record<string, Wording>> = {
  messages: {
    path: () => '/v1/messages',
    body: made => ({
      tools: [{ name: 'sh', input_schema: {} }],
      messages: made ? [prompt, ...told(made)] : [prompt],
    }),
  },
  completions: {
    path: () => '/v1/chat/completions',
    body: made => ({
      tools: [{ type: 'function', function: { name: 'sh' } }],
      messages: made
        ? [
            prompt,
            { role: 'assistant', tool_calls: [{ id: made.id, function: { name: 'sh' } }] },
            { role: 'tool', tool_call_id: made.id, content: made.shown },
          ]
        : [prompt],
    }),
  },
  responses: {
    path: () => '/v1/responses',
    body: made => ({
      tools: [{ type: 'function', name: 'sh' }],
      input: made
        ? [
            prompt,
            { type: 'function_call', call_id: made.id, name: 'sh' },
            { type: 'function_call_output', call_id: made.id, output: made.shown },
          ]
        : 'Do the task.',
    }),
  },
  'responses, of a freeform tool in a namespace': {
    path: () => '/v1/responses',
    body: made => ({
      tools: [{ type: 'namespace', name: 'functions', tools: [{ type: 'custom', name: 'sh' }] }],
      input: made
        ? [
            prompt,
            { type: 'custom_tool_call', call_id: made.id, name: 'sh' },
            { type: 'custom_tool_call_output', call_id: made.id, output: [{ text: made.shown }] },
          ]
        : [prompt],
    }),
  },
  generateContent: {
    path: stream => `/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: made => ({
      tools: [{ functionDeclarations: [{ name: 'sh' }] }],
      contents: [
        { role: 'user', parts: [{ text: 'Do the task.' }] },
        ...(made
          ? [
              { role: 'model', parts: [{ functionCall: { id: made.id, name: 'sh' } }] },
              {
                role: 'user',
                parts: [{ functionResponse: { id: made.id, response: { output: made.shown } } }],
              },
            ]
          : []),
      ],
    }),
  },
};

function told({ id, shown }: Made): readonly object[] {
  return [
    { role: 'assistant', content: [{ type: 'tool_use', id, name: 'sh', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: shown }] },
  ];
}

describe('the scripted model', () => {
  for (const [name, { path, body }] of Object.entries(wordings))
    for (const stream of [false, true])
      test(`plays a script by ${name}, ${stream ? 'streaming' : 'at once'}`, async t => {
        const tool = name.includes('namespace') ? 'functions.sh' : 'sh';
        const call = { tool, input: { command: 'echo beneath' } };
        const model = await startModel({ script: [call] });
        t.after(() => model.close());
        const asked = async (request: object) => {
          const answer = await fetch(model.url + path(stream), {
            method: 'POST',
            body: JSON.stringify({ ...request, stream }),
          });
          assert.equal(answer.headers.get('content-type'), stream ? 'text/event-stream' : 'application/json');
          return answer.text();
        };

        const id = 'toolu_main_0_0';
        const first = await asked(body());
        assert.ok(first.includes(id) && first.includes('echo beneath'), first);
        assert.match(await asked(body({ id, shown: 'BENEATH' })), /All done\./);
        const timeless = model.transcript.map(line => ({ ...line, at: 0 }));
        assert.deepEqual(timeless, [
          { type: 'call', id, ...call, at: 0 },
          { type: 'result', id, error: false, text: 'BENEATH', at: 0 },
          { type: 'final', text: 'All done.', at: 0 },
        ]);
        assert.deepEqual(
          model.tools().map(it => it.name),
          [tool],
        );
        assert.ok(model.received('BENEATH'));
      });
});
