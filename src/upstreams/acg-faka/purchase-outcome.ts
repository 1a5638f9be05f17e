import * as v from 'valibot';
import {isPlaceholder} from '../../domain/fulfilment.ts';
import type {FormField} from '../../domain/form-field.ts';
import {UpstreamError, type BuyOutcome, type BuyRequest} from '../port.ts';
import {readAnswer} from '../answer-schemas.ts';
import {trade, tradeNumber} from './answers.ts';
import {mayHideSale, provesNothingBought, referenceUsed, refusalReason} from './refusals.ts';
import type {Answer} from './transport.ts';

/** Reads the answer to the first sending of a purchase. `fields`: the good's fields, where known. */
export function readPurchase(answer: Answer, request: BuyRequest, fields: readonly FormField[] = []): BuyOutcome {
  if (answer.kind === 'success') return readSale(answer.data, request);
  const text = answer.message;
  // Either an earlier sending of ours went through below us, or another merchant used the reference. Never a refusal.
  if (text === referenceUsed || mayHideSale(text)) return {kind: 'unknown', reason: 'ambiguous_refusal', text};
  return {kind: 'refused', reason: refusalReason(text, request.offer.nested, fields), text};
}

/**
 * Reads the answer to the repeat of a purchase whose answer was lost. Stock and everything else that is checked before
 * the used reference proves nothing: the first attempt may have taken the last card.
 */
export function readRepeat(answer: Answer, request: BuyRequest): BuyOutcome {
  if (answer.kind === 'success') return readSale(answer.data, request);
  const text = answer.message;
  if (text === referenceUsed) return {kind: 'bought_unreadable', text};
  return provesNothingBought(text, request.offer.nested)
    ? {kind: 'refused', reason: refusalReason(text, request.offer.nested), text}
    : {kind: 'unknown', reason: 'ambiguous_refusal', text};
}

/**
 * A sale is charged whatever its text says.
 *
 * - A good delivered by hand is `accepted` with any text: the seller's own words ("add me on …") cannot be told from a
 *   card, and the same field is overwritten by the real one. If a plug-in behind such a good delivers at once, its card
 *   waits in `placeholder` for a person.
 * - A good delivered automatically is done with this answer: no text, an apology or a placeholder will never change, on
 *   nested goods either, so it is `charged_without_goods`. One exception: the platform's own "being delivered" on a good
 *   that is not nested shows that the seller has turned it to delivery by hand since we last looked.
 */
function readSale(data: unknown, request: BuyRequest): BuyOutcome {
  const sale = readTrade(data);
  const {secret} = sale;
  const charge = {
    orderId: sale.tradeNo,
    charged: sale.amount,
    ...(sale.leave_message !== '' && {note: sale.leave_message}),
  };
  const byHand = request.delivery === 'manual' || (!request.offer.nested && secret.startsWith('正在发货中'));
  if (byHand) return {kind: 'accepted', ...charge, placeholder: secret};
  if (secret.trim() === '' || isPlaceholder(secret)) {
    return {kind: 'charged_without_goods', orderId: charge.orderId, charged: charge.charged, text: secret};
  }
  return {kind: 'delivered', ...charge, secret};
}

/** Keeps the order number of an unreadable sale in the error: with it a person can still read the card. */
function readTrade(data: unknown): v.InferOutput<typeof trade> {
  try {
    return readAnswer('commodity/trade', trade, data);
  } catch (error) {
    const number = v.safeParse(tradeNumber, data);
    if (!number.success || !(error instanceof UpstreamError)) throw error;
    throw new UpstreamError(
      error.reason,
      `${error.message} It was sold as order ${number.output.tradeNo.slice(0, 40)}.`,
    );
  }
}
