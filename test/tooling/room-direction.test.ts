import assert from 'node:assert/strict';
import {ESLint} from 'eslint';
import {describe, it} from 'node:test';
import {resolve} from 'node:path';

/** The rules that need types look the file up in the project, where a file that is only text here is not. */
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: {parserOptions: {projectService: false, project: null}},
  },
  ruleFilter: ({ruleId}) => ruleId === 'keystall/room-direction' || ruleId.startsWith('no-restricted'),
});

/** What lint says about `code` if it stood in `file`. */
async function findings(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, {filePath: resolve(file)});
  return result!.messages.map(message => message.message);
}

const rejected: [file: string, code: string, reason: RegExp][] = [
  ['src/domain/x.ts', "import type {} from '../contract/money.ts';", /"domain" must not import from "contract"/],
  ['src/domain/x.ts', "import * as v from 'valibot';", /must not import the package "valibot"/],
  ['src/contract/x.ts', "export * from '../client/index.ts';", /"contract" must not import from "client"/],
  ['src/client/x.ts', "import '../server/app.ts';", /"client" must not import from "server"/],
  ['src/store/x.ts', "import ky from 'ky';", /must not import the package "ky"/],
  ['src/server/x.ts', "import '../client/index.ts';", /"server" must not import from "client"/],
  ['src/server/x.ts', "import {readFile} from 'node:fs';", /"node:fs" exists in Node only/],
  ['src/server/x.ts', "import {readFile} from 'fs';", /"fs" exists in Node only/],
  ['src/server/x.ts', "import './persistence/postgres.ts';", /runs in Node only/],
  ['src/upstreams/acg-faka/x.ts', "import '../../server/app.ts';", /"upstreams" must not import from "server"/],
  ['src/sandbox/x.ts', "import '../upstreams/port.ts';", /"sandbox" must not import from "upstreams"/],
  ['src/store/x.ts', "import {html} from 'lit';", /must not import the package "lit"/],
  ['src/store/x.ts', 'document.title;', /Nothing in src\/ has a view/],
  ['src/upstreams/x.ts', 'process.env;', /exists in Node only/],
  ['components/storefront/cart/cart.ts', "import '../../../src/server/app.ts';", /must not import from "server"/],
  ['components/storefront/cart/cart.ts', "import '../../../src/mocks/index.ts';", /must not import from "mocks"/],
  ['components/storefront/cart/cart.ts', "await import('../../console/x.ts');", /must not import from "console"/],
  ['components/storefront/cart/cart.ts', "import ky from 'ky';", /must not import the package "ky"/],
  ['components/shared/x.ts', 'Promise.withResolvers();', /exists since Chrome 119/],
  ['src/domain/x.ts', "import '../../test/support/axe.ts';", /outside every room/],
];

const accepted: [file: string, code: string][] = [
  ['src/contract/x.ts', "import type {} from '../domain/money.ts'; import * as v from 'valibot'; v;"],
  ['src/client/x.ts', "import ky from 'ky'; ky;"],
  ['src/server/serve.ts', "import {readFile} from 'node:fs'; import './app.ts'; readFile; process.env;"],
  ['src/server/routes/x.ts', "import '../../upstreams/port.ts'; import {Hono} from 'hono'; Hono;"],
  ['src/mocks/x.ts', "import '../server/app.ts'; import '../sandbox/index.ts'; import 'msw/browser';"],
  ['src/index.ts', "export * from './store/shop.ts';"],
  ['components/storefront/cart/cart.ts', "import '../../shared/x.ts'; import '../../../src/store/shop.ts'; document;"],
  ['demo/x.ts', "import '../src/server/app.ts'; import '../src/mocks/index.ts';"],
];

describe('the directions between rooms', () => {
  for (const [file, code, reason] of rejected) {
    it(`rejects ${code} in ${file}`, async () => {
      const found = await findings(file, code);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0]!, reason);
    });
  }
  for (const [file, code] of accepted) {
    it(`accepts ${code} in ${file}`, async () => {
      assert.deepEqual(await findings(file, code), []);
    });
  }
});
