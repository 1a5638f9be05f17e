import type {PaymentProvider} from '../payments/port.ts';
import type {PaymentRecord} from '../persistence/records.ts';
import type {RefundHelp, RefundRecord} from '../persistence/refund-record.ts';
import type {ServerPorts} from '../ports.ts';

/** What the log calls it when a refund waits for a person from now on. */
export const refundNeedsPerson = 'a refund needs a person';

/** Why a refund is a person's work and not the provider's, as far as that is known before anybody is asked. */
export function helpNeededFor(
  {payments: providers}: Pick<ServerPorts, 'payments'>,
  {provider: id}: Pick<PaymentRecord, 'provider'>,
  earlier: readonly Pick<RefundRecord, 'state' | 'sentAt'>[],
): Omit<RefundHelp, 'since'> | undefined {
  const provider = providers.find(each => each.id === id);
  if (!provider) return byHand(`The payment provider "${id}" is not in the configuration any more.`);
  if (!provider.refunds) return byHand('The shop cannot send money back by this way of paying.');
  const wasSent = earlier.some(({state, sentAt}) => sentAt !== undefined && state !== 'dropped');
  if (wasSent && !provider.refunds.repeatable) {
    return byHand('This provider gives money of a payment back once, and has been told to before.');
  }
  return undefined;
}

export function refundsOf({payments}: Pick<ServerPorts, 'payments'>, id: string): PaymentProvider['refunds'] {
  return payments.find(each => each.id === id)?.refunds;
}

function byHand(evidence: string): Omit<RefundHelp, 'since'> {
  return {reason: 'by_hand', evidence};
}
