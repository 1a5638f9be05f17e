import assert from 'node:assert/strict';
import {readEvidence} from '../../../src/server/aftersales/attach-evidence.ts';
import {openMessage, sealMessage} from '../../../src/server/aftersales/ticket-texts.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import type {OrderRecord, TicketRecord} from '../../../src/server/persistence/records.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import type {ServerPorts} from '../../../src/server/ports.ts';
import {openCard, sealCard} from '../../../src/server/procurement/seal-delivery.ts';
import {openRequest, sealRequest} from '../../../src/server/procurement/sealed-attempt.ts';
import type {KeyRing} from '../../../src/server/security/key-ring.ts';
import {png} from '../../support/files.ts';
import {
  aCategory,
  aListing,
  anAttempt,
  anEvidence,
  anOrder,
  aPayment,
  aProcurement,
  aTicket,
} from '../../server/persistence/record-builders.ts';

/** What JSON, decimals and databases make trouble with. */
export const oddText = 'nul \0 half \ud83d pair 😀 月卡 \u2028 tab \t line \n "quoted" \\';

const said = '卡密无效';

/** Writes an order with `cards` cards, and one of everything else that a shop keeps. */
export async function useShop(store: Store, keys: KeyRing, cards: number): Promise<OrderRecord> {
  const ports = {keys, clock: systemClock} as ServerPorts;
  const order = anOrder({contact: oddText});
  const procurement = aProcurement(order);
  const attempt = anAttempt(procurement);
  const sealed = await Promise.all(
    Array.from({length: cards}, (_, index) => sealCard(ports, procurement, {kind: 'code', code: `CARD-${index}`})),
  );
  const draft = aTicket(order);
  const ticket: TicketRecord = {
    ...draft,
    messages: [await sealMessage(ports, draft.id, {from: 'buyer', intent: draft.intent, text: said})],
  };
  const evidence = anEvidence(ticket);
  const file = await keys.sealBytes('evidence', Uint8Array.from(png), `evidence ${evidence.id} of ${ticket.id}`);
  await store.transaction(async tx => {
    await tx.insertOrder(order);
    await tx.insertPayment(aPayment(order));
    await tx.insertProcurement(procurement);
    await tx.insertAttempt({...attempt, request: await sealRequest(keys, attempt.request)});
    for (let start = 0; start < cards; start += 1000) {
      const chunk = sealed.slice(start, start + 1000);
      await tx.insertCards(chunk.map(({record}, index) => ({...record, position: start + index})));
    }
    await tx.claimTicket(ticket);
    await tx.insertEvidence({...evidence, keyId: file.keyId}, file.sealed);
    await tx.claimCoupon({orderId: order.id, code: 'WELCOME', contact: 'hash', at: 1}, {});
    await tx.recordReveal(order.id, 1);
    await tx.putListings('main', [aCategory('main')], [aListing('main', 'G-1', {title: '点卡 "一"'})]);
  });
  return order;
}

/** Everything of such an order, opened. @throws where something does not open */
export async function openedOrder(store: Store, keys: KeyRing, id: string): Promise<unknown> {
  const ports = {keys} as ServerPorts;
  const order = await store.order(id);
  assert.ok(order, `order ${id} is gone`);
  const [procurement] = await store.procurements(id);
  const [attempt] = await store.attempts(procurement!.id);
  const [ticket] = await store.tickets(id);
  return {
    order,
    procurement,
    payments: await store.payments(id),
    request: await openRequest(keys, attempt!),
    cards: await Promise.all((await store.cards(id)).map(card => openCard(ports, card))),
    said: await openMessage(ports, ticket!, ticket!.messages[0]!),
    file: await readEvidence({store, keys}, (await store.evidence(ticket!.id))[0]!),
    couponUses: await store.couponUses('WELCOME'),
    listing: await store.listing('main-G-1'),
    catalogueVersion: await store.catalogueVersion(),
  };
}

/** Does something with the shop's store as a server would have it. */
export async function withStore<Answer>(
  target: {readonly databaseUrl: string} | {readonly dataFolder: string},
  work: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  const opened = await openStore({...target, clock: systemClock});
  try {
    return await work(opened.store);
  } finally {
    await opened.close();
  }
}
