/*
 * The law of src/README.md as data for dependency-cruiser. Each rule prints its reason, and boundaries.test.ts makes
 * each fail once.
 */

const pure = '^src/(core|programs|rules|secrets|agents)/';
/** What pure folders may import from outside: pure packages, each in the files that are its adapters. */
const parsers = [
  ['unbash', '^src/core/shell/parse[.]ts$'],
  ['brace-expansion', '^src/core/shell/words[.]ts$'],
  ['shell-quote', '^src/core/(launch|commitHook)[.]ts$'],
  ['graphql', '^src/core/graphql[.]ts$'],
  ['valibot', '^src/(core/(tool|plainTool|openCode|cline|hookDialect)|agents/.*)[.]ts$'],
];
const packaged = name => `(^|node_modules/(@types/)?)${name}(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'itself-and-core',
      comment:
        'A folder imports itself and core/. Only the files directly in src/ introduce folders to each other.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/core/'] },
    },
    {
      name: 'entries-are-strangers',
      comment:
        'What two entries of a table share moves to core/. `x.ts` and the folder `x/` beside it are one entry.',
      severity: 'error',
      from: { path: '^src/(programs|rules|secrets|agents)/([^/.]+)', pathNot: '/index[.]ts$' },
      to: { path: '^src/$1/', pathNot: '^src/$1/$2[./]' },
    },
    {
      name: 'agents-are-strangers',
      comment: 'What two agents share moves to core/.',
      severity: 'error',
      from: { path: '^src/agents/([^/]+)/' },
      to: { path: '^src/agents/', pathNot: '^src/agents/$1/' },
    },
    {
      name: 'pure-is-pure',
      comment: 'Pure folders see no Node built-in.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages',
      comment: 'Pure folders know only the packages named in test/architecture/boundaries.mjs.',
      severity: 'error',
      from: { path: pure },
      to: { path: 'node_modules', pathNot: parsers.map(([name]) => packaged(name)) },
    },
    ...parsers.map(([name, files]) => ({
      name: `one-place-for-${name}`,
      comment: `Of the pure folders, only its adapter knows ${name}.`,
      severity: 'error',
      from: { path: pure, pathNot: files },
      to: { path: packaged(name) },
    })),
    {
      name: 'vscode-in-editor',
      comment: 'guard.ts and everything it reaches runs where there is no editor.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(editor/|extension[.]ts$)' },
      to: { path: packaged('vscode') },
    },
    {
      name: 'scanner-apart',
      comment: 'secretlint is loaded by the worker alone: nobody else waits for it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(scanner|system/scan/(worker|secretlint))[.]ts$' },
      to: {
        path: ['^src/scanner[.]ts$', '^src/system/scan/(worker|secretlint)[.]ts$', packaged('@secretlint')],
      },
    },
    {
      name: 'quick-guard',
      comment:
        'Every hook of every agent waits for guard.ts: it loads the caller, and all else only where no window answers.',
      severity: 'error',
      from: { path: '^src/guard[.]ts$' },
      to: { path: '^src/', pathNot: '^src/(system/caller|alone)[.]ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle has no first page to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-islands',
      comment: 'Left off its table, or not needed.',
      severity: 'error',
      from: { path: '^src/(extension|guard|scanner)[.]ts$' },
      to: { path: '^src/', pathNot: '^src/(extension|guard|scanner)[.]ts$', reachable: false },
    },
    {
      name: 'src-never-tests',
      comment: 'Shipped code does not know about tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
