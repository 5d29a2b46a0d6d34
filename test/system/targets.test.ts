import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Lead } from '../../src/core/model.ts';
import { follow } from '../../src/system/world/lead.ts';

const made: string[] = [];
after(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'targets-')));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

type Target = Partial<Lead & { to: 'target' }>;

/** The text at the end of a lead, with `ROOT` for the folder, each line behind its number; else what was found. */
async function lines(root: string, lead: Lead, cwd = root): Promise<readonly string[] | string> {
  const found = await follow(lead, cwd, { platform: 'posix', home: '/home/nobody' });
  if (found.found !== 'text') return found.found;
  return found.text
    .replaceAll(root, 'ROOT')
    .split('\n')
    .flatMap((line, index) => (line ? [`${found.line + index} ${line}`] : []));
}

const target = (file: string) => (root: string, more: Target, cwd?: string) =>
  lines(root, { to: 'target', file, name: '', ...more }, cwd);

describe('make', () => {
  const make = target('Makefile');
  const root = folderWith({
    Makefile: `# what is built
OUT ?= build
FILES := $(OUT)/a $(OUT)/b
ifeq ($(OS),Windows_NT)
WIPE = del /q
else
WIPE = rm -rf
endif
include more.mk other.mk
FLAGS = -a
FLAGS += -b

.PHONY: all clean
all: build test ## everything

build: $(FILES)
	@echo $@ from $<, $^ $(FLAGS)
	cd src && \\
	  ls

test: ; -@cd tests; ls
	echo $$HOME $(HOME) $(UNSET) $(shell date)

clean:
	$(WIPE) $(OUT)

deploy-%: test
	kubectl --context $* apply

define wipe
rm -rf $(1)
endef
wipe:
	$(call wipe,/data)
	$(foreach x,a b,echo $x)
again:
	$(MAKE) -C sub clean
included:
	echo $(INCLUDED)
loop: loop2
	echo 1
loop2: loop
	echo 2
endless:
	echo $(A)
A = $(B)
B = $(A)
`,
    'more.mk': 'INCLUDED = from another\nmore:\n\trm -rf more\n',
    'sub/makefile': 'x:\n\tpwd\n',
  });
  for (const [name, values, expected] of [
    [
      '',
      {},
      [
        '17 echo build from build/a, build/a build/b -a -b',
        '18 cd src && \\',
        '19 \t  ls',
        "21 cd 'ROOT'; cd tests; ls",
        "22 cd 'ROOT'; echo $HOME ${HOME} ${UNSET} $(date)",
      ],
    ],
    ['clean', {}, ['25 del /q build; rm -rf build']],
    ['clean', { OUT: '/' }, ['25 del /q /; rm -rf /']],
    [
      'deploy-prod',
      {},
      [
        '21 cd tests; ls',
        "22 cd 'ROOT'; echo $HOME ${HOME} ${UNSET} $(date)",
        "28 cd 'ROOT'; kubectl --context prod apply",
      ],
    ],
    ['wipe', {}, ['34 rm -rf /data', '35 ${MAKE_VALUE}']],
    ['again', {}, ['37 make -C sub clean']],
    ['included', {}, ['39 echo from another']],
    ['more', {}, ['3 rm -rf more']],
    ['loop', {}, ['41 echo 1', '43 echo 2']],
    ['endless', {}, ['45 echo ${MAKE_VALUE}']],
    ['none', {}, 'nothing'],
    ['toString', {}, 'nothing'],
  ] as const)
    test(`${name || 'the first target'} ${JSON.stringify(values)}`, async () =>
      assert.deepEqual(await make(root, { name, values }), expected));

  test('in another folder, from another file, under its other names', async () => {
    assert.deepEqual(await make(root, { name: 'x', file: 'sub/Makefile' }), ['2 pwd']);
    assert.deepEqual(await make(root, { name: 'more', file: 'more.mk', folder: '.' }), ['3 rm -rf more']);
    assert.equal(await make(root, { name: 'x', file: 'none.mk' }), 'nothing');
    // Not above: that is not where make looks.
    assert.equal(await make(root, { name: 'clean' }, join(root, 'src')), 'nothing');
  });

  test('what leads to too much is not read', async () => {
    const many = Array.from({ length: 300 }, (_, at) => `t${at}: t${at + 1}\n\techo ${at}\n`).join('');
    assert.equal(await make(folderWith({ Makefile: many }), { name: 't0' }), 'unreadable');
  });

  test('what is written to take for ever ends', async () => {
    const doubled = Array.from({ length: 200 }, (_, at) => `V${at} = ${`$(V${at + 1})`.repeat(10)}`).join(
      '\n',
    );
    const grown = `A := ${'x'.repeat(8000)}\n${'A += $(A)\n'.repeat(500)}V0 = $(A)`;
    for (const text of [doubled, grown, 'a:\n\t'.concat('$('.repeat(50_000)), `${' '.repeat(100_000)}x`])
      await make(folderWith({ Makefile: `${text}\na:\n\techo $(V0)\n` }), { name: 'a' });
  });
});

test('just', async () => {
  const just = target('justfile');
  const root = folderWith({
    justfile: `set dotenv-load
out := "dist"
alias c := clean

build target='x: y' *flags: (prep "a") && after
    @echo {{target}} {{out}} {{{{
    cd {{out}}
    rm -rf ./*

prep a:
  mkdir -p {{ out }}
after:
  -echo after
clean:
    #!/usr/bin/env bash
    cd {{out}}
    rm -rf {{env_var('X')}}
py:
    #!/usr/bin/env python3
    print(1)
`,
  });
  const build = [
    '6 echo ${target} dist {{',
    '7 cd dist',
    "8 cd 'ROOT'; rm -rf ./*",
    '11 mkdir -p dist',
    '13 echo after',
  ];
  assert.deepEqual(await just(root, {}), build);
  assert.deepEqual(await just(root, { name: 'build' }, join(root, 'deep/in')), build);
  assert.deepEqual(await just(root, { name: 'c' }), ['15 :', '16 cd dist', '17 rm -rf ${JUST_VALUE}']);
  assert.deepEqual(await just(root, { name: 'c', values: { out: '/' } }), [
    '15 :',
    '16 cd /',
    '17 rm -rf ${JUST_VALUE}',
  ]);
  assert.deepEqual(await just(root, { name: 'py' }), [
    "19 python3 <<'END_OF_RECIPE'",
    '20 print(1)',
    '21 END_OF_RECIPE',
  ]);
  assert.equal(await just(root, { name: 'none' }), 'nothing');
});

test('task', async () => {
  const task = target('Taskfile.yml');
  const root = folderWith({
    'Taskfile.yaml': `version: '3'
vars:
  OUT: dist
  V: { sh: date }
tasks:
  default:
    cmds: [{ task: build }, echo done]
  build:
    deps: [clean]
    dir: sub
    cmds:
      - echo {{.OUT}} {{.V}} {{.NOPE}} {{if .X}}
      - |
        cd x
        ls
      - defer: echo bye
  clean: rm -rf {{.OUT}}
`,
    'broken/Taskfile.yml': 'tasks: [',
  });
  assert.deepEqual(await task(root, {}), [
    "7 cd 'ROOT'; echo done",
    '12 cd sub; echo dist $(date) ${NOPE} ${TASK_VALUE}',
    "14 cd 'ROOT'; cd sub; cd x",
    '15 ls',
    "16 cd 'ROOT'; cd sub; echo bye",
    '17 rm -rf dist',
  ]);
  assert.deepEqual(await task(root, { name: 'clean', values: { OUT: '/' } }), ['17 rm -rf /']);
  assert.equal(await task(root, { name: 'none' }), 'nothing');
  assert.equal(await task(join(root, 'broken'), { name: 'x' }), 'nothing');
});

test('composer', async () => {
  const composer = target('composer.json');
  const root = folderWith({
    'composer.json': `{
  "scripts": {
    "test": ["@lint", "@php artisan migrate", "App\\\\X::y", "@test", "@putenv A=1"],
    "lint": "phpcs"
  }
}`,
  });
  assert.deepEqual(await composer(root, { name: 'test' }), ['3 php artisan migrate', '4 phpcs']);
  assert.equal(await composer(root, { name: 'none' }), 'nothing');
});

test('tasks of a Python project', async () => {
  const python = target('pyproject.toml');
  const root = folderWith({
    'pyproject.toml': `[project]
name = "x"
[tool.poe.tasks]
test = "pytest -q"
clean = { shell = "rm -rf dist" }
many = [
  "test",
  { cmd = "rm -rf 'x y'" },
]
[tool.poe.tasks.deploy]
help = "no command"
cmd = "kubectl apply"
[tool.other]
no = "task"
`,
  });
  assert.deepEqual(await python(root, { name: 'test' }), ['4 pytest -q']);
  assert.deepEqual(await python(root, { name: 'clean' }), ['5 rm -rf dist']);
  assert.deepEqual(await python(root, { name: 'many' }), ['4 pytest -q', "8 rm -rf 'x y'"]);
  assert.deepEqual(await python(root, { name: 'deploy' }), ['12 kubectl apply']);
  assert.equal(await python(root, { name: 'no' }), 'nothing');
});

describe('scripts', () => {
  const script = (root: string, name: string, workspace?: string, cwd?: string) =>
    lines(
      root,
      { to: 'script', manifest: 'package.json', name, ...(workspace !== undefined && { workspace }) },
      cwd,
    );

  test('by a name with a star, and kept elsewhere', async () => {
    const root = folderWith({
      'package.json': JSON.stringify({
        scripts: {
          'build:a': 'one',
          'build:b': 'two',
          'postbuild:b': 'three',
          x: 'wireit',
          'not:this': 'four',
        },
        wireit: { x: { command: 'five', dependencies: ['build:a', './other:y'] } },
      }),
      'deno.json': '{"tasks":{"t":{"command":"six"}}}',
    });
    assert.deepEqual(await script(root, 'build:*'), ['1 one', '2 two', '3 three']);
    assert.deepEqual(await script(root, 'x'), ['1 npm run build:a; five']);
    assert.deepEqual(await lines(root, { to: 'script', manifest: 'deno.json', name: 't' }), ['1 six']);
  });

  const manifest = (name: string, line: string) => JSON.stringify({ name, scripts: { go: line } });
  const members = {
    'packages/a/package.json': manifest('@acme/a', 'one'),
    'packages/b/package.json': manifest('@acme/b', 'two'),
    'apps/web/package.json': manifest('web', 'three'),
    'packages/a/node_modules/c/package.json': manifest('c', 'four'),
  };
  for (const [kind, roots] of [
    ['npm', { 'package.json': '{"workspaces":["packages/*","./apps/web"],"scripts":{"go":"root"}}' }],
    [
      'yarn',
      { 'package.json': '{"workspaces":{"packages":["packages/**","apps/*"]},"scripts":{"go":"root"}}' },
    ],
    [
      'pnpm',
      {
        'package.json': '{"scripts":{"go":"root"}}',
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - apps/*\n  - "!**/test/**"\n',
      },
    ],
  ] as const)
    test(`of the workspaces of ${kind}`, async () => {
      const root = folderWith({ ...roots, ...members });
      assert.deepEqual(await script(root, 'go', '@acme/a'), ['1 one']);
      assert.deepEqual(await script(root, 'go', 'b'), ['1 two']);
      assert.deepEqual(await script(root, 'go', './apps/web'), ['1 three']);
      assert.deepEqual(await script(root, 'go', 'web', join(root, 'packages/a')), ['1 three']);
      assert.deepEqual(await script(root, 'go', '@acme/*'), [
        "1 cd 'ROOT/packages/a'",
        '2 one',
        "3 cd 'ROOT/packages/b'",
        '4 two',
      ]);
      assert.equal(((await script(root, 'go', '*')) as readonly string[]).length, 8);
      assert.equal(await script(root, 'go', 'none'), 'nothing');
      assert.equal(await script(root, 'none', '*'), 'nothing');
    });

  test('of a folder that has no workspaces are its own', async () =>
    assert.deepEqual(await script(folderWith({ 'package.json': manifest('x', 'one') }), 'go', '*'), [
      '1 one',
    ]));
});
