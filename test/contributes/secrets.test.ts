import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { secretDesk } from './secretDesk.ts';

const { secretHandlers } = await import('../../src/editor/secrets/commands.ts');

interface Row {
  readonly item: TreeItem;
  readonly children?: readonly Row[];
}

const token = () => `ghp_${randomBytes(18).toString('hex')}`;
const stripe = (kind: string) => `${kind}_${randomBytes(16).toString('hex')}`;

async function rows(parent?: Row): Promise<readonly Row[]> {
  return (await (desk.provider as TreeDataProvider<Row>).getChildren(parent)) ?? [];
}

/** The tree as lines, indented. */
async function drawn(parent?: Row, indent = ''): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const row of await rows(parent)) {
    lines.push(`${indent}${nameOf(row)} | ${String(row.item.description)}`);
    lines.push(...(await drawn(row, `${indent}  `)));
  }
  return lines;
}

function nameOf({ item: { label } }: Row): string {
  return typeof label === 'string' ? label : '';
}

/** The first row of a secret. */
async function secretRow(parent?: Row): Promise<Row | undefined> {
  for (const row of await rows(parent)) {
    const found = row.item.contextValue ? row : await secretRow(row);
    if (found) return found;
  }
  return undefined;
}

/** What a quick fix on the first thing that is marked in a file runs. */
function fix(file: string, title: string) {
  const provider = desk.fixes as {
    provideCodeActions: (
      document: unknown,
      range: unknown,
      context: unknown,
    ) => readonly { title: string; command: { command: string; arguments: readonly unknown[] } }[];
  };
  const diagnostics = desk.marked.get(file)?.slice(0, 1) ?? [];
  const uri = { fsPath: file, path: file };
  const offered = provider.provideCodeActions({ uri }, undefined, { diagnostics });
  return {
    titles: offered.map(it => it.title),
    command: offered.find(it => it.title.startsWith(title))?.command,
  };
}

async function run(it: ReturnType<typeof secretDesk>, file: string, title: string): Promise<void> {
  const { command } = fix(file, title);
  assert.ok(command, `${title} is not offered`);
  const handlers = secretHandlers(it.given) as Readonly<Record<string, (row?: unknown) => unknown>>;
  await handlers[command.command]?.(command.arguments[0]);
}

const shown = () => desk.shown.map(it => it.text).join('\n');

describe('a scan', () => {
  beforeEach(clearDesk);

  test('marks by how grave it is, and shows no value anywhere', async () => {
    const it = secretDesk();
    const values = [stripe('rk_live'), stripe('sk_test'), token()] as const;
    desk.disk.set('/w/live.ts', `const key = '${values[0]}';`);
    desk.disk.set('/w/test.ts', `const key = '${values[1]}';`);
    desk.disk.set('/w/b.ts', `\n  const key = '${values[2]}';`);
    it.seen.set('/w/b.ts', 100.5);
    await secretHandlers(it.given)['chaperone.secrets.scan']();
    assert.deepEqual(
      ['live', 'test', 'b'].map(name => desk.marked.get(`/w/${name}.ts`)?.map(mark => mark.severity)),
      [[1], [2], [0]],
    );
    const [mark] = desk.marked.get('/w/b.ts') ?? [];
    const { start, end } = mark?.range ?? assert.fail('no mark');
    assert.deepEqual([start.line, start.character, end.line, end.character], [1, 15, 1, 55]);
    const tree = await drawn();
    const everything = inspect([desk.marked, tree, desk.shown, await rows()], { depth: 9 });
    for (const value of values) assert.ok(!everything.includes(value.slice(-12)));
    assert.match(tree.join('\n'), /\| overdue by 10 days, line 2, blanket, live$/m);
    it.dispose();
  });

  test('of a hidden file marks where its values stand, and no more of them than their public mark', async () => {
    const it = secretDesk();
    const values = [token(), stripe('rk_live')];
    const unmarked = values.map(value => value.slice(value.lastIndexOf('_') + 1));
    desk.disk.set('/w/.env', `A=${values[0]}\nB=${values[1]}\n`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    const marks = desk.marked.get('/w/.env') ?? [];
    assert.deepEqual(
      marks.map(mark => mark.range.start.line),
      [0, 1],
    );
    for (const { message, code } of marks)
      for (const part of unmarked)
        for (let at = 0; at + 4 <= part.length; at++)
          assert.ok(!`${message} ${String(code)}`.includes(part.slice(at, at + 4)));
    it.dispose();
  });

  test('that is cancelled keeps what was known, and says so', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const key = '${token()}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    it.told.secrets = [];
    desk.presses = ['Cancel'];
    await secretHandlers(it.given)['chaperone.secrets.scan']();
    assert.equal(it.findings.all.length, 1);
    assert.match(shown(), /Stopped: 0 secrets.*There may be more/);
  });

  test('that fails says so and forgets nothing', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const key = '${token()}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    Object.assign(it.told, { secrets: [], failed: 'the worker broke' });
    await assert.rejects(
      async () => secretHandlers(it.given)['chaperone.secrets.scan'](),
      /cannot look through everything: the worker broke/,
    );
    assert.equal(it.findings.all.length, 1);
  });

  test('takes away what is gone', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const key = '${token()}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    desk.disk.set('/w/a.ts', '');
    await it.findings.look('/w/a.ts');
    assert.deepEqual([it.findings.all, [...desk.marked]], [[], []]);
  });
});

describe('the tree of secrets', () => {
  beforeEach(clearDesk);

  test('has the gravest on top, by file and by kind, and what is ignored apart', async () => {
    const it = secretDesk();
    const old = stripe('rk_live');
    desk.disk.set('/w/a.ts', `const a = '${stripe('sk_test')}';`);
    desk.disk.set('/w/b.ts', `const a = '${token()}';\nconst b = '${stripe('rk_live')}';`);
    desk.disk.set('/w/c.ts', `const a = '${old}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    const fingerprint = it.findings.in('/w/c.ts')[0]?.secret.fingerprint ?? '';
    it.ignored.set(fingerprint, 'an example');
    await it.findings.scan({ paths: ['/w'], ignored: false });
    const labels = (await drawn()).map(line => line.replace(/ \|.*/, ''));
    assert.deepEqual(
      labels.filter(line => !line.startsWith(' ')),
      ['b.ts', 'a.ts', 'Ignored'],
    );
    assert.match((await drawn()).at(-1) ?? '', /c\.ts:1.*ignored: an example/);
    await secretHandlers(it.given)['chaperone.secrets.byKind']();
    assert.deepEqual(desk.ran.at(-1), ['setContext', 'chaperone.byKind', true]);
    const kinds = (await drawn()).filter(line => !line.startsWith(' '));
    assert.equal(kinds.length, 3);
    assert.ok(!kinds.some(line => line.includes('.ts')));
  });

  test('copies the name, not the value', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const API_KEY = '${token()}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    await secretHandlers(it.given)['chaperone.secrets.copyName'](await secretRow());
    assert.equal(desk.clipboard, 'API_KEY');
  });

  test('ages that cannot be kept do not hide what was found', async () => {
    const it = secretDesk();
    const { Findings } = await import('../../src/editor/secrets/findings.ts');
    desk.disk.set('/w/a.ts', `const a = '${token()}';`);
    const complaints: string[] = [];
    const findings = new Findings({
      scanner: async () => ({
        scan: async () => ({
          ...{ files: 1, unchanged: 0, bytes: 0, skipped: [], took: 0, cancelled: false },
          secrets: await it.findings.where('/w/a.ts', desk.disk.get('/w/a.ts') ?? ''),
        }),
        file: async () => [],
      }),
      ages: { note: async () => Promise.reject(new Error('the disk is full')) },
      days: () => 90,
      complain: sentence => void complaints.push(sentence),
    });
    await findings.scan({ paths: ['/w'], ignored: false });
    assert.equal(findings.all.length, 1);
    assert.deepEqual(complaints, ['cannot keep the ages of secrets: the disk is full']);
  });
});

describe('a quick fix', () => {
  beforeEach(clearDesk);

  const found = async (file: string, text: string) => {
    const it = secretDesk();
    desk.disk.set(file, text);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    return it;
  };

  test('is offered for what is ours alone', async () => {
    const it = await found('/w/a.ts', `const a = '${token()}';`);
    assert.deepEqual(fix('/w/a.ts', '').titles, [
      'Move to secret storage…',
      'Replace by a reference to .env…',
      'Add this file to .gitignore',
      'How to replace it',
      'Ignore with a reason…',
    ]);
    const marks = desk.marked.get('/w/a.ts');
    desk.marked.set('/w/a.ts', marks?.map(mark => ({ ...mark, source: 'another' })) ?? []);
    assert.deepEqual(fix('/w/a.ts', '').titles, []);
    it.dispose();
  });

  test('moves a value to secret storage, and leaves a reference', async () => {
    const value = token();
    const it = await found('/w/a.ts', `const apiKey = '${value}';\n`);
    desk.presses = ['API_KEY'];
    await run(it, '/w/a.ts', 'Move to secret storage');
    assert.equal(it.stored.get('API_KEY')?.value, value);
    assert.equal(desk.disk.get('/w/a.ts'), 'const apiKey = process.env.API_KEY;\n');
    assert.deepEqual(it.findings.all, []);
    assert.match(shown(), /Stored as API_KEY/);
    assert.ok(!shown().includes(value));
  });

  test('finds the value where it stands in a text that is not saved, and does not save that', async () => {
    const value = token();
    const it = await found('/w/a.ts', `const a = '${value}';\n`);
    desk.dirty.set('/w/a.ts', `// new\n\nconst a = '${value}';\n`);
    desk.presses = ['NAME'];
    await run(it, '/w/a.ts', 'Move to secret storage');
    assert.equal(desk.dirty.get('/w/a.ts'), '// new\n\nconst a = process.env.NAME;\n');
    assert.equal(desk.disk.get('/w/a.ts'), `const a = '${value}';\n`);
  });

  test('does nothing when the value is gone, when no name or no good one is given', async () => {
    const before = `const a = '${token()}';\n`;
    for (const [text, press] of [
      ['const a = 1;', 'NAME'],
      [before, undefined],
      [before, ''],
      [before, 'no name'],
    ] as const) {
      clearDesk();
      const it = await found('/w/a.ts', before);
      desk.disk.set('/w/a.ts', text);
      desk.presses = [press];
      await run(it, '/w/a.ts', 'Move to secret storage');
      await run(it, '/w/a.ts', 'Replace by a reference');
      assert.deepEqual([it.stored.size, desk.disk.get('/w/a.ts'), desk.disk.size], [0, text, 1]);
    }
  });

  test('does not store over another secret of the name; the same value is stored once', async () => {
    const value = token();
    const it = await found('/w/a.ts', `const a = '${value}';\nconst b = '${value}';\n`);
    it.stored.set('NAME', { value: 'another' });
    desk.presses = ['NAME'];
    await assert.rejects(run(it, '/w/a.ts', 'Move to secret storage'), /another secret has this name/);
    assert.equal(it.stored.get('NAME')?.value, 'another');
    desk.presses = ['OTHER', 'OTHER'];
    await run(it, '/w/a.ts', 'Move to secret storage');
    await run(it, '/w/a.ts', 'Move to secret storage');
    assert.equal(desk.disk.get('/w/a.ts'), 'const a = process.env.OTHER;\nconst b = process.env.OTHER;\n');
  });

  test('says that history still has what git tracks', async () => {
    const it = await found('/w/a.ts', `const a = '${token()}';\n`);
    it.git.set('/w/a.ts', 'tracked');
    desk.presses = ['NAME'];
    await run(it, '/w/a.ts', 'Move to secret storage');
    assert.match(shown(), /history may still have the value/);
  });

  for (const [env, about, presses, after] of [
    [undefined, 'ignored', ['NAME'], 'NAME=VALUE\n'],
    ['A=1', 'elsewhere', ['NAME'], 'A=1\nNAME=VALUE\n'],
    ['NAME=VALUE\n', 'ignored', ['NAME'], 'NAME=VALUE\n'],
    ['A=1\n', 'untracked', ['NAME', 'Add It to .gitignore'], 'A=1\nNAME=VALUE\n'],
  ] as const)
    test(`moves a value to ${env === undefined ? 'a new .env' : JSON.stringify(env)} that is ${about}`, async () => {
      const value = token();
      const it = await found('/w/a.py', `key = "${value}"\n`);
      if (env !== undefined) desk.disk.set('/w/.env', env.replace('VALUE', value));
      it.git.set('/w/.env', about);
      desk.presses = [...presses];
      await run(it, '/w/a.py', 'Replace by a reference');
      assert.equal(desk.disk.get('/w/.env'), after.replace('VALUE', value));
      assert.equal(desk.disk.get('/w/a.py'), 'import os\nkey = os.environ["NAME"]\n');
      assert.notEqual(it.git.get('/w/.env'), 'untracked');
    });

  for (const [env, about, presses, why] of [
    ['NAME=other\n', 'ignored', ['NAME'], /another value/],
    ['A=1\n', 'tracked', ['NAME'], /git tracks it/],
    ['A=1\n', 'untracked', ['NAME', 'Cancel'], undefined],
    ['A=1\n', 'untracked', ['NAME', undefined], undefined],
  ] as const)
    test(`leaves ${JSON.stringify(env)} that is ${about} as it is`, async () => {
      const text = `key = "${token()}"\n`;
      const it = await found('/w/a.py', text);
      desk.disk.set('/w/.env', env);
      it.git.set('/w/.env', about);
      desk.presses = [...presses];
      const running = run(it, '/w/a.py', 'Replace by a reference');
      await (why ? assert.rejects(running, why) : running);
      assert.deepEqual([desk.disk.get('/w/.env'), desk.disk.get('/w/a.py')], [env, text]);
    });

  for (const [about, said] of [
    ['untracked', /Git ignores a\.ts now/],
    ['ignored', /already/],
    ['tracked', /still tracks it and its history has the secret/],
  ] as const)
    test(`adds a file to .gitignore that is ${about}`, async () => {
      const it = await found('/w/a.ts', `const a = '${token()}';\n`);
      it.git.set('/w/a.ts', about);
      await run(it, '/w/a.ts', 'Add this file to .gitignore');
      assert.match(shown(), said);
    });

  test('ignores with a reason after the modal alone, and minds again', async () => {
    const it = await found('/w/a.ts', `const a = '${token()}';\n`);
    for (const presses of [[undefined], ['  '], ['why', 'Cancel'], ['why', undefined]]) {
      desk.presses = presses;
      await run(it, '/w/a.ts', 'Ignore with a reason');
      assert.equal(it.ignored.size, 0);
    }
    desk.presses = ['an example', 'Ignore This Secret'];
    await run(it, '/w/a.ts', 'Ignore with a reason');
    assert.deepEqual([...it.ignored.values()], ['an example']);
    assert.deepEqual([...desk.marked], []);
    await secretHandlers(it.given)['chaperone.secrets.mind'](await secretRow());
    assert.equal(it.ignored.size, 0);
    assert.equal(desk.marked.size, 1);
  });
});

describe('how a secret is replaced', () => {
  beforeEach(clearDesk);

  /** The page that was opened last, as Markdown. */
  const page = async () => {
    const [command, uri] = desk.ran.at(-1) as [string, { readonly scheme: string }];
    assert.equal(command, 'markdown.showPreview');
    const provider = desk.documents.get(uri.scheme) as {
      provideTextDocumentContent: (uri: unknown) => Promise<string>;
    };
    return provider.provideTextDocumentContent(uri);
  };

  test('is a page of the provider, from a row and from a quick fix', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const a = '${token()}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    await secretHandlers(it.given)['chaperone.secrets.guide'](await secretRow());
    const text = await page();
    assert.match(text, /^# How to replace it: GitHub\n\n1\. Open the page of tokens\.\n2\. Make one\.\n/);
    assert.match(text, /\n5\. Delete it\.\n/);
    desk.ran = [];
    await run(it, '/w/a.ts', 'How to replace it');
    assert.equal(await page(), text);
    assert.deepEqual(desk.shown, []);
  });

  test('is the general page where the provider has none', async () => {
    const it = secretDesk();
    desk.disk.set('/w/a.ts', `const a = '${stripe('rk_live')}';`);
    await it.findings.scan({ paths: ['/w'], ignored: false });
    await secretHandlers(it.given)['chaperone.secrets.guide'](await secretRow());
    assert.match(await page(), /^# How to replace it: Another\n/);
  });

  test('is asked for by provider from the palette, and by whoever forges a row', async () => {
    const it = secretDesk();
    for (const argument of [undefined, 'github', { aged: { secret: { provider: 'github' } } }]) {
      desk.presses = [undefined, 'GitHub'];
      await secretHandlers(it.given)['chaperone.secrets.guide'](argument);
      assert.deepEqual(desk.ran, []);
      await secretHandlers(it.given)['chaperone.secrets.guide'](argument);
      assert.match(await page(), /^# How to replace it: GitHub\n/);
      desk.ran = [];
    }
    assert.deepEqual(desk.shown[0]?.items, ['GitHub', 'Another']);
  });
});
