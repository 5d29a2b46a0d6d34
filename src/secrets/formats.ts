import { base62, hex, isDummy, isRandom, sample, type Detector } from '../core/detector.ts';
import { base64Forms } from '../core/encodings.ts';
import { blanket, long, scoped } from '../core/rating.ts';
import { fromBase64 } from '../core/shell/decode.ts';

const base64 = `${base62}+/`;
const [login = ''] = base64Forms(`me:${sample(base62, 24)}`);

/*
 * Credentials by the format of the file that holds them: netrc (GNU inetutils' manual), .pgpass (PostgreSQL, "The
 * Password File"), kubeconfig (Kubernetes), config.json (Docker), state (Terraform), htpasswd (Apache). Not checked.
 */
export const formats: readonly Detector[] = [
  {
    id: 'netrc.password',
    title: 'Password in a netrc file',
    provider: 'login',
    hints: ['machine', 'default'],
    pattern:
      /\b(?:machine\s{1,8}[^\s'"]{1,200}|default)\s{1,8}login\s{1,8}[^\s'"]{1,200}\s{1,8}(?:account\s{1,8}\S{1,100}\s{1,8})?password\s{1,8}(?<secret>[^\s'"]{3,400})/g,
    plausible: isValue,
    rate: long,
    examples: {
      catches: [`machine api.example.com login me password ${sample(base62, 16)}`],
      leaves: ['machine learning'],
    },
  },
  {
    id: 'pgpass.password',
    title: 'Password in a pgpass file',
    provider: 'postgresql',
    hints: [':5432:', ':5433:', ':6432:', ':6543:', ':26257:', ':*:'],
    pattern:
      /(?<![^\s"'`])[\w.*-]{1,200}:(?:\d{4,5}|\*):[\w.*-]{1,80}:[\w.*-]{1,80}:(?<secret>[^\s:'"`]{3,200})(?![^\s"'`])/g,
    plausible: isValue,
    rate: (_, before) => ({
      reach: /:(?:postgres|root|admin|\w{1,40}_owner):$/.test(before) ? 'blanket' : 'unknown',
      lasts: 'long',
    }),
    rates: 'a superuser is blanket',
    examples: {
      catches: [`db.example.com:5432:shop:app:${sample(base62, 16)}`],
      leaves: ['localhost:5432:a'],
    },
  },
  {
    id: 'kubernetes.key',
    title: 'Kubernetes client key',
    provider: 'kubernetes',
    hints: ['client-key-data'],
    named: [/^client-key-data$/],
    pattern: /(?<![0-9A-Za-z/+])[0-9A-Za-z/+]{64,12000}={0,2}(?![0-9A-Za-z/+=])/g,
    plausible: value => !isDummy(value),
    rate: blanket,
    rates: 'blanket: what its user may do is not in it',
    examples: {
      catches: [`client-key-data: LS0tLS1CRUdJTi${sample(base64, 200)}==`],
      leaves: ['client-key-data: x'],
    },
  },
  {
    id: 'kubernetes.token',
    title: 'Kubernetes token',
    provider: 'kubernetes',
    hints: ['current-context'],
    named: [/^token$/],
    pattern: /(?<![\w.:/+=-])[\w.:/+=-]{16,4000}/g,
    plausible: isRandom,
    rate: long,
    rates: 'what its user may do is not in it: taken for blanket',
    examples: {
      catches: [`current-context: prod\nusers:\n- name: a\n  user:\n    token: ${sample(base62, 40)}`],
      leaves: ['current-context: prod\nusers: []'],
    },
  },
  {
    id: 'docker.auth',
    title: 'Login of a container registry',
    provider: 'docker',
    hints: ['"auth"', '"identitytoken"'],
    named: [/^(?:auth|identitytoken)$/],
    pattern: /(?<![0-9A-Za-z/+=_.-])[0-9A-Za-z/+_.-]{12,4000}={0,2}/g,
    plausible: value => {
      const login = fromBase64(value) ?? '';
      return /^[\w.@$+-]{1,200}:[\x21-\x7e]{3,}$/.test(login) && !isDummy(login);
    },
    rate: long,
    examples: {
      catches: [`"auths": {"x": {"auth": "${login}"}}`],
      leaves: ['"auth": "basic"'],
    },
  },
  {
    id: 'terraform.state',
    title: 'Secret in a Terraform state',
    provider: 'terraform-state',
    hints: ['"schema_version"', '"sensitive_attributes"', '"terraform_version"'],
    named: [/password|secret|token|private_key|connection_string|access_key|kube_config_raw/],
    pattern: /(?<!\\)"(?<secret>[^"\\\n]{8,4000})"/g,
    plausible: (value, before) =>
      isValue(value) &&
      /\d/.test(value) &&
      !/(?:_id|_arn|_name|_version|_url|_type)"\s{0,8}:\s{0,8}"$/.test(before),
    rate: long,
    examples: {
      catches: [`{"schema_version": 1, "attributes": {"master_password": "${sample(base62, 20)}"}}`],
      leaves: ['{"schema_version": 1, "attributes": {"password": null}}'],
    },
  },
  {
    id: 'htpasswd.hash',
    title: "Password's hash",
    provider: 'login',
    hints: ['$apr1$', '$2y$', '$2a$', '$2b$', '$5$', '$6$', '$y$', '{sha}'],
    pattern:
      /(?<![^\s"'`])[\w.@-]{1,64}:(?<secret>\$(?:apr1|2[aby]|5|6|y)\$[./0-9A-Za-z$=,]{20,160}|\{SHA\}[0-9A-Za-z+/]{27}=)/g,
    plausible: value => !/x{6,}|\.{4,}/.test(value),
    rate: scoped,
    rates: 'scoped: it must be broken first',
    examples: { catches: [`me:$apr1$${sample(base62, 8)}$${sample(base62, 22)}`], leaves: ['me:$1'] },
  },
  {
    id: 'curl.password',
    title: 'Password on a command line',
    provider: 'unknown',
    hints: ['curl'],
    pattern: /(?<!\S)(?:-u|--user)[\s=]["']?[\w.@+-]{1,64}:(?<secret>[^\s"'$<>{}]{4,200})/g,
    plausible: isValue,
    confirm: isRandom,
    rate: long,
    examples: {
      catches: [`curl -s -u me:${sample(base62, 24)} https://x`],
      leaves: ['curl -u me:$PASS https://x'],
    },
  },
  {
    id: 'maven.password',
    title: 'Password in Maven settings',
    provider: 'login',
    hints: ['<password>', '<passphrase>'],
    pattern: /<(?:password|passphrase)>(?<secret>[^<\s]{4,200})<\//g,
    plausible: value => isValue(value) && /\d/.test(value) && !/[A-Z_]{6,}/.test(value),
    confirm: isRandom,
    rate: long,
    examples: {
      catches: [`<password>${sample(hex, 24)}</password>`],
      leaves: ['<password>${env.PASS}</password>'],
    },
  },
];

/** Neither a variable nor a word that stands for a value. */
function isValue(value: string): boolean {
  return !isDummy(value) && !/^(?:pass(?:word)?|secret|token|\$\w+|%\w+%|[A-Z_]+)$/i.test(value);
}
