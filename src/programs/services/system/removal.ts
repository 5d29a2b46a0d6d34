import type { Service, VerbDoes } from '../../../core/service.ts';

const removed: VerbDoes = { destroys: 'code' };

/** Taking packages of the system away: what runs on it may need them. To install one is nobody's loss. */
export const removal: readonly Service[] = [
  {
    service: 'packages',
    title: 'Debian packages',
    programs: ['apt', 'apt-get', 'aptitude'],
    values: '-o -c -t --option --config-file --target-release --default-release',
    guesses: false,
    dry: '-s --simulate --just-print --no-act --recon -d --download-only',
    verbs: { 'remove|purge': removed, 'autoremove|autopurge': { destroys: 'code', with: '--purge' } },
    examples: {
      catches: ['apt-get purge postgresql', 'sudo apt remove -y nginx', 'apt-get autoremove --purge'],
      leaves: [
        'apt-get update',
        'apt-get install -y curl',
        'apt-get -s remove nginx',
        'apt-get autoremove -y',
        'apt-get clean',
      ],
    },
  },
  {
    service: 'packages',
    title: 'Packages by their files',
    programs: ['dpkg', 'rpm'],
    guesses: false,
    dry: '--test --simulate --no-act',
    verbs: {
      '': {
        destroys: 'code',
        with: '-r --remove -P --purge -e --erase',
        without: '-q --query -l --list -i --install -I --info -V --verify -c --contents',
      },
    },
    examples: {
      catches: ['dpkg --purge nginx', 'rpm -e nginx'],
      leaves: ['dpkg -l', 'dpkg -i x.deb', 'rpm -qa'],
    },
  },
  {
    service: 'packages',
    title: 'RPM packages',
    programs: ['dnf', 'yum', 'microdnf', 'zypper', 'rpm-ostree', 'tdnf'],
    values: '--releasever --enablerepo --disablerepo --installroot -c --config',
    guesses: false,
    dry: '--assumeno -D',
    verbs: {
      'remove|erase|rm|uninstall|autoremove|reset|cleanup|rollback': removed,
      'history undo|rollback': removed,
    },
    examples: {
      catches: ['dnf remove httpd', 'yum erase -y mysql-server', 'zypper rm nginx'],
      leaves: ['yum install httpd', 'dnf update', 'yum info zsh', 'dnf clean all'],
    },
  },
  {
    service: 'packages',
    title: 'pacman',
    programs: ['pacman', 'yay', 'paru'],
    guesses: false,
    dry: '-p --print',
    verbs: { '': { destroys: 'code', with: '-R --remove' } },
    examples: {
      catches: ['pacman -Rns nginx', 'yay -R nginx'],
      leaves: ['pacman -Syu', 'pacman -Q', 'pacman -S nginx'],
    },
  },
  {
    service: 'packages',
    title: 'Packages of Alpine',
    programs: ['apk'],
    values: '-t --virtual -X --repository -p --root',
    guesses: false,
    // What begins with a dot was added for one build.
    verbs: { del: { destroys: 'code', where: /(?:^|\s)[a-z0-9][\w.+-]*\s*$/, without: '--simulate -s' } },
    examples: {
      catches: ['apk del nginx', 'apk del --purge postgresql'],
      leaves: ['apk del .build-deps', 'apk add curl', 'apk update'],
    },
  },
  {
    service: 'packages',
    title: 'Homebrew',
    programs: ['brew'],
    guesses: false,
    dry: '-n',
    verbs: {
      'uninstall|remove|rm': removed,
      'services|service stop|restart|kill': { interrupts: 'service' },
      'services|service remove|rm': removed,
      untap: { changes: 'resource' },
    },
    examples: {
      catches: ['brew uninstall postgresql', 'brew services stop mysql'],
      leaves: [
        'brew install jq',
        'brew list',
        'brew services list',
        'brew services start mysql',
        'brew cleanup',
      ],
    },
  },
  {
    service: 'packages',
    title: 'Snap and other stores',
    programs: ['snap', 'port', 'pkg', 'pkgin', 'eopkg', 'swupd', 'winget', 'choco', 'scoop', 'pkgutil'],
    guesses: false,
    dry: '-n',
    verbs: {
      'remove|uninstall|delete|deinstall|rm|bundle-remove': removed,
      '': { destroys: 'code', with: '--forget' },
    },
    examples: {
      catches: [
        'snap remove postgresql',
        'pkg delete nginx',
        'choco uninstall git',
        'pkgutil --forget com.example.tool',
      ],
      leaves: ['snap list', 'pkg info', 'winget list', 'choco install git'],
    },
  },
  {
    service: 'packages',
    title: 'Portage',
    programs: ['emerge'],
    guesses: false,
    dry: '-p --pretend',
    verbs: {
      '': {
        destroys: 'code',
        with: '-C --unmerge -c --depclean',
      },
    },
    examples: {
      catches: ['emerge --unmerge nginx', 'emerge -C postgresql'],
      leaves: ['emerge nginx', 'emerge --sync', 'emerge -p nginx'],
    },
  },
];
