import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  CreateMessageResultSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/*
 * A server of a SQLite database, with the official SDK: what it is told, it does. `slow` sends progress, `more` changes
 * the list of its tools, `think` asks the client's model, `die` ends it.
 */

const [file = ''] = process.argv.slice(2);
const database = new DatabaseSync(file);
const server = new Server(
  { name: 'database', version: '1.0.0' },
  { capabilities: { tools: { listChanged: true }, resources: {}, prompts: {}, logging: {} } },
);
const text = (...lines: readonly string[]): CallToolResult => ({
  content: lines.map(it => ({ type: 'text', text: it })),
});
const input = (properties: Record<string, object>) => ({ type: 'object' as const, properties });
let more = false;

server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: [
    {
      name: 'read_query',
      inputSchema: input({ query: { type: 'string' } }),
      annotations: { readOnlyHint: true },
    },
    { name: 'ask', inputSchema: input({ q: { type: 'string', description: 'The SQL to be run' } }) },
    { name: 'tidy', inputSchema: input({}), annotations: { destructiveHint: true } },
    ...['slow', 'think', 'die', 'echo', 'more', 'peek'].map(name => ({ name, inputSchema: input({}) })),
    ...(more ? [{ name: 'another', inputSchema: input({}) }] : []),
  ],
}));

server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
  const given = params.arguments ?? {};
  switch (params.name) {
    case 'read_query':
    case 'ask':
      return text(JSON.stringify(database.prepare(String(given['query'] ?? given['q'])).all()));
    case 'slow': {
      const progressToken = params['_meta']?.progressToken ?? 0;
      for (let progress = 1; progress <= 3; progress++) {
        await sleep(Number(given['pause'] ?? 5));
        await sendNotification({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 3 },
        });
      }
      // The client reads an answer before the notification that came with it.
      await sleep(Number(given['pause'] ?? 5));
      return text('done');
    }
    case 'more':
      more = true;
      await server.sendToolListChanged();
      return text('there is more');
    case 'think': {
      const asked = {
        method: 'sampling/createMessage' as const,
        params: {
          maxTokens: 5,
          messages: [{ role: 'user' as const, content: { type: 'text' as const, text: '?' } }],
        },
      };
      const { content } = await server.request(asked, CreateMessageResultSchema);
      return text(JSON.stringify(content));
    }
    case 'die':
      process.stderr.write('last words\n');
      process.exit(7);
    case 'peek':
      return text(readFileSync(String(given['file']), 'utf8'));
    case 'tidy':
      database.exec('DELETE FROM people');
      return text('tidy');
    default:
      return text(JSON.stringify(given));
  }
});

server.setRequestHandler(ListResourcesRequestSchema, async () => ({
  resources: [{ uri: 'database://schema', name: 'schema' }],
}));
server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => ({
  contents: [
    { uri, text: uri.startsWith('file:') ? readFileSync(fileURLToPath(uri), 'utf8') : 'people(name)' },
  ],
}));
server.setRequestHandler(ListPromptsRequestSchema, async () => ({ prompts: [{ name: 'greet' }] }));

await server.connect(new StdioServerTransport());
