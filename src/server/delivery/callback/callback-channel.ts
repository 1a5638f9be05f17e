import {Webhook} from 'standardwebhooks';
import type {OrderNotice} from '../../../contract/delivery.ts';
import type {Clock} from '../../clock.ts';
import type {CallbackConfig} from '../../config/delivery-config.ts';
import {guardedRequest, GuardedRequestError, type GuardOptions} from '../guarded-request.ts';
import {notSent, sent, type DeliveryChannel, type Message} from '../port.ts';

export interface CallbackChannelOptions extends Pick<CallbackConfig, 'url' | 'keys' | 'allowPrivateAddresses'> {
  /** Of Standard Webhooks, `whsec_…`. */
  readonly secret: string;
  readonly clock: Clock;
  readonly guard?: Pick<GuardOptions, 'lookup' | 'patienceMs'>;
}

/** Tells the merchant's own system by Standard Webhooks. */
export function createCallbackChannel({
  url,
  secret,
  keys,
  allowPrivateAddresses,
  clock,
  guard = {},
}: CallbackChannelOptions): DeliveryChannel {
  const webhook = new Webhook(secret);
  return {
    name: 'callback',
    carries: keys ? 'keys' : 'neither',
    addressOf: () => url,
    masked: address => new URL(address).host,
    async send(message, signal) {
      const body = JSON.stringify(orderNotice(message));
      const now = new Date(clock.now());
      const headers = {
        'Content-Type': 'application/json',
        'User-Agent': 'keystall',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhook.sign(message.id, now, body),
      };
      try {
        const request = {url, method: 'POST', headers, body} as const;
        const {status} = await guardedRequest(request, {...guard, allowPrivateAddresses, signal});
        if (status >= 200 && status < 300) return sent;
        // Standard Webhooks: whoever answers so wants no more of them.
        if (status === 410) return notSent('The receiver says that it is gone (410).', {isFinal: true});
        if (status >= 300 && status < 400) {
          return notSent(`The receiver sends elsewhere (${status}), where nothing is sent: configure that address.`);
        }
        return notSent(`The receiver answered with status ${status}.`);
      } catch (error) {
        if (error instanceof GuardedRequestError) return notSent(`The receiver was not reached. ${error.message}`);
        throw error;
      }
    },
  };
}

export function orderNotice({id, occasion, order, keys, at}: Message): OrderNotice {
  return {
    id,
    type: `order.${occasion}`,
    occurredAt: new Date(at).toISOString(),
    order: {
      id: order.id,
      number: order.number,
      state: order.progress.state,
      currency: order.currency,
      total: order.total,
      refundDue: order.refundDue,
      lines: order.lines.map(({id: lineId, skuId, productId, title, quantity}) => {
        const {delivered, failed} = order.progress.lines[lineId]!;
        return {id: lineId, skuId, productId, title, quantity, delivered, failed};
      }),
    },
    ...(keys.length > 0 && {keys: [...keys]}),
  };
}
