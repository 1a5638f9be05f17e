import {compare, isPositive, type Money} from '../../domain/money.ts';
import {promisedBy} from '../../domain/refund.ts';
import type {PaymentDifference, ReconciliationRecord} from '../persistence/reconciliation-record.ts';
import type {PaymentRecord} from '../persistence/records.ts';
import type {RefundRecord} from '../persistence/refund-record.ts';
import type {ServerPorts} from '../ports.ts';
import {isId, newId} from '../security/ids.ts';
import type {ListedPayment, PaymentProvider, PaymentStatus} from './port.ts';
import {settlePayment} from './settle-payment.ts';

/** The event of the log that each difference is; metrics count it. */
export const paymentsDiffer = 'payments differ';

const hour = 3_600_000;
const day = 24 * hour;
const patienceMs = 10_000;
const pageSize = 200;
/** Differences that a record holds; the others are counted. */
const mostDifferences = 500;

/** What began less than that ago is still being paid, and is no difference. */
const settlingMs = hour;
/** How far a comparison reaches back before the end of the last one: payments may come late. */
const overlapMs = 2 * day;
const longestMs = 31 * day;

export interface Comparison {
  readonly from: number;
  readonly until: number;
  readonly id?: string;
  readonly by?: string;
  readonly days?: number;
}

/** Once a day; where it came to no end, an hour later. */
export async function reconcileInTime(ports: ServerPorts, providerId: string, signal: AbortSignal): Promise<void> {
  const provider = ports.payments.find(({id}) => id === providerId);
  if (!provider || provider.byHand) return;
  const now = ports.clock.now();
  const [last] = await ports.store.reconciliations({provider: providerId, scheduled: true, offset: 0, limit: 1});
  if (last && now - last.startedAt < (last.failure === undefined ? day : hour)) return;
  const until = now - settlingMs;
  // What a comparison that came to no end has not seen is seen by the next one.
  const seenUntil = last && (last.failure === undefined ? last.until : last.from + overlapMs);
  const from = Math.max((seenUntil ?? until - day) - overlapMs, until - longestMs);
  await reconcilePayments(ports, provider, {from, until}, signal);
}

/**
 * Compares what a provider has of the payments that began in a time with what the shop has, and writes down how they
 * differ. One that was paid there and not here is asked about and taken in as a notification would be, never otherwise.
 */
export async function reconcilePayments(
  ports: ServerPorts,
  provider: PaymentProvider,
  {from, until, id = newId('rec'), by, days}: Comparison,
  signal: AbortSignal,
): Promise<ReconciliationRecord> {
  const {store, clock, log} = ports;
  const startedAt = clock.now();
  const differences: PaymentDifference[] = [];
  let compared = 0;
  let differenceCount = 0;
  let failure: string | undefined;
  try {
    for await (const found of findDifferences(ports, provider, {from, until}, signal)) {
      compared += 1;
      for (const difference of found) {
        differenceCount += 1;
        if (differences.length < mostDifferences) differences.push(difference);
        const {kind, paymentId, orderId, reference} = difference;
        log.warn(paymentsDiffer, {provider: provider.id, kind, paymentId, orderId, reference});
      }
    }
  } catch (error) {
    // Texts of ours: an adapter's error holds no secret.
    failure = error instanceof Error && error.name === 'PaymentProviderError' ? error.message : 'It was interrupted.';
    log.error('payments could not be compared', {provider: provider.id, error: String(error)});
  }
  const record: ReconciliationRecord = {
    id,
    provider: provider.id,
    from,
    until,
    ...(by !== undefined && {by}),
    ...(days !== undefined && {days}),
    startedAt,
    endedAt: clock.now(),
    compared,
    differences,
    differenceCount,
    ...(failure !== undefined && {failure}),
  };
  // Asked for twice at once, the first one to end is the one that counts.
  const kept = await store.transaction(tx => tx.claimReconciliation(record));
  log.info('payments compared', {provider: provider.id, compared, differences: differenceCount});
  return kept;
}

/** What the provider says of one payment. */
interface Theirs extends Pick<PaymentStatus, 'wentBack'> {
  readonly isPaid: boolean;
  readonly amount?: Money;
  readonly refunded?: Money;
  readonly reference?: string;
}

/** For each payment that was compared, how it differs: mostly not at all. */
async function* findDifferences(
  ports: ServerPorts,
  provider: PaymentProvider,
  time: {readonly from: number; readonly until: number},
  signal: AbortSignal,
): AsyncGenerator<readonly PaymentDifference[]> {
  const listed = new Set<string>();
  for await (const theirs of provider.list?.(time, signal) ?? []) {
    const ours = isId(theirs.paymentId) ? await ports.store.payment(theirs.paymentId) : undefined;
    if (ours?.provider === provider.id) {
      listed.add(ours.id);
      yield await compareOne(ports, provider, ours, theirs, signal);
    } else yield theirs.isPaid ? [unknownHere(theirs)] : [];
  }
  for await (const ours of paymentsOf(ports, provider.id, time)) {
    if (listed.has(ours.id)) continue;
    signal.throwIfAborted();
    // Of what is not paid here the list would have told; without one, the provider is asked about each.
    if (provider.list && ours.state !== 'paid') continue;
    yield await compareOne(ports, provider, ours, undefined, signal);
  }
}

async function* paymentsOf(
  {store}: ServerPorts,
  provider: string,
  time: {readonly from: number; readonly until: number},
): AsyncGenerator<PaymentRecord> {
  for (let offset = 0; ; offset += pageSize) {
    const page = await store.paymentsOpened(provider, time, {offset, limit: pageSize});
    yield* page;
    if (page.length < pageSize) return;
  }
}

async function compareOne(
  ports: ServerPorts,
  provider: PaymentProvider,
  ours: PaymentRecord,
  listed: ListedPayment | undefined,
  signal: AbortSignal,
): Promise<readonly PaymentDifference[]> {
  // A list may be older than a question, and leaves out what it does not reach.
  const isAgreed = listed && listed.isPaid === (ours.state === 'paid');
  if (isAgreed) return listed.isPaid ? differencesOf(ports, ours, listed) : [];
  const status = await provider.query(
    {
      paymentId: ours.id,
      ...(ours.providerReference !== undefined && {providerReference: ours.providerReference}),
    },
    AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  );
  const theirs: Theirs = {
    isPaid: status.state === 'paid' || status.wentBack === true,
    ...(status.amount && {amount: status.amount}),
    ...(status.wentBack && {wentBack: true}),
    ...(listed?.refunded && {refunded: listed.refunded}),
    ...(status.providerReference !== undefined && {reference: status.providerReference}),
  };
  if (ours.state === 'paid') return theirs.isPaid ? differencesOf(ports, ours, theirs) : [named('unknown_there', ours)];
  if (status.state !== 'paid') return [];
  await settlePayment(ports, provider.id, ours.id, status);
  const now = (await ports.store.payment(ours.id))!;
  const isWrong = now.state !== 'paid';
  return [
    {
      ...named(isWrong ? 'amount_differs' : 'paid_there', now, theirs),
      ...((!isWrong || now.received) && {settled: true as const}),
    },
  ];
}

async function differencesOf(
  ports: ServerPorts,
  ours: PaymentRecord,
  theirs: Theirs,
): Promise<readonly PaymentDifference[]> {
  const differences: PaymentDifference[] = [];
  if (theirs.amount && !isSame(theirs.amount, ours.amount)) differences.push(named('amount_differs', ours, theirs));
  const refunds = (await ports.store.refunds(ours.orderId)).filter(({paymentId}) => paymentId === ours.id);
  const {currency} = ours.amount;
  const done = promisedBy(
    refunds.filter(({state}) => state === 'refunded'),
    currency,
  );
  const known = promisedBy(refunds.filter(mayHaveGone), currency);
  const byProvider = promisedBy(refunds.filter(wentByProvider), currency);
  const {refunded, wentBack} = theirs;
  if (refunded?.currency === currency) {
    const sums = {ours: done, theirs: refunded};
    if (compare(refunded, known) > 0) differences.push({...named('refunded_there', ours), ...sums});
    if (compare(byProvider, refunded) > 0) differences.push({...named('refunded_here', ours), ...sums});
  } else if (refunded === undefined && wentBack && !isPositive(known)) {
    differences.push({...named('refunded_there', ours), ours: done});
  }
  return differences;
}

/** Money that the provider may have given back already, as far as the shop knows. */
function mayHaveGone({state, sentAt}: RefundRecord): boolean {
  return state === 'refunded' || (state !== 'dropped' && sentAt !== undefined);
}

/** Of what a person sent by another way, the provider knows nothing. */
function wentByProvider({state, decisions = []}: RefundRecord): boolean {
  return state === 'refunded' && decisions.at(-1)?.choice !== 'sent_back';
}

function named(
  kind: PaymentDifference['kind'],
  ours: PaymentRecord,
  theirs: Theirs = {isPaid: false},
): PaymentDifference {
  const reference = theirs.reference ?? ours.providerReference;
  return {
    kind,
    paymentId: ours.id,
    orderId: ours.orderId,
    ...(reference !== undefined && {reference}),
    ours: ours.amount,
    ...(theirs.amount && {theirs: theirs.amount}),
  };
}

function unknownHere({reference, amount}: ListedPayment): PaymentDifference {
  return {kind: 'unknown_here', reference, theirs: amount};
}

function isSame(one: Money, other: Money): boolean {
  return one.currency === other.currency && compare(one, other) === 0;
}
