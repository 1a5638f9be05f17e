import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import type {Child} from '../../scripts/start/child.ts';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import type {PlacedOrder} from '../../src/contract/order.ts';
import {startBalancer, type Balancer} from '../support/balancer.ts';
import {auditLedger} from '../support/ledger-audit.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';
import {stubbornBuyer} from '../support/stubborn-buyer.ts';

const trades = ['before:trade', 'during:trade', 'after:trade'];

/**
 * Everything that a process leaves behind when it dies: what lies between two of its transactions is a step where something
 * happens outside of the database. Which of the two does what is as it comes; they are killed in turn.
 */
const kills = [
  'after:insertOrder',
  'after:insertPayment',
  'after:savePayment',
  'after:insertProcurement',
  // Again and again, of the one and of the other: it is these that leave purchases behind for somebody to take over.
  ...trades,
  ...trades,
  ...trades,
  'after:insertCards',
  'after:recordReveal',
];

const buyersAtOnce = 6;
const askAgainMs = 50;
/** What the issue asks for is printed; a machine that is busy with other tests may take longer, but never as long as a lease. */
const longestRecoveryMs = 30_000;

describe(
  'two processes on one PostgreSQL, either killed with -9 at any step, on a platform with faults',
  {timeout: 300_000},
  () => {
    let folder: string;
    let postgres: TestPostgres;
    let databaseUrl: string;
    let database: pg.Client;
    let balancer: Balancer;
    let shop: LocalShop;
    let control: PlatformControl;
    let servers: readonly {readonly current: () => Child; readonly orders: string; restart(): Promise<void>}[];
    /** A failure leaves buyers behind who would ask for ever. */
    const isOver = new AbortController();
    const placed: PlacedOrder[] = [];
    const takenOver: {readonly purchases: number}[] = [];
    const recoveries: {readonly moment: string; readonly milliseconds: number}[] = [];

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keystall-two-'));
      [postgres, balancer] = await Promise.all([startPostgres(), startBalancer()]);
      databaseUrl = await postgres.createDatabase();
      const orders = [join(folder, 'kill-first'), join(folder, 'kill-second')] as const;
      const [first, second] = orders.map(CRASH_FILE => ({CRASH_FILE}));
      shop = await startLocalShop({
        folder,
        firstPort: 0,
        shopMain: fileURLToPath(new URL('../support/crashing-shop-server.ts', import.meta.url)),
        config: fileURLToPath(new URL('../support/two-platforms.config.ts', import.meta.url)),
        environment: {
          ...first,
          DATABASE_URL: databaseUrl,
          SHOP_URL: balancer.url,
          NODE_COMPILE_CACHE: join(folder, 'compiled'),
        },
        onLog(_process, line) {
          if (line.includes('"purchases of a dead process')) takenOver.push(JSON.parse(line) as {purchases: number});
        },
      });
      const other = await shop.addShopServer(second);
      servers = [
        {current: () => shop.shopServer, orders: orders[0], restart: () => shop.restartShopServer()},
        {current: () => other.server, orders: orders[1], restart: () => other.restart(second)},
      ];
      balancer.servers = [shop.urls.shop, other.url];
      control = platformControl(shop);
      database = new pg.Client({connectionString: databaseUrl});
      await database.connect();
    });

    after(async () => {
      isOver.abort();
      await database.end();
      await shop.stop();
      balancer.close();
      await postgres.stop();
      await rm(folder, {recursive: true, force: true});
    });

    it('take over from each other at once', async test => {
      const skuIds = await stockUp();
      await control.arm({fault: 'slow', times: null, delayMs: 300});
      for (const fault of [
        'commit-then-drop',
        'drop-before-commit',
        'bad-gateway-after-commit',
        'short-delivery',
        'html',
      ] as const)
        await control.arm({fault, times: null, probability: 0.04});

      const purchases: Promise<void>[] = [];
      for (const [index, moment] of kills.entries()) {
        const {current, orders, restart} = servers[index % servers.length]!;
        let isDead = false;
        const killed = once(current().process, 'exit').then(([, signal]) => {
          isDead = true;
          return {signal: signal as unknown, at: performance.now()};
        });
        await writeFile(orders, moment);
        while (!isDead) {
          const wave = Array.from({length: buyersAtOnce}, (_, buyer) =>
            purchase(skuIds[buyer % skuIds.length]!, 1 + (buyer % 2), moment.endsWith('recordReveal')),
          );
          for (const each of wave) each.catch(() => undefined);
          purchases.push(...wave);
          await Promise.race([killed, Promise.all(wave)]);
        }
        const {signal, at} = await killed;
        assert.equal(signal, 'SIGKILL', `the server was killed ${moment}`);
        await rm(orders);
        await until(async () => (await abandoned()) === 0);
        recoveries.push({moment, milliseconds: Math.round(performance.now() - at)});
        await restart();
      }
      await Promise.all(purchases);
      await until(async () => (await unsettled()) === 0);
      for (const {moment, milliseconds} of recoveries) {
        assert.ok(milliseconds < longestRecoveryMs, `${moment}: it took ${milliseconds} ms`);
      }
      const purchasesTakenOver = takenOver.reduce((sum, {purchases}) => sum + purchases, 0);
      assert.ok(purchasesTakenOver >= 6, `${purchasesTakenOver} purchases were taken over, not waited for`);
      test.diagnostic(`${purchasesTakenOver} purchases were taken over`);
      test.diagnostic(recoveries.map(({moment, milliseconds}) => `${moment} ${milliseconds} ms`).join(', '));
    });

    it("end with the platform's ledger and the shop's the same", async test => {
      // Nothing is to be found out any more between one book and the other.
      await Promise.all(servers.map(({current}) => current().stop()));
      const audit = await auditLedger({
        databaseUrl,
        masterKeys: shop.secrets.masterKeys,
        orders: placed,
        ledger: await control.ledger(),
      });
      assert.deepEqual(audit.mistakes, []);
      assert.ok(audit.delivered > kills.length, 'most of it was delivered');
      test.diagnostic(`${placed.length} orders: ${JSON.stringify(audit)}`);
    });

    /** Goods that are sold by both protocols, as soon as both catalogues are read, and enough of them. */
    async function stockUp(): Promise<readonly string[]> {
      const buyer = stubbornBuyer(balancer.url, isOver.signal);
      const goods = (await control.goods()).filter(
        ({nested, minimum, maximum, perBuyerLimit, delivery, cardForm}) =>
          cardForm === 'code' &&
          !nested &&
          minimum <= 1 &&
          maximum === 0 &&
          perBuyerLimit === 0 &&
          delivery === 'automatic',
      );
      for (;;) {
        const {items} = await buyer.products();
        const sold = goods
          .map(({code, title}) => ({
            code,
            skuIds: items.filter(item => item.title === title).flatMap(({skuId}) => skuId ?? []),
          }))
          .filter(({skuIds}) => skuIds.length === 2)
          .slice(0, 3);
        if (sold.length < 3) {
          await pause(askAgainMs);
          continue;
        }
        for (const {code} of sold) await control.setStock(code, 1000);
        return sold.flatMap(({skuIds}) => skuIds);
      }
    }

    async function purchase(skuId: string, quantity: number, isRevealed: boolean): Promise<void> {
      const buyer = stubbornBuyer(balancer.url, isOver.signal);
      const mine = await buyer.place(await buyer.quote(skuId, quantity));
      placed.push(mine);
      const {id} = await buyer.openPayment(mine);
      const {payments} = await control.payments();
      await control.pay(payments.find(({reference}) => reference === id)!.id);
      if (!isRevealed) return;
      const order = await buyer.orderWhen(
        mine,
        ({state, lines}) => state !== 'pending_payment' && state !== 'paid' && lines[0]!.status !== 'processing',
      );
      if (order.keysReady > 0) await buyer.keys(mine);
    }

    /** Purchases that a process claimed which is not there any more. */
    async function abandoned(): Promise<number> {
      return count(
        `select count(*)::integer as count
       from keystall.attempt join keystall.procurement on procurement.id = attempt.procurement_id
       where procurement.state in ('submitting', 'unknown')
         and (attempt.record ->> 'leaseUntil')::bigint > extract(epoch from now()) * 1000
         and not exists (
           select from pg_locks
           where locktype = 'advisory' and objsubid = 2
             and objid::bigint = ('x' || lpad(attempt.record ->> 'worker', 16, '0'))::bit(64)::bigint
         )`,
      );
    }

    /** Purchases of which neither is known what became of them, nor that it is not known. */
    async function unsettled(): Promise<number> {
      return count(
        `select count(*)::integer as count from keystall.procurement where state in ('draft', 'submitting', 'accepted')`,
      );
    }

    async function count(text: string): Promise<number> {
      const {rows} = await database.query<{count: number}>(text);
      return rows[0]!.count;
    }
  },
);

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(askAgainMs);
}
