import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { code } from '../../src/core/code.ts';
import { understand } from '../../src/core/understand.ts';
import { attemptTo, understanding } from '../support/line.ts';
import { told } from '../support/told.ts';

const hidden = Buffer.from('.env').toString('base64');
const digits = Buffer.from('.env').toString('hex');

/** What programs do: their text → the effects, as `told` writes them. */
const table: Readonly<Record<string, readonly (readonly [text: string, ...effects: string[]])[]>> = {
  python: [
    ["import os; os.system('rm a')", 'delete a'],
    ["import os as o; o.system('rm a')", 'delete a'],
    ["from os import system as s; s('rm a')", 'delete a'],
    ["__import__('os').system('rm a')", 'delete a'],
    ["getattr(os, 'sys' + 'tem')('rm a')", 'delete a'],
    ["subprocess.run(['rm', '-r', 'a'])", 'delete a deep'],
    ["subprocess.run('rm a', shell=True)", 'delete a'],
    ["subprocess.run(['rm', 'a'], cwd='b')", 'delete b/a'],
    ["subprocess.run(['psql'], input='DROP TABLE a')", 'destroy table a (postgresql)'],
    ["os.execvp('rm', ['rm', 'a'])", 'delete a'],
    ['subprocess.run(command)', 'unknown'],
    ["list(map(os.remove, ['a', 'b']))", 'delete a', 'delete b'],
    ["p = 'a'\nshutil.rmtree(p)", 'delete a deep'],
    ["p = 'a'; os.remove(f'{p}/b')", 'delete a/b'],
    ["os.remove('%s/b' % 'a')", 'delete a/b'],
    ["os.remove('{}/b'.format('a'))", 'delete a/b'],
    ["os.remove(os.path.join('a', 'b'))", 'delete a/b'],
    ["from pathlib import Path\n(Path('a') / 'b').unlink()", 'delete a/b'],
    ["for f in glob.glob('*.a'): os.remove(f)", 'delete *.a deep'],
    ["for f in Path('a').iterdir():\n    f.unlink()", 'delete a/* deep'],
    ["[os.remove(f) for f in ['a', 'b']]", 'delete a', 'delete b'],
    ["def clean(d):\n    shutil.rmtree(d)\nclean('a')", 'delete a deep'],
    ['def clean(d):\n    shutil.rmtree(d)', 'unknown'],
    [`open(base64.b64decode(b'${hidden}').decode())`, 'read .env'],
    [`open(bytes.fromhex('${digits}').decode())`, 'read .env'],
    ["open(''.join(chr(x) for x in [97, 98]))", 'read ab'],
    ["with open('a') as f: print(f.read())", 'read a'],
    ["open('a', 'w')", 'write a empty'],
    ["open('a', mode='a')", 'write a empty'],
    ['print(os.environ)', 'reveal the whole environment'],
    ["print(os.environ['API_KEY'])", 'reveal the variable API_KEY'],
    ["print(os.getenv('LANG'))"],
    ['exec(\'import os; os.remove("a")\')', 'delete a'],
    ["eval('1 + 1')"],
    ['exec(text)', 'unknown'],
    ["# os.remove('a')\n'''os.remove('a')'''"],
    ["'rm -rf /'; x = \"os.remove('a')\""],
    ["requests.get('https://h/a')", 'fetch h'],
    ["requests.delete('https://h/volumes/1')", 'send h DELETE', 'destroy volume 1 (api) at h'],
    [
      "requests.post('https://h/graphql', json={'query': 'mutation { volumeDelete(id: \"a\") }'})",
      'send h POST',
      'destroy volume a (graphql) at h',
    ],
    [
      "requests.get('https://h/a', headers={'Authorization': f\"Bearer {os.environ['T']}\"})",
      'fetch h',
      'carry authorization to h',
    ],
    ["urlopen(Request('https://h/a', method='DELETE'))", 'send h DELETE', 'destroy resource a (api) at h'],
    [
      "c = psycopg2.connect(os.environ['DATABASE_URL']).cursor()\nc.execute('DROP TABLE a')",
      'destroy table a (postgresql) at DATABASE_URL',
    ],
    ["sqlite3.connect('b').execute(statement)", 'unknown'],
    ["sqlite3.connect(':memory:').execute('DROP TABLE a')"],
    ["cursor.execute('SELECT 1')"],
    ['User.objects.all().delete()', 'destroy rows all (sql) all'],
    ['User.objects.filter(id=1).delete()'],
    ['Base.metadata.drop_all(engine)', 'destroy schema (sql) all'],
    ["boto3.client('s3').delete_bucket(Bucket='a')", 'destroy bucket a (aws)'],
    ["{}.pop('a'); cache.delete('a'); a.remove('b')"],
  ],
  javascript: [
    ["require('fs').rmSync('a', { recursive: true })", 'delete a deep'],
    ["fs.rmSync('a')", 'delete a'],
    ["const fs = require('node:fs'); fs['unlink' + 'Sync']('a')", 'delete a'],
    ["import { rm } from 'fs/promises'; await rm('a', { recursive: true })", 'delete a deep'],
    ["require('fs').promises.rm('a', { recursive: true })", 'delete a deep'],
    ["const { execSync: run } = require('child_process'); run('rm a')", 'delete a'],
    ["import('child_process').then(({ execSync }) => execSync('rm a'))", 'delete a'],
    ["require('child_process').spawn('rm', ['-r', 'a'])", 'delete a deep'],
    ["require('child_process').execSync.call(null, 'rm a')", 'delete a'],
    ['execSync(`rm -r ${process.env.X}`)', 'delete $X deep'],
    ['execSync(command)', 'unknown'],
    ['fs.rmSync(folder)', 'unknown'],
    ['fs.readFileSync(name); fs.writeFileSync(name, text)'],
    ["['a', 'b'].forEach(f => fs.unlinkSync(f))", 'delete a', 'delete b'],
    ["for (const f of ['a', 'b']) { fs.unlinkSync(f) }", 'delete a', 'delete b'],
    ["fs.readdirSync('a').forEach(f => fs.unlinkSync(path.join('a', f)))", 'delete a/* deep'],
    ["clean('a'); function clean(d) { fs.rmSync(d) }", 'delete a'],
    ["fs.unlinkSync(x ? 'a' : 'b')", 'delete a', 'delete b'],
    ["const p = '.env', read = Bun.file; read(p)", 'read .env'],
    ["const p = '.env'; const read = Bun.file; read(p)", 'read .env'],
    [`fs.readFileSync(Buffer.from('${hidden}', 'base64').toString())`, 'read .env'],
    [`fs.readFileSync(atob('${hidden}'))`, 'read .env'],
    ['fs.readFileSync(String.fromCharCode(97, 98))', 'read ab'],
    ["fs.rmSync(path.join(__dirname, 'a'), { recursive: true })", 'delete a deep'],
    ['console.log(process.env.API_KEY)', 'reveal the variable API_KEY'],
    ['console.log(JSON.stringify(process.env))', 'reveal the whole environment'],
    ['process.env', 'reveal the whole environment'],
    ["const c = 'rm -r a'; eval(c)", 'delete a deep'],
    ['new Function(text)()', 'unknown'],
    ["/fs.unlinkSync('a')/.exec(text); `fs.unlinkSync('a')` // fs.unlinkSync('a')"],
    ['class A { exec(command) {} rm(path) {} }'],
    ["fetch('https://h/a')", 'fetch h'],
    ["fetch('https://h/volumes/1', { method: 'DELETE' })", 'send h DELETE', 'destroy volume 1 (api) at h'],
    ["axios.delete('https://h/volumes/1')", 'send h DELETE', 'destroy volume 1 (api) at h'],
    ["app.delete('/volumes/:id', remove); map.delete('a')"],
    ['await sequelize.sync()', 'change schema (sequelize)'],
    ['new Sequelize(process.env.DATABASE_URL).sync()', 'change schema (sequelize) at DATABASE_URL'],
    ['await sequelize.sync({ force: true })', 'destroy schema (sql) all'],
    ["new Sequelize('sqlite::memory:').sync({ force: true })"],
    ['prisma.user.deleteMany()', 'destroy rows user (sql) all'],
    ['prisma.user.deleteMany({ where: { id: 1 } })'],
    ['prisma.$executeRaw`TRUNCATE a`', 'destroy rows a (sql) all'],
    ["knex('a').del()", 'destroy rows knex (sql) all'],
    ["knex('a').where('id', 1).del()"],
    ['mongoose.connection.dropDatabase()', 'destroy database (sql) all'],
    [
      "const { DeleteBucketCommand } = require('@aws-sdk/client-s3'); new DeleteBucketCommand({ Bucket: 'a' })",
      'destroy bucket a (aws)',
    ],
    ["stripe.customers.del('a')", 'destroy rows a (stripe)'],
  ],
  ruby: [
    ['system("rm a")', 'delete a'],
    ['system "rm", "a"', 'delete a'],
    ['`rm a`', 'delete a'],
    ['%x{rm a}', 'delete a'],
    ['send(:system, "rm a")', 'delete a'],
    ['FileUtils.rm_rf %w[a b]', 'delete a deep', 'delete b deep'],
    ['Dir.glob("*.a").each { |f| File.delete(f) }', 'delete *.a deep'],
    ['Dir["*.a"].each do |f|\n  File.delete f\nend', 'delete *.a deep'],
    ['p = \'a\'; puts File.read("#{p}/b")', 'read a/b'],
    [`puts File.read(Base64.decode64('${hidden}'))`, 'read .env'],
    ["puts ENV['API_KEY']", 'reveal the variable API_KEY'],
    ["open('|rm a')", 'delete a'],
    ['User.delete_all', 'destroy rows User (sql) all'],
    ['User.where(id: 1).delete_all'],
    ['rm -r a', 'delete a deep'],
    ["puts 'rm a'"],
  ],
  perl: [
    ["system('rm a')", 'delete a'],
    ['my $c = "rm a"; `$c`', 'delete a'],
    ['qx{rm a}', 'delete a'],
    ['exec "rm", "a"', 'delete a'],
    ['open(F, "rm a|")', 'delete a'],
    ['open(my $f, "<", "a")', 'read a'],
    ['open(F, ">a")', 'write a empty'],
    ['unlink glob("a/*")', 'delete a/* deep'],
    ['unlink $_ for <*.a>', 'delete *.a deep'],
    ['unlink $file', 'unknown'],
    ['use File::Path; rmtree("a")', 'delete a deep'],
    ['print $ENV{API_KEY}', 'reveal the variable API_KEY'],
    ['s/unlink("a")/b/; print "unlink(a)"'],
  ],
  php: [
    ["unlink('a');", 'delete a'],
    ['$p = \'a\'; echo file_get_contents("$p/b");', 'read a/b'],
    ['echo `rm a`;', 'delete a'],
    ['shell_exec("rm -r $x");', 'delete $x deep'],
    ["foreach (glob('*.a') as $f) unlink($f);", 'delete *.a deep'],
    ["array_map('unlink', ['a']);", 'delete a'],
    ["$f = 'system'; $f('rm a');", 'delete a'],
    ["Schema::dropIfExists('a');", 'destroy table a (sql) all'],
    ["DB::table('a')->truncate();", 'destroy rows table (sql) all'],
  ],
  awk: [
    ['BEGIN { system("rm\\040a") }', 'delete a'],
    ['{ system($0) }', 'unknown'],
    ['{ print | "rm a" }', 'delete a'],
    ['BEGIN { "cat a" | getline x }', 'read a'],
    ['BEGIN { while ((getline x < ".env") > 0) print x }', 'read .env'],
    ['{ print > "a" }', 'write a empty'],
    ['$1 > 5 && /rm a/ { print $0 ".wav" }'],
  ],
  lua: [
    ["os.execute('rm a')", 'delete a'],
    ['os.remove "a"', 'delete a'],
  ],
  r: [["unlink('a', recursive = TRUE)", 'delete a deep']],
  julia: [['run(`rm a`)', 'delete a']],
  groovy: [["'rm a'.execute()", 'delete a']],
  applescript: [['do shell script "rm a"', 'delete a']],
  tcl: [
    ['exec rm a', 'delete a'],
    ['file delete -force a', 'delete a deep'],
  ],
  other: [
    ['#!/usr/bin/env python3\nos.remove("a")', 'delete a'],
    ['#!/bin/sh -e\nrm a', 'delete a'],
    ['rm a'],
  ],
};

for (const [language, rows] of Object.entries(table))
  describe(language, () => {
    for (const [text, ...effects] of rows)
      test(text, () =>
        assert.deepEqual(
          understand(attemptTo({ kind: 'code', language, text }), understanding).map(told),
          effects,
        ),
      );
  });

test('an effect stands where its call does', () => {
  const text = "x = 1\nos.remove('a')\n";
  assert.deepEqual(code(text, 'python', [10, 10 + text.length]), [
    { does: 'delete', path: 'a', deep: false, at: [19, 30] },
  ]);
});

test('no text throws', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(table)),
      fc.array(
        fc.constantFrom(
          ...`( ) [ ] { } , ; : . = => -> :: + - * / % < > | & ! ? # $ @ \\ ' " \` \${ #{ f' r" q{ qw( %w[ <<A for in of do end
          def function class import from as return lambda x system open exec a`.split(/\s+/),
          '\n',
          ' ',
        ),
      ),
      (language, parts) => void code(parts.join(''), language, [0, 0]),
    ),
    { numRuns: 1_000 },
  ));
