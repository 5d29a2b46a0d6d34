import type { CustomAgent } from '../../src/core/customAgent.ts';

/** An agent that nobody has heard of, as a person would describe it in their settings. */
export const madeUp: CustomAgent = {
  id: 'next-agent',
  name: 'Next Agent',
  file: '~/.next/settings.json',
  at: 'hooks.beforeTool',
  entry: { match: 'all', run: { command: '$COMMAND', seconds: 60 } },
  timeout: 60,
  payload: { session: 'run.id', cwd: 'run.folders.0', tool: 'call.name', input: 'call.with' },
  tools: {
    shell: { runs: 'line' },
    open: { reads: 'path' },
    names: { lists: 'path' },
    save: { writes: 'path', text: 'content' },
    remove: { deletes: 'path' },
    find: { searches: 'words', in: 'folder' },
    get: { fetches: 'address' },
    think: { harmless: true },
  },
  serverMark: '::',
  no: { json: { verdict: 'no', message: 'because: $REASON' } },
};
