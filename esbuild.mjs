import { build } from 'esbuild';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';

/** What runs: the extension, the quick end of a hook, the rest of the guard, the scanner's worker, and a parser a dialect, loaded at need. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};
const dialects = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'transactsql', 'bigquery', 'snowflake'];

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
for (const file of ['hook.sh', 'hook.pl']) copyFileSync(`src/${file}`, `dist/${file}`);
cpSync('src/shell', 'dist/shell', { recursive: true });
// Both are its own, under the Apache License 2.0.
const runtime = 'node_modules/@anthropic-ai/sandbox-runtime';
copyFileSync(`${runtime}/vendor/java-proxy-agent/srt-proxy-agent.jar`, 'dist/srt-proxy-agent.jar');
copyFileSync(`${runtime}/LICENSE`, 'dist/sandbox.LICENSE');
await Promise.all([
  build({ ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] }),
  // No `external: ['vscode']` here: the build fails when anything they reach imports the editor.
  build({ ...node, entryPoints: ['src/scanner.ts'], outfile: 'dist/scanner.js' }),
  build({
    ...node,
    entryPoints: ['src/alone.ts'],
    outfile: 'dist/alone.js',
    plugins: [apart('./terminal.ts', './sandbox.js')],
  }),
  build({
    ...node,
    entryPoints: ['src/terminal.ts'],
    outfile: 'dist/sandbox.js',
    // The sandbox runtime looks for its files beside itself.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
  }),
  build({
    ...node,
    entryPoints: ['src/guard.ts'],
    outfile: 'dist/guard.js',
    plugins: [apart('./alone.ts', './alone.js')],
  }),
  build({
    ...node,
    entryPoints: Object.fromEntries(dialects.map(dialect => [dialect, `node-sql-parser/build/${dialect}`])),
    outdir: 'dist/sql',
  }),
]);

/** Leaves one import to be loaded from a bundle of its own, when it is needed. */
function apart(from, to) {
  return {
    name: 'apart',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^[.][/]/ }, ({ path }) =>
        path === from ? { path: to, external: true } : undefined,
      ),
  };
}
