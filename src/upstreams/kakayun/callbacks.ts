import * as v from 'valibot';
import {parseExactJson} from '../exact-json.ts';
import type {PlatformEvent, WebhookNotice, WebhookReading, WebhookRefusal} from '../optional-calls.ts';
import {callback} from './answers.ts';
import {isSigned, signedMembers} from './sign.ts';

/**
 * A notice that got no `ok` is sent again for 75 minutes. Whether it is dated anew each time is not written down, so it
 * may be that old and the tolerated skew more.
 */
const toleratedAgeSeconds = 90 * 60;
const toleratedSkewSeconds = 300;

/**
 * Reads a callback. What arrives is what is verified: the vendor lists `timestamp` among its members and shows a body
 * without. One without is dated when it came; it is a hint, and whoever believes it reads the order.
 */
export function readCallback(
  {body}: WebhookNotice,
  {key, now}: {readonly key: string; readonly now: () => number},
): WebhookReading {
  const text = readUtf8(body);
  const members = text === undefined ? undefined : signedMembers(text);
  if (text === undefined || !members) return refuse('unreadable', 'It is no JSON object.');
  if (!isSigned(members, key)) return refuse('forged', 'The signature is wrong.');
  const seconds = Number(members['timestamp'] || now() / 1000);
  const age = now() / 1000 - seconds;
  if (!(age <= toleratedAgeSeconds && age >= -toleratedSkewSeconds)) {
    return refuse('stale', 'It was signed too long ago, or ahead of time.');
  }
  // A good that changed is told in the same way, to an address of its own that may be this one.
  if (!('orderno' in members) && 'goodsid' in members) return verified([], [String(members['goodsid'])]);
  const parsed = v.safeParse(callback, parseExactJson(text));
  if (!parsed.success) return refuse('unreadable', 'It is signed, but nothing that the protocol knows.');
  const {orderno: orderId, usorderno: reference, status, refundstatus, refundmoney} = parsed.output;
  return verified([
    {
      id: [orderId, status, refundstatus, refundmoney, members['timestamp'] ?? ''].join(' '),
      orderId,
      ...(reference !== '' && {reference}),
      status,
      at: Math.round(seconds * 1000),
    },
  ]);
}

function readUtf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(body);
  } catch {
    return undefined;
  }
}

/** The sender reads the body, and tries again at anything but this. */
function verified(events: readonly PlatformEvent[], goods?: readonly string[]): WebhookReading {
  return {kind: 'verified', events, ...(goods && {goods}), answer: {status: 200, mediaType: 'text/plain', body: 'ok'}};
}

function refuse(reason: WebhookRefusal, text: string): WebhookReading {
  return {kind: 'refused', reason, text, answer: {status: 400, mediaType: 'text/plain', body: 'fail'}};
}
