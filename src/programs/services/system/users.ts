import type { Service } from '../../../core/service.ts';

/** Who may use the machine, and what guards it. */
export const users: readonly Service[] = [
  {
    service: 'users',
    title: 'Removing users and groups',
    programs: ['userdel', 'deluser', 'groupdel', 'delgroup', 'rmuser'],
    guesses: false,
    verbs: { '': { destroys: 'access', where: /\S/, without: '-h --help --version' } },
    examples: {
      catches: ['userdel -r maria', 'deluser maria sudo', 'groupdel staff'],
      leaves: ['userdel --help', 'groups'],
    },
  },
  {
    service: 'users',
    title: 'Changing users and groups',
    programs: [
      'usermod',
      'groupmod',
      'passwd',
      'chpasswd',
      'gpasswd',
      'chage',
      'chsh',
      'vipw',
      'vigr',
      'visudo',
      'newusers',
      'pwck',
    ],
    values: '-a -d -e -s -g -G -u -c -l -L -m -M -W -I -E -x -n -w -i -A -R --append',
    guesses: false,
    verbs: { '': { changes: 'access', without: '-S --status -l --list -h --help --version -c --check' } },
    examples: {
      catches: ['usermod -aG sudo maria', 'passwd root', 'echo root:x | chpasswd', 'visudo'],
      leaves: ['passwd -S maria', 'chage -l maria', 'visudo -c'],
    },
  },
  {
    service: 'users',
    title: 'Adding users with rights',
    programs: ['useradd', 'adduser', 'groupadd', 'addgroup'],
    values: '-G -g -u -d -s -c -k -e -f -p --groups --gid --uid --home --shell --ingroup',
    guesses: false,
    verbs: {
      '': {
        changes: 'access',
        where:
          /(?:^|\s)(?:-o\b|-\w*u ?0(?:\s|$)|(?:-G|--groups)[= ]?\S*\b(?:sudo|wheel|root|admin|docker)\b)|\s(?:sudo|wheel|root|docker)$/,
      },
    },
    examples: {
      catches: ['useradd -o -u 0 toor', 'useradd -G sudo maria', 'adduser maria sudo'],
      leaves: ['useradd -m app', 'adduser -D app', 'groupadd staff', 'addgroup -S app'],
    },
  },
  {
    service: 'users',
    title: 'Users of macOS',
    programs: ['dscl', 'sysadminctl', 'dseditgroup', 'dsenableroot'],
    guesses: false,
    verbs: {
      '': [
        { destroys: 'access', where: /(?:^|\s)-(?:delete|deleteUser|d)(?:\s|$)|(?:^|\s)-o delete\b/ },
        {
          changes: 'access',
          where:
            /(?:^|\s)-(?:create|append|merge|change|passwd|addUser|resetPasswordFor|adminPassword)(?:\s|$)|(?:^|\s)-o edit\b/,
        },
      ],
    },
    examples: {
      catches: ['dscl . -delete /Users/maria', 'sysadminctl -deleteUser maria', 'dscl . -create /Users/x'],
      leaves: ['dscl . -list /Users', 'dscl . -read /Users/maria'],
    },
  },
  {
    service: 'protection',
    title: 'SELinux and AppArmor',
    programs: [
      'setenforce',
      'aa-disable',
      'aa-teardown',
      'aa-complain',
      'apparmor_parser',
      'setsebool',
      'semanage',
      'semodule',
    ],
    guesses: false,
    verbs: {
      '': [
        { destroys: 'protection', where: /^(?:0|permissive)$/i },
        { destroys: 'protection', where: /^\/|(?:^|\s)(?:-R|--remove|-r|-d|--disable)(?:\s|$)/ },
        { changes: 'protection', where: /^(?:-P )?\w+[ =](?:0|1|on|off|true|false)$/ },
      ],
      'port|fcontext|boolean|login|user|permissive|module|import': {
        changes: 'protection',
        with: '-a --add -d --delete -m --modify -D --deleteall --disable',
      },
    },
    examples: {
      catches: [
        'setenforce 0',
        'aa-disable /etc/apparmor.d/usr.sbin.mysqld',
        'setsebool -P httpd_can_network_connect on',
      ],
      leaves: ['setenforce 1', 'semanage port -l', 'semodule -l'],
    },
  },
  {
    service: 'protection',
    title: 'Records of what happened',
    programs: [
      'auditctl',
      'auditd',
      'wevtutil',
      'logrotate',
      'faillock',
      'fail2ban-client',
      'pam-auth-update',
    ],
    values: '-e -w -k -p -a -A -R -s --state',
    guesses: false,
    verbs: {
      '': [
        { destroys: 'protection', with: '-D' },
        { destroys: 'protection', where: /(?:^|\s)-e ?0(?:\s|$)/ },
      ],
      'cl|clear-log': { destroys: 'resource' },
      'stop|unban|flushlogs': { changes: 'protection' },
      'set * unbanip': { changes: 'protection' },
    },
    examples: {
      catches: ['auditctl -D', 'auditctl -e 0', 'wevtutil cl Security', 'fail2ban-client stop'],
      leaves: ['auditctl -l', 'auditctl -s', 'fail2ban-client status', 'logrotate -f /etc/logrotate.conf'],
    },
  },
  {
    service: 'protection',
    title: 'What guards macOS',
    programs: ['csrutil', 'spctl', 'fdesetup', 'firmwarepasswd', 'nvram', 'tccutil', 'profiles', 'bputil'],
    guesses: false,
    verbs: {
      '': [
        {
          destroys: 'protection',
          where: /(?:^|\s)--?(?:master-disable|global-disable|disable|reset|remove|delete|c|d)(?:\s|$)/,
          without: '--status --list',
        },
        { changes: 'protection', where: /^[\w-]+=\S/ },
      ],
      'disable|clear|reset|remove|removerecovery|delete|authenticated-root': { destroys: 'protection' },
      'changerecovery|add': { changes: 'protection' },
    },
    examples: {
      catches: [
        'csrutil disable',
        'sudo spctl --master-disable',
        'fdesetup disable',
        'tccutil reset All',
        'nvram -c',
      ],
      leaves: ['csrutil status', 'spctl --status', 'fdesetup status', 'nvram -p'],
    },
  },
  {
    service: 'protection',
    title: 'Quarantine of downloads',
    programs: ['xattr'],
    guesses: false,
    verbs: {
      '': [
        { changes: 'protection', with: '-d', where: /com\.apple\.quarantine/ },
        { changes: 'protection', with: '-c' },
      ],
    },
    examples: {
      catches: ['xattr -d com.apple.quarantine Tool.app', 'xattr -cr Tool.app'],
      leaves: ['xattr -l Tool.app', 'xattr Tool.app'],
    },
  },
  {
    service: 'settings',
    title: 'Settings of the desktop',
    programs: ['defaults', 'gsettings', 'dconf'],
    guesses: false,
    verbs: {
      'delete|delete-all': { destroys: 'resource' },
      'reset|reset-recursively': { changes: 'resource' },
      'import|load': { changes: 'resource' },
    },
    examples: {
      catches: [
        'defaults delete com.apple.dock',
        'dconf reset -f /',
        'gsettings reset-recursively org.gnome.shell',
      ],
      leaves: ['defaults read com.apple.dock', 'gsettings get org.gnome.shell favorite-apps', 'dconf list /'],
    },
  },
];
