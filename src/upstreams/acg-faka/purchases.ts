import type {FormField} from '../../domain/form-field.ts';
import {isPlaceholder} from '../../domain/fulfilment.ts';
import {createSerialQueue} from '../serial-queue.ts';
import {
  UpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type FollowOutcome,
  type FollowRequest,
  type RefusalReason,
} from '../port.ts';
import {order as orderSchema} from './answers.ts';
import {lostAnswer} from '../lost-answer.ts';
import {readPurchase, readRepeat} from './purchase-outcome.ts';
import type {Read} from './reader.ts';
import {requestFault, tradeForm} from './trade-form.ts';
import {asUpstreamError, type CallBounds} from '../exchange.ts';
import type {Answer, Call} from './transport.ts';

export interface Purchases {
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
}

export interface PurchaseParts {
  readonly call: Call;
  readonly read: Read;
  /** The fields a good declares, from memory or from the shop. @throws {UpstreamError} */
  readonly fieldsOf: (code: string, signal: AbortSignal) => Promise<readonly FormField[]>;
  /** Whether the shop is young enough to refuse a used reference (1.0.9). @throws {UpstreamError} */
  readonly refusesUsedReferences: (code: string, signal: AbortSignal) => Promise<boolean>;
  readonly bounds: (signal: AbortSignal) => CallBounds;
}

/** Purchases of one account, one at a time: parallel ones can end in a database deadlock, answered by an HTML page. */
export function createPurchases({call, read, fieldsOf, refusesUsedReferences, bounds}: PurchaseParts): Purchases {
  const inTurn = createSerialQueue();
  return {buy, reconcile, follow};

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const fault = requestFault(request);
    if (fault !== undefined) return notSent('other', fault);
    let fields: readonly FormField[] = [];
    const names = Object.keys(request.fields);
    if (names.length > 0) {
      try {
        fields = await fieldsOf(request.offer.code, signal);
      } catch (error) {
        return signal.aborted ? lostAnswer('commodity/item', error) : goodUnreadable(error);
      }
    }
    const undeclared = names.find(name => !fields.some(field => field.name === name));
    if (undeclared !== undefined) {
      return notSent('field_not_accepted', `The good has no field ${JSON.stringify(undeclared)}.`);
    }
    return send(request, signal, answer => readPurchase(answer, request, fields));
  }

  async function reconcile(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const fault = requestFault(request);
    if (fault !== undefined) return notSent('other', fault);
    try {
      if (!(await refusesUsedReferences(request.offer.code, signal))) return cannotBeRepeated;
    } catch (error) {
      return lostAnswer('commodity/item', error);
    }
    return send(request, signal, answer => readRepeat(answer, request));
  }

  async function send(
    request: BuyRequest,
    signal: AbortSignal,
    outcomeOf: (answer: Answer) => BuyOutcome,
  ): Promise<BuyOutcome> {
    try {
      return await inTurn(signal, async () =>
        outcomeOf(await call('commodity/trade', tradeForm(request), bounds(signal))),
      );
    } catch (error) {
      return lostAnswer('commodity/trade', error);
    }
  }

  /** There is no delivery status: an order is delivered when its text is no longer the one it was accepted with. */
  async function follow({orderId, placeholder}: FollowRequest, signal: AbortSignal): Promise<FollowOutcome> {
    try {
      const {secret} = await read('commodity/query', [['tradeNo', orderId]], orderSchema, bounds(signal));
      const isPending = secret.trim() === '' || secret.trim() === placeholder.trim() || isPlaceholder(secret);
      return isPending ? {kind: 'pending', text: secret} : {kind: 'delivered', secret};
    } catch (error) {
      if (error instanceof UpstreamError && error.reason === 'absent') return {kind: 'absent', text: error.message};
      throw error;
    }
  }
}

function notSent(reason: RefusalReason, text: string): BuyOutcome {
  return {kind: 'refused', reason, text: `${text} Nothing was sent.`};
}

function goodUnreadable(error: unknown): BuyOutcome {
  const {reason, message} = asUpstreamError('commodity/item', error);
  const refusal = reason === 'absent' ? 'not_for_sale' : reason === 'credentials' ? 'credentials' : 'other';
  return notSent(refusal, `The good's fields could not be read: ${message}`);
}

const cannotBeRepeated: BuyOutcome = {
  kind: 'unknown',
  reason: 'not_json',
  text: 'The shop has no commodity/item, so it may be older than 1.0.9 and sell the same reference twice. Not repeated; look at its order list.',
};
