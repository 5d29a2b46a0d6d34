import type { Service } from '../../../core/service.ts';

const stops = 'stop|restart|force-reload|try-restart|condrestart|force-stop|force-restart|zap';

/** What runs on the machine, and the machine itself. */
export const running: readonly Service[] = [
  {
    service: 'systemd',
    title: 'systemd',
    programs: ['systemctl'],
    values:
      '-H --host -M --machine -p --property -s --signal -n --lines -o --output -t --type --root --state --what --kill-whom',
    guesses: false,
    verbs: {
      'stop|restart|try-restart|condrestart|reload-or-restart|try-reload-or-restart|kill|clean|freeze': {
        interrupts: 'service',
      },
      'poweroff|reboot|halt|kexec|soft-reboot|rescue|emergency|isolate|default|exit|suspend|hibernate|hybrid-sleep|suspend-then-hibernate':
        { interrupts: 'machine' },
      'disable|mask|revert|preset|preset-all|set-default|set-property|edit': { changes: 'service' },
      // What a user's own unit, or one named by its file, does at every login.
      'enable|reenable': [
        { changes: 'service', with: '--user --global' },
        { changes: 'service', without: '--user --global', where: /\s\S*\// },
      ],
      'link|add-wants|add-requires|import-environment': { changes: 'service' },
    },
    examples: {
      catches: [
        'systemctl stop nginx',
        'sudo systemctl restart postgresql',
        'systemctl poweroff',
        'systemctl --user enable x.service',
      ],
      leaves: [
        'systemctl status nginx',
        'systemctl list-units',
        'systemctl start nginx',
        'sudo systemctl enable --now docker',
        'systemctl daemon-reload',
      ],
    },
  },
  {
    service: 'init',
    title: 'Services by name',
    programs: ['service', 'rc-service', 'invoke-rc.d'],
    guesses: false,
    verbs: { [`* ${stops}`]: { interrupts: 'service' }, [`* * ${stops}`]: { interrupts: 'service' } },
    examples: {
      catches: ['service nginx stop', 'sudo service mysql restart', 'rc-service sshd stop'],
      leaves: ['service nginx status', 'service --status-all', 'service nginx start'],
    },
  },
  {
    service: 'init',
    title: 'Supervisors of services',
    programs: ['supervisorctl', 'sv', 'initctl', 'monit', 's6-rc', 'svcadm', 'circusctl', 'god'],
    values: '-c --configuration -s -u -p -w',
    guesses: false,
    verbs: {
      'stop|restart|shutdown|reload|remove|force-stop|force-restart|force-shutdown|down|kill|disable|unmonitor|quit|terminate|exit':
        {
          interrupts: 'service',
        },
      'stop all': { interrupts: 'service', all: true },
    },
    examples: {
      catches: ['supervisorctl stop web', 'supervisorctl restart all', 'sv down nginx', 'monit stop all'],
      leaves: ['supervisorctl status', 'sv status nginx', 'supervisorctl tail web'],
    },
  },
  {
    service: 'init',
    title: 'What starts with the machine',
    programs: ['chkconfig', 'update-rc.d', 'rc-update', 'sysv-rc-conf', 'insserv'],
    guesses: false,
    verbs: {
      '* off|on|remove|disable|enable|defaults': { changes: 'service' },
      'add|del|delete|-d|-a': { changes: 'service' },
    },
    examples: {
      catches: ['chkconfig sshd off', 'update-rc.d nginx disable', 'rc-update del sshd'],
      leaves: ['chkconfig --list', 'rc-update show'],
    },
  },
  {
    service: 'launchd',
    title: 'launchd',
    programs: ['launchctl'],
    guesses: false,
    verbs: {
      'unload|bootout|stop|kill|remove|disable': { interrupts: 'service' },
      kickstart: { interrupts: 'service', with: '-k' },
      'reboot|shutdown': { interrupts: 'machine' },
      'load|bootstrap|submit|enable|setenv|config': { changes: 'service' },
    },
    examples: {
      catches: [
        'launchctl load ~/Library/LaunchAgents/x.plist',
        'launchctl bootout system/com.example.agent',
      ],
      leaves: ['launchctl list', 'launchctl print system'],
    },
  },
  {
    service: 'servers',
    title: 'Web and other servers',
    programs: [
      'nginx',
      'apachectl',
      'apache2ctl',
      'httpd',
      'caddy',
      'haproxy',
      'rndc',
      'postfix',
      'asterisk',
      'unbound-control',
    ],
    values: '-c -g -p -f -d --config',
    guesses: false,
    verbs: {
      '': { interrupts: 'service', where: /(?:^|\s)-(?:s|k) ?(?:stop|quit|restart|graceful-stop)(?:\s|$)/ },
      'stop|restart|graceful-stop|halt|abort|flush': { interrupts: 'service' },
    },
    examples: {
      catches: ['nginx -s stop', 'apachectl restart', 'httpd -k stop', 'caddy stop'],
      leaves: ['nginx -t', 'nginx -s reload', 'apachectl configtest', 'caddy validate'],
    },
  },
  {
    service: 'machine',
    title: 'Turning the machine off',
    programs: ['shutdown', 'reboot', 'halt', 'poweroff'],
    guesses: false,
    verbs: {
      '': {
        interrupts: 'machine',
        without: '-c --show -k -w --wtmp-only --version',
        where: /^(?!--help)/,
      },
    },
    examples: {
      catches: ['shutdown now', 'sudo reboot', 'halt -f', 'poweroff', 'shutdown -r +5'],
      leaves: ['shutdown -c', 'shutdown --show', 'reboot --help'],
    },
  },
  {
    service: 'machine',
    title: 'Run levels',
    programs: ['init', 'telinit'],
    guesses: false,
    verbs: { '0|1|6|s|S|q': { interrupts: 'machine' } },
    examples: { catches: ['init 0', 'telinit 6'], leaves: ['init --version', 'telinit --help'] },
  },
  {
    service: 'processes',
    title: 'Ending processes',
    programs: ['kill'],
    guesses: false,
    // Everything that may be ended, or what all others hang from: `-1`, not first, where it is a signal, and `1`.
    verbs: {
      '': [
        { interrupts: 'process', all: true, where: /^-\S+ (?:\S+ )*-1(?:\s|$)/ },
        { interrupts: 'machine', where: /^(?:-\S+ )*1$/ },
      ],
    },
    examples: {
      catches: ['kill -9 -1', 'kill -KILL -1', 'kill -- -1', 'kill -9 1'],
      leaves: ['kill 4321', 'kill -9 4321', 'kill -1 4321', 'kill -l'],
    },
  },
  {
    service: 'processes',
    title: 'Ending processes by user',
    programs: ['killall', 'pkill', 'killall5', 'skill', 'slay'],
    values: '-s --signal -o -y -n -t -g -P -F -u -U -G --user --euid --uid --ns',
    guesses: false,
    verbs: {
      '': [
        { interrupts: 'process', all: true, with: '-u --user --euid -U --uid -G --group -t --terminal' },
        { interrupts: 'process', all: true, where: /^(?:-\S+ )*(?:\.\*?|\.\+|'')$/ },
      ],
    },
    examples: {
      catches: ['killall -u postgres', 'pkill -9 -u root', 'pkill -f .', "pkill -9 '.*'"],
      leaves: ['killall node', 'pkill -f vite', 'pkill -9 chrome'],
    },
  },
  {
    service: 'sessions',
    title: 'Sessions of users',
    programs: ['loginctl', 'pm-suspend', 'pmset', 'machinectl'],
    guesses: false,
    verbs: {
      'terminate-session|terminate-user|terminate-seat|kill-session|kill-user|flush-devices|terminate|kill': {
        interrupts: 'machine',
      },
      'poweroff|reboot|suspend|hibernate|sleepnow|shutdownnow|restartnow': { interrupts: 'machine' },
      remove: { destroys: 'container' },
      'disable-linger|enable-linger|disable|enable': { changes: 'service' },
    },
    examples: {
      catches: ['loginctl terminate-user maria', 'loginctl reboot', 'machinectl remove image'],
      leaves: ['loginctl list-sessions', 'pmset -g', 'machinectl list'],
    },
  },
  {
    service: 'cron',
    title: 'Jobs at set times',
    programs: ['crontab'],
    values: '-u',
    guesses: false,
    verbs: {
      '': [
        { destroys: 'resource', with: '-r' },
        // A file, or a dash for the standard input, takes the place of all jobs there are.
        { changes: 'service', where: /^(?:-u \S+ )?(?:-|[^\s-]\S*)$/, without: '-l -e -r' },
      ],
    },
    examples: {
      catches: ['crontab -r', 'crontab jobs.txt', 'crontab -u root -r', 'echo "* * * * * x" | crontab -'],
      leaves: ['crontab -l', 'crontab -u maria -l'],
    },
  },
  {
    service: 'cron',
    title: 'Jobs at one time',
    programs: ['atrm'],
    guesses: false,
    verbs: { '': { destroys: 'resource', where: /\d/ } },
    examples: { catches: ['atrm 4', 'sudo atrm 1 2'], leaves: ['atrm -V', 'atq'] },
  },
  {
    service: 'kernel',
    title: 'Kernel settings',
    programs: ['sysctl'],
    guesses: false,
    verbs: {
      '': {
        changes: 'resource',
        where: /(?:^|\s)(?:-w|--write|-p|--load|--system)(?:\s|=|$)|(?:^|\s)[\w.]+=/,
      },
    },
    examples: {
      catches: ['sysctl -w net.ipv4.ip_forward=1', 'sysctl vm.swappiness=10', 'sysctl -p'],
      leaves: ['sysctl -a', 'sysctl net.ipv4.ip_forward', 'sysctl -n vm.swappiness'],
    },
  },
  {
    service: 'kernel',
    title: 'Kernel modules',
    programs: ['modprobe', 'rmmod', 'insmod', 'kexec', 'kldunload', 'kextunload'],
    guesses: false,
    dry: '-n --show -D',
    verbs: {
      '': [
        { changes: 'resource', with: '-r --remove' },
        {
          changes: 'resource',
          where: /^\S+$|\.ko(?:\.\w+)?(?:\s|$)/,
          without: '-l -h --help -V --version -c --showconfig',
        },
        { interrupts: 'machine', with: '-e --exec' },
      ],
    },
    examples: {
      catches: ['modprobe -r nvidia', 'rmmod loop', 'insmod ./driver.ko', 'kexec -e'],
      leaves: ['modprobe --showconfig', 'rmmod --help'],
    },
  },
];
