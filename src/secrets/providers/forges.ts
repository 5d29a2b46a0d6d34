import { hasChecksum } from '../../core/checksum.ts';
import { base62, base36, isDummy, isRandom, sample, type Detector } from '../../core/detector.ts';
import { blanket, long, scoped, session } from '../../core/rating.ts';

/*
 * Hosts of code. GitHub: "Behind GitHub's new authentication token formats", April 2021. GitLab: docs.gitlab.com,
 * "Token overview"; only `glpat-` checked (issue 342327), the others not checked. Bitbucket: not checked.
 */
export const forges: readonly Detector[] = [
  {
    id: 'github.token',
    title: 'GitHub token',
    provider: 'github',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /\bgh[pousr]_[0-9A-Za-z]{36,251}\b/g,
    confirm: value => hasChecksum(value.slice(4)) || isRandom(value),
    rate: value => {
      if (value.startsWith('ghp_') || value.startsWith('gho_')) return { reach: 'blanket', lasts: 'long' };
      return value.startsWith('ghr_')
        ? { reach: 'scoped', lasts: 'long' }
        : { reach: 'scoped', lasts: 'session' };
    },
    rates: 'by its mark: `ghp_`, `gho_` blanket; `ghu_`, `ghs_` of an app, scoped and short-lived',
    examples: {
      catches: [`token=ghp_${sample(base62, 36)}`, `ghs_${sample(base62, 40)}`],
      leaves: ['ghp_short', 'a ghp_ prefix'],
    },
  },
  {
    id: 'github.fine-grained',
    title: 'GitHub fine-grained token',
    provider: 'github',
    hints: ['github_pat_'],
    pattern: /\bgithub_pat_[0-9A-Za-z_]{22,251}\b/g,
    rate: scoped,
    examples: {
      catches: [`github_pat_${sample(base62, 22)}_${sample(base62, 59)}`],
      leaves: ['github_pat_short'],
    },
  },
  {
    id: 'gitlab.token',
    title: 'GitLab access token',
    provider: 'gitlab',
    hints: ['glpat-'],
    pattern: /(?<![\w-])glpat-[0-9A-Za-z_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9,12})?/g,
    rate: long,
    rates: 'its scopes were chosen when it was made and do not show: taken for blanket',
    examples: {
      catches: [`glpat-${sample(base62, 20)}`, `glpat-${sample(base62, 27)}.01.${sample(base36, 9)}`],
      leaves: ['glpat-short'],
    },
  },
  {
    id: 'gitlab.scoped',
    title: 'GitLab token of one purpose',
    provider: 'gitlab',
    hints: [
      'gldt-',
      'glrt-',
      'glptt-',
      'glft-',
      'glimt-',
      'glagent-',
      'glsoat-',
      'gloas-',
      'glffct-',
      'glcbt-',
    ],
    pattern:
      /(?<![\w-])gl(?:dt|rt|ptt|ft|imt|agent|soat|oas|ffct|cbt)-[0-9A-Za-z_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9,12})?/g,
    rate: value => (value.startsWith('glcbt-') ? { reach: 'scoped', lasts: 'session' } : scoped()),
    rates: 'scoped; that of a job (`glcbt-`) ends with it',
    examples: { catches: [`glrt-${sample(base62, 20)}`, `glptt-${sample(base62, 40)}`], leaves: ['glrt-x'] },
  },
  {
    id: 'gitlab.runner',
    title: 'GitLab runner registration token',
    provider: 'gitlab',
    hints: ['gr1348941'],
    pattern: /\bGR1348941[0-9A-Za-z_-]{20,50}/g,
    rate: scoped,
    examples: { catches: [`GR1348941${sample(base62, 20)}`], leaves: ['GR1348941'] },
  },
  {
    id: 'bitbucket.token',
    title: 'Bitbucket app password or access token',
    provider: 'bitbucket',
    hints: ['atbb', 'atctt3'],
    pattern: /\b(?:ATBB[0-9A-Za-z]{24,32}|ATCTT3xFf[0-9A-Za-z_=-]{100,250})(?![0-9A-Za-z])/g,
    confirm: value => isRandom(value),
    rate: value => (value.startsWith('ATCTT3') ? scoped() : long()),
    rates:
      'an access token (`ATCTT3`) is of one repository, project or workspace; an app password does not tell',
    examples: { catches: [`ATBB${sample(base62, 32)}`], leaves: ['ATBBshort'] },
  },
  {
    id: 'bitbucket.secret',
    title: 'Bitbucket client secret',
    provider: 'bitbucket',
    hints: ['bitbucket'],
    named: [/bitbucket/i],
    pattern: /(?<![\w-])[0-9A-Za-z_-]{32,64}(?![\w-])/g,
    plausible: value => isRandom(value),
    rate: scoped,
    examples: { catches: [`BITBUCKET_CLIENT_SECRET=${sample(base62, 32)}`], leaves: ['bitbucket = 1'] },
  },
  {
    id: 'gitea.token',
    title: 'Gitea or Forgejo token',
    provider: 'gitea',
    hints: ['gitea', 'forgejo', 'codeberg'],
    named: [/gitea|forgejo|codeberg/i, /token|key|pat/i],
    pattern: /(?<![\w-])[0-9a-f]{40}(?![\w-])/g,
    rate: long,
    examples: { catches: [`GITEA_TOKEN=${sample('0123456789abcdef', 40)}`], leaves: ['GITEA_URL=https://x'] },
  },
  {
    id: 'azuredevops.token',
    title: 'Azure DevOps token',
    provider: 'azure-devops',
    hints: ['azdo'],
    pattern: /\b[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}\b/g,
    rate: long,
    examples: { catches: [`${sample(base62, 76)}AZDO${sample(base62, 4)}`], leaves: ['AZDO'] },
  },
  {
    id: 'sourcegraph.token',
    title: 'Sourcegraph token',
    provider: 'sourcegraph',
    hints: ['sgp_', 'slk_'],
    pattern: /\b(?:sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}|slk_[0-9a-f]{64})\b/g,
    plausible: value => !isDummy(value),
    rate: blanket,
    examples: { catches: [`sgp_${sample('0123456789abcdef', 40)}`], leaves: ['sgp_short'] },
  },
  {
    id: 'circleci.token',
    title: 'CircleCI token',
    provider: 'circleci',
    hints: ['ccipat_', 'ccipprj_'],
    pattern: /\bCCIP(?:AT|PRJ)_[0-9A-Za-z]{20,24}_[0-9a-f]{40}\b/g,
    rate: value => (value.startsWith('CCIPAT') ? blanket() : scoped()),
    rates: 'that of a person is blanket, that of a project scoped',
    examples: {
      catches: [`CCIPAT_${sample(base62, 22)}_${sample('0123456789abcdef', 40)}`],
      leaves: ['CCIPAT_x'],
    },
  },
  {
    id: 'buildkite.token',
    title: 'Buildkite token',
    provider: 'buildkite',
    hints: ['bkua_', 'bkat_', 'bkct_'],
    pattern: /\bbk(?:ua|at|ct)_[0-9a-zA-Z]{40,64}\b/g,
    rate: long,
    examples: { catches: [`bkua_${sample('0123456789abcdef', 40)}`], leaves: ['bkua_x'] },
  },
  {
    id: 'ci.session',
    title: 'GitHub Actions runtime token',
    provider: 'github',
    hints: ['actions_runtime_token', 'actions_id_token_request_token'],
    named: [/actions_(?:runtime|id_token_request)_token/i],
    pattern: /(?<![\w-])eyJ[\w-]{10,4000}\.[\w-]{10,8000}\.[\w-]{10,2000}/g,
    rate: session,
    examples: {
      catches: [`ACTIONS_RUNTIME_TOKEN=eyJ${sample(base62, 20)}.${sample(base62, 30)}.${sample(base62, 30)}`],
      leaves: ['ACTIONS_RUNTIME_TOKEN=$X'],
    },
  },
];
