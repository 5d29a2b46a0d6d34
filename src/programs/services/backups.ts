import type { Service } from '../../core/service.ts';

/*
 * Backups and snapshots. Written from knowledge of the command lines; not checked against their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

export const backups: readonly Service[] = [
  {
    service: 'restic',
    title: 'restic',
    programs: ['restic', 'rustic', 'autorestic', 'resticprofile'],
    values:
      '-p --password-file --password-command --tag --host -H --path --keep-last --keep-daily --keep-weekly --keep-monthly --keep-yearly --keep-within -o --option --cacert -t --target -l -c --config -n --name',
    reach: { project: '-r --repo --repository', profile: '--repository-file' },
    dry: '-n',
    verbs: {
      forget: { destroys: 'snapshot' },
      prune: { destroys: 'backup' },
      'key remove|rm': { destroys: 'key' },
      'key add|passwd': { changes: 'key' },
      rewrite: { destroys: 'snapshot', with: '--forget' },
      unlock: { changes: 'protection', with: '--remove-all' },
      'repair snapshots|packs': { changes: 'backup', with: '--forget' },
      restore: { destroys: 'backup', with: '--delete' },
      'cache|tag|backup|ls|find|dump|copy|check|stats|diff|init|mount|cat|list|snapshots': quiet,
    },
    examples: {
      catches: [
        'restic forget --keep-last 3 --prune',
        'restic -r /srv/repo prune',
        'restic forget 5b0e',
        'restic key remove 5b0e',
        'restic rewrite --forget --exclude x',
      ],
      leaves: [
        'restic backup ~/src',
        'restic snapshots',
        'restic forget --keep-last 3 --dry-run',
        'restic restore latest --target /tmp/x',
        'restic unlock',
        'restic find prune',
      ],
    },
  },
  {
    service: 'borg',
    title: 'Borg',
    programs: ['borg', 'borgmatic'],
    values:
      '-a --glob-archives --match-archives -P --prefix --keep-last --keep-daily -d -w -m -y --keep-weekly --keep-monthly --keep-yearly --keep-within -C --compression --rsh -c --config',
    reach: { project: '-r --repo --repository' },
    dry: '-n',
    verbs: {
      'delete|prune|repo-delete|rdelete|undelete': { destroys: 'backup' },
      recreate: { destroys: 'backup' },
      compact: { changes: 'backup' },
      'break-lock': { changes: 'protection' },
      'key change-passphrase|change-location': { changes: 'key' },
      'key export': { reveals: 'the key of a repository of backups' },
      config: { changes: 'backup', where: /append_only|additional_free_space/ },
      'create|extract|list|info|check|diff|mount|umount|init|rcreate|version|serve|upgrade|rename|benchmark':
        quiet,
    },
    examples: {
      catches: [
        'borg delete /srv/repo::monday',
        'borg prune --keep-daily 7 /srv/repo',
        'borg repo-delete -r ssh://backup.example.com/repo',
        'borg key export /srv/repo',
        'borgmatic prune',
      ],
      leaves: [
        'borg create /srv/repo::now ~/src',
        'borg list /srv/repo',
        'borg prune -n --keep-daily 7 /srv/repo',
        'borg check /srv/repo',
        'borg extract /srv/repo::delete',
      ],
    },
  },
  {
    service: 'duplicity',
    title: 'duplicity, rdiff-backup and Tarsnap',
    programs: ['duplicity', 'duply', 'rdiff-backup', 'tarsnap'],
    values: '-f --keyfile --cachedir --encrypt-key --time --api-version',
    verbs: {
      'remove-*|cleanup': { destroys: 'backup' },
      'remove increments': { destroys: 'backup' },
      'purge|purgeFull|purgeIncr|purgeAuth|purge_cmd': { destroys: 'backup' },
      '* purge|purgeFull|purgeIncr|cleanup': { destroys: 'backup' },
      'backup|restore|verify|list|full|incremental|incr|collection-status|list-current-files': quiet,
      '': { destroys: 'backup', with: '-d --nuke --remove-older-than' },
    },
    examples: {
      catches: [
        'duplicity remove-older-than 1M file:///srv/backup --force',
        'duplicity remove-all-but-n-full 1 --force file:///srv/backup',
        'tarsnap -d -f monday',
        'rdiff-backup --remove-older-than 2W /srv/backup',
        'duply shop purge --force',
      ],
      leaves: [
        'duplicity collection-status file:///srv/backup',
        'tarsnap -c -f now ~/src',
        'rdiff-backup backup a /srv/backup',
        'duplicity full src file:///srv/backup',
        'tarsnap --list-archives',
      ],
    },
  },
  {
    service: 'kopia',
    title: 'Kopia, Duplicati and others that keep snapshots',
    programs: ['kopia', 'duplicati-cli', 'bupstash', 'duplicacy', 'proxmox-backup-client'],
    values: '--config-file -p --password --tags',
    reach: { project: '--repository' },
    verbs: {
      'snapshot|snap delete|remove|rm|expire|forget': { destroys: 'snapshot' },
      'blob|content|index delete|rm|gc|drop|optimize|recover': { destroys: 'backup' },
      'repository change-password': { changes: 'key' },
      'repository|repo disconnect|connect|status': quiet,
      'policy delete|remove|rm': { destroys: 'protection' },
      'manifest delete|rm': { destroys: 'backup' },
      maintenance: { destroys: 'backup', where: /--safety[ =]none/ },
      'delete|purge-broken-files|prune|gc|rm|forget': { destroys: 'backup' },
      'server|user|cache|logs': quiet,
    },
    examples: {
      catches: [
        'kopia snapshot delete k5b0e --delete',
        'kopia policy delete --global',
        'kopia snapshot expire --all --delete',
        'duplicati-cli delete file:///srv/backup --version=0',
        'duplicacy prune -keep 0:30',
      ],
      leaves: [
        'kopia snapshot create ~/src',
        'kopia snapshot list',
        'kopia repository status',
        'kopia maintenance run',
        'kopia repository disconnect',
      ],
    },
  },
  {
    service: 'snapshots',
    title: 'Snapshots of this machine',
    programs: ['timeshift', 'snapper', 'tmutil', 'vssadmin', 'wbadmin', 'btrbk'],
    values: '-c --config --snapshot',
    verbs: {
      'delete|remove|rm': { destroys: 'snapshot' },
      'cleanup|prune|clean|archive': { destroys: 'snapshot' },
      'undochange|rollback': { changes: 'disk' },
      'delete-config': { destroys: 'protection' },
      'delete shadows|shadowstorage|catalog|systemstatebackup|backup|*': { destroys: 'snapshot', all: true },
      'resize shadowstorage': { destroys: 'snapshot' },
      'disable|disablelocal|removedestination|addexclusion': { destroys: 'protection' },
      'deletelocalsnapshots|thinlocalsnapshots|deleteinprogress': { destroys: 'snapshot' },
      '': { destroys: 'snapshot', with: '--delete --delete-all' },
    },
    examples: {
      catches: [
        'timeshift --delete-all',
        'snapper delete 1-40',
        'sudo tmutil disable',
        'tmutil deletelocalsnapshots /',
        'vssadmin delete shadows /all /quiet',
        'wbadmin delete catalog -quiet',
      ],
      leaves: [
        'timeshift --create',
        'snapper list',
        'tmutil listbackups',
        'tmutil status',
        'vssadmin list shadows',
      ],
    },
  },
];
