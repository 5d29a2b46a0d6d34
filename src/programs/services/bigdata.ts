import type { Service, VerbDoes } from '../../core/service.ts';

/*
 * Clusters that keep much data: Hadoop, HBase, ZooKeeper, Ceph, and tools that change big tables. Written from knowledge
 * of the command lines; not checked against their references.
 */

const quiet = { harmless: true } as const;

const removing: readonly VerbDoes[] = [
  { destroys: 'object', where: /^(?:dfs |fs )?-rm(?:dir)? / },
  { destroys: 'object', all: true, where: /^(?:dfs |fs )?-(?:rmr|expunge)\b/ },
  { destroys: 'backup', where: /^(?:dfs |fs )?-deleteSnapshot / },
  { changes: 'object', where: /^(?:dfs |fs )?-(?:mv|truncate|setrep|setfacl|chmod|chown) / },
];

export const bigData: readonly Service[] = [
  {
    service: 'hadoop',
    title: 'Hadoop',
    programs: ['hdfs', 'hadoop'],
    single: true,
    guesses: false,
    verbs: {
      '': removing,
      'dfs|fs': removing,
      namenode: [
        { destroys: 'volume', all: true, with: '-format' },
        { changes: 'cluster', with: '-rollback -recover -importCheckpoint -initializeSharedEdits' },
      ],
      dfsadmin: [
        { destroys: 'backup', with: '-disallowSnapshot' },
        { changes: 'cluster', with: '-safemode -finalizeUpgrade -rollingUpgrade -clrQuota -refreshNodes' },
        { interrupts: 'cluster', with: '-shutdownDatanode' },
      ],
      haadmin: { interrupts: 'cluster', with: '-failover -transitionToStandby -transitionToActive' },
      distcp: { destroys: 'object', all: true, with: '-delete' },
      'key delete': { destroys: 'key' },
      'job|mapred': { interrupts: 'process', with: '-kill -kill-task' },
    },
    examples: {
      catches: [
        'hdfs dfs -rm -r -skipTrash /warehouse/orders',
        'hadoop fs -rmr /warehouse',
        'hdfs namenode -format',
        'hadoop distcp -delete hdfs://a/x hdfs://b/x',
      ],
      leaves: ['hdfs dfs -ls /warehouse', 'hadoop fs -cat /x/part-0', 'hdfs dfsadmin -report'],
    },
  },
  {
    service: 'zookeeper',
    title: 'ZooKeeper',
    programs: ['zkCli.sh', 'zkCli', 'zkcli', 'zookeepercli'],
    values: '-server -timeout --servers -c',
    single: true,
    reach: { host: '-server --servers' },
    verbs: {
      'delete|deleteall|rmr|rm': { destroys: 'rows' },
      'set|setAcl|reconfig|setquota|delquota|create': { changes: 'rows' },
    },
    examples: {
      catches: ['zkCli.sh -server zk:2181 deleteall /app', 'zkCli.sh rmr /app'],
      leaves: ['zkCli.sh ls /', 'zkCli.sh -server zk:2181 get /app'],
    },
  },
  {
    service: 'ceph',
    title: 'Ceph',
    programs: ['ceph', 'rados', 'rbd', 'radosgw-admin', 'cephadm'],
    values: '-p --pool -c --conf -n --id --cluster --namespace --image -s --uid --bucket --object',
    reach: { database: '-p --pool' },
    named: '--bucket --uid',
    verbs: {
      'osd pool delete|rm': { destroys: 'volume', all: true },
      'osd purge|rm|destroy|out|down': { changes: 'cluster' },
      'osd purge|destroy': { destroys: 'volume' },
      'osd crush rm|remove': { changes: 'cluster' },
      'fs rm': { destroys: 'volume' },
      'fs volume|subvolume|subvolumegroup rm': { destroys: 'volume' },
      'fs snapshot|subvolume snapshot rm': { destroys: 'snapshot' },
      'auth del|rm|caps': { destroys: 'access' },
      'mon|mgr|mds rm|remove|fail': { interrupts: 'cluster' },
      'orch rm|device zap|host rm|daemon rm': { destroys: 'service' },
      'config-key rm|del': { destroys: 'key' },
      'rmpool|purge|cppool': { destroys: 'volume', all: true },
      'rm|clearomap|truncate': { destroys: 'volume' },
      'trash purge|rm|remove': { destroys: 'volume' },
      'snap rm|remove|purge|unprotect|rollback|revert': { destroys: 'snapshot' },
      'image|pool delete|rm': { destroys: 'volume' },
      'mirror pool|image disable': { destroys: 'protection' },
      'bucket rm|unlink': { destroys: 'bucket' },
      'user|subuser rm|suspend': { destroys: 'access' },
      'object rm|unlink': { destroys: 'object' },
      'key rm': { destroys: 'key' },
      'rm-cluster|zap-osds': { destroys: 'cluster' },
      'ls|status|-s|health|df|osd tree|osd df|osd ls|info|create|map|unmap|showmapped|snap ls|snap create|list':
        quiet,
    },
    examples: {
      catches: [
        'ceph osd pool delete data data --yes-i-really-really-mean-it',
        'rbd rm pool/image',
        'rbd snap purge pool/image',
        'rados -p data purge data --yes-i-really-really-mean-it',
        'radosgw-admin bucket rm --bucket=uploads --purge-objects',
      ],
      leaves: ['ceph status', 'rbd ls', 'ceph osd tree', 'rbd snap create pool/image@x'],
    },
  },
  {
    service: 'hbase',
    title: 'HBase and Solr',
    programs: ['hbase', 'solr'],
    guesses: false,
    values: '-c -p -s -z',
    named: '-c',
    verbs: {
      shell: [
        {
          destroys: 'table',
          where: /\b(?:drop|drop_all|truncate|truncate_preserve|deleteall|delete_snapshot)\b/,
        },
        { evaluates: 'ruby', text: '' },
      ],
      'snapshot delete': { destroys: 'snapshot' },
      delete: { destroys: 'database' },
      'stop|restart': { interrupts: 'database' },
    },
    examples: {
      catches: ['solr delete -c orders', 'solr stop -all'],
      leaves: ['solr status', 'hbase version'],
    },
  },
  {
    service: 'mysql',
    title: 'Tools that change big tables',
    programs: ['pt-archiver', 'pt-kill', 'pt-online-schema-change', 'gh-ost', 'pt-table-sync'],
    values: '--source --dest --where --alter --host --database --table --user --password',
    reach: { host: '-h --host', database: '--database' },
    guesses: false,
    verbs: {
      '': [
        { destroys: 'rows', all: true, with: '--purge' },
        { interrupts: 'database', with: '--kill --kill-query' },
        { destroys: 'column', with: '--execute', where: /\bdrop\b/i },
        { changes: 'table', with: '--execute' },
      ],
    },
    examples: {
      catches: [
        'pt-archiver --source h=db,D=shop,t=orders --purge --where 1=1',
        'gh-ost --alter "DROP COLUMN email" --execute',
      ],
      leaves: [
        'gh-ost --alter "ADD COLUMN email text"',
        'pt-online-schema-change --alter "DROP COLUMN a" --print',
      ],
    },
  },
];
