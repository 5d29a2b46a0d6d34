/**
 * Programs of the gravest tier: one word too many, and what is gone is gone for everybody. On PATH, a script may stand before
 * each of them and ask, where no hook and no shell does.
 *
 * Not here is what builds, prompts and editors start by the hundred, where that would be noticed: `rm`, `dd` (each
 * `configure` runs it), `git`, `docker`, `gh` (git asks it for passwords), `sqlite3`. And nothing of which Chaperone does
 * not know what it does.
 */
export const gravest: readonly string[] = [
  // Databases: what they are told is done, and most have no way back.
  ...['psql', 'dropdb', 'dropuser', 'pg_restore', 'cockroach'],
  ...['mysql', 'mysqladmin', 'mariadb', 'mariadb-admin', 'sqlcmd', 'clickhouse-client', 'cqlsh'],
  ...['mongosh', 'mongo', 'mongorestore', 'redis-cli', 'valkey-cli'],
  // Infrastructure: they tear down what others stand on.
  ...['terraform', 'tofu', 'terragrunt', 'pulumi', 'kubectl', 'oc', 'helm'],
  // Clouds and platforms: accounts, volumes and backups go by one line, which is what nobody can restore.
  ...['aws', 'gcloud', 'gsutil', 'bq', 'az', 'doctl', 'hcloud'],
  ...['flyctl', 'fly', 'railway', 'heroku', 'vercel', 'netlify', 'wrangler', 'firebase'],
  ...['supabase', 'neonctl', 'turso', 'pscale'],
  // Discs.
  ...['mkfs', 'wipefs', 'blkdiscard', 'shred'],
];
