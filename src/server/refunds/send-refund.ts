import {reduceRefund} from '../../domain/refund.ts';
import type {ProviderRefund, RefundAbsent, RefundOutcome} from '../payments/port.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {RefundHelp, RefundRecord} from '../persistence/refund-record.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {bookRefund} from './book.ts';
import {helpNeededFor, refundNeedsPerson, refundsOf} from './help-needed.ts';
import {cameIn} from './kept.ts';

const patienceMs = 20_000;
/** A question of which nothing was heard for so long was its process's last. */
const leaseMs = 4 * patienceMs;

/** Pauses while nobody knows whether the provider has done what it was told; after the last, a person has to look. */
export const doubtPausesMs: readonly number[] = [
  5000,
  30_000,
  2 * 60_000,
  10 * 60_000,
  3_600_000,
  6 * 3_600_000,
  12 * 3_600_000,
];

/** Pauses while the provider has taken it in and not done it: banks take days. Then a person has to look. */
const waitingPauseMs = 3_600_000;
export const waitingPatienceMs = 14 * 24 * 3_600_000;

interface Claimed {
  readonly refund: RefundRecord;
  readonly request: ProviderRefund;
  /** What is told for the first time in this turn is told; after that the provider is asked first. */
  readonly isFirst: boolean;
}

/**
 * Moves a refund on, if it is time to. That it is sent is written down before; of what was sent once and not answered the
 * provider is asked, and told again, under the same reference, only if it has never heard of it.
 */
export async function workOnRefund(ports: ServerPorts, refundId: string, stopped: AbortSignal): Promise<void> {
  const claimed = await claim(ports, refundId);
  if (!claimed) return;
  const provider = refundsOf(ports, claimed.refund.provider)!;
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]);
  const {request, isFirst} = claimed;
  const said: RefundOutcome | RefundAbsent = isFirst ? {state: 'absent'} : await provider.ask(request, signal);
  await settle(ports, claimed.refund, said.state === 'absent' ? await provider.send(request, signal) : said);
}

async function claim(ports: ServerPorts, refundId: string): Promise<Claimed | undefined> {
  const {store, clock} = ports;
  const named = await store.refund(refundId);
  if (!named || !isOpen(named)) return undefined;
  return store.transaction(async tx => {
    // Everybody locks the order first.
    await tx.order(named.orderId);
    const payment = (await tx.payment(named.paymentId))!;
    const all = await tx.refunds(named.orderId);
    const refund = all.find(({id}) => id === refundId)!;
    const now = clock.now();
    if (!isOpen(refund)) return undefined;
    if (refund.notBefore > now) {
      await tx.enqueue({type: 'refund', refundId}, {startAt: refund.notBefore});
      return undefined;
    }
    const others = all.filter(({id, paymentId}) => id !== refundId && paymentId === payment.id);
    const help = helpNeededFor(ports, payment, others);
    if (help) {
      await callForHelp(ports, tx, refund, help);
      return undefined;
    }
    const isFirst = refund.sentAt === undefined;
    const taken: RefundRecord = {
      ...refund,
      state: reduceRefund(refund.state, {type: 'sent'}),
      tries: refund.tries + 1,
      notBefore: now + leaseMs,
      underWay: true,
      sentAt: refund.sentAt ?? now,
      updatedAt: now,
    };
    await tx.saveRefund(taken);
    await tx.enqueue({type: 'refund', refundId}, {startAt: taken.notBefore});
    const request: ProviderRefund = {
      reference: referenceOf(refund),
      paymentId: payment.id,
      ...(payment.providerReference !== undefined && {paymentReference: payment.providerReference}),
      amount: refund.amount,
      paid: cameIn(payment),
    };
    return {refund: {...taken, version: taken.version + 1}, request, isFirst};
  });
}

async function settle(ports: ServerPorts, asked: RefundRecord, outcome: RefundOutcome): Promise<void> {
  await ports.store.transaction(async tx => {
    const order = (await tx.order(asked.orderId))!;
    const current = (await tx.refund(asked.id))!;
    // What the provider has done is done, whoever asked; of anything else the one that asked last speaks.
    const isOvertaken = current.version !== asked.version || current.state !== 'sent';
    if (outcome.state === 'refunded' ? !canBeConfirmed(current) : isOvertaken) return;
    const {underWay: _, ...refund} = current;
    const now = ports.clock.now();
    switch (outcome.state) {
      case 'refunded':
        return confirm(ports, tx, order, refund, outcome.reference);
      case 'refused':
        return callForHelp(ports, tx, refund, {reason: 'refused', evidence: `The provider refused: ${outcome.reason}`});
      case 'pending': {
        const {reference = refund.reference} = outcome;
        const known = {...refund, tries: 0, ...(reference !== undefined && {reference})};
        if (now - refund.sentAt! < waitingPatienceMs) return lookAgain(tx, known, now, waitingPauseMs);
        return callForHelp(ports, tx, known, {
          reason: 'unanswered',
          evidence: 'The provider took it in and has not said for two weeks that it was done.',
        });
      }
      case 'unknown': {
        const pause = doubtPausesMs[refund.tries - 1];
        ports.log.warn('refund in doubt', {refundId: refund.id, orderId: order.id, why: outcome.reason});
        if (pause !== undefined) return lookAgain(tx, refund, now, pause);
        return callForHelp(ports, tx, refund, {
          reason: 'unanswered',
          evidence: `Nobody could find out whether it was done: ${outcome.reason}`,
        });
      }
    }
  });
}

async function confirm(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  {help: _, ...refund}: RefundRecord,
  reference = refund.reference,
): Promise<void> {
  const now = ports.clock.now();
  await tx.saveRefund({
    ...refund,
    state: reduceRefund(refund.state, {type: 'confirmed'}),
    ...(reference !== undefined && {reference}),
    refundedAt: now,
    updatedAt: now,
  });
  await bookRefund(ports, tx, order, refund.amount);
  ports.log.info('refund done', {refundId: refund.id, orderId: order.id, provider: refund.provider});
}

async function lookAgain(tx: Transaction, refund: RefundRecord, now: number, pause: number): Promise<void> {
  await tx.saveRefund({...refund, notBefore: now + pause, updatedAt: now});
  await tx.enqueue({type: 'refund', refundId: refund.id}, {startAt: now + pause});
}

async function callForHelp(
  {clock, log}: ServerPorts,
  tx: Transaction,
  refund: RefundRecord,
  help: Omit<RefundHelp, 'since'>,
): Promise<void> {
  const now = clock.now();
  const state = reduceRefund(refund.state, {type: 'help_needed'});
  await tx.saveRefund({...refund, state, help: {...help, since: now}, updatedAt: now});
  log.warn(refundNeedsPerson, {refundId: refund.id, orderId: refund.orderId, reason: help.reason});
}

/**
 * A provider says something of refunds of a payment: those on their way are asked about now. Also where a person waits for
 * an answer that comes after all.
 */
export async function lookAtRefunds({clock}: ServerPorts, tx: Transaction, orderId: string, paymentId: string) {
  const now = clock.now();
  for (const refund of await tx.refunds(orderId)) {
    if (refund.paymentId !== paymentId || refund.underWay) continue;
    const isWaitedFor = refund.state === 'needs_help' && refund.help?.reason === 'unanswered';
    if (refund.state !== 'sent' && !isWaitedFor) continue;
    const {help: _, ...rest} = refund;
    const state = isWaitedFor ? reduceRefund(refund.state, {type: 'asked_again', doubtful: true}) : refund.state;
    await tx.saveRefund({...rest, state, notBefore: now, updatedAt: now});
    await tx.enqueue({type: 'refund', refundId: refund.id});
  }
}

function isOpen({state}: RefundRecord): boolean {
  return state === 'asked' || state === 'sent';
}

function canBeConfirmed({state, help}: RefundRecord): boolean {
  return state === 'sent' || (state === 'needs_help' && help?.reason === 'unanswered');
}

/** Told anew after a refusal, it is another refund to the provider. */
function referenceOf({id, turn}: RefundRecord): string {
  return turn === 1 ? id : `${id}-${turn}`;
}
