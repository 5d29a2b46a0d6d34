import type { Service } from '../../core/service.ts';

/*
 * Tools that configure many machines. Written from knowledge of the command lines; not checked against their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

export const configuration: readonly Service[] = [
  {
    service: 'ansible',
    title: 'Ansible, for single tasks',
    programs: ['ansible'],
    values:
      '-m --module-name -u --user -f --forks -l --limit -t --tree -e --extra-vars -c --connection -T --timeout --become-user --private-key --vault-password-file -M --module-path',
    reach: { environment: '-i --inventory' },
    dry: '-C --check --list-hosts --syntax-check --version',
    verbs: {
      '': [
        {
          evaluates: 'shell',
          text: '-a --args',
          where: /(?:-m|--module-name)[= ]?(?:[\w.]+\.)?(?:shell|command|raw|script)\b/,
        },
        { evaluates: 'shell', text: '-a --args', without: '-m --module-name' },
        { destroys: 'resource', where: /state=absent/ },
        { interrupts: 'service', where: /state=(?:stopped|restarted)/ },
        { interrupts: 'machine', where: /(?:-m|--module-name)[= ]?(?:[\w.]+\.)?(?:reboot|win_reboot)\b/ },
      ],
    },
    examples: {
      catches: [
        "ansible all -i live -m shell -a 'rm -rf /srv/data'",
        "ansible db -m file -a 'path=/srv/data state=absent'",
        "ansible web -b -m service -a 'name=nginx state=stopped'",
        'ansible all -m reboot',
        "ansible all -a 'dropdb shop'",
      ],
      leaves: [
        'ansible all -m ping',
        "ansible web -a 'uptime'",
        'ansible all --list-hosts',
        'ansible web -m setup',
      ],
    },
  },
  {
    service: 'ansible',
    title: 'Ansible, for playbooks',
    programs: ['ansible-playbook', 'ansible-pull'],
    values:
      '-u --user -f --forks -l --limit -t --tags --skip-tags -e --extra-vars --vault-password-file --private-key',
    reach: { environment: '-i --inventory' },
    dry: '-C --check --syntax-check --list-hosts --list-tasks --list-tags --version',
    verbs: {
      '': {
        changes: 'environment',
        where: /^(?!.*(?:(?:-c|--connection)[= ]?local|(?:-i|--inventory)[= ]?localhost,?(?: |$)))/,
      },
    },
    examples: {
      catches: [
        'ansible-playbook -i inventories/live site.yml',
        'ansible-playbook deploy.yml --limit web',
        'ansible-pull -U https://git.example.com/ops.git',
        'ansible-playbook -e state=absent db.yml',
      ],
      leaves: [
        'ansible-playbook --syntax-check site.yml',
        'ansible-playbook site.yml --check --diff',
        'ansible-playbook -c local setup.yml',
        'ansible-playbook -i localhost, setup.yml',
      ],
    },
  },
  {
    service: 'ansible',
    title: 'Ansible Vault',
    programs: ['ansible-vault'],
    values: '--vault-password-file --vault-id --output',
    verbs: { 'view|decrypt': { reveals: 'what is encrypted in a vault' } },
    guesses: false,
    examples: {
      catches: [
        'ansible-vault view group_vars/all/vault.yml',
        'ansible-vault decrypt vault.yml',
        'ansible-vault decrypt --output - vault.yml',
        'ansible-vault view --vault-id live@prompt vault.yml',
      ],
      leaves: [
        'ansible-vault encrypt vault.yml',
        'ansible-vault create vault.yml',
        'ansible-vault rekey vault.yml',
        'ansible-vault encrypt_string --stdin-name key',
      ],
    },
  },
  {
    service: 'salt',
    title: 'Salt',
    programs: ['salt', 'salt-call', 'salt-ssh'],
    values: '-t --timeout -c --config-dir -l --log-level --out',
    dry: '--versions-report',
    verbs: {
      '* cmd.run|cmd.run_all|cmd.run_stdout|cmd.shell|cmd.exec_code_all|cmd.powershell': {
        evaluates: 'shell',
        after: 0,
      },
      'cmd.run|cmd.run_all|cmd.run_stdout|cmd.shell': { evaluates: 'shell', after: 0 },
      '* state.apply|state.highstate|state.sls|state.single': {
        changes: 'environment',
        without: 'test=True test=true',
      },
      '* service.stop|service.restart|system.*': { interrupts: 'service' },
      '* *.remove|*.delete|*.purge|*.absent|*.destroy|*.db_remove|*.rm': { destroys: 'resource' },
      '*.remove|*.delete|*.purge|*.db_remove': { destroys: 'resource' },
    },
    examples: {
      catches: [
        "salt '*' cmd.run 'rm -rf /srv/data'",
        "salt 'web*' state.apply",
        'salt db1 mysql.db_remove shop',
        "salt '*' service.stop nginx",
      ],
      leaves: [
        "salt '*' test.ping",
        "salt 'web*' state.apply test=True",
        "salt '*' cmd.run uptime",
        "salt '*' grains.items",
      ],
    },
  },
  {
    service: 'salt',
    title: 'Keys and machines of Salt',
    programs: ['salt-key', 'salt-cloud'],
    verbs: {
      '': [
        { destroys: 'key', with: '-d --delete -D --delete-all' },
        { changes: 'access', with: '-a --accept -A --accept-all' },
      ],
    },
    examples: {
      catches: ['salt-key -D', 'salt-key -d web1', 'salt-key -A -y', 'salt-cloud -d web1'],
      leaves: ['salt-key -L', 'salt-key -f web1', 'salt-cloud -Q', 'salt-key --list all'],
    },
  },
  {
    service: 'chef',
    title: 'Chef',
    programs: ['knife'],
    values: '-x --ssh-user -i -P -c --config -E --environment -z --secret-file --secret -s --server-url',
    reach: { environment: '-E --environment', account: '-s --server-url' },
    verbs: {
      'node|client delete': { destroys: 'access' },
      'node|client|role|environment|cookbook|data bulk delete': { destroys: 'resource', all: true },
      '* server|vm delete': { destroys: 'disk' },
      'data bag delete': { destroys: 'key' },
      'data bag show': { reveals: 'an encrypted item', with: '--secret --secret-file' },
      'vault show|decrypt': { reveals: 'an item of a vault' },
      'environment|role|cookbook delete': { destroys: 'resource' },
      'ssh|winrm': { evaluates: 'shell', after: 1 },
    },
    examples: {
      catches: [
        'knife node delete web1 -y',
        "knife ssh 'role:db' 'rm -rf /srv/data'",
        'knife client bulk delete ^web',
        'knife ec2 server delete i-1',
      ],
      leaves: ['knife node list', "knife ssh 'role:web' uptime", 'knife cookbook upload web', 'knife status'],
    },
  },
  {
    service: 'puppet',
    title: 'Puppet',
    programs: ['puppet', 'puppetserver'],
    values: '--certname --environment',
    verbs: {
      'node clean|purge|deactivate': { destroys: 'access' },
      'cert|ca clean|revoke|destroy': { destroys: 'key' },
      resource: { destroys: 'resource', where: /ensure=(?:absent|purged)/ },
      'parser|lookup|epp|strings|module': quiet,
    },
    examples: {
      catches: [
        'puppet node purge web1',
        'puppet cert clean web1',
        'puppetserver ca revoke --certname web1',
        'puppet resource package nginx ensure=absent',
      ],
      leaves: [
        'puppet agent --test --noop',
        'puppet parser validate site.pp',
        'puppet resource package',
        'puppet module uninstall x',
      ],
    },
  },
  {
    service: 'nix',
    title: 'Generations of Nix and Guix',
    programs: ['nix-collect-garbage', 'nix', 'nix-env', 'guix', 'home-manager'],
    values: '-p --profile -f --file',
    dry: '-n',
    guesses: false,
    verbs: {
      '': [{ destroys: 'snapshot', with: '-d --delete-old --delete-older-than --delete-generations -d' }],
      'profile wipe-history': { destroys: 'snapshot' },
      'system delete-generations': { destroys: 'snapshot' },
      'remove-generations|expire-generations': { destroys: 'snapshot' },
      'run|shell|develop|build|store|flake|eval|fmt|search': quiet,
    },
    examples: {
      catches: [
        'nix-collect-garbage -d',
        'sudo nix-collect-garbage --delete-older-than 7d',
        'nix profile wipe-history',
        'nix-env --delete-generations old',
        'home-manager expire-generations -7days',
      ],
      leaves: [
        'nix-collect-garbage',
        'nix build',
        'nix develop -c npm test',
        'nix store gc',
        'guix gc',
        'nix-env -i hello',
      ],
    },
  },
  {
    service: 'bosh',
    title: 'BOSH',
    programs: ['bosh'],
    values: '-n -l --vars-file -v --var -o --ops-file',
    reach: { environment: '-e --environment', project: '-d --deployment' },
    verbs: {
      'delete-deployment|deld|delete-env': { destroys: 'environment' },
      'delete-disk|orphan-disk': { destroys: 'disk' },
      'delete-vm': { destroys: 'disk' },
      'delete-snapshot|delete-snapshots': { destroys: 'snapshot' },
      'clean-up': { destroys: 'disk', with: '--all' },
      'deploy|create-env': { publishes: 'release' },
      'stop|restart|recreate|cloud-check|cck': { interrupts: 'service' },
      ssh: { evaluates: 'shell', text: '-c --command' },
    },
    examples: {
      catches: [
        'bosh -e live -d shop delete-deployment',
        'bosh delete-disk 7',
        'bosh clean-up --all',
        'bosh -d shop stop --hard',
      ],
      leaves: ['bosh deployments', 'bosh -e live vms', 'bosh -d shop logs', 'bosh tasks'],
    },
  },
  {
    service: 'juju',
    title: 'Juju',
    programs: ['juju'],
    values: '--to',
    reach: { environment: '-m --model', account: '-c --controller' },
    verbs: {
      'destroy-model|destroy-controller|kill-controller': { destroys: 'environment' },
      'remove-application|remove-unit': { destroys: 'service' },
      'remove-machine': { destroys: 'disk' },
      'remove-storage|remove-storage-pool': { destroys: 'volume' },
      'exec|run': { runs: 0 },
      'status|deploy|debug-log|config': quiet,
    },
    examples: {
      catches: [
        'juju destroy-model shop',
        'juju remove-storage data/0 --force',
        'juju kill-controller live',
        'juju remove-application db',
      ],
      leaves: ['juju status', 'juju models', 'juju debug-log', 'juju deploy postgresql'],
    },
  },
];
