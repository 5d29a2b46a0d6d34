import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namesCredentials, soughtAmong, soughtBy } from '../../src/core/seek.ts';

const asked = (seeks: (text: string) => unknown, texts: readonly string[]) =>
  texts.filter(text => Boolean(seeks(text)));

describe('a search is for credentials', () => {
  const hunts = [
    'API_KEY',
    'aws.*secret',
    'BEGIN RSA',
    'AKIA',
    'password|secret',
    'passw\\|token',
    'client_secret',
  ];
  const ordinary = ['token', 'password', 'useState', 'nextToken', 'foo|bar', 'token|TODO', 'keyboard', ''];
  test('by names that only they have, or several words', () =>
    assert.deepEqual(asked(soughtBy, [...hunts, ...ordinary]), hunts));
});

describe('what an environment is narrowed to are credentials', () => {
  const hunts = ['token', 'TOKEN', 'pass', 'AWS_', 'github', 'DATABASE_URL', 'API_KEY'];
  const ordinary = ['PATH', 'HOME', 'node', '^LANG=', 'SHELL'];
  test('by one word for them, or the name of who gave them', () =>
    assert.deepEqual(asked(soughtAmong, [...hunts, ...ordinary]), hunts));
});

describe('a pattern of names is one that credentials have', () => {
  const theirs = [
    'id_rsa',
    'id_ed25519*',
    '*.pem',
    '.env',
    '.env*',
    '.*\\.pem$',
    '*.kdbx',
    'credentials',
    '*secret*',
  ];
  const others = ['*.ts', 'README.md', 'keyboard.ts', 'environment.ts', '*.conf', '*'];
  test('whether a glob or a regular expression', () =>
    assert.deepEqual(asked(namesCredentials, [...theirs, ...others]), theirs));
});
