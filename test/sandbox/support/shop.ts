import assert from 'node:assert/strict';
import {parseUrlEncoded} from '../../../src/sandbox/acg-faka/php-form.ts';
import {signatureOf} from '../../../src/sandbox/acg-faka/signature.ts';
import {createSandbox, type Sandbox, type SandboxOptions} from '../../../src/sandbox/index.ts';
import {FakeClock} from './fake-clock.ts';
import {peerCatalogue} from './peer-shop.ts';
import type {Answer} from './answer.ts';

export const origin = 'https://shop.example';
export const appKey = '0123456789ABCDEF';

/** 1000 buys, 1001 is poor, 1002 is banned, 1003 is somebody else, 1004 has a discount, 1005 has no group. */
const merchants = [
  {appId: 1000, appKey, balance: '9889.76'},
  {appId: 1001, appKey, balance: '0.01'},
  {appId: 1002, appKey, banned: true},
  {appId: 1003, appKey},
  {appId: 1004, appKey, groupId: 2},
  {appId: 1005, appKey, groupId: null},
];

export type Fields = Readonly<Record<string, string | number>>;

/** A fresh sandbox with the recorded shop's goods, and a way to call it as a merchant. */
export function openShop(over: SandboxOptions = {}) {
  const clock = new FakeClock();
  const sandbox = createSandbox({
    seed: 'test',
    clock,
    catalogue: peerCatalogue(),
    merchants,
    payKey: 'pay-key',
    webhookSecret: `whsec_${btoa('0123456789abcdef0123456789abcdef')}`,
    controlToken: 'control-token',
    fetch: () => Promise.reject(new TypeError('No shop listens in this test.')),
    ...over,
  });
  let serial = 0;
  return {
    sandbox,
    clock,
    call: (path: string, fields: Fields = {}) => call(sandbox, path, fields),
    /** A purchase with the sheet's common fields. */
    trade: (fields: Fields) => {
      serial += 1;
      const common = {
        card_id: 0,
        contact: 'buyer@example.com',
        device: 0,
        num: 1,
        password: 'q7Zr0pW2',
        race: '',
        request_no: `20261123000000${String(serial).padStart(4, '0')}`,
      };
      return call(sandbox, 'commodity/trade', {...common, ...fields});
    },
  };
}

/** A signed form post; `app_id` defaults to 1000, a given `sign` is sent as it is. */
export function signedRequest(path: string, fields: Fields): Request {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries({app_id: 1000, ...fields})) body.append(name, String(value));
  if (!body.has('sign')) body.append('sign', signatureOf(parseUrlEncoded(body.toString()), appKey));
  return new Request(`${origin}/shared/${path}`, {method: 'POST', body});
}

/** The JSON body of an answer, or the text of a page. Every answer must have HTTP status 200. */
async function call(sandbox: Sandbox, path: string, fields: Fields): Promise<Answer> {
  return readAnswer(await sandbox.fetch(signedRequest(path, fields)));
}

export async function readAnswer(response: Response): Promise<Answer> {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  const isJson = response.headers.get('content-type') === 'application/json;charset=utf-8';
  if (isJson) return response.json();
  assert.equal(response.headers.get('content-type'), 'text/html; charset=UTF-8');
  return response.text();
}

/** The size of the real shop's page. */
export function assertPage(answer: unknown): void {
  assert.equal(typeof answer, 'string');
  assert.equal(new TextEncoder().encode(answer as string).length, 11_280);
}
