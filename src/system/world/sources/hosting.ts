import { above, at, some, text, type Source } from './source.ts';

const git: readonly Source[] = [
  {
    file: './.git/HEAD',
    as: 'text',
    says: head => some({ branch: /^ref: refs\/heads\/([^\s]+)/.exec(head)?.[1] }),
  },
  {
    file: './.git/config',
    as: 'sections',
    says: (sections, { reach: { branch } }) => {
      const remote = sections.get(`branch "${branch}"`)?.get('remote') ?? 'origin';
      const address = sections.get(`remote "${remote}"`)?.get('url') ?? '';
      const [, host, path] =
        /^(?:[a-z+]+:\/\/)?(?:[^@/\s]*@)?([\w.-]+)(?::\d+)?[:/](.+)$/i.exec(address) ?? [];
      return some({ host: host?.toLowerCase(), project: path?.replace(/\.git$/, '') });
    },
  },
];

/** By services, with blanks between them. Not checked against the manuals of all of them. */
export const hosting: Readonly<Record<string, readonly Source[]>> = {
  railway: [
    {
      file: '~/.railway/config.json',
      as: 'json',
      says: (config, { cwd }) => {
        const project = above(at(config, 'projects'), cwd);
        return some({
          project: text(project, 'name') ?? text(project, 'project'),
          environment: text(project, 'environmentName') ?? text(project, 'environment'),
        });
      },
    },
  ],
  vercel: [
    {
      file: './.vercel/project.json',
      as: 'json',
      says: it =>
        some({ project: text(it, 'projectName') ?? text(it, 'projectId'), account: text(it, 'orgId') }),
    },
  ],
  netlify: [
    { variable: 'NETLIFY_SITE_ID', part: 'project' },
    { file: './.netlify/state.json', as: 'json', says: it => some({ project: text(it, 'siteId') }) },
  ],
  'fly flyctl': [
    { variable: 'FLY_APP', part: 'project' },
    { file: './fly.toml', as: 'sections', says: it => some({ project: it.get('')?.get('app') }) },
  ],
  heroku: [
    { variable: 'HEROKU_APP', part: 'project' },
    {
      file: './.git/config',
      as: 'sections',
      says: it => {
        const address =
          it.get('remote "heroku"')?.get('url') ?? it.get('remote "production"')?.get('url') ?? '';
        return some({ project: /heroku\.com[/:]([\w-]+)\.git$/.exec(address)?.[1] });
      },
    },
  ],
  'wrangler cloudflare': [
    { variable: 'CLOUDFLARE_ACCOUNT_ID', part: 'account' },
    {
      file: './wrangler.toml',
      as: 'sections',
      says: it => some({ project: it.get('')?.get('name'), account: it.get('')?.get('account_id') }),
    },
    ...['./wrangler.json', './wrangler.jsonc'].map((file): Source => ({
      file,
      as: 'json',
      says: it => some({ project: text(it, 'name'), account: text(it, 'account_id') }),
    })),
  ],
  firebase: [
    {
      file: '~/.config/configstore/firebase-tools.json',
      as: 'json',
      says: (config, { cwd }) => {
        const active = above(at(config, 'activeProjects'), cwd);
        return typeof active === 'string' ? { project: active } : {};
      },
    },
    {
      file: './.firebaserc',
      as: 'json',
      says: (config, { reach: { project } }) =>
        // An alias such as `production` is the name by which it was chosen.
        project === undefined
          ? some({ project: text(at(config, 'projects'), 'default') })
          : some({ account: text(at(config, 'projects'), project) }),
    },
  ],
  git,
};
