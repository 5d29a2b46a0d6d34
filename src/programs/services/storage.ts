import type { Service, VerbDoes } from '../../core/service.ts';
import { backups } from './backups.ts';

/*
 * Stores of objects, and copies between them. Written from knowledge of the command lines; not checked against
 * their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** What is copied from here is read, and afterwards it is gone where it was. */
const moves: readonly VerbDoes[] = [{ destroys: 'object' }, { copies: true }];

export const storage: readonly Service[] = [
  {
    service: 'minio',
    title: 'MinIO Client',
    programs: ['mc', 'mcli'],
    values: '-C --config-dir --older-than --newer-than --attr --encrypt-key --tags',
    dry: '--fake -h',
    verbs: {
      rm: [
        { destroys: 'object', all: true, with: '-r --recursive --versions' },
        { destroys: 'object', without: '-r --recursive --versions' },
      ],
      rb: { destroys: 'bucket' },
      'mirror|sync': [{ destroys: 'object', with: '--remove --overwrite' }, { copies: true }],
      cp: { copies: true },
      mv: moves,
      pipe: quiet,
      undo: { destroys: 'object' },
      'version suspend|disable': { destroys: 'protection' },
      'retention|legalhold|encrypt clear': { destroys: 'protection' },
      'ilm rule|tier rm|remove|add|import': { changes: 'protection' },
      'ilm rm|remove|add|import': { changes: 'protection' },
      'replicate|replication rm|remove|update': { destroys: 'backup' },
      'anonymous|policy set|set-json': { changes: 'access' },
      'admin user|policy|group remove|rm|disable|detach': { destroys: 'access' },
      'admin accesskey|user|svcacct *': { changes: 'access', where: /(?: add| create| edit| enable| set)\b/ },
      'admin accesskey rm|remove': { destroys: 'key' },
      'admin user svcacct rm|remove': { destroys: 'key' },
      'admin service stop|restart|freeze': { interrupts: 'service' },
      'admin decommission start': { destroys: 'volume' },
      'admin config reset|restore|import': { changes: 'service' },
      'alias|tag|event|share|config|od|watch|find|ls|tree|stat|du|head|cat|diff|sql|ping|support|license':
        quiet,
    },
    examples: {
      catches: [
        'mc rm --recursive --force s3/backups',
        'mc rb --force s3/old',
        'mc mirror --remove dist/ s3/site',
        'mc version suspend s3/backups',
        'mc anonymous set public s3/backups',
        'mc admin user remove s3 app',
        'mc retention clear s3/backups',
        'mc cp .env s3/site',
      ],
      leaves: [
        'mc ls s3',
        'mc alias rm old',
        'mc cp dist/app.js s3/site/',
        'mc mirror dist/ s3/site',
        'mc rm --fake s3/backups/x',
        'mc find s3 --name remove',
      ],
    },
  },
  {
    service: 's3cmd',
    title: 's3cmd and s5cmd',
    programs: ['s3cmd', 's5cmd', 's4cmd'],
    values:
      '-c --config --access_key --secret_key --exclude --include --acl-grant --acl-revoke --expiry-days',
    reach: { host: '--host --endpoint-url', region: '--region', profile: '--profile' },
    dry: '-n',
    verbs: {
      'del|rm': [
        { destroys: 'object', all: true, with: '-r --recursive' },
        { destroys: 'object', without: '-r --recursive' },
      ],
      rb: { destroys: 'bucket' },
      sync: [{ destroys: 'object', with: '--delete-removed --delete' }, { copies: true }],
      'put|get|cp': { copies: true },
      mv: moves,
      'expire|setlifecycle|dellifecycle|delpolicy|setpolicy|setversioning|setownership': {
        changes: 'protection',
      },
      setacl: { changes: 'access' },
      multipart: quiet,
    },
    examples: {
      catches: [
        's3cmd del --recursive --force s3://shop/backups',
        's3cmd rb s3://shop',
        's5cmd rm "s3://shop/*"',
        's3cmd sync --delete-removed dist/ s3://shop',
        's3cmd setacl --acl-public s3://shop',
        's3cmd dellifecycle s3://shop',
      ],
      leaves: [
        's3cmd ls',
        's3cmd put dist/app.js s3://shop/',
        's3cmd sync --dry-run --delete-removed dist/ s3://shop',
        's5cmd cp s3://shop/a b',
        's3cmd info s3://shop',
      ],
    },
  },
  {
    service: 'rclone',
    title: 'rclone',
    programs: ['rclone'],
    values: `--config --include --exclude --filter --filter-from --files-from --include-from --exclude-from --min-age --max-age
      --min-size --max-size --transfers --checkers --bwlimit --log-file --log-level --backup-dir --suffix --max-delete --stats
      --retries --timeout --multi-thread-streams --drive-chunk-size`,
    dry: '-n',
    verbs: {
      'delete|deletefile': { destroys: 'object', all: true },
      'purge|rmdir|rmdirs': { destroys: 'bucket' },
      cleanup: { destroys: 'backup' },
      sync: [{ destroys: 'object', all: true }, { copies: true }],
      'move|moveto': moves,
      'copy|copyto': { copies: true },
      bisync: { destroys: 'object', with: '--resync --force' },
      dedupe: { destroys: 'object' },
      'config show|dump': { reveals: 'the credentials of rclone' },
      'config delete|disconnect': { destroys: 'access' },
      reveal: { reveals: 'a password of rclone' },
      backend: { destroys: 'object', where: /\b(?:cleanup|cleanup-hidden|untrash|drop)\b/ },
      link: { publishes: 'files', without: '--unlink' },
      'config|ls|lsd|lsl|lsf|lsjson|tree|cat|check|size|about|mount|serve|rcd|ncdu|md5sum|sha1sum|hashsum|cryptcheck|version|listremotes|obscure|touch|mkdir|selfupdate':
        quiet,
    },
    examples: {
      catches: [
        'rclone purge backup:shop',
        'rclone sync dist/ site:shop',
        'rclone delete --min-age 30d backup:shop',
        'rclone move data backup:shop',
        'rclone config show',
        'rclone cleanup gdrive:',
        'rclone copy .env backup:shop',
      ],
      leaves: [
        'rclone copy dist site:shop',
        'rclone ls backup:purge',
        'rclone sync -n dist site:shop',
        'rclone check dist site:shop',
        'rclone listremotes',
        'rclone size backup:',
      ],
    },
  },
  {
    service: 'b2',
    title: 'Backblaze B2',
    programs: ['b2', 'b2v4', 'b2v3'],
    values: '--profile --threads',
    verbs: {
      'rm|delete-file-version|hide-file|cancel-all-unfinished-large-files': { destroys: 'object' },
      'file delete|hide|rm': { destroys: 'object' },
      'delete-bucket': { destroys: 'bucket' },
      'bucket delete': { destroys: 'bucket' },
      'delete-key': { destroys: 'key' },
      'key delete': { destroys: 'key' },
      'update-bucket': { changes: 'protection' },
      'bucket update': { changes: 'protection' },
      'replication-delete|replication delete': { destroys: 'backup' },
      sync: [
        { destroys: 'object', with: '--delete --keep-days --keepDays --replace-newer --replaceNewer' },
        { copies: true },
      ],
      'ls|get|download*|upload*|file|account|authorize-account': quiet,
    },
    examples: {
      catches: [
        'b2 rm --recursive b2://shop',
        'b2 bucket delete shop',
        'b2 sync --delete dist b2://shop',
        'b2 key delete 0001',
        'b2 delete-file-version a.zip 4_z',
      ],
      leaves: [
        'b2 ls b2://shop',
        'b2 file upload shop dist/a.js a.js',
        'b2 sync dist b2://shop',
        'b2 sync --dry-run --delete dist b2://shop',
        'b2 account get',
      ],
    },
  },
  {
    service: 'object storage',
    title: 'AzCopy, OSSUTIL and COSCLI',
    programs: ['azcopy', 'ossutil', 'ossutil64', 'coscli', 'coscmd'],
    values: '--include-pattern --exclude-pattern --include-path --exclude-path --log-level --from-to',
    verbs: {
      'remove|rm|delete': { destroys: 'object' },
      'copy|cp': { copies: true },
      sync: { destroys: 'object', where: /--delete(?:-destination)?(?:[= ](?:true|prompt))?(?: |$)/ },
      'jobs|login|logout|list|ls|stat|make|mb|bench': quiet,
    },
    examples: {
      catches: [
        'azcopy remove https://shop.blob.core.windows.net/backups --recursive',
        'azcopy sync dist https://shop.blob.core.windows.net/site --delete-destination=true',
        'ossutil rm oss://shop -r -f',
        'coscli rm cos://shop -r',
      ],
      leaves: [
        'azcopy copy dist https://shop.blob.core.windows.net/site',
        'azcopy list https://shop.blob.core.windows.net/site',
        'azcopy jobs clean',
        'azcopy sync dist https://shop.blob.core.windows.net/site',
      ],
    },
  },
  {
    service: 'openstack',
    title: 'Object store of OpenStack',
    programs: ['swift'],
    guesses: false,
    values: '-A --auth -U --user -K --key -p --prefix',
    verbs: {
      delete: { destroys: 'bucket' },
      post: { changes: 'access', with: '-r --read-acl -w --write-acl' },
    },
    examples: {
      catches: [
        'swift delete backups',
        'swift delete --all',
        'swift post -r .r:* site',
        'swift delete -p tmp site',
      ],
      leaves: ['swift list', 'swift build', 'swift test', 'swift package reset', 'swift upload site dist'],
    },
  },
  {
    service: 'ipfs',
    title: 'IPFS',
    programs: ['ipfs'],
    values: '--api -c --config-file --repo-dir',
    verbs: {
      'pin rm': { destroys: 'object' },
      'pin remote rm': { destroys: 'object' },
      'repo gc': { destroys: 'object', all: true },
      'block rm': { destroys: 'object' },
      'files rm': { destroys: 'object' },
      'key rm': { destroys: 'key' },
      'add|cat|get|ls|id|daemon|swarm|bootstrap|dag|name|config|shutdown': quiet,
    },
    examples: {
      catches: ['ipfs pin rm Qm1', 'ipfs repo gc', 'ipfs key rm self', 'ipfs files rm -r /site'],
      leaves: ['ipfs add -r dist', 'ipfs pin ls', 'ipfs repo stat', 'ipfs cat Qm1'],
    },
  },
  {
    service: 'git-annex',
    title: 'Large files beside git',
    programs: ['git-annex', 'dvc', 'datalad'],
    values: '-r --remote -j --jobs --from --to',
    dry: '--dry',
    verbs: {
      'drop|dropunused|unused': { destroys: 'object', with: '--force --reckless' },
      'gc|purge': {
        destroys: 'object',
        all: true,
        with: '-c --cloud -a --all-commits -A --all-branches -f --force -w --workspace',
      },
      'exp|experiments remove|rm|clean|gc': { discards: 'branch' },
      destroy: { destroys: 'repository' },
      'dead|uninit': { destroys: 'repository' },
      'remote|config|stage|params|metrics|plots|pull|push|fetch|status|add|remove|get|sync': quiet,
    },
    examples: {
      catches: [
        'git-annex drop --force big.bin',
        'dvc gc -w --cloud',
        'dvc destroy',
        'git-annex dead here',
        'dvc exp remove -A',
      ],
      leaves: [
        'dvc pull',
        'dvc push',
        'git-annex drop big.bin',
        'dvc remote remove old',
        'git-annex get .',
        'dvc remove data.dvc',
      ],
    },
  },
  ...backups,
];
