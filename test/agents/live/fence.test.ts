import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sandboxReady } from '../../sandbox/ready.ts';
import { startModel, type Model } from '../../support/model/server.ts';
import { agents } from './agents.ts';
import {
  bash,
  guardedPlace,
  inWork,
  removeBuilt,
  shownIn,
  turns,
  type Guarded,
  type Shown,
} from './guarded.ts';
import type { Outcome } from './run.ts';
import { ensureAgent } from './setup.ts';

/*
 * What holds without any hook: Claude Code's own list as `guard hide claude` writes it, and Claude Code in a guarded
 * terminal. The model's log is searched for the secret.
 */

const byCode = `node -e "console.log(require('fs').readFileSync('.en' + 'v', 'utf8'))"`;
const calls = (place: Guarded) => [
  bash('cat .env'),
  inWork('Read', '.env')(place),
  bash('head -1 .env | cut -c1-99'),
  { tool: 'Grep', input: { pattern: 'PASSWORD', output_mode: 'content', path: place.workspace } },
  inWork('Read', 'README.md')(place),
];

describe("Claude Code's own list, without hooks", { timeout: 300_000 }, () => {
  let place: Guarded;
  before(async () => {
    await ensureAgent('claude');
    place = await guardedPlace();
  });
  after(async () => {
    await place.dispose();
    await removeBuilt();
  });
  const ran = (more: readonly ReturnType<typeof bash>[] = []) =>
    place.claude(
      { turns: turns([...calls(place), ...more]), subs: {} },
      { prompt: 'Look at @.env and do the task.', args: ['--tools', 'Bash,Read,Grep'] },
    );

  test('reads everything before it is written', async () => {
    const outcome = await ran();
    assert.ok(outcome.received(place.secret));
    assert.match(shownIn(outcome).get('main 1')?.text ?? '', /SERVICE_PASSWORD/);
  });

  test('refuses the file to its tools, to `cat` and to a mention, once it is', async () => {
    const { status, stderr } = place.guard('hide', 'claude');
    assert.equal(status, 0, stderr);
    const outcome = await ran();
    const shown = shownIn(outcome);
    assert.ok(!outcome.received(place.secret), JSON.stringify([...shown]));
    for (const at of [0, 1]) assert.equal(shown.get(`main ${at}`)?.error, true);
    assert.match(shown.get('main 4')?.text ?? '', /Hello, world/);
    assert.equal(place.guard('hide', '--check', 'claude').status, 0);
  });

  test('does not see a name that a program works out: that is what it leaves', async () => {
    const outcome = await ran([bash(byCode)]);
    assert.ok(outcome.received(place.secret));
  });
});

const skip = (await sandboxReady()) ?? false;
describe('Claude Code in a guarded terminal, without hooks', { skip, timeout: 300_000 }, () => {
  let place: Guarded;
  let outcome: Pick<Outcome, 'exit' | 'stdout' | 'stderr' | 'received'>;
  let shown: ReadonlyMap<string, Shown>;
  before(async () => {
    const program = await ensureAgent('claude');
    place = await guardedPlace();
    await agents.claude.settle(place.home);
    const more = [
      bash(byCode),
      bash('echo x >> ~/.claude/settings.json || echo x > .claude/settings.local.json'),
      bash('git status --short && node src/main.js && echo made > made.txt'),
    ];
    const script = { turns: turns([...calls(place), ...more]), subs: {} };
    const model = await startModel({ script });
    const world = await worldWith(model);
    try {
      const ended = await inTerminal(program, place, (world.address() as AddressInfo).port);
      outcome = { ...ended, received: model.received };
      shown = shownIn({ ...ended, transcript: model.transcript } as unknown as Outcome);
    } finally {
      world.close();
      await model.close();
    }
  });
  after(async () => {
    await place.dispose();
    await removeBuilt();
  });

  test('works, and logs in by the key that was handed in', () => {
    assert.equal(outcome.exit, 0, outcome.stderr);
    assert.match(shown.get('main 4')?.text ?? '', /Hello, world/);
    assert.match(shown.get('main 7')?.text ?? '', /one/);
  });

  test('shows the secret to nobody, however it is asked for', () => {
    assert.ok(!outcome.received(place.secret));
    assert.match(shown.get('main 0')?.text ?? '', /Permission denied/);
    assert.match(shown.get('main 5')?.text ?? '', /EACCES/);
  });

  test('writes none of its own settings', () =>
    assert.match(shown.get('main 6')?.text ?? '', /Read-only file system/));
});

/** A proxy that stands for the world, where every host is the model. */
async function worldWith({ port }: Model): Promise<Server> {
  const world = createServer((from, to) => {
    const { pathname, search } = new URL(from.url ?? '', 'http://model.example');
    const on = request(
      { port, method: from.method, path: pathname + search, headers: from.headers },
      reply => {
        to.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(to);
      },
    );
    on.on('error', () => to.destroy());
    from.pipe(on);
  });
  world.on('connect', (_, peer) => {
    const model = connect(port, '127.0.0.1', () => peer.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const it of [peer, model]) it.on('error', () => (peer.destroy(), model.destroy()));
    peer.pipe(model).pipe(peer);
  });
  await new Promise<void>(resolve => world.listen(0, '127.0.0.1', () => resolve()));
  return world;
}

function inTerminal(program: string, { home, workspace }: Guarded, port: number) {
  const proxy = `http://127.0.0.1:${port}`;
  const env = {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    TMPDIR: tmpdir(),
    // Another shell says what it cannot do in other words.
    SHELL: '/bin/bash',
    ...agents.claude.env('http://model.example'),
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NO_PROXY: '',
  };
  const guard = [
    join(import.meta.dirname, '../../../dist/guard.js'),
    'sandbox',
    '--keep',
    'ANTHROPIC_API_KEY',
    '--',
  ];
  const args = [
    ...guard,
    program,
    ...agents.claude.args('Look at @.env and do the task.'),
    '--tools',
    'Bash,Read,Grep',
  ];
  const child = spawn(process.execPath, args, {
    cwd: workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (part: Buffer) => (said.stdout += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (said.stderr += part.toString('utf8')));
  return new Promise<typeof said & { readonly exit: number }>(resolve =>
    child.once('close', code => resolve({ ...said, exit: code ?? -1 })),
  );
}
