import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {setupServer} from 'msw/node';
import {createClient, isProblem} from '../../src/client/index.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import {createMockShop, scenarioNames, type MockShop, type MockShopOptions} from '../../src/mocks/index.ts';

const address = 'https://shop.mock';

describe('the mock shop', () => {
  const network = setupServer();
  let shop: MockShop | undefined;

  before(() => network.listen({onUnhandledFrame: 'error'}));
  after(() => network.close());
  afterEach(async () => {
    network.resetHandlers();
    await shop?.close();
    shop = undefined;
  });

  async function open(options: MockShopOptions = {}) {
    shop = await createMockShop(options);
    network.use(...shop.handlers);
    return {shop, client: createClient({address})};
  }

  /** Buys one piece of the first good that can be had without a choice, up to an open payment. */
  async function order(client: ReturnType<typeof createClient>, method = 'sandbox-qr') {
    const {items} = await client.listProducts({limit: 100});
    const item = items.find(
      ({skuId, stock, delivery, minimum}) => skuId && stock === 'in_stock' && delivery === 'automatic' && minimum === 1,
    )!;
    const quote = await client.createQuote({lines: [{skuId: item.skuId!, quantity: 1}]});
    const {order: placed, token} = await client.placeOrder(
      {quote: quote.token!, contact: 'buyer@example.com'},
      {idempotencyKey: quote.intent!},
    );
    await client.openPayment(placed.id, {method}, {token, idempotencyKey: quote.intent!});
    return {id: placed.id, token};
  }

  it('sells for real: the key a buyer sees is the card that left the platform', async () => {
    const {shop, client} = await open();
    const {id, token} = await order(client);
    await shop.sandbox.payments.pay(shop.sandbox.payments.list()[0]!.id);
    await shop.idle();
    const {keys} = await client.revealKeys(id, {token});
    assert.deepEqual(
      keys.map(({secret}) => secretText(secret)),
      shop.sandbox.platform.ledger().orders.flatMap(({cards}) => cards),
    );
  });

  it('goes by the clock it is given: an order that was not paid for runs out', async () => {
    let ahead = 0;
    const {client} = await open({clock: {now: () => Date.now() + ahead}});
    const {id, token} = await order(client);
    ahead = 3_600_000;
    for await (const {state} of client.watchOrder(id, {token})) {
      if (state === 'expired') break;
    }
    assert.equal((await client.getOrder(id, {token})).state, 'expired');
  });

  it('has people: a report is answered, and decided in every way', async () => {
    const {shop, client} = await open();
    const {id, token} = await order(client);
    await shop.sandbox.payments.pay(shop.sandbox.payments.list()[0]!.id);
    await shop.idle();
    const report = (name: string) =>
      client.openTicket(
        id,
        {reason: 'key_invalid', text: 'It does not work.'},
        {token, idempotencyKey: `intent-of-${name}-0000`},
      );
    const first = await report('reissue');
    const [waiting, ...none] = await shop.assistant.waiting();
    assert.deepEqual([waiting!.id, waiting!.orderId, none], [first.id, id, []]);
    await shop.assistant.answer(first.id, 'Which one?');
    assert.equal((await client.getTicket(first.id, {token})).state, 'waiting_for_buyer');
    await shop.assistant.decide(first.id, 'reissue', 'Here is another.');
    assert.equal((await client.revealKeys(id, {token})).keys.length, 2);
    await shop.assistant.decide((await report('refuse')).id, 'refuse', 'No.');
    await shop.assistant.decide((await report('refund')).id, 'refund', 'The money goes back.');
    await shop.idle();
    const after = await client.getOrder(id, {token});
    assert.deepEqual([after.state, after.refunded], ['refunded', after.total]);
    assert.deepEqual(await shop.assistant.waiting(), []);
  });

  it('empty: has a shop and nothing in it', async () => {
    const {client} = await open({scenario: 'empty'});
    const {items, total} = await client.listProducts({});
    assert.deepEqual([items, total], [[], 0]);
    assert.deepEqual(await client.listCategories(), []);
  });

  it('finds goods by their initials', async () => {
    const {client} = await open();
    const {items} = await client.listProducts({q: 'wzry'});
    assert.ok(items.length > 0);
    for (const {title} of items) assert.match(title, /王者荣耀/);
  });

  it('sold-out: shows every good and sells none', async () => {
    const {client} = await open({scenario: 'sold-out'});
    const {items, total} = await client.listProducts({limit: 100});
    assert.ok(total >= 300);
    assert.deepEqual([...new Set(items.map(({stock}) => stock))], ['sold_out']);
    const {skuId} = items.find(item => item.skuId && item.minimum === 1)!;
    const quote = await client.createQuote({lines: [{skuId: skuId!, quantity: 1}]});
    assert.equal(quote.lines[0]!.problem, 'sold_out');
    assert.equal(quote.token, undefined);
  });

  it('slow: answers, and takes its time', async () => {
    const {client} = await open({scenario: 'slow'});
    const before = performance.now();
    await client.getShop();
    assert.ok(performance.now() - before > 2000);
  });

  it('payment-fails: every payment is declined, and nothing is bought', async () => {
    const {shop, client} = await open({scenario: 'payment-fails'});
    const {id, token} = await order(client);
    for await (const {payments} of client.watchOrder(id, {token})) {
      if (payments[0]!.state === 'declined') break;
    }
    assert.equal((await client.getOrder(id, {token})).state, 'pending_payment');
    assert.deepEqual(shop.sandbox.platform.ledger().orders, []);
  });

  it('upstream-down: shows what it knew, and promises nothing', async () => {
    const {client} = await open({scenario: 'upstream-down'});
    const {items, total} = await client.listProducts({limit: 100});
    assert.ok(total >= 300);
    const {skuId} = items.find(item => item.skuId && item.stock === 'in_stock' && item.minimum === 1)!;
    const quote = await client.createQuote({lines: [{skuId: skuId!, quantity: 1}]});
    assert.equal(quote.lines[0]!.problem, 'stock_unknown');
  });

  it('official-source: says of each good where it comes from, and what stands behind that', async () => {
    const {client} = await open({scenario: 'official-source'});
    const {items} = await client.listProducts({limit: 5});
    assert.ok(items.every(({official}) => official));
    const {badges} = await client.getProduct(items[0]!.id, {lang: 'en'});
    const {evidence, statement, validUntil} = badges.find(({text}) => /official/i.test(text))!;
    assert.deepEqual([evidence, validUntil], ['document', '2099-12-31']);
    assert.match(statement!, /DEMO-2026-014/);
  });

  it('every-payment: takes a card within the page, and a transfer that a person confirms', async () => {
    const {shop, client} = await open({scenario: 'every-payment'});
    const {paymentMethods} = await client.getShop({lang: 'zh-TW'});
    assert.deepEqual(
      paymentMethods.map(({kind, label}) => [kind, label]),
      [
        ['redirect', '沙盒付款'],
        ['qr', '沙盒掃碼付款'],
        ['element', '沙盒頁內付款'],
        ['transfer', '銀行轉帳'],
      ],
    );
    const {id, token} = await order(client, 'bank-transfer');
    const {payments} = await client.getOrder(id, {token});
    const {instructions} = payments[0]!;
    assert.ok(instructions?.kind === 'transfer', instructions?.kind);
    await shop.assistant.confirmTransfer(`转账附言 ${instructions.reference}`);
    await shop.idle();
    assert.equal((await client.getOrder(id, {token})).state, 'delivered');
    await assert.rejects(shop.assistant.confirmTransfer('AAAAA-AAAAA'), /No transfer has the reference/);
  });

  it('names every scenario that it has', () => {
    assert.deepEqual(
      [...scenarioNames],
      ['default', 'empty', 'sold-out', 'slow', 'payment-fails', 'upstream-down', 'official-source', 'every-payment'],
    );
  });

  it('says loudly what nobody answers', async () => {
    await open();
    await assert.rejects(
      fetch(`${address}/cdn/keystall.js`).then(response => {
        if (response.status === 500) throw new Error('loud');
      }),
    );
    await assert.rejects(fetch('https://elsewhere.example/'));
  });

  it('answers an unknown operation as the server does', async () => {
    const {client} = await open();
    await assert.rejects(client.getProduct('prd_absent'), error => isProblem(error, 'product_not_found'));
  });
});
