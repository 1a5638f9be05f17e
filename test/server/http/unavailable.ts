import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {StoreUnavailableError} from '../../../src/server/persistence/store-unavailable-error.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {operations} from '../../support/contract-check.ts';
import {consoleToken, openShop, problem, type TestShop} from '../../support/shop-server.ts';

/** From now on the store answers nothing. */
function takeAway({ports}: TestShop, reason: StoreUnavailableError['reason']): void {
  const {onOrderChanged, close, ...rest} = ports.store;
  const gone = Object.keys(rest).map(name => [
    name,
    () => Promise.reject(new StoreUnavailableError(reason, {cause: new Error('connect ECONNREFUSED 10.0.0.7:5432')})),
  ]);
  Object.assign(ports.store, Object.fromEntries(gone) as Partial<Store>, {onOrderChanged, close});
}

describe('while the database is of no use', () => {
  for (const [reason, seconds] of [
    ['busy', '1'],
    ['away', '5'],
  ] as const) {
    it(`${reason}: the shop says when to come again, and the log what is wrong`, async () => {
      const shop = await openShop();
      takeAway(shop, reason);
      const answer = await shop.fetch('/v1/categories');
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('Retry-After'), seconds);
      const {detail} = await problem(answer, 'shop_unavailable');
      assert.doesNotMatch(detail!, /10\.0\.0\.7|database/);
      const {level, event, facts} = shop.log.entries.at(-1)!;
      assert.deepEqual([level, event, facts['reason']], ['warn', 'database unavailable', reason]);
      assert.match(String(facts['error']), /ECONNREFUSED/);
    });
  }

  it('no operation fails in another way', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid();
    takeAway(shop, 'away');
    const refused: string[] = [];
    for (const {method, path, operation} of operations()) {
      const of = path.startsWith('/v1/console') ? consoleToken : placed.token;
      const answer = await shop.fetch(path.replace('{orderId}', placed.order.id).replaceAll(/\{\w+\}/g, 'main'), {
        method,
        token: of,
        key: 'an-intent-of-its-own',
        ...(method === 'POST' && {body: '{}'}),
      });
      if (answer.status === 503) refused.push(operation.operationId);
      else assert.ok(answer.status < 500, `${operation.operationId}: ${answer.status} ${await answer.text()}`);
    }
    for (const operationId of ['listProducts', 'getOrder', 'revealKeys', 'listCases', 'listRefunds']) {
      assert.ok(refused.includes(operationId), `${operationId} is not among ${refused.join(', ')}`);
    }
  });

  it('an order that could not be placed is placed once, when it is sent again', async () => {
    const shop = await openShop();
    const {intent, token} = await shop.agree();
    const call = {key: intent, body: {quote: token, contact: 'buyer@example.com'}};
    const {transaction} = shop.ports.store;
    // Kept, and the answer of the commit was lost with the connection.
    Object.assign(shop.ports.store, {
      transaction: async (work: Parameters<Store['transaction']>[0]) => {
        await transaction.call(shop.ports.store, work);
        throw new StoreUnavailableError('away');
      },
    });
    await problem(await shop.fetch('/v1/orders', call), 'shop_unavailable');
    Object.assign(shop.ports.store, {transaction});
    const again = await shop.fetch('/v1/orders', call);
    assert.ok([200, 201].includes(again.status), String(again.status));
    assert.equal(shop.store.writes.filter(({method}) => method === 'insertOrder').length, 1);
  });
});
