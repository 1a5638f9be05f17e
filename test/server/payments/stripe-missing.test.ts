import assert from 'node:assert/strict';
import {registerHooks} from 'node:module';
import {after, before, describe, it} from 'node:test';
import {ConfigError, env, type ShopConfig} from '../../../src/server/config/config.ts';
import {serve} from '../../../src/server/serve.ts';
import {fakeLog} from '../../support/fake-log.ts';

const environment = {KEYSTALL_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64url')}`, KEY: 'key', HOOK: 'hook'};

const config: ShopConfig = {
  shop: {name: 'Shop', currency: 'CNY'},
  address: 'https://shop.example',
  origins: [],
  connections: [
    {
      id: 'main',
      protocol: 'acg-faka',
      url: 'https://platform.example',
      credentials: {appId: env('KEY'), appKey: env('KEY')},
      listing: {price: {markup: {percent: '20'}}},
    },
  ],
  payments: [{provider: 'stripe', id: 'cards', secretKey: env('KEY'), webhookSecret: env('HOOK')}],
};

describe('a shop that is paid by Stripe, without the package', () => {
  let hooks: ReturnType<typeof registerHooks>;
  before(() => {
    hooks = registerHooks({
      resolve(specifier, context, next) {
        if (specifier !== 'stripe') return next(specifier, context);
        throw Object.assign(new Error("Cannot find package 'stripe'"), {code: 'ERR_MODULE_NOT_FOUND'});
      },
    });
  });
  after(() => hooks.deregister());

  it('does not start, and says what to install, before anything is opened', async () => {
    let isOpened = false;
    const starting = serve(config, environment, fakeLog(), async () => {
      isOpened = true;
      throw new Error('The store was opened.');
    });
    await assert.rejects(starting, (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /payments \(cards\): .*npm i stripe/);
      return true;
    });
    assert.equal(isOpened, false);
  });
});
