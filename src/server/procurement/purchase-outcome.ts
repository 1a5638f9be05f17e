import {compare, isPositive, type Money} from '../../domain/money.ts';
import type {BuyOutcome, Capabilities} from '../../upstreams/port.ts';

/** What came of a purchase, at once or later: what was accepted or delivered may be paid back, in whole or in part. */
export type PurchaseOutcome =
  | Exclude<BuyOutcome, {kind: 'delivered'}>
  /** `refunded`: what the platform has paid back of it so far. */
  | (Extract<BuyOutcome, {kind: 'delivered'}> & {readonly refunded?: Money})
  /** The platform took it, gave nothing that may be handed over, and paid `refunded` back. */
  | {
      readonly kind: 'refunded';
      readonly orderId: string;
      readonly charged: Money;
      readonly refunded: Money;
      readonly text: string;
      /** Cards came along that might be good all the same. */
      readonly cardsCame?: true;
    };

/**
 * Who pays all of an order back has taken the sale back: its cards may be void, and a buyer who is shown one has been
 * given nothing. So they are handed to nobody, as if they had not come. Where cards of the protocol outlive a refund in
 * part, they might outlive this one, too: then a person is told of them, since they are nobody's until the platform has
 * been asked.
 */
export function unlessTakenBack(
  outcome: PurchaseOutcome,
  {cardsOutliveRefund}: Pick<Capabilities, 'cardsOutliveRefund'>,
): PurchaseOutcome {
  if (outcome.kind !== 'delivered' || !outcome.refunded) return outcome;
  const {orderId, charged, refunded} = outcome;
  const isWhole = isPositive(refunded) && refunded.currency === charged.currency && compare(refunded, charged) >= 0;
  if (!isWhole) return outcome;
  return {
    kind: 'refunded',
    orderId,
    charged,
    refunded,
    text: 'It delivered, and paid all of it back: the cards are handed to nobody.',
    ...(cardsOutliveRefund && {cardsCame: true}),
  };
}
