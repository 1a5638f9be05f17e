import {add, compare, zero, type Money} from '../../src/domain/money.ts';
import type {PaymentProvider, ProviderRefund} from '../../src/server/payments/port.ts';

/** What becomes of the next refund that the provider is told of; without a word it does it, and says so. */
export type RefundFate =
  | 'done'
  /** It never hears of it, and no answer comes. */
  | 'lost on its way'
  /** It does it, and no answer comes. */
  | 'lost on its way back'
  | 'taken in'
  | 'refused';

export interface FakeRefunds extends NonNullable<PaymentProvider['refunds']> {
  repeatable: boolean;
  readonly sent: readonly ProviderRefund[];
  readonly asked: readonly string[];
  /** What the next ones told of meet, in order. */
  readonly fates: RefundFate[];
  /** While it is so, questions get no answer. */
  isMute: boolean;
  /** The bank has done what was taken in, or will not. */
  settle(reference: string, isDone: boolean): void;
  /** What went back of a payment, or is taken in. */
  givenBack(paymentId: string): Money;
}

/** A provider's refunds: each reference gives money back once. */
export function fakeRefunds(): FakeRefunds {
  const sent: ProviderRefund[] = [];
  const asked: string[] = [];
  const fates: RefundFate[] = [];
  const known = new Map<string, {readonly request: ProviderRefund; state: 'refunded' | 'pending' | 'refused'}>();
  const said = ({state}: {readonly state: 'refunded' | 'pending' | 'refused'}, reference: string) =>
    state === 'refused'
      ? ({state, reason: 'the bank said no'} as const)
      : ({state, reference: `re-${reference}`} as const);
  const fake: FakeRefunds = {
    repeatable: true,
    sent,
    asked,
    fates,
    isMute: false,
    settle(reference, isDone) {
      known.get(reference)!.state = isDone ? 'refunded' : 'refused';
    },
    givenBack: paymentId =>
      [...known.values()]
        .filter(({request, state}) => request.paymentId === paymentId && state !== 'refused')
        .reduce((sum, {request}) => add(sum, request.amount), zero('CNY')),
    async send(request) {
      sent.push(request);
      const fate = fates.shift() ?? 'done';
      if (fate === 'lost on its way') return {state: 'unknown', reason: 'no answer'};
      const before = known.get(request.reference);
      const isTooMuch = compare(add(fake.givenBack(request.paymentId), request.amount), request.paid) > 0;
      const state = fate === 'refused' || isTooMuch ? 'refused' : fate === 'taken in' ? 'pending' : 'refunded';
      const entry = before ?? {request, state};
      known.set(request.reference, entry);
      if (fate === 'lost on its way back') return {state: 'unknown', reason: 'no answer'};
      return said(entry, request.reference);
    },
    async ask({reference}) {
      asked.push(reference);
      if (fake.isMute) return {state: 'unknown', reason: 'no answer'};
      const entry = known.get(reference);
      return entry ? said(entry, reference) : {state: 'absent'};
    },
  };
  return fake;
}
