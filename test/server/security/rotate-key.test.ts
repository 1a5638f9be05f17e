import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';
import {money} from '../../../src/domain/money.ts';
import {createServer} from '../../../src/server/app.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {createKeyRing, type KeyRing} from '../../../src/server/security/key-ring.ts';
import {acceptCards, sealDelivery} from '../../../src/server/procurement/seal-delivery.ts';
import {keysInUse, rotateKey} from '../../../src/server/security/rotate-key.ts';
import {png} from '../../support/files.ts';
import {delivered} from '../../support/fake-upstream.ts';
import {json, masterKey, openShop, requestOf, type Call, type TestShop} from '../../support/shop-server.ts';

const [old, next] = [masterKey('k1', 1), masterKey('k2', 2)];
const [before, during, after] = await Promise.all([
  createKeyRing([old]),
  createKeyRing([next, old]),
  createKeyRing([next]),
]);

const cards = (count: number) => Array.from({length: count}, (_, index) => `CARD-${index}`);

/** A shop with a delivered order, an order that was only accepted, and a ticket with a file. */
async function usedShop(
  pieces = 2,
): Promise<{shop: TestShop; placed: PlacedOrder; accepted: PlacedOrder; ticketId: string}> {
  const shop = await openShop({masterKeys: [old]});
  shop.upstream.script({buy: async () => delivered(cards(pieces).join('\n'))});
  const placed = await shop.placePaid(pieces);
  await shop.work();
  shop.upstream.script({
    buy: async () => ({
      kind: 'accepted',
      orderId: 'U-9',
      charged: money('10', 'CNY'),
      placeholder: '正在发货中，请耐心等待',
    }),
    follow: async () => ({kind: 'pending', text: ''}),
  });
  const accepted = await shop.placePaid(1);
  await shop.work();
  const call = {token: placed.token, key: 'intent-of-the-ticket', body: {reason: 'key_invalid', text: '卡密无效'}};
  const {id} = await json<Ticket>(await shop.fetch(`/v1/orders/${placed.order.id}/tickets`, call), 201);
  const file = {token: placed.token, key: 'intent-of-the-file', body: png, headers: {'Content-Type': 'image/png'}};
  await json<Ticket>(await shop.fetch(`/v1/tickets/${id}/evidence`, file), 201);
  return {shop, placed, accepted, ticketId: id};
}

/** The same shop as a process with other keys sees it. */
function withKeys(shop: TestShop, keys: KeyRing) {
  const server = createServer({...shop.ports, keys});
  return async <Answer>(path: string, call: Call): Promise<Answer> => {
    const answer = await server.fetch(requestOf(path, call), {});
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
    return (await answer.json()) as Answer;
  };
}

async function shownCards(shop: TestShop, keys: KeyRing, {order}: PlacedOrder): Promise<unknown[]> {
  const [token] = await keys.hashes('order-token', order.id);
  const shown = await withKeys(shop, keys)<{keys: {secret: unknown}[]}>(`/v1/orders/${order.id}/keys`, {
    method: 'POST',
    token,
  });
  return shown.keys.map(({secret}) => secret);
}

const sought = (count: number) => cards(count).map(code => ({kind: 'code', code}));

describe('a rotation of the master key', () => {
  it('leaves everything readable with the new key alone, and nothing under the old one', async () => {
    const {shop, placed, accepted, ticketId} = await usedShop();
    assert.deepEqual([...(await keysInUse(shop.store)).keys()], ['k1']);
    const {changed, unopened} = await rotateKey({store: shop.store, keys: during});
    assert.deepEqual([changed, unopened], [6, []]);
    assert.deepEqual([...(await keysInUse(shop.store)).keys()], ['k2']);

    assert.deepEqual(await shownCards(shop, after, placed), sought(2));
    const fetch = withKeys(shop, after);
    const [token] = await after.hashes('order-token', placed.order.id);
    const ticket = await fetch<Ticket>(`/v1/tickets/${ticketId}`, {token});
    assert.equal(ticket.messages[0]?.text, '卡密无效');
    const server = createServer({...shop.ports, keys: after});
    const file = await server.fetch(
      requestOf(`/v1/tickets/${ticketId}/evidence/${ticket.evidence[0]!.id}`, {token}),
      {},
    );
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), Uint8Array.from(png));

    // The accepted order is followed by the text it was accepted with.
    const seen: string[] = [];
    shop.upstream.script({
      follow: async ({placeholder}) => {
        seen.push(placeholder);
        return {kind: 'delivered', secret: 'LATE-CARD'};
      },
    });
    shop.clock.advance(600_000);
    await shop.jobs.runDue(server.runJob);
    assert.deepEqual(seen, ['正在发货中，请耐心等待']);
    assert.deepEqual(await shownCards(shop, after, accepted), [{kind: 'code', code: 'LATE-CARD'}]);
  });

  it('knows a card that was delivered before it, and a message that was sent before it', async () => {
    const {shop, placed, ticketId} = await usedShop();
    await rotateKey({store: shop.store, keys: during});
    const [fingerprint] = await after.hashes('card-fingerprint', 'CARD-0');
    assert.equal(await shop.store.hasFingerprint(fingerprint), true);
    const [token] = await after.hashes('order-token', placed.order.id);
    const again = await withKeys(shop, after)<Ticket>(`/v1/orders/${placed.order.id}/tickets`, {
      token,
      key: 'intent-of-the-ticket',
      body: {reason: 'key_invalid', text: '卡密无效'},
    });
    assert.equal(again.id, ticketId);
    assert.equal(again.messages.length, 1);
  });

  it('lets no card through a second time that is moved while it is looked for', async () => {
    const {shop, placed} = await usedShop();
    const [procurement] = await shop.store.procurements(placed.order.id);
    const keys = during;
    const again = await sealDelivery({...shop.ports, keys}, {...procurement!, quantity: 1}, delivered('CARD-0'));
    const moving: Store = {
      ...shop.store,
      async hasFingerprint(...fingerprints) {
        const answer = await shop.store.hasFingerprint(...fingerprints);
        await rotateKey({store: shop.store, keys});
        return answer;
      },
    };
    assert.deepEqual(await acceptCards(moving, again, 1), {cards: [], missing: 1});
  });

  it('hinders nobody meanwhile: servers with both keys show and know everything at every step', async () => {
    const {shop, placed} = await usedShop();
    const backwards = await createKeyRing([old, next]);
    for (const keys of [before, backwards, during]) assert.deepEqual(await shownCards(shop, keys, placed), sought(2));
    await rotateKey({store: shop.store, keys: during});
    for (const keys of [backwards, during, after]) assert.deepEqual(await shownCards(shop, keys, placed), sought(2));
    for (const keys of [backwards, during]) {
      const again = await withKeys(shop, keys)<Ticket>(`/v1/orders/${placed.order.id}/tickets`, {
        token: placed.token,
        key: 'intent-of-the-ticket',
        body: {reason: 'key_invalid', text: '卡密无效'},
      });
      assert.equal(again.messages.length, 1);
    }
  });

  it('stopped after any batch goes on where it was, and loses nothing', async () => {
    const {shop, placed} = await usedShop(100);
    for (let allowed = 1; ; allowed++) {
      let batches = 0;
      const crash = new Error('killed');
      const dying: Store = {
        ...shop.store,
        async transaction(work) {
          if (++batches > allowed) throw crash;
          return shop.store.transaction(work);
        },
      };
      const ended = await rotateKey({store: dying, keys: during}).catch((error: unknown) => error);
      assert.deepEqual(await shownCards(shop, during, placed), sought(100));
      if (ended !== crash) break;
    }
    assert.deepEqual([...(await keysInUse(shop.store)).keys()], ['k2']);
    assert.equal((await rotateKey({store: shop.store, keys: during})).changed, 0);
  });

  it('names what it cannot open, leaves it as it is, and goes on with the rest', async () => {
    const {shop} = await usedShop();
    const stranger = await createKeyRing([next]);
    const {changed, unopened} = await rotateKey({store: shop.store, keys: stranger});
    assert.equal(changed, 0);
    assert.deepEqual(
      unopened.map(({kind}) => kind),
      ['card', 'card', 'attempt', 'attempt', 'ticket', 'evidence'],
    );
    for (const {reason} of unopened) assert.match(reason, /key "k1"; put that master key back/);
    assert.equal((await rotateKey({store: shop.store, keys: during})).changed, 6);
  });
});
