import type {Money} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {reduceProcurement} from '../../domain/procurement.ts';
import {isUpstreamError, type FollowOutcome} from '../../upstreams/port.ts';
import type {Route} from '../../domain/routing.ts';
import type {ConnectionGuards} from '../connection-guards.ts';
import type {AttemptRecord, LineSource, OrderLineRecord, ProcurementRecord} from '../persistence/records.ts';
import {waitsForPerson} from '../persistence/waits-for-person.ts';
import {connectionOf, type Connection, type ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import {buyPatienceMs, leaseMs, notSentFromHere, type Claim} from './claim.ts';
import {mendingPatienceMs} from './consequence.ts';
import {chooseSource, sourcesOf, type ChosenRoute} from './choose-source.ts';
import {lookAgain} from './look-again.ts';
import {mayStillCome} from './overdue.ts';
import {splitProcurement} from './parts.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';
import {recordNotSent, recordOutcome} from './record-outcome.ts';
import {reconcile} from './reconcile.ts';
import {newPlatformPassword, newReference} from './reference.ts';
import {openPlaceholder, openRequest, sealRequest} from './sealed-attempt.ts';

const readPatienceMs = 10_000;

/**
 * Moves a procurement as far as it goes now: buys, finds out what became of a lost answer, or reads a late delivery.
 * Safe to run again at any moment and by anybody: each step is claimed in the database before the platform is called.
 */
export async function procure(ports: ServerPorts, guards: ConnectionGuards, procurementId: string): Promise<void> {
  const procurement = await ports.store.procurement(procurementId);
  if (!procurement || waitsForPerson(procurement)) return;
  const connection = () => connectionOf(ports, procurement.connectionId);
  switch (procurement.state) {
    case 'draft':
      return buy(ports, guards, procurement);
    case 'submitting':
      return giveUpWaiting(ports, procurement);
    case 'unknown':
      return reconcile(ports, guards, connection(), procurement);
    case 'accepted':
    case 'processing':
      return follow(ports, connection(), procurement);
    case 'unpaid':
    case 'partial':
    case 'delivered':
    case 'completed':
    case 'failed':
    case 'canceled':
    case 'partially_refunded':
    case 'refunded':
      return;
  }
}

async function buy(ports: ServerPorts, guards: ConnectionGuards, procurement: ProcurementRecord): Promise<void> {
  const order = await ports.store.order(procurement.orderId);
  const line = order?.lines.find(({id}) => id === procurement.lineId);
  if (!line) throw new Error(`Procurement ${procurement.id} belongs to no line of an order.`);
  const chosen = await chooseSource(ports, guards, procurement, line);
  const {route} = chosen;
  switch (route.kind) {
    case 'split':
      return splitProcurement(ports, procurement, route.quantity);
    case 'nowhere': {
      const isYoung = ports.clock.now() - procurement.createdAt < mendingPatienceMs;
      if (route.later && isYoung) return lookAgain(ports, procurement, chosen.text);
      return recordNotSent(ports, procurement, route.later ? 'other' : 'not_for_sale', chosen.text);
    }
    case 'buy': {
      const {connectionId} = route;
      const done = await guards.purchase(connectionId, () => send(ports, procurement, line, chosen, route));
      if (done === 'busy') await lookAgain(ports, procurement, `${connectionId} has too many purchases waiting`);
    }
  }
}

async function send(
  ports: ServerPorts,
  procurement: ProcurementRecord,
  line: OrderLineRecord,
  {balance}: ChosenRoute,
  route: Extract<Route, {kind: 'buy'}>,
): Promise<void> {
  const source = sourcesOf(line).find(({connectionId}) => connectionId === route.connectionId)!;
  const connection = connectionOf(ports, source.connectionId);
  const watch = ports.presence.watch();
  if (!watch) return lookAgain(ports, procurement, 'the other processes cannot see this one');
  const claim = await claimAttempt(ports, connection, procurement, source, route, balance);
  if (!claim) return;
  const request = await openRequest(ports.keys, claim.attempt);
  const outcome = (await watch.isUnbroken())
    ? await connection.upstream.buy(request, AbortSignal.timeout(buyPatienceMs))
    : notSentFromHere;
  await recordOutcome(ports, procurement.id, outcome, {claim});
}

/** Writes the attempt with its reference before the call goes out. Answers nothing when somebody else was first. */
async function claimAttempt(
  ports: ServerPorts,
  {config, upstream}: Connection,
  {id, orderId, version}: ProcurementRecord,
  {connectionId, offer}: LineSource,
  {cost: expectedCost, passed}: Extract<Route, {kind: 'buy'}>,
  balanceBefore: Money | undefined,
): Promise<Claim | undefined> {
  return ports.store.transaction(async tx => {
    const order = await tx.order(orderId);
    const procurement = await tx.procurement(id);
    if (!order || procurement?.version !== version) return undefined;
    const line = order.lines.find(({id: lineId}) => lineId === procurement.lineId)!;
    const now = ports.clock.now();
    const reference = newReference(upstream.capabilities.maximumReferenceLength);
    const attempt: AttemptRecord = {
      id: newId('att'),
      procurementId: id,
      connectionId,
      reference,
      version: 1,
      request: await sealRequest(ports.keys, {
        reference,
        offer,
        quantity: procurement.quantity,
        fields: line.fields,
        contact: ('contact' in config ? config.contact : undefined) ?? 'keystall',
        password: newPlatformPassword(),
        delivery: line.delivery,
        costCeiling: procurement.costCeiling,
      }),
      expectedCost,
      ...(balanceBefore && {balanceBefore}),
      ...(line.routing && {choice: {policy: line.routing.policy, passed}}),
      sentAt: now,
      worker: ports.presence.worker,
      leaseUntil: now + leaseMs,
      underWayUntil: now + leaseMs,
      reconciliations: 0,
    };
    await tx.insertAttempt(attempt);
    const state = reduceProcurement(procurement.state, {type: 'submitted'});
    const {lookAt: _, ...due} = procurement;
    await tx.saveProcurement({
      ...due,
      connectionId,
      offer,
      state,
      updatedAt: now,
      sentAt: procurement.sentAt ?? now,
    });
    const progress =
      order.progress.state === 'paid' ? reduceOrder(order.progress, {type: 'fulfilment_started'}) : order.progress;
    await tx.saveOrder({...order, progress});
    await tx.enqueue({type: 'procure', procurementId: id}, {startAt: attempt.leaseUntil});
    return {attempt, underWayBefore: now};
  });
}

/** The process that sent the purchase is gone, or still waiting; when its time is up, the answer counts as lost. */
async function giveUpWaiting(ports: ServerPorts, {id, orderId}: ProcurementRecord): Promise<void> {
  await ports.store.transaction(async tx => {
    const order = await tx.order(orderId);
    const procurement = await tx.procurement(id);
    const attempt = (await tx.attempts(id)).at(-1);
    if (!order || procurement?.state !== 'submitting' || !attempt) return;
    const now = ports.clock.now();
    if (attempt.leaseUntil > now) {
      await tx.enqueue({type: 'procure', procurementId: id}, {startAt: attempt.leaseUntil});
      return;
    }
    const state = reduceProcurement(procurement.state, {type: 'answer_lost'});
    await tx.saveProcurement({...procurement, state, updatedAt: now});
    await tx.saveOrder(order);
    await tx.enqueue({type: 'procure', procurementId: id});
  });
}

async function follow(ports: ServerPorts, {upstream}: Connection, procurement: ProcurementRecord): Promise<void> {
  const attempt = (await ports.store.attempts(procurement.id)).at(-1);
  const accepted = attempt?.outcome;
  if (!attempt || accepted?.kind !== 'accepted')
    throw new Error(`Procurement ${procurement.id} is ${procurement.state} without an accepted attempt.`);
  const {orderId} = accepted;
  try {
    const found = await upstream.follow(
      {
        orderId,
        placeholder: await openPlaceholder(ports.keys, attempt.reference, accepted.placeholder),
        ...(attempt.shortSince !== undefined && {shortSince: attempt.shortSince}),
      },
      AbortSignal.timeout(readPatienceMs),
    );
    if (found.kind === 'pending') {
      if (found.short && attempt.shortSince === undefined) await noteShort(ports, attempt, procurement.orderId);
      return await followOn('still says what it said then');
    }
    const isKnown = found.kind === 'refunded' && attempt.refunded?.amount === found.refunded.amount;
    if (isKnown) return await followOn('has paid no more of it back');
    await recordOutcome(ports, procurement.id, followed(accepted, found));
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    await followOn(`cannot be asked: ${error.message}`);
  }

  async function followOn(what: string): Promise<void> {
    if (await mayStillCome(ports, attempt!, orderId, what)) await lookAgain(ports, procurement, what);
  }
}

/** Keeps since when cards of a finished order are missing: whoever follows it next has to know. */
async function noteShort(
  {store, clock}: ServerPorts,
  {id, procurementId}: AttemptRecord,
  orderId: string,
): Promise<void> {
  await store.transaction(async tx => {
    // Everybody locks the order first.
    await tx.order(orderId);
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (attempt?.id !== id || attempt.shortSince !== undefined) return;
    await tx.saveAttempt({...attempt, shortSince: clock.now()});
  });
}

function followed(
  accepted: Extract<PurchaseOutcome, {kind: 'accepted'}>,
  found: Exclude<FollowOutcome, {kind: 'pending'}>,
): PurchaseOutcome {
  const {orderId, note} = accepted;
  switch (found.kind) {
    case 'delivered':
      return {...found, orderId, charged: found.charged ?? accepted.charged, ...(note !== undefined && {note})};
    case 'refunded':
      return {...found, orderId, charged: found.charged ?? accepted.charged};
    case 'absent':
      return {kind: 'bought_unreadable', text: found.text};
  }
}
