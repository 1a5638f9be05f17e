import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {json, openShop, pageOrigin, problem, shopAddress, type TestShop} from '../../support/shop-server.ts';

const hour = 60 * 60_000;

/** Sends a buyer to the payment page; answers where the provider sends them back to. */
async function payElsewhere(shop: TestShop, page = `${pageOrigin}/thanks`) {
  const placed = await shop.place();
  const body = {method: 'fakepay-page', returnUrl: page};
  await json(
    await shop.fetch(`/v1/orders/${placed.order.id}/payments`, {
      token: placed.token,
      key: `pay-${placed.order.id}`.slice(0, 64),
      body,
    }),
    201,
  );
  const address = shop.provider.opened.at(-1)!.returnUrl!;
  return {placed, address, path: address.slice(shopAddress.length)};
}

/** The page that the provider's address leads on to. */
async function pageAfter(shop: TestShop, path: string): Promise<URL> {
  const answer = await shop.fetch(path);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('Referrer-Policy'), 'no-referrer');
  const html = await answer.text();
  const address = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html)![1]!;
  return new URL(address.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
}

const codeIn = ({hash}: URL): string => /ks-return=([^@]+)@shop\.example$/.exec(hash)![1]!;
const claim = (shop: TestShop, code: string) => shop.fetch('/v1/orders/return', {body: {code}});

describe('the way back from a payment', () => {
  it('opens the order, without any storage, once', async () => {
    const shop = await openShop();
    const {placed, path} = await payElsewhere(shop);
    const code = codeIn(await pageAfter(shop, path));
    const answer = await claim(shop, code);
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    const found = await json<PlacedOrder>(answer);
    assert.deepEqual([found.order.id, found.token], [placed.order.id, placed.token]);
    await problem(await claim(shop, code), 'order_not_found');
  });

  it('opens it for one of many who come at once', async () => {
    const shop = await openShop();
    const {path} = await payElsewhere(shop);
    const code = codeIn(await pageAfter(shop, path));
    const answers = await Promise.all(Array.from({length: 8}, () => claim(shop, code)));
    assert.deepEqual(answers.map(({status}) => status).sort(), [200, ...Array.from({length: 7}, () => 404)]);
  });

  it('leads to the page it began in, with its own query and hash, whatever the provider adds', async () => {
    const shop = await openShop();
    const {path} = await payElsewhere(shop, `${pageOrigin}/shop?a=1&b=%22#/goods/7?sort=price`);
    const page = await pageAfter(shop, `${path}?trade_no=77&trade_status=TRADE_SUCCESS`);
    assert.equal(page.href.split('&ks-return=')[0], `${pageOrigin}/shop?a=1&b=%22#/goods/7?sort=price`);
  });

  it('may be looked at by a scanner on the way without being used up', async () => {
    const shop = await openShop();
    const {path} = await payElsewhere(shop);
    await pageAfter(shop, path);
    await json(await claim(shop, codeIn(await pageAfter(shop, path))));
  });

  it('shows the provider neither the token nor the page', async () => {
    const shop = await openShop();
    const {placed, address} = await payElsewhere(shop);
    assert.ok(address.startsWith(`${shopAddress}/v1/payments/returns/`));
    for (const secret of [placed.token, placed.order.id, pageOrigin, 'thanks']) {
      assert.ok(!address.includes(secret), `${secret} is in ${address}`);
    }
  });

  it('ends an hour after the payment began', async () => {
    const shop = await openShop();
    const {path} = await payElsewhere(shop);
    const code = codeIn(await pageAfter(shop, path));
    await shop.work(hour);
    await problem(await claim(shop, code), 'order_not_found');
  });

  it('is not made up, nor another payment’s', async () => {
    const shop = await openShop();
    const [first, second] = [await payElsewhere(shop), await payElsewhere(shop)];
    const [firstCode, secondCode] = [
      codeIn(await pageAfter(shop, first.path)),
      codeIn(await pageAfter(shop, second.path)),
    ];
    const swapped = `${firstCode.split('.')[0]}.${secondCode.split('.')[1]}`;
    for (const code of [swapped, firstCode.slice(0, -1), `${firstCode}.x`, 'x', '.', '\0']) {
      await problem(await claim(shop, code), 'order_not_found');
      await problem(await shop.fetch(`/v1/payments/returns/${encodeURIComponent(code)}`), 'not_found');
    }
  });

  it('is no address of ours where the page named none', async () => {
    const shop = await openShop();
    await shop.openPayment(await shop.place());
    assert.equal(shop.provider.opened.at(-1)!.returnUrl, undefined);
  });
});
