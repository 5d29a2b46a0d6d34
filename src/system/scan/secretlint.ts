import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { isRandom } from '../../core/detector.ts';
import type { Second } from './look.ts';

/**
 * What secretlint says of a text. Its comments that switch it off are not heard: an agent can write one. Empty where
 * it fails.
 */
export async function secondOpinion(path: string, text: string): Promise<readonly Second[]> {
  if (text.length > longest) return [];
  try {
    const { messages } = await lintSource({
      source: { filePath: path, content: text, contentType: 'text', ext: '' },
      options: { noPhysicFilePath: true, config: { rules: asked } },
    });
    return messages.flatMap(({ ruleId, messageId, range: [from, to] }) => {
      const rule = ruleId.replace('@secretlint/secretlint-rule-', '');
      const known = Object.hasOwn(kinds, rule) ? kinds[rule] : undefined;
      if (!known || harmless.has(messageId)) return [];
      const { title, provider = rule, marked = true } = known;
      return [
        { rule, title, provider, at: [from, to] as const, sure: marked && isRandom(text.slice(from, to)) },
      ];
    });
  } catch {
    return [];
  }
}

/** Characters. Ours are linear and checked to be so; these are not ours. */
const longest = 1024 * 1024;

interface Kind {
  readonly title: string;
  /** Where it is not the name of the rule. */
  readonly provider?: string;
  /** It begins with a mark of who gave it out: `false` where only its place tells. */
  readonly marked?: false;
}

/** secretlint's rules, 12.0.0: what they find in our words. One that is not named here is not asked. */
const kinds: Readonly<Record<string, Kind>> = {
  '1password': { title: '1Password service account token' },
  anthropic: { title: 'Anthropic API key' },
  aws: { title: 'AWS key', marked: false },
  basicauth: { title: 'Password in an address', provider: 'generic', marked: false },
  'database-connection-string': {
    title: 'Database address with a password',
    provider: 'database',
    marked: false,
  },
  databricks: { title: 'Databricks access token' },
  docker: { title: 'Docker access token' },
  figma: { title: 'Figma access token' },
  gcp: { title: 'Google service account key', provider: 'google', marked: false },
  github: { title: 'GitHub token' },
  gitlab: { title: 'GitLab access token' },
  grafana: { title: 'Grafana token' },
  groq: { title: 'Groq API key' },
  'hashicorp-vault': { title: 'Vault token', provider: 'vault' },
  huggingface: { title: 'Hugging Face access token' },
  linear: { title: 'Linear API token' },
  notion: { title: 'Notion integration token' },
  npm: { title: 'npm token', marked: false },
  openai: { title: 'OpenAI key' },
  privatekey: { title: 'Private key', provider: 'generic', marked: false },
  sendgrid: { title: 'SendGrid key' },
  shopify: { title: 'Shopify key' },
  slack: { title: 'Slack token' },
  vercel: { title: 'Vercel token' },
};

/** An account's number opens nothing. */
const harmless: ReadonlySet<string> = new Set(['AWSAccountID']);

const asked = rules
  .filter(({ meta }) => Object.hasOwn(kinds, meta.id.replace('@secretlint/secretlint-rule-', '')))
  .map(rule => ({ id: rule.meta.id, rule }));

// secretlint keeps a mark of every rule and file for ever, and looks through all of them at each (12.0.0).
Object.defineProperty(performance, 'mark', { value: () => undefined });
