import type { Service } from '../../core/service.ts';

/*
 * What keeps the secrets of one person or of a repository, and what certifies. Written from knowledge of the command lines;
 * not checked against their manuals.
 */

const quiet = { harmless: true } as const;
const shown = { reveals: 'a secret' } as const;
const lost = { destroys: 'key' } as const;
const altered = { changes: 'key' } as const;

/** What keeps the secrets of one person. */
const personal: readonly Service[] = [
  {
    service: 'bitwarden',
    title: 'Bitwarden and LastPass',
    programs: ['bw', 'lpass', 'rbw', 'keepassxc-cli', 'dcli', 'proton-pass'],
    values: '--session --organizationid --itemid --search --url -k --key-file -a',
    verbs: {
      'get password|item|totp|notes|attachment|username': shown,
      get: shown,
      'get template|fingerprint|organization|collection|folder|uri|exposed': quiet,
      'list items|send': shown,
      'export|show|clip|code|note|n|p|password|secret|read|inject': shown,
      'unlock|login': { ...shown, with: '--raw' },
      'delete|rm|remove|purge': lost,
      'edit|mv|move|db-edit': altered,
      'send create': { publishes: 'files' },
      'confirm|device-approval': { changes: 'access' },
      'exec|run': { runs: 0 },
      'logout|lock|sync|status|generate|ls|list|estimate|diceware': quiet,
    },
    examples: {
      catches: [
        'bw get password shop',
        'bw list items',
        'bw delete item 1-2',
        'lpass show --password shop',
        'lpass rm shop',
        'bw export --format json',
        'rbw get shop',
      ],
      leaves: ['bw status', 'bw sync', 'lpass ls', 'bw generate -uln', 'bw list folders'],
    },
  },
  {
    service: 'pass',
    title: 'pass and gopass',
    programs: ['pass', 'gopass'],
    verbs: {
      '': { ...shown, where: /^[^-]/ },
      'show|cat|grep|otp': shown,
      'otp code|uri': shown,
      'rm|remove|delete': lost,
      'mv|move|rename|edit|init|copy|cp|import': altered,
      'recipients|mounts|templates remove|rm|add': altered,
      'recipients|mounts|templates': quiet,
      env: { runs: 1 },
      'insert|ls|list|find|search|git|generate|help|version|sync|setup|audit|config|clone|history|pwgen|sum|unclip|create|new|reorg|process|fsck':
        quiet,
    },
    examples: {
      catches: [
        'pass show shop/stripe',
        'pass shop/stripe',
        'pass rm -rf shop',
        'gopass cat shop/stripe',
        'gopass env shop env',
      ],
      leaves: [
        'pass',
        'pass ls',
        'pass git log',
        'gopass list',
        'gopass env shop npm test',
        'pass generate shop/new 24',
      ],
    },
  },
  {
    service: 'keychain',
    title: 'Keychains and keyrings of the system',
    programs: ['security', 'secret-tool', 'keyring', 'kwallet-query', 'kwalletcli'],
    values: '-s -a -l -c -f -t -D -j -p -P -T -k -e -w --label',
    verbs: {
      'find-generic-password|find-internet-password': { ...shown, with: '-w -g' },
      'dump-keychain|export': shown,
      'delete-*|del|clear': lost,
      'add-trusted-cert|remove-trusted-cert|trust-settings-import': { changes: 'access' },
      'authorizationdb write|remove': { changes: 'access' },
      'lookup|search|get': shown,
      '': { ...shown, with: '-r --read-password' },
      'find-identity|find-certificate|list-keychains|default-keychain|create-keychain|unlock-keychain|lock-keychain|set-keychain-settings|set-key-partition-list|import|cms|verify-cert|show-keychain-info':
        quiet,
    },
    examples: {
      catches: [
        'security find-generic-password -s shop -w',
        'security find-internet-password -s example.com -g',
        'security dump-keychain -d login.keychain',
        'security delete-generic-password -s shop',
        'secret-tool lookup service shop',
        'secret-tool clear service shop',
        'keyring get shop api',
        'kwallet-query -r shop kdewallet',
      ],
      leaves: [
        'security find-generic-password -s shop',
        'security list-keychains',
        'security verify-cert -c shop.pem',
        'secret-tool store --label=x service shop',
        'kwallet-query -l kdewallet',
      ],
    },
  },
];

/** What encrypts, signs and certifies. */
const keys: readonly Service[] = [
  {
    service: 'sops',
    title: 'SOPS and files that hold encrypted variables',
    programs: [
      'sops',
      'dotenvx',
      'dotenv-vault',
      'git-crypt',
      'git-secret',
      'blackbox_cat',
      'eyaml',
      'kubeseal',
      'yadm',
    ],
    values: `--extract --input-type --output-type --output -f --env-file -fk --env-keys-file --convention --age --kms --pgp -k
      --key-name -l --pkcs7-private-key`,
    verbs: {
      '': { ...shown, with: '-d --decrypt --recovery-unseal' },
      'decrypt|get|keypair|cat|export-key|keys|ls-keys|ext': shown,
      'exec-env|exec-file': { evaluates: 'shell', after: 1 },
      run: { runs: 0 },
      'removeperson|killperson|rotate|updatekeys': altered,
      'encrypt|set|unset|edit|ls|status|filestatus|groups|publish|keyservice|lock|unlock|init|tell|add|hide|pull|push|build|new|login|open|whoknows|list':
        quiet,
      'reveal|changes': shown,
      'ext ls|gitignore|prebuild|precommit|scan|genexample|vault': quiet,
    },
    examples: {
      catches: [
        'sops -d secrets.enc.yaml',
        'sops decrypt secrets.enc.yaml',
        'sops exec-env secrets.enc.yaml env',
        'dotenvx get STRIPE_KEY',
        'dotenvx decrypt',
        'git-crypt export-key out.key',
        'dotenvx run -- printenv',
      ],
      leaves: [
        'sops secrets.enc.yaml',
        'sops encrypt -i secrets.yaml',
        'dotenvx run -- npm test',
        'dotenvx ls',
        'sops exec-env secrets.enc.yaml "npm test"',
      ],
    },
  },
  {
    service: 'gpg',
    title: 'GnuPG and age',
    programs: ['gpg', 'gpg2', 'age', 'rage', 'ssh-add'],
    values:
      '-r --recipient -u --local-user -o --output -i --identity --homedir --passphrase --keyserver --batch-size',
    guesses: false,
    verbs: {
      '': [
        {
          destroys: 'key',
          with: '--delete-secret-keys --delete-secret-key --delete-secret-and-public-key --delete-secret-and-public-keys -D',
        },
        { ...altered, with: '--delete-keys --delete-key --quick-revoke-uid --quick-revoke-sig' },
        {
          reveals: 'a private key',
          with: '--export-secret-keys --export-secret-key --export-secret-subkeys --export-secret-ssh-key',
        },
      ],
    },
    examples: {
      catches: [
        'gpg --delete-secret-keys A1B2',
        'gpg --batch --yes --delete-secret-and-public-key A1B2',
        'gpg --export-secret-keys --armor A1B2',
        'ssh-add -D',
      ],
      leaves: [
        'gpg --list-secret-keys',
        'gpg --verify out.sig out.tgz',
        'gpg --import key.asc',
        'ssh-add -l',
        'age -r age1x -o out.age notes.txt',
        'gpg -c notes.txt',
      ],
    },
  },
  {
    service: 'certificates',
    title: 'Certificates',
    programs: ['certbot', 'certbot-auto', 'acme.sh', 'lego', 'step', 'step-cli', 'cfssl'],
    values: '--cert-name -d --domain --domains --cert-path --reason -m --email --server --webroot -w --dns',
    named: '--cert-name -d --domain --domains',
    verbs: {
      'delete|revoke|unregister|rollback': lost,
      'ca revoke': lost,
      'ca token|admin': { reveals: 'a token of a certificate authority' },
      'ca admin|provisioner|policy remove|update|add': { changes: 'access' },
      'certificate uninstall|inspect|verify': quiet,
      'crypto|ssh|path|context|api|oauth': quiet,
      'ssh revoke': lost,
      '': { destroys: 'key', with: '--remove --revoke --deactivate --deactivate-account --uninstall' },
    },
    examples: {
      catches: [
        'certbot delete --cert-name shop.example.com',
        'certbot revoke --cert-path live/cert.pem',
        'acme.sh --remove -d shop.example.com',
        'step ca revoke 1234',
        'certbot unregister',
      ],
      leaves: [
        'certbot certificates',
        'certbot renew --dry-run',
        'acme.sh --list',
        'step certificate inspect shop.crt',
        'lego --help',
      ],
    },
  },
];

export const keyrings: readonly Service[] = [...personal, ...keys];
