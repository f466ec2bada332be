const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const ROOT = __dirname;
const CORE = path.join(ROOT, 'src', 'core', 'index');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: production,
  sourcemap: !production,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  loader: { '.wasm': 'binary' },
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };

/** @type {import('esbuild').BuildOptions} */
const browser = { ...shared, platform: 'browser', target: 'es2022' };

/**
 * Has a bundle load the engine from dist/core.js beside it, so that it is packed once. Where it is to wait for its
 * first use, only `import('../core/index')` may ask for it: a static import would load it at activation.
 * @param {{ readonly atFirstUse: boolean }} options
 * @returns {import('esbuild').Plugin}
 */
const coreBeside = ({ atFirstUse }) => ({
  name: 'core-beside',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/(.*\/)?core(\/index)?$/ }, ({ path: request, resolveDir, kind }) => {
      const target = path.resolve(resolveDir, request);
      if (target !== CORE && target !== path.dirname(CORE)) return undefined;
      if (atFirstUse && kind === 'import-statement') {
        return {
          errors: [
            {
              text: 'core is loaded on first use: import its types only, and its functions through src/host/core-loader',
            },
          ],
        };
      }
      return { path: './core.js', external: true };
    });
  },
});

/**
 * In the browser's bundles an import of a file called `node` or `…-node` means the `browser` or `…-browser` file beside it.
 * @type {import('esbuild').Plugin}
 */
const browserSiblings = {
  name: 'browser-siblings',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/(.*[/-])?node$/ }, ({ path: request, resolveDir }) => {
      const file = `${path.resolve(resolveDir, request).replace(/node$/, 'browser')}.ts`;
      return fs.existsSync(file) ? { path: file } : undefined;
    });
  },
};

/**
 * KaTeX names each font in three formats; every browser that VS Code runs in reads the first, WOFF2.
 * @type {import('esbuild').Plugin}
 */
const woff2Only = {
  name: 'woff2-only',
  setup(build) {
    build.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path: file }) => ({
      contents: (await fs.promises.readFile(file, 'utf8')).replace(
        /,\s*url\([^)]*\.(woff|ttf)\)\s*format\("[^"]*"\)/g,
        '',
      ),
      loader: 'css',
    }));
  },
};

/**
 * The bundles: where each comes from and the options that differ.
 * @type {readonly { readonly from: string, readonly options: import('esbuild').BuildOptions }[]}
 */
const BUNDLES = [
  {
    from: 'src/extension.ts',
    options: {
      ...node,
      outfile: 'dist/extension.js',
      external: ['vscode'],
      plugins: [coreBeside({ atFirstUse: true })],
      supported: { 'dynamic-import': false },
    },
  },
  { from: 'src/core/index.ts', options: { ...node, outfile: 'dist/core.js' } },
  {
    from: 'src/worker/node.ts',
    options: { ...node, outfile: 'dist/worker.js', plugins: [coreBeside({ atFirstUse: false })] },
  },
  {
    // src/host/spawn-browser.ts puts the engine before it and gives it what it requires.
    from: 'src/worker/browser.ts',
    options: { ...browser, format: 'cjs', outfile: 'dist/worker.web.js', plugins: [coreBeside({ atFirstUse: false })] },
  },
  {
    from: 'src/cli.ts',
    options: {
      ...node,
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
      plugins: [coreBeside({ atFirstUse: false })],
    },
  },
  {
    // The web extension host's `require` knows 'vscode' and no files, so the engine is inside this bundle.
    from: 'src/extension.ts',
    options: {
      ...browser,
      format: 'cjs',
      outfile: 'dist/extension.web.js',
      external: ['vscode'],
      plugins: [browserSiblings],
    },
  },
  {
    from: 'webview/main.tsx',
    options: {
      ...browser,
      entryPoints: { panel: 'webview/main.tsx' },
      outdir: 'dist/webview',
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      assetNames: 'fonts/[name]',
      loader: { '.woff2': 'file', '.ttf': 'file' },
      jsx: 'automatic',
      jsxImportSource: 'preact',
      plugins: [woff2Only],
    },
  },
  {
    from: 'test/host/index.ts',
    options: {
      ...node,
      outfile: 'dist/test/host/index.js',
      external: ['vscode', 'mocha'],
      minify: false,
      sourcemap: true,
    },
  },
];

/** @param {readonly esbuild.Metafile[]} metafiles */
function writeMetafile(metafiles) {
  const merged = {
    inputs: Object.assign({}, ...metafiles.map(m => m.inputs)),
    outputs: Object.assign({}, ...metafiles.map(m => m.outputs)),
  };
  fs.writeFileSync(path.join(ROOT, 'dist', 'meta.json'), JSON.stringify(merged));
}

async function main() {
  const { buildKernels } = await import('./scripts/kernels.mjs');
  await buildKernels();
  fs.rmSync(path.join(ROOT, 'dist', 'webview'), { recursive: true, force: true });
  fs.mkdirSync(path.join(ROOT, 'dist'), { recursive: true });
  const options = BUNDLES.map(({ from, options }) => ({ entryPoints: [from], ...options }));
  if (watch) {
    /** @type {import('esbuild').Plugin} */
    const report = {
      name: 'report',
      setup: build =>
        build.onEnd(({ errors }) =>
          console.log(
            `${build.initialOptions.outfile ?? build.initialOptions.outdir}: ${errors.length ? 'failed' : 'built'}`,
          ),
        ),
    };
    const contexts = await Promise.all(
      options.map(o => esbuild.context({ ...o, plugins: [...(o.plugins ?? []), report] })),
    );
    await Promise.all(contexts.map(context => context.watch()));
    return;
  }
  const results = await Promise.allSettled(options.map(o => esbuild.build(o)));
  writeMetafile(
    results.flatMap(result => (result.status === 'fulfilled' && result.value.metafile ? [result.value.metafile] : [])),
  );
  results.forEach((result, i) => {
    if (result.status === 'fulfilled') return;
    console.error(`not built: ${options[i].outfile ?? options[i].outdir}`);
    process.exitCode = 1;
  });
}

void main();
