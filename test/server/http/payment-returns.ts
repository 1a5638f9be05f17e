import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder, ReboundOrder} from '../../../src/contract/order.ts';
import {signatureHeader} from '../../support/fake-payment-provider.ts';
import {keyHolder, type KeyHolder} from '../../support/key-holder.ts';
import {json, openShop, pageOrigin, problem, shopAddress, type TestShop} from '../../support/shop-server.ts';

const hour = 60 * 60_000;

/** Sends a buyer to the payment page; answers where the provider sends them back to. */
async function payElsewhere(shop: TestShop, page = `${pageOrigin}/thanks`, given?: PlacedOrder) {
  const placed = given ?? (await shop.place());
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

describe('the way back of an order whose keys are sealed', () => {
  async function placeBound(shop: TestShop, {revealKey}: KeyHolder): Promise<PlacedOrder> {
    const {intent, token} = await shop.agree();
    const body = {quote: token, contact: 'buyer@example.com', revealKey};
    return json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent, body}), 201);
  }

  /** Somebody comes from the payment page in a browser that has lost everything; answers what the browser has then. */
  async function comeBack(
    shop: TestShop,
    path: string,
  ): Promise<{readonly cookie: string | undefined; readonly code: string}> {
    const code = codeIn(await pageAfter(shop, path));
    const cookie = (await shop.fetch(path)).headers.get('Set-Cookie') ?? undefined;
    return {cookie, code};
  }

  const rebind = (shop: TestShop, {revealKey}: KeyHolder, cookie = '', origin = shopAddress) =>
    shop.fetch('/v1/orders/return/rebind', {
      body: {revealKey},
      headers: {Cookie: cookie.split(';')[0]!, Origin: origin},
    });
  const sealedKeys = (shop: TestShop, {order}: PlacedOrder, {revealKey}: KeyHolder) =>
    shop.fetch(`/v1/orders/${order.id}/keys/sealed`, {body: {revealKey}});

  async function lost() {
    const shop = await openShop();
    const [before, now] = [await keyHolder(), await keyHolder()];
    const bound = await placeBound(shop, before);
    const {placed, path} = await payElsewhere(shop, `${pageOrigin}/thanks`, bound);
    return {shop, before, now, placed, path};
  }

  it('binds it to a browser that has lost its storage, by a cookie of the shop server alone', async () => {
    const {shop, before, now, placed, path} = await lost();
    const {cookie} = await comeBack(shop, path);
    assert.match(
      cookie!,
      /^keystall-return=[^;]+; Max-Age=3600; Path=\/v1\/orders\/return; HttpOnly; Secure; SameSite=Lax$/,
    );
    const bound = await json<ReboundOrder>(await rebind(shop, now, cookie));
    assert.deepEqual([bound.id, bound.number, bound.sealed], [placed.order.id, placed.order.number, true]);
    await problem(await sealedKeys(shop, placed, before), 'order_not_found');
    await problem(await sealedKeys(shop, placed, now), 'keys_not_ready');
  });

  it('binds it once; whose answer was lost is answered again', async () => {
    const {shop, before, now, path} = await lost();
    const {cookie} = await comeBack(shop, path);
    const first = await json<ReboundOrder>(await rebind(shop, now, cookie));
    assert.deepEqual(await json<ReboundOrder>(await rebind(shop, now, cookie)), first);
    await problem(await rebind(shop, before, cookie), 'order_not_found');
  });

  it('binds it for one of many who come at once', async () => {
    const {shop, path} = await lost();
    const {cookie} = await comeBack(shop, path);
    const holders = await Promise.all(Array.from({length: 6}, keyHolder));
    const answers = await Promise.all(holders.map(holder => rebind(shop, holder, cookie)));
    assert.equal(answers.filter(({status}) => status === 200).length, 1);
  });

  it('binds nothing by what the shop’s page is told, nor for a page of another origin', async () => {
    const {shop, before, now, placed, path} = await lost();
    const {cookie, code} = await comeBack(shop, path);
    const {revealKey} = now;
    await problem(await rebind(shop, now, cookie, pageOrigin), 'order_not_found');
    await problem(await rebind(shop, now, `keystall-return=${code}`), 'order_not_found');
    await problem(await rebind(shop, now), 'order_not_found');
    await problem(await shop.fetch('/v1/orders/return/rebind', {body: {revealKey, code}}), 'order_not_found');
    await problem(await shop.fetch(`/v1/payments/returns/${code}`), 'not_found');
    await problem(await sealedKeys(shop, placed, before), 'keys_not_ready');
  });

  it('gives the cookie to nobody where the page knows the address, unless the provider has signed that it sends them', async () => {
    const shop = await openShop();
    shop.provider.script(async ({returnUrl}) => ({
      instructions: {kind: 'redirect', url: `https://pay.example/desk?return_url=${encodeURIComponent(returnUrl!)}`},
    }));
    const now = await keyHolder();
    const {path} = await payElsewhere(shop, `${pageOrigin}/thanks`, await placeBound(shop, await keyHolder()));
    assert.equal((await comeBack(shop, path)).cookie, undefined);

    const paymentId = path.split('/').at(-1)!.split('.')[0]!;
    const event = {eventId: 'event-1', paymentId, status: {state: 'paid'}};
    const signed = `${path}?event=${encodeURIComponent(JSON.stringify(event))}`;
    const another = `${path}?event=${encodeURIComponent(JSON.stringify({...event, paymentId: 'pay_another'}))}`;
    const visit = (way: string, signature: string) =>
      shop.fetch(way, {headers: {[signatureHeader]: signature}}).then(({headers}) => headers.get('Set-Cookie'));
    assert.equal(await visit(signed, 'signed by somebody'), null);
    assert.equal(await visit(another, 'signed by fakepay'), null);
    await json(await rebind(shop, now, (await visit(signed, 'signed by fakepay'))!));
  });

  it('ends an hour after the payment began', async () => {
    const {shop, now, path} = await lost();
    const {cookie} = await comeBack(shop, path);
    await shop.work(hour);
    await problem(await rebind(shop, now, cookie), 'order_not_found');
    assert.equal((await comeBack(shop, path)).cookie, undefined);
  });
});
