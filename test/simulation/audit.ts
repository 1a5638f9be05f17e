import assert from 'node:assert/strict';
import type {Keys} from '../../src/contract/keys.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import {add, compare, money, subtract, sum, zero, type Money} from '../../src/domain/money.ts';
import {settledOrderStates} from '../../src/domain/order.ts';
import type {AttemptRecord, OrderRecord, ProcurementRecord} from '../../src/server/persistence/records.ts';
import {topUpDone} from '../../src/upstreams/top-up.ts';
import {paidFor} from '../../src/server/procurement/paid-for.ts';
import {afterDiscount} from '../../src/domain/coupon.ts';
import type {PlatformOrder} from '../../src/sandbox/index.ts';
import {isTopUp} from '../../src/sandbox/platform/items.ts';
import {isPaidBack} from '../../src/sandbox/platform/platform-order.ts';
import type {Purchase} from './buyer.ts';
import {cardsIn} from './people.ts';
import {balanceOf, type SimulatedPlatform} from './platforms.ts';
import type {SimulatedShop} from './shop.ts';

const lostAndFound: ReadonlySet<string> = new Set(['query', 'replay', 'repeat']);

/** What a run came to, when everything that was promised of it held. */
export interface Findings {
  /** Orders by the state they ended in. */
  readonly states: Readonly<Record<string, number>>;
  readonly purchases: number;
  readonly cards: number;
  readonly taken: Money;
  readonly kept: Money;
  readonly owed: Money;
  readonly spent: Money;
  /** Lost answers, by the means they were found by. */
  readonly found: Readonly<Record<string, number>>;
  readonly decisions: number;
}

interface Bought {
  readonly procurement: ProcurementRecord;
  readonly attempts: readonly AttemptRecord[];
  readonly platformOrders: readonly PlatformOrder[];
}

/**
 * Holds the shop's books against the platforms' and the payment provider's.
 * @throws {AssertionError} naming the order that does not come out even
 */
export async function audit(
  shop: SimulatedShop,
  platforms: readonly SimulatedPlatform[],
  purchases: readonly Purchase[],
): Promise<Findings> {
  const nothing = zero('CNY');
  const owners = new Map<string, string>();
  const topUps = new Set(
    platforms.flatMap(({sandbox}) =>
      sandbox.platform
        .goods()
        .filter(isTopUp)
        .map(({code}) => code),
    ),
  );
  const byReference = new Map<string, PlatformOrder[]>();
  for (const platform of platforms) {
    checkWallet(platform);
    for (const order of platform.sandbox.platform.orders()) {
      const key = `${platform.id} ${order.requestNo}`;
      byReference.set(key, [...(byReference.get(key) ?? []), order]);
    }
  }
  const states: Record<string, number> = {};
  const found: Record<string, number> = {};
  const accounted = new Set<PlatformOrder>();
  let [taken, kept, owed, spent] = [nothing, nothing, nothing, nothing];
  let [cards, decisions, bought] = [0, 0, 0];
  for (const purchase of purchases) {
    const order = (await shop.store.order(purchase.placed.order.id))!;
    const name = `order ${order.id}`;
    const {state} = order.progress;
    states[state] = (states[state] ?? 0) + 1;
    const done: Bought[] = [];
    for (const procurement of await shop.store.procurements(order.id)) {
      const attempts = await shop.store.attempts(procurement.id);
      const platformOrders = attempts.flatMap(
        ({connectionId, reference}) => byReference.get(`${connectionId} ${reference}`) ?? [],
      );
      done.push({procurement, attempts, platformOrders});
      for (const {settledBy: {means} = {}} of attempts) {
        if (means && lostAndFound.has(means)) found[means] = (found[means] ?? 0) + 1;
      }
      decisions += procurement.decisions?.length ?? 0;
      for (const each of platformOrders) accounted.add(each);
    }
    bought += done.filter(({platformOrders}) => platformOrders.length > 0).length;
    assert.ok(isSettled(order, done), `${name} is left "${state}", and nobody is called`);
    for (const {procurement, attempts, platformOrders} of done) {
      // What was paid back before its answer came may be bought again.
      const paidFor = platformOrders.filter(each => !isPaidBack(each));
      assert.ok(
        paidFor.length <= 1,
        `${name}: procurement ${procurement.id} was bought ${paidFor.length} times, by ${attempts.map(({connectionId, reference}) => `${connectionId}/${reference}`).join()}`,
      );
    }
    cards += await checkCards(name, purchase, done);
    const value = keptOf(order);
    const owes = order.refundDue;
    if (state === 'expired' || state === 'pending_payment') {
      assert.deepEqual(
        purchase.taken,
        owes,
        `${name}: ${purchase.taken.amount} was paid for nothing, ${owes.amount} is owed`,
      );
    } else {
      assert.equal(
        compare(add(value, owes), purchase.taken),
        0,
        `${name} (${state}): the buyer paid ${purchase.taken.amount}, has goods for ${value.amount} and is owed ${owes.amount}`,
      );
      kept = add(kept, value);
    }
    await checkEarnings(name, order, value, done);
    taken = add(taken, purchase.taken);
    owed = add(owed, owes);
    spent = add(
      spent,
      sum(
        done.flatMap(({platformOrders}) => platformOrders.map(({amount}) => amount)),
        'CNY',
      ),
    );
  }
  for (const platform of platforms) {
    for (const order of platform.sandbox.platform.orders()) {
      assert.ok(
        accounted.has(order),
        `${platform.id} sold ${order.tradeNo} (${order.requestNo}), and no order of the shop knows of it`,
      );
    }
  }
  return {states, purchases: bought, cards, taken, kept, owed, spent, found, decisions};

  /** Every card the buyer sees is one that a platform gave for this very order and kept the money for; every one it gave is seen. */
  async function checkCards(name: string, {placed}: Purchase, done: readonly Bought[]): Promise<number> {
    const given = new Set(done.flatMap(boughtFor).flatMap(({secret}) => cardsIn(secret)));
    const {status, body} = await shop.call<Keys>(`/v1/orders/${placed.order.id}/keys`, {
      method: 'POST',
      token: placed.token,
    });
    const seen = status === 200 ? body.keys.flatMap(({secret}) => secretText(secret).split('\n')) : [];
    // A top-up that the platform calls done without a word about it is told in a sentence, which is nobody's card.
    const isToldDone = done.some(({platformOrders}) =>
      platformOrders.some(({state, goodCode}) => state === 'blank' && topUps.has(goodCode)),
    );
    for (const card of seen) {
      if (card === topUpDone('') && isToldDone) continue;
      assert.ok(given.has(card), `${name} shows a card that was not bought for it`);
      assert.ok(!owners.has(card), `${name} shows a card that ${owners.get(card)} shows`);
      owners.set(card, name);
    }
    const shown = new Set(seen);
    for (const {procurement, platformOrders} of done) {
      const isDecided = procurement.decisions?.some(({choice}) => choice === 'refund' || choice === 'mark_delivered');
      for (const order of platformOrders) {
        // What was paid back is worthless, whether or not it was shown before.
        if (order.state !== 'delivered' || isPaidBack(order) || isDecided) continue;
        for (const card of cardsIn(order.secret)) {
          assert.ok(shown.has(card), `${name}: a card of ${order.tradeNo} (${procurement.state}) is lost`);
        }
      }
    }
    return seen.length;
  }

  async function checkEarnings(name: string, order: OrderRecord, value: Money, done: readonly Bought[]): Promise<void> {
    if (order.paidAt === undefined || !settledOrderStates.has(order.progress.state)) return;
    const earnings = await shop.store.earnings(order.id);
    assert.equal(earnings.length, order.lines.length, `${name}: earnings of some lines are missing`);
    const total = (part: 'kept' | 'cost') =>
      sum(
        earnings.map(each => each[part]),
        'CNY',
      );
    assert.equal(
      compare(total('kept'), value),
      0,
      `${name}: kept ${total('kept').amount}, the goods were worth ${value.amount}`,
    );
    // What a person decided about without the platform's bill is reckoned at what was expected.
    const isKnown = done.every(
      ({procurement, attempts}) =>
        !procurement.decisions &&
        attempts.every(({outcome}) => outcome && !['unknown', 'bought_unreadable'].includes(outcome.kind)),
    );
    if (!isKnown) return;
    const billed = sum(done.flatMap(billsOf), 'CNY');
    assert.equal(
      compare(total('cost'), billed),
      0,
      `${name}: cost ${total('cost').amount}, the platforms took ${billed.amount}`,
    );
  }
}

/** What a platform took back together with its goods, as the shop heard of it, is nobody's. */
function boughtFor({attempts, platformOrders}: Bought): readonly PlatformOrder[] {
  const takenBack = new Set(
    attempts.flatMap(({outcome, reference}) => (outcome?.kind === 'refunded' ? reference : [])),
  );
  return platformOrders.filter(({requestNo}) => requestNo === undefined || !takenBack.has(requestNo));
}

/** What the platforms took for a purchase, as far as the shop can know: of money that comes back after the goods it does not hear. */
function billsOf({attempts, platformOrders}: Bought): readonly Money[] {
  return platformOrders.map(each => {
    const {amount, refunded = zero('CNY'), requestNo, tradeNo} = each;
    const {outcome, refunded: heard} = attempts.find(({reference}) => reference === requestNo)!;
    if (heard) {
      assert.ok(
        compare(heard, refunded) <= 0,
        `${heard.amount} of ${tradeNo} counts as paid back, the platform gave ${refunded.amount}`,
      );
      return subtract(amount, heard);
    }
    return isPaidBack(each) && outcome?.kind !== 'delivered' ? zero('CNY') : amount;
  });
}

/** What the buyer paid for what was delivered. */
function keptOf({lines, progress, currency}: OrderRecord): Money {
  return sum(
    lines.map(line => {
      const {failed} = progress.lines[line.id]!;
      return subtract(afterDiscount(line.total, line.discount), paidFor(line, 0, failed));
    }),
    currency,
  );
}

function isSettled({progress: {state}}: OrderRecord, done: readonly Bought[]): boolean {
  return settledOrderStates.has(state) || state === 'expired' || done.some(({procurement}) => procurement.attention);
}

/** A wallet is what was put into it, less what left it. */
function checkWallet(platform: SimulatedPlatform): void {
  const {movements} = platform.sandbox.platform.ledger();
  const filled = sum(
    platform.filled.map(amount => money(`${amount}.00`, 'CNY')),
    'CNY',
  );
  const orders = sum(
    platform.sandbox.platform.orders().map(({amount}) => amount),
    'CNY',
  );
  const moved = sum(
    movements.filter(({reason}) => reason === 'spent_elsewhere' || reason === 'refund').map(({amount}) => amount),
    'CNY',
  );
  const left = add(subtract(filled, orders), moved);
  assert.equal(
    compare(left, money(balanceOf(platform), 'CNY')),
    0,
    `${platform.id}: the wallet does not come out even`,
  );
}
