import * as v from 'valibot';
import {parseExactJson} from '../exact-json.ts';
import type {WebhookNotice, WebhookReading, WebhookRefusal} from '../optional-calls.ts';
import {callback} from './answers.ts';
import {isSignature} from './sign.ts';

/** Signed for this path, to whatever address the callback is sent. */
const signedPath = '/api/v1/upstream/callback';

export interface CallbackOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly now: () => number;
  readonly toleratedSkewSeconds: number;
}

/** Reads a callback of the platform; it is signed with this account's own key and secret. */
export function readCallback(
  {method, headers, body}: WebhookNotice,
  {apiKey, apiSecret, now, toleratedSkewSeconds}: CallbackOptions,
): WebhookReading {
  const timestamp = headers['dujiao-next-timestamp'] ?? '';
  const signature = headers['dujiao-next-signature'] ?? '';
  if (headers['dujiao-next-api-key'] !== apiKey) return refuse('forged', 'It is not for this account.');
  if (!isSignature(signature, {method: method.toUpperCase(), path: signedPath, timestamp, body}, apiSecret)) {
    return refuse('forged', 'The signature is wrong.');
  }
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now() / 1000 - Number(timestamp)) > toleratedSkewSeconds) {
    return refuse('stale', 'It was signed too long ago, or ahead of time.');
  }
  const event = readEvent(body);
  if (!event) return refuse('unreadable', 'It is signed, but nothing that the protocol knows.');
  const {order_id: orderId, downstream_order_no: reference, status} = event;
  return {
    kind: 'verified',
    events: [
      {
        id: `${orderId} ${status} ${event.timestamp}`,
        orderId,
        ...(reference !== '' && {reference}),
        status,
        at: event.timestamp * 1000,
      },
    ],
    answer: {status: 200, mediaType: 'application/json', body: '{"ok":true}'},
  };
}

function readEvent(body: Uint8Array): v.InferOutput<typeof callback> | undefined {
  try {
    const parsed = v.safeParse(callback, parseExactJson(new TextDecoder('utf-8', {fatal: true}).decode(body)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** The sender reads the body, not the status, and tries again. */
function refuse(reason: WebhookRefusal, text: string): WebhookReading {
  const body = JSON.stringify({ok: false, message: text});
  return {kind: 'refused', reason, text, answer: {status: 200, mediaType: 'application/json', body}};
}
