import * as v from 'valibot';
import {areEqualTexts} from '../equal-texts.ts';
import {parseExactJson} from '../exact-json.ts';
import type {PlatformEvent, WebhookAnswer, WebhookNotice, WebhookReading} from '../optional-calls.ts';
import {orderNotice, productNotice} from './answers.ts';

/**
 * Reads a webhook. A secret that never changes says who sent it, and nothing covers its content: whoever has seen one
 * can write others, so it is worth no more than a look at the order. The content type is misspelt and not looked at.
 */
export function readCallback({method, headers, body}: WebhookNotice, secret: string | undefined): WebhookReading {
  if (secret === undefined || !areEqualTexts(headers['x-event-secret'] ?? '', secret)) {
    return {kind: 'refused', reason: 'forged', text: 'It does not carry the secret.', answer: empty(401)};
  }
  const said = method.toUpperCase() === 'POST' ? readEvents(headers['x-event-name'] ?? '', body) : undefined;
  // Too many failures would have Kinguin switch the webhook off, and sending the same again would not help.
  if (!said) return {kind: 'refused', reason: 'unreadable', text: 'It is no event we know.', answer: empty(200)};
  return {kind: 'verified', ...said, answer: empty(200)};
}

/** Any status of success, and nothing else: a body counts as a failure. */
function empty(status: number): WebhookAnswer {
  return {status, mediaType: 'text/plain', body: ''};
}

interface Said {
  readonly events: readonly PlatformEvent[];
  readonly goods?: readonly string[];
}

function readEvents(name: string, body: Uint8Array): Said | undefined {
  const json = parse(body);
  if (name === 'product.update') {
    return v.is(productNotice, json) ? {events: [], goods: [json.productId]} : undefined;
  }
  const parsed = name === 'order.status' ? v.safeParse(orderNotice, json) : undefined;
  if (!parsed?.success) return undefined;
  const {orderId, orderExternalId: reference, status, updatedAt: at} = parsed.output;
  return {events: [{id: `${orderId} ${status} ${at}`, orderId, ...(reference !== '' && {reference}), status, at}]};
}

function parse(body: Uint8Array): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', {fatal: true}).decode(body));
  } catch {
    return undefined;
  }
}
