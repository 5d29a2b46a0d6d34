import { base62, hex, sample, base36, type Detector } from '../core/detector.ts';

/** Credentials that begin with a mark of who gave them out. The next one is a row. */
export const providers: readonly Detector[] = [
  {
    id: 'github.token',
    title: 'GitHub token',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\b(?:gh[pousr]_[0-9A-Za-z]{36,251}|github_pat_[0-9A-Za-z_]{22,251})\b/g,
    examples: {
      catches: [`token=ghp_${sample(base62, 36)}`, `ghs_${sample(base62, 40)}`],
      leaves: ['ghp_short', 'a ghp_ prefix'],
    },
  },
  {
    id: 'gitlab.token',
    title: 'GitLab token',
    hints: ['glpat-'],
    pattern: /\bglpat-[0-9A-Za-z_-]{20,64}/g,
    examples: { catches: [`glpat-${sample(base62, 20)}`], leaves: ['glpat-short'] },
  },
  {
    id: 'aws.access-key',
    title: 'AWS access key',
    hints: ['akia', 'asia'],
    pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
    examples: { catches: [`AKIA${sample(base36.toUpperCase(), 16)}`], leaves: ['AKIA', 'ASIA PACIFIC'] },
  },
  {
    id: 'stripe.key',
    title: 'Stripe key',
    hints: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'],
    pattern: /\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,247}\b/g,
    examples: { catches: [`sk_live_${sample(base62, 24)}`], leaves: ['sk_live_'] },
  },
  {
    id: 'openai.key',
    title: 'OpenAI or Anthropic key',
    hints: ['sk-proj-', 'sk-ant-', 'sk-svcacct-'],
    pattern: /\bsk-(?:proj|ant|svcacct)-[0-9A-Za-z_-]{20,251}/g,
    examples: { catches: [`sk-ant-${sample(base62, 40)}`], leaves: ['sk-ant-short'] },
  },
  {
    id: 'slack.token',
    title: 'Slack token',
    hints: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xapp-'],
    pattern: /\b(?:xox[abpr]|xapp)-[0-9A-Za-z-]{10,251}/g,
    examples: { catches: [`xoxb-${sample(base62, 24)}`], leaves: ['xoxb-'] },
  },
  {
    id: 'google.key',
    title: 'Google API key',
    hints: ['aiza'],
    pattern: /\bAIza[0-9A-Za-z_-]{35}/g,
    examples: { catches: [`AIza${sample(base62, 35)}`], leaves: ['AIza'] },
  },
  {
    id: 'npm.token',
    title: 'npm token',
    hints: ['npm_'],
    pattern: /\bnpm_[0-9A-Za-z]{36}\b/g,
    examples: { catches: [`npm_${sample(base62, 36)}`], leaves: ['npm_config_registry'] },
  },
  {
    id: 'supabase.key',
    title: 'Supabase key',
    hints: ['sbp_', 'sb_secret_'],
    pattern: /\b(?:sbp_[0-9a-f]{40}|sb_secret_[0-9A-Za-z_-]{20,64})/g,
    examples: { catches: [`sbp_${sample(hex, 40)}`], leaves: ['sbp_short'] },
  },
];
