import type { Resource } from './model.ts';

/** What the nouns of commands, paths and mutations mean, the gravest first: `volumeBackup` is a backup. */
const nouns: readonly (readonly [Resource, RegExp])[] = [
  ['protection', /^(?:protection|retention|versioning|lock|lifecycle)s?$/],
  ['backup', /^(?:backup|recoverypoint|recovery|pitr|archive|vault)s?$/],
  ['snapshot', /^snapshots?$/],
  ['key', /^(?:key|keyring|keypair|keyvault|apikey|kms|secret|credential|certificate|cert)s?$/],
  ['volume', /^(?:volume|disk|filesystem|fileshare|share|pvc|persistentvolumeclaim)s?$/],
  [
    'database',
    /^(?:database|db|dbinstance|rds|postgres|postgresql|mysql|mariadb|redis|valkey|mongo|mongodb|cosmosdb|sql|keyspace|warehouse|instance)s?$/,
  ],
  ['bucket', /^buckets?$/],
  ['table', /^(?:table|collection|dataset|index|indices)(?:s|es)?$/],
  ['cluster', /^(?:cluster|nodepool|node)s?$/],
  ['namespace', /^namespaces?$/],
  ['project', /^(?:project|account|organization|organisation|workspace|team|resourcegroup|subscription)s?$/],
  ['environment', /^(?:environment|env|stack|stage)s?$/],
  ['repository', /^(?:repository|repositorie|repo)s?$/],
  ['queue', /^(?:queue|topic|stream)s?$/],
  ['cache', /^caches?$/],
  ['image', /^images?$/],
  ['container', /^(?:container|pod)s?$/],
  ['access', /^(?:user|role|member|token|policy|policie|permission|grant|webhook)s?$/],
  [
    'service',
    /^(?:service|deployment|app|application|function|domain|server|droplet|machine|site|release|plugin|zone|record)s?$/,
  ],
  ['rows', /^(?:row|record|customer|order|entry|entrie|document)s?$/],
];

const destructive =
  /^(?:delete|destroy|remove|drop|purge|wipe|erase|terminate|truncate|reset|revoke|deprovision|unpublish|unregister|uninstall|prune|flush|clear|nuke|rm|rb|del|detach|disable|deregister|decommission|obliterate|undeploy|undefine|teardown|flushall|flushdb)(?:d|s|all)?$/;

/** Whether one of the words takes something away. */
export function takesAway(words: readonly string[]): boolean {
  return words.some(word => destructive.test(word));
}

/** What a program plainly says and that takes nothing away: what stands behind it is a name, whatever it is called. */
const plain =
  /^(?:list|ls|get|describe|show|view|info|inspect|status|logs?|tail|watch|search|find|query|check|test|validate|lint|diff|plan|build|create|add|new|init|start|run|exec|up|open|login|logout|auth|whoami|version|help|docs|set|update|put|push|pull|clone|sync|copy|cp|install|generate|export|import|apply|deploy|restore|wait|tag|comment|edit|rename|enable|attach|link|connect|use|select|scale)$/;

/** Whether it begins with one of them: `get-object`, `create`. */
export function isVerb([first]: readonly string[]): boolean {
  return first !== undefined && plain.test(first);
}

/** What the words name, the gravest where they name several: `volume backups` are backups. */
export function resourceOf(words: readonly string[]): Resource {
  return nouns.find(([, noun]) => words.some(word => noun.test(word)))?.[0] ?? 'resource';
}

/** The words of an identifier or a path: `volumeDelete`, `/api/v1/volume-backups`. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
