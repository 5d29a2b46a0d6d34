import { base62, hex, isRandom, sample, type Detector } from '../../core/detector.ts';
import { blanketLive, long, scopedLive, session } from '../../core/rating.ts';

/*
 * Language models. Anthropic: platform.claude.com, "Admin API" (`sk-ant-admin`). OpenAI: the mark `T3BlbkFJ` in the
 * middle is from others' rules. Hugging Face: huggingface.co, "User access tokens". None checked.
 */
export const models: readonly Detector[] = [
  {
    id: 'anthropic.key',
    title: 'Anthropic key',
    provider: 'anthropic',
    hints: ['sk-ant-'],
    pattern: /(?<![\w-])sk-ant-(?:[a-z]{2,8}\d{2}-)?[0-9A-Za-z_-]{20,251}/g,
    rate: value => {
      if (value.startsWith('sk-ant-admin')) return { reach: 'blanket', stage: 'live', lasts: 'long' };
      if (/^sk-ant-(?:oat|sid)/.test(value)) return { reach: 'blanket', stage: 'live', lasts: 'session' };
      return { reach: 'scoped', stage: 'live', lasts: 'long' };
    },
    rates: 'an admin key or a login is blanket, a key of the API scoped to a workspace',
    examples: {
      catches: [`sk-ant-api03-${sample(base62, 93)}AA`, `sk-ant-${sample(base62, 40)}`],
      leaves: ['sk-ant-short'],
    },
  },
  {
    id: 'openai.key',
    title: 'OpenAI key',
    provider: 'openai',
    hints: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 't3blbkfj'],
    pattern:
      /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[0-9A-Za-z_-]{20,251}|[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}(?![0-9A-Za-z]))/g,
    rate: value =>
      /^sk-(?:proj|svcacct)-/.test(value)
        ? { reach: 'scoped', stage: 'live', lasts: 'long' }
        : { reach: 'blanket', stage: 'live', lasts: 'long' },
    rates: 'of a project or a service account scoped, of a person or an administrator blanket',
    examples: {
      catches: [
        `sk-proj-${sample(base62, 74)}T3BlbkFJ${sample(base62, 74)}`,
        `sk-${sample(base62, 20)}T3BlbkFJ${sample(base62, 20)}`,
      ],
      leaves: ['sk-proj-short'],
    },
  },
  {
    id: 'openrouter.key',
    title: 'OpenRouter key',
    provider: 'openrouter',
    hints: ['sk-or-v1-'],
    pattern: /\bsk-or-v1-[0-9a-f]{64}\b/g,
    rate: blanketLive,
    examples: { catches: [`sk-or-v1-${sample(hex, 64)}`], leaves: ['sk-or-v1-x'] },
  },
  {
    id: 'huggingface.token',
    title: 'Hugging Face token',
    provider: 'huggingface',
    hints: ['hf_', 'api_org_'],
    pattern: /\b(?:hf|api_org)_[0-9A-Za-z]{34,37}\b/g,
    confirm: value => /[a-z]/.test(value) && /[A-Z]/.test(value) && new Set(value).size > 12,
    rate: long,
    rates: 'whether fine-grained or not does not show: taken for blanket',
    examples: { catches: [`hf_${sample(base62, 34)}`], leaves: ['hf_hub_download'] },
  },
  {
    id: 'groq.key',
    title: 'Groq key',
    provider: 'groq',
    hints: ['gsk_'],
    pattern: /\bgsk_[0-9A-Za-z]{48,56}\b/g,
    rate: scopedLive,
    examples: { catches: [`gsk_${sample(base62, 52)}`], leaves: ['gsk_x'] },
  },
  {
    id: 'xai.key',
    title: 'xAI key',
    provider: 'xai',
    hints: ['xai-'],
    pattern: /\bxai-[0-9A-Za-z]{80}\b/g,
    rate: scopedLive,
    examples: { catches: [`xai-${sample(base62, 80)}`], leaves: ['xai-x'] },
  },
  {
    id: 'perplexity.key',
    title: 'Perplexity key',
    provider: 'perplexity',
    hints: ['pplx-'],
    pattern: /\bpplx-[0-9A-Za-z]{48,56}\b/g,
    rate: scopedLive,
    examples: { catches: [`pplx-${sample(base62, 48)}`], leaves: ['pplx-x'] },
  },
  {
    id: 'replicate.token',
    title: 'Replicate token',
    provider: 'replicate',
    hints: ['r8_'],
    pattern: /\br8_[0-9A-Za-z]{37}\b/g,
    rate: blanketLive,
    examples: { catches: [`r8_${sample(base62, 37)}`], leaves: ['r8_x'] },
  },
  {
    id: 'langsmith.key',
    title: 'LangSmith key',
    provider: 'langsmith',
    hints: ['lsv2_'],
    pattern: /\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}\b/g,
    rate: blanketLive,
    examples: { catches: [`lsv2_pt_${sample(hex, 32)}_${sample(hex, 10)}`], leaves: ['lsv2_x'] },
  },
  {
    id: 'pinecone.key',
    title: 'Pinecone key',
    provider: 'pinecone',
    hints: ['pcsk_'],
    pattern: /\bpcsk_[0-9A-Za-z]{5,6}_[0-9A-Za-z]{60,70}\b/g,
    rate: scopedLive,
    examples: { catches: [`pcsk_${sample(base62, 6)}_${sample(base62, 63)}`], leaves: ['pcsk_x'] },
  },
  {
    id: 'models.key',
    title: 'Key of a language model',
    provider: 'models',
    hints: [
      'mistral',
      'cohere',
      'deepseek',
      'together',
      'fireworks',
      'elevenlabs',
      'assemblyai',
      'stability',
    ],
    named: [/mistral|cohere|deepseek|together|fireworks|elevenlabs|assemblyai|stability/i, /key|token/i],
    pattern: /(?<![\w-])[0-9A-Za-z_-]{24,72}(?![\w-])/g,
    plausible: isRandom,
    rate: scopedLive,
    examples: {
      catches: [`MISTRAL_API_KEY=${sample(base62, 32)}`, `DEEPSEEK_API_KEY=sk-${sample(hex, 32)}`],
      leaves: ['MISTRAL_API_KEY=x'],
    },
  },
  {
    id: 'models.session',
    title: "Login of an agent's own program",
    provider: 'models',
    hints: ['refreshtoken', 'refresh_token'],
    named: [/^(?:refreshToken|refresh_token)$/],
    pattern: /(?<![\w-])rt_[\w.-]{20,400}/g,
    rate: session,
    examples: { catches: [`"refresh_token": "rt_${sample(base62, 60)}"`], leaves: ['"refresh_token": ""'] },
  },
];
