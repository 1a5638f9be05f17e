import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {checkConfig, ConfigError, env, type ShopConfig} from '../../../src/server/config/config.ts';

const environment = {APP_ID: 'a', APP_KEY: 'b', PAY_KEY: 'c', HOOK: 'd', MAIL_USER: 'u', MAIL_PASSWORD: 'p', SMS: 's'};
type Delivery = NonNullable<ShopConfig['delivery']>;

const withDelivery = (delivery: unknown): unknown => ({
  shop: {name: '卡铺', currency: 'CNY'},
  address: 'https://shop.example',
  origins: ['https://page.example'],
  connections: [
    {
      id: 'main',
      protocol: 'acg-faka',
      url: 'https://platform.example',
      credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
      listing: {price: {markup: {percent: '20'}}},
    },
  ],
  payments: [
    {provider: 'sandbox', url: 'https://pay.example', merchantKey: env('PAY_KEY'), webhookSecret: env('HOOK')},
  ],
  delivery,
});

function pathsOf(delivery: unknown): readonly string[] {
  try {
    checkConfig(withDelivery(delivery), environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.mistakes.map(({path}) => path.replace('delivery.', ''));
  }
}

const orderPage = 'https://page.example/order';
const email: NonNullable<Delivery['email']> = {host: 'smtp.example', from: 'shop@shop.example'};
const sms: NonNullable<Delivery['sms']> = {url: 'https://sms.example/', body: '{"to": "{number}", "text": "{text}"}'};
const callback: NonNullable<Delivery['callback']> = {url: 'https://erp.example/hook', secret: env('HOOK')};

describe('delivery in a configuration', () => {
  it('needs little to be said', () => {
    assert.deepEqual(pathsOf({orderPage, email, sms, callback}), []);
    const {config} = checkConfig(withDelivery({orderPage, email, sms, callback}), environment);
    const {delivery} = config;
    assert.deepEqual(
      [delivery?.email?.port, delivery?.email?.security, delivery?.email?.keys, delivery?.sms?.keys],
      [587, 'starttls', 'inline', 'link'],
    );
    assert.deepEqual([delivery?.callback?.keys, delivery?.callback?.allowPrivateAddresses], [false, false]);
  });

  it('has every mistake named by its place', () => {
    const credentials = {user: env('MAIL_USER'), password: env('MAIL_PASSWORD')};
    for (const [delivery, path] of [
      [{orderPage: 'http://page.example/order'}, 'orderPage'],
      [{orderPage: 'https://elsewhere.example/order'}, 'orderPage'],
      [{email: {...email, keys: 'link'}}, 'email.keys'],
      [{email: {...email, host: 'smtp.example:25/x'}}, 'email.host'],
      [{email: {...email, from: 'shop'}}, 'email.from'],
      [{email: {...email, fromName: 'a\r\nBcc: b@c.com'}}, 'email.fromName'],
      [{email: {...email, credentials, security: 'none'}}, 'email.security'],
      [{email: {...email, credentials: {user: 'me', password: 'secret'}}}, 'email.credentials'],
      [{sms}, 'sms.keys'],
      [{orderPage, sms: {...sms, body: '{"to": "{number}", "text": {text}}'}}, 'sms.body'],
      [{orderPage, sms: {...sms, body: '{"to": "{number}"}'}}, 'sms.body'],
      [{orderPage, sms: {...sms, body: '{"text": "{text}"}'}}, 'sms.body'],
      [{orderPage, sms: {...sms, body: '{"to": "{number}", "text": "{text} {tokn}"}'}}, 'sms.body'],
      [{orderPage, sms: {...sms, method: 'GET'}}, 'sms.body'],
      [{orderPage, sms: {...sms, headers: {'X-A': 'a\r\nX-B: c'}}}, 'sms.headers.X-A'],
      [{orderPage, sms: {...sms, success: {field: 'code'}}}, 'sms.success'],
      [{callback: {...callback, url: 'ftp://erp.example/'}}, 'callback.url'],
      [{callback: {...callback, url: 'https://me:secret@erp.example/'}}, 'callback.url'],
      [{callback: {...callback, url: 'http://erp.example/', keys: true}}, 'callback.url'],
      [{callback: {...callback, secret: env('ABSENT')}}, 'callback.secret'],
      [{pigeon: {}}, 'pigeon'],
    ] as const) {
      const found = pathsOf(delivery);
      assert.ok(
        found.length > 0 && found.every(each => each === path || each.startsWith(`${path}.`)),
        `${path}: ${found.join()}`,
      );
    }
  });
});
