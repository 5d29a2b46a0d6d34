import { desk } from './vscode.ts';
import { createHash } from 'node:crypto';
import type { Sighting } from '../../src/core/ages.ts';
import type { Handed } from '../../src/core/model.ts';
import type { Rotation, Tracked } from '../../src/core/ports.ts';
import type { Report, Scan, Secret } from '../../src/core/report.ts';
import { scanText } from '../../src/core/scan.ts';
import { base62, sample, type Detector } from '../../src/core/detector.ts';

const { Findings } = await import('../../src/editor/secrets/findings.ts');
const { secretsTree } = await import('../../src/editor/secrets/tree.ts');
const { quickFixes } = await import('../../src/editor/secrets/quickFixes.ts');
const { guide } = await import('../../src/editor/secrets/guide.ts');
const { diagnostics } = await import('../../src/editor/secrets/diagnostics.ts');

/** What tells of itself how grave it is; the real tables have tests of their own. */
const detectors: readonly Detector[] = [
  {
    id: 'github.token',
    title: 'GitHub token',
    provider: 'github',
    hints: ['ghp_'],
    pattern: /\bghp_[0-9A-Za-z]{36}\b/g,
    rate: () => ({ reach: 'blanket', stage: 'live' }),
    examples: { catches: [`ghp_${sample(base62, 36)}`], leaves: [] },
  },
  {
    id: 'stripe.key',
    title: 'Stripe key',
    provider: 'stripe',
    hints: ['rk_live_', 'sk_test_'],
    pattern: /\b[rs]k_(?:live|test)_[0-9A-Za-z]{32}\b/g,
    rate: value => ({
      reach: value.startsWith('rk') ? 'scoped' : 'blanket',
      stage: value.includes('live') ? 'live' : 'test',
    }),
    examples: { catches: [`sk_test_${sample(base62, 32)}`], leaves: [] },
  },
];

export const day = 24 * 60 * 60 * 1000;

/** Everything about secrets on paper: files in `desk.disk`, a scanner without a worker, a vault without a keyring. */
export function secretDesk() {
  const ignored = new Map<string, string>();
  const stored = new Map<string, { readonly value: string; readonly environment?: string }>();
  const git = new Map<string, Tracked>();
  /** Days ago, by file. */
  const seen = new Map<string, number>();
  const complaints: string[] = [];
  const memory = new Map<string, unknown>();
  const logged: string[] = [];
  const rotation = {
    commands: {} as Record<string, string>,
    examined: (): Rotation => ({
      argv: ['/bin/rotate'],
      problems: [],
      doubts: [],
      marks: { '/bin/rotate': '1' },
    }),
    does: (): { readonly exit: number | undefined; readonly output: string } => ({ exit: 0, output: 'fine' }),
    ran: [] as { argv: readonly string[]; env: Readonly<Record<string, string>>; hide: readonly string[] }[],
  };
  const handing = {
    stored: [] as { readonly name: string; readonly environment?: string }[],
    variables: [] as { readonly name: string; readonly from: string }[],
    look: (
      cwd: string,
      secret: { readonly name: string; readonly from: string },
    ): (Handed & { readonly pinned?: string }) | undefined => ({ ...secret, cwd }),
    out: [] as { secret: Handed; agent: string | undefined; until: number }[],
  };
  const told: { -readonly [Key in keyof Report]?: Report[Key] } = {};
  const fileSecrets = (file: string, text = desk.disk.get(file)): readonly Secret[] =>
    scanText(file, text ?? '', detectors).map(({ value, ...it }) => {
      const fingerprint = createHash('sha256').update(value).digest('hex');
      const reason = ignored.get(fingerprint);
      const column = it.column + 1;
      return {
        ...it,
        ...{ file, fingerprint, column, endLine: it.line, endColumn: column + value.length },
        ...(reason !== undefined && { ignored: reason }),
      };
    });
  const scan = async ({ progress, signal }: Scan): Promise<Report> => {
    progress?.({ files: desk.disk.size, done: 1, found: 0 });
    return {
      secrets: [...desk.disk.keys()].flatMap(it => fileSecrets(it)),
      files: desk.disk.size,
      ...{ unchanged: 0, bytes: 0, skipped: [], took: 1 },
      cancelled: signal?.aborted ?? false,
      ...told,
    };
  };
  const note = async (secrets: readonly Secret[]): Promise<ReadonlyMap<string, Sighting>> =>
    new Map(
      secrets.map(({ fingerprint, detector, file }) => [
        fingerprint,
        {
          ...{ fingerprint, kind: detector, file, place: 'API_KEY', by: 'commit', lastSeen: Date.now() },
          firstSeen: Date.now() - (seen.get(file) ?? 0) * day,
        },
      ]),
    );
  const findings = new Findings({
    scanner: async () => ({ scan, file: async (file, text) => fileSecrets(file, text) }),
    ages: { note },
    days: () => 90,
    complain: it => void complaints.push(it),
  });
  const [tree, fixes, shown] = [secretsTree(findings), quickFixes(findings), diagnostics(findings)];
  const rotated = { where: 'the page of tokens', make: 'Make one.', revoke: 'Delete it.', depends: 'all.' };
  const given = {
    findings,
    tree,
    fixes,
    guide: guide(async () => ({
      github: { name: 'GitHub', ...rotated },
      unknown: { name: 'Another', ...rotated },
    })),
    rotation: {
      findings,
      memory: {
        get: (key: string) => memory.get(key),
        update: async (key: string, value: unknown) => void memory.set(key, structuredClone(value)),
        keys: () => [...memory.keys()],
      },
      log: { info: (line: string) => void logged.push(line), show: () => undefined },
      rotating: async () => ({
        examine: async () => rotation.examined(),
        run: async (
          argv: readonly string[],
          { env, hide }: { env: Readonly<Record<string, string>>; hide: readonly string[] },
        ) => {
          rotation.ran.push({ argv, env, hide });
          return rotation.does();
        },
      }),
      commands: () => rotation.commands,
      show: () => void desk.shown.push({ what: 'view', text: '', items: [] }),
    },
    folders: () => ['/w'],
    handing: {
      folders: () => ['/w'],
      stored: () => handing.stored,
      variables: async () => handing.variables,
      look: async (folder: string, secret: { readonly name: string; readonly from: string }) =>
        handing.look(folder, secret),
      agents: async () => [{ id: 'codex', name: 'Codex' }],
      handOut: (secret: Handed, agent: string | undefined, until: number) =>
        void handing.out.push({ secret, agent, until }),
    },
    vault: {
      names: () => [...stored.keys()].map(name => ({ name })),
      value: async (name: string) => stored.get(name)?.value,
      remove: async (name: string) => void stored.delete(name),
      store: async (name: string, value: string, environment?: string) =>
        void stored.set(name, environment === undefined ? { value } : { value, environment }),
    },
    ignored: async () => ({
      reason: (print: string) => ignored.get(print),
      ignore: (print: string, reason: string) => void ignored.set(print, reason),
      mind: (print: string) => void ignored.delete(print),
    }),
    git: {
      about: async (file: string): Promise<Tracked> => git.get(file) ?? 'untracked',
      ignore: async (file: string) => {
        if (git.get(file) !== 'tracked') git.set(file, 'ignored');
        return '/w/.gitignore';
      },
    },
  };
  return {
    given,
    findings,
    ignored,
    stored,
    git,
    seen,
    complaints,
    told,
    memory,
    logged,
    rotation,
    handing,
    dispose: () => shown.dispose(),
  };
}
