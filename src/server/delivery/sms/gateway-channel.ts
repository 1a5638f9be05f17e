import {maskedContact, phoneOf} from '../../../domain/contact.ts';
import {secretText} from '../../../domain/card-secret.ts';
import type {Secrets} from '../../config/config.ts';
import type {SmsConfig} from '../../config/delivery-config.ts';
import {deliveryWords} from '../delivery-words.ts';
import {guardedRequest, GuardedRequestError, type GuardOptions} from '../guarded-request.ts';
import {notSent, sent, type DeliveryChannel, type Message} from '../port.ts';
import {filled, type SmsValues} from './template.ts';

export interface GatewayChannelOptions extends SmsConfig {
  readonly secrets: Secrets;
  readonly guard?: Pick<GuardOptions, 'lookup' | 'patienceMs'>;
}

/** Short messages by any gateway that takes them over HTTP, for buyers whose contact is a mobile number. */
export function createGatewayChannel({
  url,
  method,
  headers,
  contentType,
  body,
  variables,
  success,
  keys,
  allowPrivateAddresses,
  secrets,
  guard = {},
}: GatewayChannelOptions): DeliveryChannel {
  const own = Object.fromEntries(Object.entries(variables).map(([name, secret]) => [name, secrets(secret)]));
  const fixed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : secrets(value)]),
  );
  return {
    name: 'sms',
    carries: keys === 'inline' ? 'keys' : 'link',
    addressOf: ({contact}) => phoneOf(contact),
    masked: maskedContact,
    async send(message, signal) {
      const values = {...valuesOf(message), ...own};
      const request = {
        url: filled(url, values, 'url'),
        method,
        headers: {...(body !== undefined && {'Content-Type': `${contentType}; charset=utf-8`}), ...fixed},
        body: body === undefined ? undefined : filled(body, values, contentType),
      };
      try {
        const {status, text} = await guardedRequest(request, {...guard, allowPrivateAddresses, signal});
        if (status < 200 || status >= 300) return notSent(`The gateway answered with status ${status}.`);
        return isTaken(success, text) ? sent : notSent('The gateway did not take the message, its answer says.');
      } catch (error) {
        if (error instanceof GuardedRequestError) return notSent(`The gateway was not reached. ${error.message}`);
        throw error;
      }
    },
  };
}

function valuesOf({id, to, occasion, order, shopName, keys, link, page}: Message): SmsValues {
  const words = deliveryWords(order.lang);
  const text = [
    words.sms(shopName, words.headline[occasion], order.number),
    ...keys.map(({secret}) => (secret.kind === 'image' ? (page ?? '') : secretText(secret))),
    ...(link !== undefined ? [words.smsOpen(link)] : []),
    ...(link === undefined && page !== undefined && keys.length === 0 ? [words.smsPage(page)] : []),
  ].join(' ');
  return {
    number: to.replace(/^\+86/, '').replace(/^\+/, ''),
    international: to,
    text,
    id,
    order: order.number,
    shop: shopName,
    link: link ?? page ?? '',
  };
}

function isTaken(success: SmsConfig['success'], text: string): boolean {
  if (!success) return true;
  if ('contains' in success) return text.includes(success.contains);
  try {
    const found = success.field
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], JSON.parse(text));
    return found === success.equals;
  } catch {
    return false;
  }
}
