import type { Origin, SecretSource } from '../core/origin.ts';

/*
 * Where `guard run --with NAME=SOURCE` finds values. Programs are started without a shell, with these words and the
 * secret's name; what they print is the value and is shown to nobody.
 */

export const sources: readonly SecretSource[] = [
  {
    id: 'vscode',
    title: "VS Code's secret storage",
    form: 'vscode[:NAME]',
    takes: (text, name) => {
      const [, other] = /^vscode:(\w+)$/.exec(text) ?? [];
      return text === 'vscode' || other ? { kind: 'window', name: other ?? name } : undefined;
    },
    known: 'Our own: what **Store a Secret…** stored.',
    examples: {
      vscode: { kind: 'window', name: 'NAME' },
      'vscode:OTHER': { kind: 'window', name: 'OTHER' },
    },
  },
  {
    id: 'env',
    title: 'a variable of the environment that `guard` was started with',
    form: 'env[:NAME]',
    takes: (text, name) => {
      const [, other] = /^env:(\w+)$/.exec(text) ?? [];
      return text === 'env' || other ? { kind: 'variable', name: other ?? name } : undefined;
    },
    known: 'Our own.',
    examples: {
      env: { kind: 'variable', name: 'NAME' },
      'env:OTHER': { kind: 'variable', name: 'OTHER' },
    },
  },
  {
    id: 'vault',
    title: 'HashiCorp Vault',
    form: 'vault:PATH#FIELD',
    // The path of the HTTP interface has a `data/` behind the mount, which `vault kv` adds itself.
    takes: text => {
      const [, path = '', field] = /^vault:([^#]+)#([^#]+)$/.exec(text) ?? [];
      const args = ['kv', 'get', `-field=${field}`, path.replace(/^([^/]+)\/data\//, '$1/')];
      return field && isPlain(path) ? printing('vault', args) : undefined;
    },
    known:
      '`vault kv get -field=…` (developer.hashicorp.com/vault/docs/commands/kv/get, November 2026); tried with a program that honours it, not with Vault itself.',
    examples: {
      'vault:secret/data/app#password': printing('vault', ['kv', 'get', '-field=password', 'secret/app']),
      'vault:kv/team/app#token': printing('vault', ['kv', 'get', '-field=token', 'kv/team/app']),
    },
  },
  {
    id: 'aws',
    title: 'AWS Secrets Manager',
    form: 'aws:NAME-OR-ARN[#KEY]',
    takes: text => {
      const [, id = '', field] = /^aws:([^#]+)(?:#([^#]+))?$/.exec(text) ?? [];
      if (!isPlain(id)) return undefined;
      const args = ['secretsmanager', 'get-secret-value', '--secret-id', id, '--output', 'json'];
      return { kind: 'program', program: 'aws', args, prints: 'aws', ...(field && { field }) };
    },
    known: '`aws secretsmanager get-secret-value`: tried with the real `aws` 2 against a server on loopback.',
    examples: {
      'aws:app/staging#password': {
        kind: 'program',
        program: 'aws',
        args: ['secretsmanager', 'get-secret-value', '--secret-id', 'app/staging', '--output', 'json'],
        prints: 'aws',
        field: 'password',
      },
    },
  },
  {
    id: 'op',
    title: '1Password',
    form: 'op://VAULT/ITEM/FIELD',
    takes: text =>
      /^op:\/\/[^/]+\/[^/]+\/[^]+$/.test(text) ? printing('op', ['read', '--no-newline', text]) : undefined,
    known:
      '`op read` (developer.1password.com/docs/cli/reference/commands/read, November 2026); tried with a program that honours it, not with 1Password itself.',
    examples: {
      'op://Work/Database/password': printing('op', ['read', '--no-newline', 'op://Work/Database/password']),
    },
  },
  {
    id: 'doppler',
    title: 'Doppler',
    form: 'doppler:PROJECT/CONFIG[#NAME]',
    takes: (text, name) => {
      const [, project = '', config, key] = /^doppler:([^/#]+)\/([^/#]+)(?:#(\w+))?$/.exec(text) ?? [];
      const args = ['secrets', 'get', key ?? name, '--plain', '--project', project, '--config', config ?? ''];
      return config && isPlain(project) && isPlain(config) ? printing('doppler', args) : undefined;
    },
    known:
      '`doppler secrets get NAME --plain` (docs.doppler.com/docs/accessing-secrets, November 2026); tried with a program that honours it, not with Doppler itself.',
    examples: {
      'doppler:app/stg': printing('doppler', [
        'secrets',
        'get',
        'NAME',
        '--plain',
        '--project',
        'app',
        '--config',
        'stg',
      ]),
    },
  },
  {
    id: 'exec',
    title: 'a program of your own',
    form: 'exec:ID[#NAME]',
    takes: (text, name) => {
      const [, id, key] = /^exec:([\w.-]+)(?:#([^#]+))?$/.exec(text) ?? [];
      return id ? { kind: 'custom', id, name: key ?? name } : undefined;
    },
    known:
      'Ours: `chaperone.secretPrograms` names the program. It is started with the name as its only argument, prints the value and nothing else, and ends with 0.',
    examples: {
      'exec:pass': { kind: 'custom', id: 'pass', name: 'NAME' },
      'exec:pass#work/api': { kind: 'custom', id: 'pass', name: 'work/api' },
    },
  },
  {
    id: 'file',
    title: 'an env file',
    form: 'PATH[#NAME]',
    takes: (text, name) => {
      const [, path = '', key] = /^((?:[^#]|#(?!\w+$))+)(?:#(\w+))?$/.exec(text) ?? [];
      return path && !/^[a-z][\w+-]+:/i.test(path) ? { kind: 'file', path, key: key ?? name } : undefined;
    },
    known: 'Read as dotenv does.',
    examples: {
      '.env': { kind: 'file', path: '.env', key: 'NAME' },
      'apps/web/.env.staging#OTHER': { kind: 'file', path: 'apps/web/.env.staging', key: 'OTHER' },
      'C:\\app\\.env': { kind: 'file', path: 'C:\\app\\.env', key: 'NAME' },
    },
  },
];

/** Where the value comes from that `--with NAME=from` names; `undefined` where no source is named so. */
export function originOf(name: string, from: string): Origin | undefined {
  if (from === '') return { kind: 'anywhere', name };
  for (const source of sources) {
    const origin = source.takes(from, name);
    if (origin) return origin;
  }
  return undefined;
}

function printing(program: string, args: readonly string[]): Origin {
  return { kind: 'program', program, args, prints: 'value' };
}

/** A word that begins with a dash would be an option of the program. */
function isPlain(word: string): boolean {
  return /^[^\s-][^\n\r]*$/.test(word);
}
