import {compare, type Money} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {reduceProcurement} from '../../domain/procurement.ts';
import {
  isUpstreamError,
  type BuyOutcome,
  type FollowOutcome,
  type Upstream,
  type UpstreamError,
} from '../../upstreams/port.ts';
import type {Route} from '../../domain/routing.ts';
import type {ConnectionGuards} from '../connection-guards.ts';
import type {AttemptRecord, LineSource, OrderLineRecord, ProcurementRecord} from '../persistence/records.ts';
import {waitsForPerson} from '../persistence/waits-for-person.ts';
import {connectionOf, type Connection, type ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import {mendingPatienceMs, mostReconciliations} from './consequence.ts';
import {chooseSource, sourcesOf, type ChosenRoute} from './choose-source.ts';
import {gatherHints} from './gather-hints.ts';
import {mayStillCome} from './overdue.ts';
import {splitProcurement} from './parts.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';
import {recordNotSent, recordOutcome} from './record-outcome.ts';
import {newPlatformPassword, newReference} from './reference.ts';
import {openPlaceholder, openRequest, sealRequest} from './sealed-attempt.ts';

/** A reselling platform waits for its own platform, more than once. */
const buyPatienceMs = 80_000;
const leaseMs = buyPatienceMs + 5000;
const readPatienceMs = 10_000;
const longestPauseMs = 5 * 60_000;
/** How long a lost answer waits for a silent platform before the looks are counted, and a person is called at last. */
const silencePatienceMs = 60 * 60_000;

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
      return reconcile(ports, connection(), procurement);
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
  const attempt = await claimAttempt(ports, connection, procurement, source, route, balance);
  if (!attempt) return;
  const request = await openRequest(ports.keys, attempt);
  const outcome = await connection.upstream.buy(request, AbortSignal.timeout(buyPatienceMs));
  await recordOutcome(ports, procurement.id, outcome);
}

type CostCheck =
  | {readonly kind: 'affordable'}
  | {readonly kind: 'too_much'; readonly text: string}
  | {readonly kind: 'silent'; readonly error: UpstreamError};

/** A purchase above the ceiling is not repeated; few platforms let us say what it may cost at most. */
async function checkCost(upstream: Upstream, {offer, quantity, costCeiling}: ProcurementRecord): Promise<CostCheck> {
  if (!upstream.capabilities.quote) return {kind: 'affordable'};
  const signal = AbortSignal.timeout(readPatienceMs);
  try {
    const [cost] = await Promise.all([upstream.quote(offer, quantity, signal), upstream.connect(signal)]);
    return compare(cost, costCeiling) > 0
      ? {kind: 'too_much', text: `It costs ${cost.amount} now and may cost ${costCeiling.amount}.`}
      : {kind: 'affordable'};
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    return error.reason === 'refused' || error.reason === 'absent'
      ? {kind: 'too_much', text: error.message}
      : {kind: 'silent', error};
  }
}

/** Writes the attempt with its reference before the call goes out. Answers nothing when somebody else was first. */
async function claimAttempt(
  ports: ServerPorts,
  {config, upstream}: Connection,
  {id, orderId, version}: ProcurementRecord,
  {connectionId, offer}: LineSource,
  {cost: expectedCost, passed}: Extract<Route, {kind: 'buy'}>,
  balanceBefore: Money | undefined,
): Promise<AttemptRecord | undefined> {
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
      leaseUntil: now + leaseMs,
      reconciliations: 0,
    };
    await tx.insertAttempt(attempt);
    const state = reduceProcurement(procurement.state, {type: 'submitted'});
    await tx.saveProcurement({
      ...procurement,
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
    return attempt;
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

async function reconcile(ports: ServerPorts, {upstream}: Connection, procurement: ProcurementRecord): Promise<void> {
  // Where the only way to ask is to repeat the purchase, the repeat may be what buys: the ceiling holds for it, too.
  const repeats = !upstream.capabilities.queryByReference;
  const check = repeats ? await checkCost(upstream, procurement) : undefined;
  const isYoung = ports.clock.now() - procurement.createdAt < silencePatienceMs;
  if (check?.kind === 'silent' && isYoung) return lookAgain(ports, procurement, check.error.message);
  const attempt = await claimReconciliation(ports, procurement.id);
  if (!attempt) return;
  const found = await lookInto(ports, upstream, attempt, check);
  const isLast = found.kind === 'unknown' && attempt.reconciliations >= mostReconciliations;
  if (!isLast) return recordOutcome(ports, procurement.id, found);
  const hints = await gatherHints(ports, upstream, attempt);
  const seen = hints.map(({text}) => `. ${text}`).join('');
  await recordOutcome(ports, procurement.id, {...found, text: `${found.text}${seen}`}, hints);
}

async function lookInto(
  ports: ServerPorts,
  upstream: Upstream,
  attempt: AttemptRecord,
  check: CostCheck | undefined,
): Promise<BuyOutcome> {
  if (attempt.reconciliations > mostReconciliations) {
    return {
      kind: 'unknown',
      reason: 'connection',
      text: 'It was looked into again and again, and no look came to an end',
    };
  }
  if (check?.kind === 'silent')
    return {kind: 'unknown', reason: 'timeout', text: `Not repeated: ${check.error.message}`};
  if (check?.kind === 'too_much') {
    return {kind: 'unknown', reason: 'ambiguous_refusal', text: `Not repeated: ${check.text}`};
  }
  return upstream.reconcile(await openRequest(ports.keys, attempt), AbortSignal.timeout(buyPatienceMs));
}

async function claimReconciliation(ports: ServerPorts, procurementId: string): Promise<AttemptRecord | undefined> {
  return ports.store.transaction(async tx => {
    const procurement = await tx.procurement(procurementId);
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (procurement?.state !== 'unknown' || !attempt) return undefined;
    const now = ports.clock.now();
    if (attempt.leaseUntil > now) {
      await tx.enqueue({type: 'procure', procurementId}, {startAt: attempt.leaseUntil});
      return undefined;
    }
    const claimed = {...attempt, leaseUntil: now + leaseMs, reconciliations: attempt.reconciliations + 1};
    await tx.saveAttempt(claimed);
    await tx.enqueue({type: 'procure', procurementId}, {startAt: claimed.leaseUntil});
    return claimed;
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
      },
      AbortSignal.timeout(readPatienceMs),
    );
    if (found.kind === 'pending') return await followOn('still says what it said then');
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

function followed(
  accepted: Extract<PurchaseOutcome, {kind: 'accepted'}>,
  found: Exclude<FollowOutcome, {kind: 'pending'}>,
): PurchaseOutcome {
  const {orderId, charged, note} = accepted;
  switch (found.kind) {
    case 'delivered':
      return {...found, orderId, charged, ...(note !== undefined && {note})};
    case 'refunded':
      return {...found, orderId, charged};
    case 'absent':
      return {kind: 'bought_unreadable', text: found.text};
  }
}

/** The same look later: soon at first, then less and less often. Nothing has been bought by looking. */
async function lookAgain(
  ports: ServerPorts,
  {id, orderId, createdAt}: ProcurementRecord,
  because?: string,
): Promise<void> {
  if (because !== undefined) ports.log.warn('purchase has to wait', {procurementId: id, orderId, because});
  const now = ports.clock.now();
  const pause = Math.min(Math.max(2000, (now - createdAt) / 4), longestPauseMs);
  await ports.store.transaction(tx =>
    tx.enqueue({type: 'procure', procurementId: id}, {startAt: now + Math.round(pause)}),
  );
}

/**
 * Declares every purchase in flight abandoned, so that it is looked into at once. Only for a process that knows that no
 * other one shares its store.
 */
export async function releaseLeases(ports: ServerPorts): Promise<void> {
  const {openProcurementIds} = await ports.store.unfinished();
  for (const procurementId of openProcurementIds) {
    await ports.store.transaction(async tx => {
      const attempt = (await tx.attempts(procurementId)).at(-1);
      if (attempt && attempt.leaseUntil > ports.clock.now())
        await tx.saveAttempt({...attempt, leaseUntil: ports.clock.now()});
    });
  }
}
