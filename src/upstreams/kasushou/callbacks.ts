import {parseExactJson} from '../exact-json.ts';
import type {PlatformEvent, WebhookNotice, WebhookReading, WebhookRefusal} from '../optional-calls.ts';
import {isSigned} from './sign.ts';

type Fields = Readonly<Record<string, string>>;

/** Not covered by the signature of an order's callback. Cards are therefore never taken from one. */
const unsigned: ReadonlySet<string> = new Set(['sign', 'card_list', 'express_list']);

/**
 * Reads a callback: about an order, a complaint about one, or a good. In what form bodies come is not written down, so
 * JSON and forms are both read; nor is for how long they are true, so they may be old.
 */
export function readCallback({body}: WebhookNotice, apiKey: string): WebhookReading {
  const fields = readFields(body);
  const {sign = '', time = ''} = fields ?? {};
  if (!fields || sign === '' || !/^\d{10,13}$/.test(time)) return refuse('unreadable', 'It is no callback.');
  const isOfGood = !('ordersn' in fields) && 'id' in fields;
  if (isOfGood) return isGoodsSignature(fields, apiKey) ? verified([], goodsOf(fields)) : forged;
  if (!isSigned(covered(fields), sign, time, apiKey)) return forged;
  const {ordersn: orderId = '', external_orderno: reference = '', status = ''} = fields;
  if (orderId === '' || status === '') return refuse('unreadable', 'It is signed, but names no order.');
  // Complaints name no reference of ours. How one ends may move money, so the order is worth a look.
  const what = 'external_orderno' in fields ? status : `complaint ${status}`;
  const event: PlatformEvent = {
    id: `${orderId} ${what} ${time}`,
    orderId,
    ...(reference !== '' && {reference}),
    status: what,
    at: time.length === 13 ? Number(time) : Number(time) * 1000,
  };
  return verified([event]);
}

function covered(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !unsigned.has(name)));
}

/** Only the good's id and the time are covered, the id as a number or as a text: price and stock are for asking again. */
function isGoodsSignature({id = '', time = '', sign = ''}: Fields, apiKey: string): boolean {
  const asNumbers = {id: Number(id), time: Number(time)};
  const forms = [{id, time}, {id: asNumbers.id, time}, {id, time: asNumbers.time}, asNumbers];
  return forms.some(form => isSigned(form, sign, time, apiKey));
}

/** A kind of a good is a good of its own here. */
function goodsOf({id = '', goods_sku_id: kind = ''}: Fields): readonly string[] {
  return kind === '' || kind === id ? [id] : [id, kind];
}

/** All values as texts, which is how they are signed. A value that is a list is none of those that are. */
function readFields(body: Uint8Array): Fields | undefined {
  try {
    const text = new TextDecoder('utf-8', {fatal: true}).decode(body);
    if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
    const parsed = parseExactJson(text) as Readonly<Record<string, unknown>>;
    const entries = Object.entries(parsed).filter(([name]) => name === 'sign' || !unsigned.has(name));
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? Object.fromEntries(entries)
      : undefined;
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

const forged = refuse('forged', 'The signature is wrong.');
