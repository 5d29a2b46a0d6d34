/*
 * Every id that package.json promises. `test/contributes` compares the two, both ways.
 */

export const commandIds = [
  'chaperone.approvals.show',
  'chaperone.approvals.next',
  'chaperone.approvals.allow',
  'chaperone.approvals.deny',
  'chaperone.grants.revoke',
  'chaperone.mode.switch',
  'chaperone.mode.pause',
  'chaperone.mode.resume',
  'chaperone.agents.install',
  'chaperone.agents.uninstall',
  'chaperone.agents.preview',
  'chaperone.coverage.show',
  'chaperone.coverage.refresh',
  'chaperone.ledger.open',
  'chaperone.ledger.verify',
  'chaperone.secrets.scan',
  'chaperone.secrets.show',
  'chaperone.secrets.byFile',
  'chaperone.secrets.byKind',
  'chaperone.secrets.open',
  'chaperone.secrets.store',
  'chaperone.secrets.reference',
  'chaperone.secrets.gitignore',
  'chaperone.secrets.ignore',
  'chaperone.secrets.mind',
  'chaperone.secrets.rotate',
  'chaperone.secrets.guide',
  'chaperone.secrets.copyName',
  'chaperone.secrets.add',
  'chaperone.secrets.handOut',
  'chaperone.secrets.remove',
  'chaperone.log.show',
  'chaperone.terminal.agent',
  'chaperone.lists.choose',
  'chaperone.servers.guard',
  'chaperone.doctor',
  'chaperone.walkthrough.open',
  'chaperone.settings.open',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = ['chaperone.approvals', 'chaperone.coverage', 'chaperone.secrets'] as const;
export type ViewId = (typeof viewIds)[number];

/** Tools that models are offered. */
export const toolIds = [
  'chaperone_readFile',
  'chaperone_run',
  'chaperone_runCommand',
  'chaperone_query',
] as const;
export type ToolId = (typeof toolIds)[number];

/** What a row of a view says it is, for the menus. */
export const rowKinds = [
  'approval',
  'grant',
  'secret',
  'ignoredSecret',
  'openAgent',
  'guardedAgent',
  'ownAgent',
] as const;
export type RowKind = (typeof rowKinds)[number];

/** What `when` clauses may ask. */
export const contextKeys = ['chaperone.waiting', 'chaperone.paused', 'chaperone.byKind'] as const;
export type ContextKey = (typeof contextKeys)[number];

/** Behind the id of the extension and a `#`. */
export const walkthroughId = 'chaperone.start';
