import type { Service } from '../../../core/service.ts';

/** The network of the machine, and what guards it. */
export const network: readonly Service[] = [
  {
    service: 'firewall',
    title: 'iptables',
    programs: [
      'iptables',
      'ip6tables',
      'ebtables',
      'arptables',
      'iptables-nft',
      'iptables-legacy',
      'ip6tables-legacy',
      'ip6tables-nft',
    ],
    values:
      '-t -p -s -d -i -o -j -m --dport --sport --table --protocol --source --destination --jump --match',
    guesses: false,
    verbs: {
      '': [
        { destroys: 'protection', with: '-F --flush -X --delete-chain' },
        { destroys: 'protection', where: /(?:^|\s)(?:-P|--policy) \S+ ACCEPT(?:\s|$)/ },
        {
          changes: 'protection',
          with: '-A --append -I --insert -D --delete -R --replace -N --new-chain -E --rename-chain -Z --zero',
        },
        { changes: 'protection', where: /(?:^|\s)(?:-P|--policy) \S+ (?:DROP|REJECT)(?:\s|$)/ },
      ],
    },
    examples: {
      catches: [
        'iptables -F',
        'iptables -t nat -F',
        'ip6tables -P INPUT ACCEPT',
        'iptables -A INPUT -j DROP',
      ],
      leaves: ['iptables -L -n', 'iptables -S', 'iptables -C INPUT -j DROP'],
    },
  },
  {
    service: 'firewall',
    title: 'Restoring firewall rules',
    programs: ['iptables-restore', 'ip6tables-restore', 'ipset', 'ipfw'],
    guesses: false,
    dry: '-t --test',
    verbs: {
      '': { changes: 'protection' },
      'list|-L|save|show|test': { harmless: true },
      'destroy|flush|-F|-X|delete': { destroys: 'protection' },
    },
    examples: {
      catches: ['iptables-restore < rules.v4', 'ipset flush blocklist', 'ipfw flush'],
      leaves: ['ipset list', 'ipfw show', 'iptables-restore --test rules.v4'],
    },
  },
  {
    service: 'firewall',
    title: 'nftables',
    programs: ['nft'],
    values: '-f --file -I -D',
    guesses: false,
    dry: '-c --check',
    verbs: {
      '': { changes: 'protection', with: '-f --file' },
      'flush|delete|destroy|reset': { destroys: 'protection' },
      'add|insert|replace|create|rename': { changes: 'protection' },
    },
    examples: {
      catches: ['nft flush ruleset', 'nft delete table inet filter', 'nft -f rules.nft'],
      leaves: ['nft list ruleset', 'nft -c -f rules.nft'],
    },
  },
  {
    service: 'firewall',
    title: 'ufw',
    programs: ['ufw'],
    guesses: false,
    verbs: {
      'disable|reset|delete': { destroys: 'protection' },
      'allow|deny|reject|limit|default|route|insert|prepend|enable|reload|logging': { changes: 'protection' },
    },
    examples: {
      catches: ['ufw disable', 'sudo ufw --force reset', 'ufw delete allow 22', 'ufw allow 22/tcp'],
      leaves: ['ufw status', 'ufw status verbose', 'ufw show raw'],
    },
  },
  {
    service: 'firewall',
    title: 'firewalld and pf',
    programs: ['firewall-cmd', 'firewall-offline-cmd', 'pfctl'],
    values: '-f -t -a -i -T --zone',
    guesses: false,
    verbs: {
      '': [
        {
          destroys: 'protection',
          where: /(?:^|\s)--(?:remove|delete)-|(?:^|\s)--(?:panic-on|complete-reload|disable)\b/,
        },
        { destroys: 'protection', with: '-F -d' },
        { changes: 'protection', where: /(?:^|\s)--(?:add|change|set|new|load)-/ },
        { changes: 'protection', with: '-f -e' },
      ],
    },
    examples: {
      catches: ['firewall-cmd --remove-service=ssh', 'firewall-cmd --panic-on', 'pfctl -d', 'pfctl -F all'],
      leaves: ['firewall-cmd --list-all', 'firewall-cmd --state', 'pfctl -s rules'],
    },
  },
  {
    service: 'network',
    title: 'ip',
    programs: ['ip'],
    values: '-n --netns -f --family -l --loops',
    guesses: false,
    verbs: {
      'link|l set|s': { interrupts: 'network', where: /\sdown(?:\s|$)/ },
      'link|l delete|del|d': { interrupts: 'network' },
      'address|addr|a delete|del|d|flush|f': { interrupts: 'network' },
      'route|ro|r delete|del|d|flush|f|replace|change': { interrupts: 'network' },
      'rule|ru delete|del|d|flush|f': { interrupts: 'network' },
      'netns|tunnel delete|del|d': { interrupts: 'network' },
      'xfrm * flush|delete|deleteall': { interrupts: 'network' },
    },
    examples: {
      catches: [
        'ip link set eth0 down',
        'ip route flush table main',
        'ip addr del 10.0.0.2/24 dev eth0',
        'sudo ip l set wlan0 down',
      ],
      leaves: ['ip addr', 'ip route show', 'ip link set eth0 up', 'ip -br link'],
    },
  },
  {
    service: 'network',
    title: 'Interfaces and routes',
    programs: ['ifconfig', 'route', 'rfkill', 'wpa_cli', 'netplan'],
    guesses: false,
    verbs: {
      '* down': { interrupts: 'network' },
      'del|delete|flush|change|block': { interrupts: 'network' },
      'terminate|disconnect|disable_network|remove_network': { interrupts: 'network' },
      'apply|try': { changes: 'resource' },
    },
    examples: {
      catches: ['ifconfig eth0 down', 'route del default', 'rfkill block all', 'netplan apply'],
      leaves: ['ifconfig', 'ifconfig eth0', 'route -n', 'rfkill list', 'netplan get'],
    },
  },
  {
    service: 'network',
    title: 'Interfaces as a whole',
    programs: ['ifdown', 'dhclient', 'networksetup', 'scutil'],
    guesses: false,
    verbs: {
      '': [
        { interrupts: 'network', where: /(?:^|\s)-(?:a|r|x)(?:\s|$)|^[a-z]+\d+$/ },
        { interrupts: 'network', where: /^-set(?:airportpower|networkserviceenabled) .*\boff$/ },
        {
          changes: 'resource',
          where: /^-(?:set|remove|create|delete|add)/,
          without: '-setairportpower -setnetworkserviceenabled',
        },
      ],
    },
    examples: {
      catches: [
        'ifdown eth0',
        'ifdown -a',
        'networksetup -setairportpower en0 off',
        'networksetup -setdnsservers Wi-Fi empty',
      ],
      leaves: ['networksetup -listallnetworkservices', 'scutil --dns'],
    },
  },
  {
    service: 'network',
    title: 'NetworkManager',
    programs: ['nmcli'],
    values: '-f --fields -t -m --mode -c --colors -w --wait',
    guesses: false,
    verbs: {
      'networking|net|n off': { interrupts: 'network' },
      'radio|r all|wifi|wwan off': { interrupts: 'network' },
      'connection|con|c down|delete|del': { interrupts: 'network' },
      'connection|con|c modify|mod': { changes: 'resource' },
      'device|dev|d disconnect|delete|dis': { interrupts: 'network' },
    },
    examples: {
      catches: ['nmcli networking off', 'nmcli con delete office', 'nmcli device disconnect eth0'],
      leaves: ['nmcli', 'nmcli device status', 'nmcli con show'],
    },
  },
  {
    service: 'network',
    title: 'Traffic control',
    programs: ['tc'],
    guesses: false,
    verbs: { 'qdisc|class|filter add|replace|change|delete|del': { interrupts: 'network' } },
    examples: {
      catches: ['tc qdisc add dev eth0 root netem loss 100%', 'tc qdisc del dev eth0 root'],
      leaves: ['tc qdisc show', 'tc -s qdisc'],
    },
  },
];
