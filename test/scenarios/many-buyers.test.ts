import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';
import {prepareDatabase} from '../support/prepared-database.ts';
import {stubbornBuyer} from '../support/stubborn-buyer.ts';

const buyers = 64;
const pieces = 10;

/** Real processes over real HTTP; on the memory store see test/server/http/many-buyers.ts. */
for (const [where, servers] of [
  ['an embedded database', 1],
  ['PostgreSQL and two server processes', 2],
] as const) {
  describe(`${buyers} buyers for ${pieces} pieces, on ${where}`, {timeout: 300_000}, () => {
    let folder: string;
    let postgres: TestPostgres | undefined;
    let shop: LocalShop;
    let control: PlatformControl;
    const addresses: string[] = [];

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keystall-many-'));
      if (servers > 1) postgres = await startPostgres();
      else await prepareDatabase(join(folder, 'shop'));
      const environment = postgres && {DATABASE_URL: await postgres.createDatabase()};
      shop = await startLocalShop({folder, firstPort: 0, ...(environment && {environment})});
      control = platformControl(shop);
      addresses.push(shop.urls.shop);
      while (addresses.length < servers) addresses.push((await shop.addShopServer()).url);
    });

    after(async () => {
      await shop.stop();
      await postgres?.stop();
      await rm(folder, {recursive: true, force: true});
    });

    it('A1: sells exactly ten, each to one buyer, and owes everybody else their money', async () => {
      const {items} = await stubbornBuyer(shop.urls.shop).products();
      const goods = await control.goods();
      const plain = items.find(({title, skuId, stock, delivery}) => {
        const good = goods.find(each => each.title === title);
        const isPlain = good && !good.nested && good.minimum <= 1 && good.perBuyerLimit === 0;
        return isPlain && skuId !== undefined && stock === 'in_stock' && delivery === 'automatic';
      });
      assert.ok(plain, 'the seeded catalogue has such a good');
      const {code} = goods.find(({title}) => title === plain.title)!;
      await control.setStock(code, pieces);

      const all = Array.from({length: buyers}, (_, index) => stubbornBuyer(addresses[index % servers]!));
      // Everybody is promised one of the ten before anybody pays.
      const quotes = await Promise.all(all.map(buyer => buyer.quote(plain.skuId!, 1)));
      const placed = await Promise.all(all.map((buyer, index) => buyer.place(quotes[index]!)));
      const opened = await Promise.all(all.map((buyer, index) => buyer.openPayment(placed[index]!)));
      const {payments} = await control.payments();
      await Promise.all(opened.map(({id}) => control.pay(payments.find(({reference}) => reference === id)!.id)));
      const orders = await Promise.all(
        all.map((buyer, index) =>
          buyer.orderWhen(placed[index]!, ({state}) => state === 'delivered' || state === 'refunded'),
        ),
      );

      const served = orders.flatMap(({state}, index) => (state === 'delivered' ? [index] : []));
      assert.equal(served.length, pieces);
      const cards = await Promise.all(
        served.map(async index => {
          const {keys} = await all[(index + 1) % buyers]!.keys(placed[index]!);
          return keys.map(({secret}) => secretText(secret)).join();
        }),
      );
      const ledger = await control.ledger();
      assert.deepEqual(cards.sort(), ledger.orders.flatMap(order => order.cards).sort());
      assert.equal(new Set(cards).size, pieces);
      for (const {state, refunded, total} of orders) {
        if (state === 'refunded') assert.deepEqual(refunded, total);
      }
    });
  });
}
