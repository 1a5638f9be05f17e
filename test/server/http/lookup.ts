import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import type {Order, PlacedOrder} from '../../../src/contract/order.ts';
import {json, openShop, problem, type Call, type TestShop} from '../../support/shop-server.ts';

const contact = 'Buyer@Example.com';
const password = 'sesame-24';

async function placeWith(shop: TestShop, overrides: Record<string, unknown> = {lookupPassword: password}) {
  const {intent, token} = await shop.agree();
  const body = {quote: token, contact, ...overrides};
  const call = {key: intent, body};
  return {call, placed: await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201)};
}

const lookUp = (shop: TestShop, body: Record<string, unknown>, call: Call = {}) =>
  shop.fetch('/v1/orders/lookup', {body, ...call});

describe('looking an order up', () => {
  it('opens it by number, contact and password, with the token it was placed with', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    const answer = await lookUp(shop, {number, contact, password});
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    const found = await json<PlacedOrder>(answer);
    assert.deepEqual(found, placed);
    await json<Order>(await shop.fetch(`/v1/orders/${found.order.id}`, {token: found.token}));
  });

  it('forgives blanks, capitals and full-width digits', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    const spaced = `（${number.slice(0, 6)} ${number.slice(6)}）`;
    await json(await lookUp(shop, {number: spaced, contact: ' buyer@EXAMPLE.com ', password: 'sesame-２４'}));
  });

  it('E1: needs all three, and says the same whatever is wrong', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    const bare = await placeWith(shop, {});
    const answers = await Promise.all(
      [
        {number, contact, password: 'sesame-25'},
        {number, contact: 'other@example.com', password},
        {number: '260101000000000000', contact, password},
        {number: '\0', contact, password},
        {number: bare.placed.order.number, contact, password},
        {number: bare.placed.order.number, contact, password: 'A'},
      ].map(async body => {
        const answer = await lookUp(shop, body);
        return {status: answer.status, headers: [...answer.headers], body: await problem(answer, 'order_not_found')};
      }),
    );
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });

  it('E1: derives as much for an absent order as for a wrong password', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    // The shop's own keys are derived for the first who needs them.
    await lookUp(shop, {number: placed.order.number, contact, password: 'wrong password'});
    const derive = mock.method(crypto.subtle, 'deriveBits');
    try {
      const costs: unknown[] = [];
      for (const number of [placed.order.number, '260101000000000000']) {
        derive.mock.resetCalls();
        await lookUp(shop, {number, contact, password: 'wrong password'});
        costs.push(
          derive.mock.calls.map(call => {
            const {name, hash, iterations} = call.arguments[0] as Pbkdf2Params;
            return {name, hash, iterations, bits: call.arguments[2]};
          }),
        );
      }
      const cost = {name: 'PBKDF2', hash: 'SHA-256', iterations: shop.ports.passwordIterations, bits: 256};
      assert.deepEqual(costs, [[cost], [cost]]);
    } finally {
      derive.mock.restore();
    }
  });

  it('keeps of the password a salted hash only, in no log and no answer', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const other = await placeWith(shop);
    await lookUp(shop, {number: placed.order.number, contact, password});
    const everything = JSON.stringify([shop.store.writes, shop.log.entries, placed, other.placed]);
    assert.ok(!everything.includes(password));
    const [first, second] = await Promise.all(
      [placed, other.placed].map(async ({order}) => (await shop.store.order(order.id))!.lookup!),
    );
    assert.notEqual(first!.salt, second!.salt);
    assert.notEqual(first!.hash, second!.hash);
  });

  it('belongs to the order: the same intent with another password, or none, is refused', async () => {
    const shop = await openShop();
    const {call, placed} = await placeWith(shop);
    assert.deepEqual(await json<PlacedOrder>(await shop.fetch('/v1/orders', call), 201), placed);
    for (const lookupPassword of ['sesame-25', undefined]) {
      const changed = {...call, body: {...call.body, lookupPassword}};
      await problem(await shop.fetch('/v1/orders', changed), 'idempotency_key_reused');
    }
  });

  it('takes no password that is too short or endless', async () => {
    const shop = await openShop();
    const {intent, token} = await shop.agree();
    for (const lookupPassword of ['12345', 'x'.repeat(129), 123456]) {
      const body = {quote: token, contact, lookupPassword};
      const {errors} = await problem(await shop.fetch('/v1/orders', {key: intent, body}), 'validation_failed');
      assert.equal(errors![0]!.path, 'lookupPassword');
    }
    for (const wrong of [{}, {number: '1', contact}, {number: '1', contact, password: 'x'.repeat(129)}]) {
      await problem(await lookUp(shop, wrong), 'validation_failed');
    }
  });
});

describe('looking orders up again and again', () => {
  const tooMany = async (answer: Response) => {
    await problem(answer, 'too_many_attempts');
    return Number(answer.headers.get('Retry-After'));
  };

  it('is refused after ten tries at one order, also with the right password, until a quarter of an hour is over', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    const guess = (index: number) => lookUp(shop, {number, contact: `c${index}@example.com`, password: 'guess'});
    for (let index = 0; index < 10; index++) await problem(await guess(index), 'order_not_found');
    shop.clock.advance(60_000);
    assert.equal(await tooMany(await lookUp(shop, {number, contact, password})), 14 * 60);
    shop.clock.advance(14 * 60_000);
    await json(await lookUp(shop, {number, contact, password}));
  });

  it('counts alike for orders that do not exist', async () => {
    const shop = await openShop();
    for (let index = 0; index < 10; index++) {
      const body = {number: '260101000000000000', contact: `c${index}@example.com`, password: 'guess'};
      await problem(await lookUp(shop, body), 'order_not_found');
    }
    await tooMany(await lookUp(shop, {number: '260101000000000000', contact, password}));
  });

  it('is refused after ten tries for one contact, however it is written', async () => {
    const shop = await openShop();
    for (let index = 0; index < 10; index++) {
      const written = index % 2 ? contact : contact.toUpperCase();
      await problem(await lookUp(shop, {number: `${index}`, contact: written, password}), 'order_not_found');
    }
    await tooMany(await lookUp(shop, {number: '99', contact, password}));
    await problem(await lookUp(shop, {number: '99', contact: 'other@example.com', password}), 'order_not_found');
  });

  it('is refused after thirty tries from one network, and from that one only', async () => {
    const shop = await openShop();
    const from = (index: number, address: string) =>
      lookUp(shop, {number: `${index}`, contact: `c${index}@example.com`, password: 'guess'}, {address});
    await Promise.all(Array.from({length: 30}, (_, index) => from(index, `2001:db8::${index}`)));
    await tooMany(await from(31, '2001:db8::ffff'));
    await problem(await from(32, '2001:db8:0:1::1'), 'order_not_found');
  });

  it('stores nobody’s address or contact for it, and forgets the counts', async () => {
    const shop = await openShop();
    await lookUp(shop, {number: '1', contact: 'secret@example.com', password}, {address: '203.0.113.9'});
    const written = JSON.stringify(shop.store.writes);
    assert.ok(!written.includes('secret@example.com') && !written.includes('203.0.113.9'));
    const subjects = shop.store.writes
      .filter(({method}) => method === 'recordUse')
      .map(({arguments: [first]}) => first);
    assert.equal(subjects.length, 5);
    shop.clock.advance(2 * 3_600_000);
    await shop.server.runJob({type: 'sweep'}, new AbortController().signal);
    const [subject] = subjects as string[];
    const {count} = await shop.store.transaction(tx => tx.recordUse(subject!, shop.clock.now(), 10 * 3_600_000));
    assert.equal(count, 1);
  });
});

describe('a stranger who knows an order number', () => {
  it('does not keep the buyer from looking their order up', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    for (let index = 0; index < 40; index++) {
      await lookUp(shop, {number, contact, password: 'guess'}, {address: '203.0.113.9'});
    }
    await problem(await lookUp(shop, {number, contact, password}, {address: '203.0.113.9'}), 'too_many_attempts');
    await json(await lookUp(shop, {number, contact, password}, {address: '198.51.100.7'}));
  });

  it('does not get on from a hundred places', async () => {
    const shop = await openShop();
    const {placed} = await placeWith(shop);
    const {number} = placed.order;
    const statuses: number[] = [];
    for (let index = 0; index < 110; index++) {
      const body = {number, contact: `c${index}@example.com`, password: 'guess'};
      statuses.push((await lookUp(shop, body, {address: `203.0.${index}.9`})).status);
    }
    assert.deepEqual([statuses.indexOf(429), statuses.at(-1)], [100, 429]);
  });
});
