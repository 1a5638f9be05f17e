import {secretText} from '../../src/domain/card-secret.ts';
import {compare, money, sum} from '../../src/domain/money.ts';
import type {PlacedOrder} from '../../src/contract/order.ts';
import type {Ledger} from '../../src/sandbox/index.ts';
import {systemClock} from '../../src/server/clock.ts';
import {masterKeysOf} from '../../src/server/operations/master-keys.ts';
import {openForMaintenance} from '../../src/server/persistence/maintenance.ts';
import {openCard} from '../../src/server/procurement/seal-delivery.ts';
import {createKeyRing} from '../../src/server/security/key-ring.ts';

export interface Audit {
  /** Everything in which the platform's ledger and the shop's differ. */
  readonly mistakes: readonly string[];
  readonly delivered: number;
  readonly short: number;
  readonly refused: number;
  /** Bought, or perhaps bought, and the buyer and the merchant are told so. */
  readonly confirming: number;
}

/**
 * Compares what a platform says it sold with what the shop says it bought: purchase by purchase, card by card, and to the
 * cent. Where the shop says that it does not know, either may be true, but only once.
 */
export async function auditLedger({
  databaseUrl,
  masterKeys,
  orders,
  ledger,
}: {
  readonly databaseUrl: string;
  readonly masterKeys: string;
  readonly orders: readonly PlacedOrder[];
  readonly ledger: Ledger;
}): Promise<Audit> {
  const keys = await createKeyRing(masterKeysOf({KEYSTALL_KEYS: masterKeys}));
  const {store, close} = await openForMaintenance({databaseUrl, dataFolder: '', clock: systemClock, tables: 'expect'});
  const mistakes: string[] = [];
  const counts = {delivered: 0, short: 0, refused: 0, confirming: 0};
  const known = new Set<string>();
  const held: string[] = [];
  try {
    for (const {order} of orders) {
      const cards = await store.cards(order.id);
      const texts = await Promise.all(cards.map(async card => secretText(await openCard({keys}, card))));
      held.push(...texts);
      const handedOut: string[] = [];
      for (const {id, state, quantity} of await store.procurements(order.id)) {
        const attempts = await store.attempts(id);
        const sales = attempts.flatMap(({reference, outcome}) => {
          const found = ledger.orders.filter(({requestNo}) => requestNo === reference);
          known.add(reference);
          if (found.length > 1) mistakes.push(`${reference} was sold ${found.length} times`);
          if (outcome?.kind === 'refused' && found.length > 0)
            mistakes.push(`${reference} was sold, and counts as refused`);
          const [sale] = found;
          if (!sale) {
            if (outcome && 'charged' in outcome) mistakes.push(`${reference} was never sold, and counts as bought`);
            return [];
          }
          if (outcome && 'charged' in outcome && compare(outcome.charged, sale.amount) !== 0) {
            mistakes.push(`${reference} cost ${sale.amount.amount}, and counts as ${outcome.charged.amount}`);
          }
          return [sale];
        });
        if (sales.length > 1) mistakes.push(`${id} was bought ${sales.length} times`);
        const isKnown = ['delivered', 'partial', 'failed'].includes(state);
        if (state === 'delivered') counts.delivered += 1;
        else if (state === 'partial') counts.short += 1;
        else if (state === 'failed') counts.refused += 1;
        else if (state === 'unknown') counts.confirming += 1;
        else mistakes.push(`${id} is ${state}`);
        if (state === 'delivered' && sales.length !== 1)
          mistakes.push(`${id} is delivered from ${sales.length} purchases`);
        if (isKnown)
          handedOut.push(...sales.flatMap(({secret}) => secret.split('\n').filter(line => line.trim() !== '')));
        if (state === 'delivered' && sales[0] && sales[0].cards.length !== quantity) {
          mistakes.push(`${id} is delivered with ${sales[0].cards.length} of ${quantity} cards`);
        }
      }
      if (handedOut.sort().join() !== texts.sort().join()) {
        mistakes.push(`${order.id}: the platform handed out ${handedOut.length} cards, the shop has ${texts.length}`);
      }
    }
  } finally {
    await close();
  }
  if (new Set(held).size !== held.length) mistakes.push('a card was handed to two buyers');
  for (const {requestNo} of ledger.orders) {
    if (requestNo === undefined || !known.has(requestNo)) mistakes.push(`the shop knows of no purchase ${requestNo}`);
  }
  const spent = sum(
    ledger.movements.filter(({reason}) => reason === 'order').map(({amount}) => amount),
    'CNY',
  );
  const sold = sum(
    ledger.orders.map(({amount}) => amount),
    'CNY',
  );
  if (compare(sum([spent, sold], 'CNY'), money('0', 'CNY')) !== 0) {
    mistakes.push(`the wallet changed by ${spent.amount}, and the orders cost ${sold.amount}`);
  }
  return {mistakes, ...counts};
}
