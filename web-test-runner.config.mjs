/**
 * `npm run test:components`: test/components in Chromium, and in Firefox and WebKit where they are. `-- --files <glob>`
 * runs some of them, `-- --watch` goes on; `ENGINES=chromium,webkit` in the environment names the engines.
 */
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {engines} from './scripts/engines/engines.mjs';
import {commonJsPackages} from './scripts/common-js-packages.mjs';
import {summaryLine} from './scripts/components-summary.mjs';

const worker = readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'));

export default {
  files: 'test/components/**/*.test.ts',
  nodeResolve: {exportConditions: ['browser', 'development']},
  plugins: [
    // The mocks run the server in the page, and with it packages that are no ES modules.
    commonJsPackages(['standardwebhooks']),
    // @hpke/common asks Node for it where a page has its own.
    {name: 'node-crypto', resolveImport: ({source}) => (source === 'crypto' ? '/no-such-module.js' : undefined)},
    esbuildPlugin({ts: true, target: 'es2022', tsconfig: 'tsconfig.json'}),
  ],
  browsers: await engines(),
  concurrentBrowsers: 1,
  // One page at a time: a browser draws no frames of a page behind another one, and a test that waits for one stalls.
  concurrency: 1,
  // The first page of an engine waits for its start.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: {config: {timeout: 60_000, forbidOnly: Boolean(process.env.CI)}},
  // query-core and others ask for it; the bundles have it replaced.
  testRunnerHtml: testFramework => `<!doctype html>
    <html lang="en">
      <head><title>Component test</title></head>
      <body>
        <script>globalThis.process = {env: {NODE_ENV: 'test'}};</script>
        <script type="module" src="${testFramework}"></script>
      </body>
    </html>`,
  middleware: [
    function mocksWorker(context, next) {
      if (context.path !== '/mockServiceWorker.js') return next();
      context.type = 'js';
      context.body = worker;
    },
    // An empty page where a shop server has its frame, for tests to play: test/support/played-frame.ts.
    function frameToPlay(context, next) {
      if (context.path !== '/frames/keys') return next();
      context.type = 'html';
      context.body = '<!doctype html><html lang="en"><title>Played</title></html>';
    },
  ],
  filterBrowserLogs: ({args}) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter({reportTestResults: true, reportTestProgress: false}), summaryLine()],
};
