// An MCP server for tests, over standard input and output: it has records, and appends each call to the file it is given.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , trace] = process.argv;

const inputSchema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const tools = [
  { name: 'find_record', description: 'Finds a record.', inputSchema },
  { name: 'delete_record', description: 'Deletes a record.', inputSchema },
];

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'records', version: '1' },
  }),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name, arguments: { id } }) => {
    appendFileSync(trace, `${name} ${id}\n`);
    return { content: [{ type: 'text', text: `${name} of ${id} is done` }] };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined)
    process.stdout.write(
      `${JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) ?? {} })}\n`,
    );
}
