import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Action } from '../../src/core/model.ts';
import { understand } from '../../src/core/understand.ts';
import { attemptTo, understanding } from '../support/line.ts';

/* Which commands go on with what is typed into them, where no hook sees what. */

const waiting = [
  'bash',
  'bash -l',
  'env FOO=1 bash',
  'cd src && sudo -u app sh',
  'sudo -i',
  'bash -s < /dev/tty',
  'sh -c bash',
  'bash /dev/stdin',
  '. /dev/stdin',
  'python3',
  'python3.11 -i script.py',
  'python3 -m code',
  'python3 -',
  'python3 -c \'import os; os.system("bash")\'',
  'node',
  'node -i',
  'irb',
  'php -a',
  'psql "$DATABASE_URL"',
  'psql -h db.example.com -U app shop',
  'PGPASSWORD=x psql shop app',
  'mysql -u root shop',
  'sqlite3 app.db',
  'redis-cli -n 2',
  'mongosh mongodb://localhost/shop',
  'ssh web1.example.com',
  'docker exec -it web bash',
  'docker run -it ubuntu',
  'kubectl exec -it pod/web -- sh',
  'python manage.py dbshell',
  'rails console',
  'vim README.md',
  'less notes.txt',
  'tmux',
  'script -q /dev/null',
  'xargs -I{} rm {}',
  'bash | tee log',
];

const settled = [
  'bash script.sh',
  "bash -lc 'npm test'",
  'bash --version',
  "bash <<'EOF'\necho hello\nEOF",
  'echo ls | sh',
  'python3 script.py',
  "python3 -c 'print(1)'",
  'python3 -m pytest -q',
  "python3 - <<'EOF'\nprint(1)\nEOF",
  'python3 -V',
  'node -e "1"',
  'node server.js',
  'node --version',
  'psql -c "select 1" shop',
  'psql -f schema.sql shop app',
  'psql shop < schema.sql',
  'mysql -e "select 1" shop',
  'sqlite3 app.db "select 1"',
  'redis-cli get key',
  "mongosh --eval 'db.stats()'",
  'ssh web1.example.com uptime',
  'docker exec web ls',
  'docker run --rm ubuntu ls',
  'git log | less',
  'man git | cat',
  'sudo apt-get update',
  'find . -name x | xargs grep y',
  'npm test',
  'cat README.md',
  'rails test',
  'vim --version',
];

const open = (line: string): Action => ({ kind: 'shell', line, dialect: 'posix', open: true });
const isAsked = (action: Action) =>
  understand(attemptTo(action), understanding).some(
    it => it.does === 'unknown' && it.why.includes('which no hook sees'),
  );

describe('what is started where nobody sees what is typed into it', () => {
  for (const line of waiting) test(`waits: ${line}`, () => assert.ok(isAsked(open(line))));
  for (const line of settled) test(`has something to do: ${line}`, () => assert.ok(!isAsked(open(line))));
  for (const line of ['powershell', 'powershell -NoExit -Command dir', 'cmd', 'cmd /k dir', 'python'])
    test(`waits on Windows: ${line}`, () =>
      assert.ok(isAsked({ kind: 'shell', line, dialect: 'powershell', open: true })));
  test('is not minded where every line is seen', () => {
    assert.ok(!isAsked({ kind: 'shell', line: 'bash', dialect: 'posix' }));
  });
});
