import * as v from 'valibot';
import {optionalText, whole} from '../answer-schemas.ts';
import {parseExactJson} from '../exact-json.ts';
import type {PlatformEvent, WebhookNotice, WebhookReading, WebhookRefusal} from '../optional-calls.ts';
import {isSignature, version, type Signer} from './sign.ts';

const orderNotice = v.object({
  orderNumber: v.pipe(v.string(), v.nonEmpty()),
  outerNumber: optionalText,
  status: whole,
  retMoney: optionalText,
  /** Only complaints have one. */
  reqId: v.nullish(v.string()),
});
const goodsNotice = v.object({goodsId: v.string()});

/**
 * Reads a callback: about an order, a complaint about one, or a good. It is signed as requests are, with our own id and
 * secret. Its cards are never taken: they are read from the order. For how long a callback is true is not written down.
 */
export function readCallback({headers, body}: WebhookNotice, signer: Signer): WebhookReading {
  const timestamp = headers['x-timestamp'] ?? '';
  if (headers['x-app-id'] !== signer.appId) return refuse('forged', 'It is not for this account.');
  const isOurs = isSignature(headers['x-signature'] ?? '', {timestamp, body}, signer);
  if (!isOurs || headers['x-version'] !== version) return refuse('forged', 'The signature is wrong.');
  if (!/^\d{10}(?:\d{3})?$/.test(timestamp)) return refuse('unreadable', 'It does not say when it was sent.');
  const data = readBody(body);
  const parsed = v.safeParse(orderNotice, data);
  if (!parsed.success) {
    return v.is(goodsNotice, data)
      ? verified([], [data.goodsId])
      : refuse('unreadable', 'It is signed, but nothing that is known.');
  }
  const {orderNumber: orderId, outerNumber: reference, status, retMoney, reqId} = parsed.output;
  const isComplaint = reqId !== undefined && reqId !== null;
  const event: PlatformEvent = {
    id: isComplaint ? `complaint ${reqId} ${status}` : `${orderId} ${status} ${retMoney} ${timestamp}`,
    orderId,
    ...(reference !== '' && {reference}),
    status: isComplaint ? `complaint ${status}` : String(status),
    at: timestamp.length === 10 ? Number(timestamp) * 1000 : Number(timestamp),
  };
  return verified([event]);
}

function readBody(body: Uint8Array): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', {fatal: true}).decode(body));
  } catch {
    return undefined;
  }
}

function verified(events: readonly PlatformEvent[], goods?: readonly string[]): WebhookReading {
  return {kind: 'verified', events, ...(goods && {goods}), answer: {status: 200, mediaType: 'text/plain', body: 'ok'}};
}

/** The sender reads the body, and tries again. */
function refuse(reason: WebhookRefusal, text: string): WebhookReading {
  return {kind: 'refused', reason, text, answer: {status: 400, mediaType: 'text/plain', body: 'fail'}};
}
