import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Action } from '../../src/core/model.ts';
import { understand } from '../../src/core/understand.ts';
import { attemptTo, decisionFor, understanding } from '../support/line.ts';
import { told } from '../support/told.ts';

/*
 * What lines of cmd.exe do: a line → its effects, in a few words each. `told` says how they are written.
 */
const table: Readonly<Record<string, readonly (readonly [line: string, ...effects: string[]])[]>> = {
  'names and signs': [
    ['del a.txt', 'delete a.txt'],
    ['DEL a.txt', 'delete a.txt'],
    ['d^el a.txt', 'delete a.txt'],
    ['"del" a.txt', 'delete a.txt'],
    ['@del a.txt', 'delete a.txt'],
    ['del.exe a.txt', 'delete a.txt'],
    ['del/s/q src', 'delete src deep'],
    ['rd/s/q src', 'delete src deep'],
    ['cd..& rd foo', 'delete /work/foo'],
    ['echo del a.txt'],
    ['echo a ^& del b'],
    ['echo "a & del b"'],
    ['rem del a.txt'],
    [':: del a.txt'],
    [':label'],
    ['del a.txt & del b.txt', 'delete a.txt', 'delete b.txt'],
    [
      'npm test && del a.txt || del b.txt',
      'follow script test of package.json',
      'delete a.txt',
      'delete b.txt',
    ],
    ['(del a.txt & del b.txt) > log.txt', 'delete a.txt', 'delete b.txt', 'write log.txt empty'],
    [
      `(
del a.txt
)`,
      'delete a.txt',
    ],
    [
      `del ^
a.txt`,
      'delete a.txt',
    ],
    ['del a.txt > log.txt 2>&1', 'delete a.txt', 'write log.txt empty'],
    ['del a.txt 2>nul', 'delete a.txt'],
    ['type a.txt | findstr b', 'read a.txt'],
    ['del /?'],
  ],
  files: [
    ['del *.txt', 'delete *.txt deep'],
    ['del /s /q *.txt', 'delete **/*.txt deep'],
    ['del /q C:\\Windows\\System32\\*.dll', 'delete /mnt/c/Windows/System32/*.dll deep'],
    ['del a.txt,b.txt', 'delete a.txt', 'delete b.txt'],
    ['erase a.txt', 'delete a.txt'],
    ['rd src', 'delete src'],
    ['rd /s /q src', 'delete src deep'],
    ['rmdir /s /q node_modules', 'delete node_modules deep'],
    ['rd /s /q .', 'delete . deep'],
    ['rd /s /q \\', 'delete / deep'],
    ['rd /s /q d:\\', 'delete /mnt/d deep'],
    ['rd /s /q "%TEMP%\\a"', 'delete /tmp/a deep'],
    ['rd /s /q %USERPROFILE%', 'delete /home/user deep'],
    ['rd /s /q %X%', 'unknown'],
    ['copy a.txt b.txt', 'read a.txt', 'write b.txt edit'],
    ['copy /y a+b c', 'read a', 'read b', 'write c edit'],
    ['copy con a.txt', 'write a.txt edit'],
    ['xcopy src dist /E /I', 'read src', 'write dist edit'],
    ['robocopy src ..\\dst /MIR', 'read src', 'delete /work/dst deep'],
    ['robocopy src dst /e', 'read src', 'write dst edit'],
    ['robocopy src dst /mir /l'],
    ['move a.txt b.txt', 'move a.txt to b.txt'],
    ['move * "..\\other place"', 'move * to /work/other place', 'delete * deep'],
    ['move *.txt old', 'move *.txt to old'],
    ['ren a.txt b.txt', 'move a.txt to b.txt'],
    ['ren src\\a.txt b.txt', 'move src/a.txt to src/b.txt'],
    ['type .env', 'read .env'],
    ['type a.txt b.txt', 'read a.txt', 'read b.txt'],
    ['more a.txt', 'read a.txt'],
    ['findstr TODO src\\a.ts', 'read src/a.ts'],
    ['findstr /s /i API_KEY *.*', 'search . for API_KEY, ignored files too', 'seek credentials'],
    ['findstr /s /c:"two words" src\\*.ts', 'search src for two words, ignored files too'],
    ['mklink x .env', 'read .env', 'write x create'],
    ['echo x > a.txt', 'write a.txt empty'],
    ['echo x>>a.txt', 'write a.txt append'],
    ['md dist'],
    ['attrib +h a.txt'],
  ],
  'variables and loops': [
    ['set D=src& rd /s /q %D%', 'delete src deep'],
    ['set "D=src" && rd /s /q "%D%"', 'delete src deep'],
    ['set C=rd /s /q src& %C%', 'delete src deep'],
    ['setlocal enabledelayedexpansion & set D=src& rd /s /q !D!', 'delete src deep'],
    ['%C% a', 'unknown'],
    ['set /p X=what? & del %X%', 'unknown'],
    ['set /a X=1+1'],
    ['for %i in (a b) do del %i', 'delete a', 'delete b'],
    ['for %i in (*.txt) do del %i', 'delete *.txt deep'],
    ['for /d %%i in (*) do rd /s /q %%i', 'delete * deep'],
    ['for /r src %i in (*.tmp) do del "%i"', 'delete src/**/*.tmp deep'],
    ['for /l %i in (1,1,5) do echo %i'],
    [`for /f "tokens=*" %i in ('dir /b *.log') do del "%i"`, 'delete *.log deep'],
    ["for /f %i in ('del a.txt') do echo %i", 'delete a.txt'],
    ['for /f "delims=" %%i in (list.txt) do del %%i', 'unknown'],
    ['if exist src rd /s /q src', 'delete src deep'],
    ['if not exist src (md src) else (rd /s /q src)', 'delete src deep'],
    ['if /i "%X%"=="y" del a.txt', 'delete a.txt'],
    ['if errorlevel 1 exit /b 1'],
    ['if %ERRORLEVEL% neq 0 del a.txt', 'delete a.txt'],
    ['if defined X del a.txt', 'delete a.txt'],
    ['cd .. && del a.txt', 'delete /work/a.txt'],
    ['cd /d C:\\data && rd /s /q x', 'delete /mnt/c/data/x deep'],
    ['D:'],
    ['pushd .. & del a.txt & popd & del b.txt', 'delete /work/a.txt', 'delete b.txt'],
  ],
  'other programs': [
    ['cmd /c "del a.txt"', 'delete a.txt'],
    ['cmd.exe /C del a.txt ^& del b.txt', 'delete a.txt', 'delete b.txt'],
    ['start "" cmd /c "rd /s /q src"', 'delete src deep'],
    ['start "title" /wait frobnicate a.txt', 'run frobnicate (unfamiliar)'],
    ['start https://example.com'],
    ['call del a.txt', 'delete a.txt'],
    ['call build.bat', 'follow file build.bat'],
    ['call :done'],
    ['build.cmd', 'follow file build.cmd'],
    ['.\\gradlew.bat build'],
    ['powershell -NoProfile -Command "Remove-Item src -Recurse"', 'delete src deep'],
    ['wsl rm -rf src', 'delete src deep'],
    ['bash -c "rm -rf src"', 'delete src deep'],
    ['"C:\\Program Files\\Git\\bin\\git.exe" push -f', 'publish commits, forced'],
    ['C:\\Windows\\System32\\reg.exe delete HKLM\\X /f', 'destroy resource HKLM/X (registry)'],
    ['git push --force origin main', 'publish commits, forced main'],
    ['npm ci & npm test', 'follow script test of package.json'],
    ['docker-compose up -d'],
    ['psql -c "DROP TABLE users"', 'destroy table users (postgresql)'],
    ['echo DROP TABLE users; | psql', 'destroy table users (postgresql)'],
    [`node -e "require('fs').rmSync('src', { recursive: true })"`, 'delete src deep'],
    ['vssadmin delete shadows /all', 'destroy snapshot /all (snapshots) all'],
    ['wmic shadowcopy delete', 'destroy backup shadow copies (windows) all'],
    ['reg delete HKLM\\Software\\X /f', 'destroy resource HKLM\\Software\\X (registry)'],
    ['reg add HKCU\\Software\\X /v a /d b'],
    ['reg add HKLM\\Software\\X /v a /d b', 'change resource HKLM\\Software\\X (registry)'],
    ['schtasks /create /tn a /tr b', 'unknown'],
    ['net user bob /delete', 'destroy access bob (windows)'],
    ['sc delete a', 'destroy service a (windows)'],
    ['sc query a'],
    ['taskkill /f /im node.exe'],
    ['shutdown /s /t 0', 'interrupt machine (machine)'],
    ['icacls src /grant Everyone:F /t', 'permit src deep open'],
    ['format D: /q', 'destroy disk D: (disks) all'],
    ['diskpart', 'destroy disk disk (disks) all'],
    ['cipher /w:C', 'destroy disk the free space (disks)'],
    ['cmdkey /list', 'reveal stored logins'],
    ['forfiles /p logs /m *.log /c "cmd /c del @path"', 'delete logs/*.log deep'],
  ],
  'the environment': [
    ['set', 'reveal the whole environment'],
    ['set TOKEN', 'reveal the variables TOKEN'],
    ['set PATH'],
    ['set | findstr TOKEN', 'seek credentials'],
    ['set | findstr PATH'],
    ['echo %API_TOKEN%', 'reveal the variable API_TOKEN'],
    ['echo %PATH%'],
    ['echo %API_TOKEN% | docker login --password-stdin'],
  ],
  'not read': [
    ['(del a.txt', 'unknown'],
    ['if exist a.txt', 'unknown'],
    ['for %i in (a b', 'unknown'],
    ['for %i do del a', 'unknown'],
    ['echo x >', 'unknown'],
  ],
};

const action = (line: string): Action => ({ kind: 'shell', line, dialect: 'cmd' });
const effectsOf = (line: string) => understand(attemptTo(action(line)), understanding);

for (const [title, rows] of Object.entries(table))
  describe(title, () => {
    for (const [line, ...effects] of rows)
      test(line, () => assert.deepEqual(effectsOf(line).map(told), effects));
  });

test('an effect stands where the text that does it stands', () => {
  const line = 'npm test & if exist src (rd /s /q src) else echo no';
  const [, deleted] = effectsOf(line);
  assert.equal(line.slice(...(deleted?.at ?? [])), 'rd /s /q src');
});

describe('is quiet about ordinary scripts', () => {
  const scripts = [
    '@echo off\r\nsetlocal\r\nset CONFIG=Release\r\nif not "%1"=="" set CONFIG=%1\r\nmsbuild app.sln /p:Configuration=%CONFIG%\r\nif errorlevel 1 exit /b 1\r\nendlocal',
    'where node >nul 2>nul || (echo node is missing & exit /b 1)\r\nnode --version',
    'for /f "delims=" %%i in (\'git rev-parse HEAD\') do set SHA=%%i\r\necho %SHA% > version.txt',
    'if exist dist rd /s /q dist\r\nmkdir dist\r\nxcopy /E /I /Y build\\out dist',
    'call "C:\\Program Files\\Microsoft Visual Studio\\2022\\Community\\VC\\Auxiliary\\Build\\vcvars64.bat"\r\ncl /EHsc a.cpp',
    'goto :main\r\n:usage\r\necho usage: build.cmd [release]\r\nexit /b 2\r\n:main\r\nnpm run build',
    'start /b node server.js\r\nping -n 5 127.0.0.1 >nul\r\ncurl -s http://localhost:3000/',
  ];
  for (const script of scripts)
    test(script.split('\r\n')[0], async () => {
      const { verdict, findings } = await decisionFor(action(script));
      assert.deepEqual([verdict, findings.map(it => it.rule)], ['allow', []]);
    });
});

describe('a destructive line stays one, however it is put', () => {
  const ways: Readonly<Record<string, (line: string) => string>> = {
    'in brackets': line => `( ${line} )`,
    'in a branch': line => `if 1==2 (echo no) else (${line})`,
    'in a loop': line => `for %i in (1 2 3) do ${line}`,
    'in another shell': line => `cmd /c "${line}"`,
    started: line => `start "" /b cmd /c ${line}`,
    called: line => `call ${line}`,
    'from a variable': line => `set X=${line}& %X%`,
    'behind others': line => `echo hello & ver && ${line}`,
    'with carets': line => line.replace(/^(.)/, '$1^'),
    'in capitals': line => line.toUpperCase(),
    quietly: line => `@${line} >nul 2>&1`,
    'over lines': line => `echo a\r\n${line}\r\necho b`,
  };
  const lines = ['rd /s /q src', 'del /s /q src', 'format D: /q', 'reg delete HKLM\\Software\\X /f'];
  for (const [name, way] of Object.entries(ways))
    test(name, async () => {
      for (const line of lines)
        assert.notEqual((await decisionFor(action(way(line)))).verdict, 'allow', way(line));
    });
});

test('whatever is read ends, and stands within the text', () => {
  const tokens =
    '% %X% !X! ^ " ( ) & && | || > >> < 2>&1 \r\n for %i in do if not exist else == equ set X=1 call :l goto rem :: del rd /s /q src cmd /c start @ , ; * \' ` cd..'.split(
      ' ',
    );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 50 }), fc.boolean(), (soup, spaced) => {
      const text = soup.join(spaced ? ' ' : '');
      for (const { at } of effectsOf(text)) assert.ok(at[0] <= at[1] && at[1] <= text.length, text);
    }),
    { numRuns: 400 },
  );
});
