import {
  base62,
  digits,
  hex,
  isDummy,
  isRandom,
  sample,
  sampleUuid,
  type Detector,
} from '../../core/detector.ts';
import { blanketLive, long, scoped, scopedLive } from '../../core/rating.ts';

/*
 * Chat, mail and telephones. Slack: docs.slack.dev, "Tokens". Twilio: twilio.com, "API keys". SendGrid: two parts of
 * 22 and 43 characters. Telegram: core.telegram.org, "Bots". None checked.
 */
export const messaging: readonly Detector[] = [
  {
    id: 'slack.token',
    title: 'Slack token',
    provider: 'slack',
    hints: [
      'xoxb-',
      'xoxp-',
      'xoxa-',
      'xoxr-',
      'xoxs-',
      'xoxo-',
      'xoxe-',
      'xoxe.',
      'xoxc-',
      'xoxd-',
      'xapp-',
      'xwfp-',
    ],
    pattern: /\b(?:xox[abprsocd]-|xoxe[.-](?:xox[bp]-)?|xapp-|xwfp-)[0-9A-Za-z%-]{10,251}/g,
    confirm: value => /\d/.test(value) && !isDummy(value),
    rate: value => {
      if (/^xox[psc]/.test(value)) return { reach: 'blanket', stage: 'live', lasts: 'long' };
      return { reach: 'scoped', stage: 'live', lasts: value.startsWith('xoxe.') ? 'session' : 'long' };
    },
    rates: 'of a person (`xoxp-`, `xoxs-`, `xoxc-`) blanket, of a bot or an app scoped',
    examples: {
      catches: [
        `xoxb-${sample(digits, 12)}-${sample(digits, 13)}-${sample(base62, 24)}`,
        `xoxb-${sample(base62, 24)}`,
      ],
      leaves: ['xoxb-'],
    },
  },
  {
    id: 'slack.webhook',
    title: "Slack webhook's address",
    provider: 'slack',
    hints: ['hooks.slack.com/'],
    pattern: /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[0-9A-Za-z+/]{40,60}/g,
    plausible: value => !isDummy(value),
    rate: scopedLive,
    examples: {
      catches: [
        `https://hooks.slack.com/services/T${sample('ABCDEFGHIJKLMNOP0123456789', 8)}/B${sample('ABCDEFGHIJKLMNOP0123456789', 10)}/${sample(base62, 24)}`,
      ],
      leaves: ['https://hooks.slack.com/services/T/B/x'],
    },
  },
  {
    id: 'discord.token',
    title: "Discord bot's token",
    provider: 'discord',
    hints: ['discord'],
    pattern: /(?<![\w.-])[MNO][0-9A-Za-z_-]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,40}(?![\w.-])/g,
    plausible: isRandom,
    rate: blanketLive,
    examples: {
      catches: [`DISCORD_TOKEN=MT${sample(base62, 24)}.G${sample(base62, 5)}.${sample(base62, 38)}`],
      leaves: ['discord.js.org'],
    },
  },
  {
    id: 'discord.webhook',
    title: "Discord webhook's address",
    provider: 'discord',
    hints: ['/api/webhooks/'],
    pattern: /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[0-9A-Za-z_-]{60,80}/g,
    plausible: value => !isDummy(value),
    rate: scopedLive,
    examples: {
      catches: [`https://discord.com/api/webhooks/1${sample(digits, 17)}/${sample(base62, 68)}`],
      leaves: ['https://discord.com/api/webhooks/1/x'],
    },
  },
  {
    id: 'discord.client-secret',
    title: 'Discord client secret',
    provider: 'discord',
    hints: ['discord'],
    pattern:
      /discord[\w.-]{0,20}(?:secret|token|key)[\w-]{0,10}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>[0-9A-Za-z_-]{32}|[0-9a-f]{64})(?![0-9A-Za-z_-])/gi,
    plausible: isRandom,
    // The key of the same length that checks interactions is public.
    confirm: (_, before) => !/public/i.test(before.slice(-80)),
    rate: scoped,
    examples: {
      catches: [`DISCORD_CLIENT_SECRET=${sample(base62, 32)}`],
      leaves: ['DISCORD_CLIENT_SECRET=x'],
    },
  },
  {
    id: 'telegram.token',
    title: "Telegram bot's token",
    provider: 'telegram',
    hints: [':aa'],
    pattern: /(?<![\w:-])(?:bot)?(?<secret>\d{8,10}:AA[0-9A-Za-z_-]{33})(?![\w-])/g,
    plausible: isRandom,
    rate: blanketLive,
    examples: {
      catches: [`TELEGRAM_TOKEN=${sample(digits, 10)}:AA${sample(base62, 33)}`],
      leaves: ['1:AAx'],
    },
  },
  {
    id: 'twilio.key',
    title: 'Twilio API key',
    provider: 'twilio',
    hints: ['twilio'],
    pattern: /\bSK[0-9a-f]{32}\b/g,
    plausible: value => !isDummy(value),
    // It names a key whose secret is apart.
    rate: long,
    examples: { catches: [`TWILIO_API_KEY=SK${sample(hex, 32)}`], leaves: ['TWILIO_API_KEY=SK'] },
  },
  {
    id: 'twilio.auth-token',
    title: 'Twilio auth token or secret',
    provider: 'twilio',
    hints: ['twilio'],
    pattern:
      /twilio[\w.-]{0,20}(?:auth|token|secret)[\w-]{0,10}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>[0-9a-f]{32}|[0-9A-Za-z]{32})(?![0-9A-Za-z])/gi,
    plausible: value => !isDummy(value) && /\d/.test(value),
    rate: blanketLive,
    examples: { catches: [`TWILIO_AUTH_TOKEN=${sample(hex, 32)}`], leaves: ['TWILIO_AUTH_TOKEN=x'] },
  },
  {
    id: 'sendgrid.key',
    title: 'SendGrid key',
    provider: 'sendgrid',
    hints: ['sg.'],
    pattern: /\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}(?![0-9A-Za-z_-])/g,
    rate: long,
    rates: 'its permissions were chosen when it was made and do not show: taken for blanket',
    examples: { catches: [`SG.${sample(base62, 22)}.${sample(base62, 43)}`], leaves: ['SG.x.y'] },
  },
  {
    id: 'mailgun.key',
    title: 'Mailgun key',
    provider: 'mailgun',
    hints: ['mailgun'],
    pattern: /(?<![0-9A-Za-z])(?:key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})\b/g,
    plausible: value => !isDummy(value),
    rate: blanketLive,
    examples: { catches: [`MAILGUN_KEY=key-${sample(hex, 32)}`], leaves: ['mailgun key-x'] },
  },
  {
    id: 'mailchimp.key',
    title: 'Mailchimp key',
    provider: 'mailchimp',
    hints: ['-us'],
    pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/g,
    rate: blanketLive,
    examples: { catches: [`${sample(hex, 32)}-us12`], leaves: ['en-us12'] },
  },
  {
    id: 'brevo.key',
    title: 'Brevo key',
    provider: 'brevo',
    hints: ['xkeysib-', 'xsmtpsib-'],
    pattern: /\bx(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}\b/g,
    rate: blanketLive,
    examples: { catches: [`xkeysib-${sample(hex, 64)}-${sample(base62, 16)}`], leaves: ['xkeysib-x'] },
  },
  {
    id: 'resend.key',
    title: 'Resend key',
    provider: 'resend',
    hints: ['re_'],
    pattern: /\bre_[0-9A-Za-z]{8}_[0-9A-Za-z]{20,28}\b/g,
    confirm: isRandom,
    rate: long,
    examples: {
      catches: [`re_${sample(base62, 8)}_${sample(base62, 24)}`],
      leaves: ['re_x', 're_compile_pattern'],
    },
  },
  {
    id: 'postmark.token',
    title: 'Postmark token',
    provider: 'postmark',
    hints: ['postmark'],
    pattern:
      /postmark[\w.-]{0,30}(?:token|key)[\w-]{0,10}["'`\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}["'`]?(?<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/gi,
    plausible: value => !isDummy(value),
    rate: scopedLive,
    examples: { catches: [`POSTMARK_SERVER_TOKEN=${sampleUuid}`], leaves: ['POSTMARK_API_TOKEN=x'] },
  },
  {
    id: 'teams.webhook',
    title: "Microsoft Teams webhook's address",
    provider: 'microsoft',
    hints: ['webhook.office.com/'],
    pattern:
      /\bwebhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}/g,
    rate: scopedLive,
    examples: {
      catches: [
        `https://a.webhook.office.com/webhookb2/${sampleUuid}@${sampleUuid}/IncomingWebhook/${sample(hex, 32)}/${sampleUuid}`,
      ],
      leaves: ['https://a.webhook.office.com/x'],
    },
  },
];
