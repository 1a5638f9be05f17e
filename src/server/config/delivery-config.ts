import * as v from 'valibot';
import {placeholdersOf, smsPlaceholders} from '../delivery/sms/template.ts';
import {httpUrl, identifier, isSafeForSecrets, secret, text} from './values.ts';

/* How buyers and the merchant's own system are told of their orders, besides the page. */

const keysSchema = v.picklist(['inline', 'link']);
const host = v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an address'));
const headerText = (most: number) =>
  v.pipe(text(most), v.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line without control characters'));

const emailSchema = v.strictObject({
  host,
  port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)), 587),
  /** `tls`: from the first byte, as on port 465. `starttls`: never without it. `none`: for a relay on this machine. */
  security: v.exactOptional(v.picklist(['tls', 'starttls', 'none']), 'starttls'),
  from: v.pipe(v.string(), v.maxLength(254), v.email('must be a mail address')),
  /** Default: the shop's name. */
  fromName: v.exactOptional(headerText(80)),
  credentials: v.exactOptional(v.strictObject({user: secret, password: secret})),
  /** Whether the mail holds the keys, or a link that opens the order once. */
  keys: v.exactOptional(keysSchema, 'inline'),
});

const headerName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header'));

const smsSchema = v.strictObject({
  /** May hold placeholders, which are percent-encoded there. */
  url: httpUrl,
  method: v.exactOptional(v.picklist(['POST', 'GET']), 'POST'),
  headers: v.exactOptional(v.record(headerName, v.union([secret, headerText(500)])), {}),
  contentType: v.exactOptional(
    v.picklist(['application/json', 'application/x-www-form-urlencoded', 'text/xml', 'text/plain']),
    'application/json',
  ),
  /** With placeholders such as `{number}` and `{text}`, each escaped as the content type asks. */
  body: v.exactOptional(text(10_000)),
  /** Placeholders of your own, such as `{token}`. */
  variables: v.exactOptional(v.record(identifier, secret), {}),
  /** How an answer tells that the message was taken, besides a status from 200 to 299. */
  success: v.exactOptional(
    v.union(
      [
        v.strictObject({field: text(100), equals: v.union([text(100), v.number(), v.boolean()])}),
        v.strictObject({contains: text(200)}),
      ],
      'must be {field: "…", equals: …} or {contains: "…"}',
    ),
  ),
  keys: v.exactOptional(keysSchema, 'link'),
  /** For a gateway in a network of your own. */
  allowPrivateAddresses: v.exactOptional(v.boolean(), false),
});

const callbackSchema = v.strictObject({
  url: v.pipe(httpUrl, v.check(hasNoCredentials, 'must hold no user name or password')),
  /** Of Standard Webhooks: `whsec_…`. */
  secret,
  /** Whether the keys go along; then the address must be https. */
  keys: v.exactOptional(v.boolean(), false),
  /** For a receiver in a network of your own. */
  allowPrivateAddresses: v.exactOptional(v.boolean(), false),
});

export const deliveryConfigSchema = v.strictObject({
  /** The page of yours that has a `<ks-order>`: where links in messages lead. */
  orderPage: v.exactOptional(
    v.pipe(httpUrl, v.check(isSafeForSecrets, 'must be https: a link to it may open an order')),
  ),
  email: v.exactOptional(emailSchema),
  sms: v.exactOptional(smsSchema),
  callback: v.exactOptional(callbackSchema),
});

export type DeliveryConfig = v.InferOutput<typeof deliveryConfigSchema>;
export type EmailConfig = v.InferOutput<typeof emailSchema>;
export type SmsConfig = v.InferOutput<typeof smsSchema>;
export type CallbackConfig = v.InferOutput<typeof callbackSchema>;

/** What no schema of a single value sees. */
export function deliveryMistakes(
  delivery: DeliveryConfig | undefined,
  origins: readonly string[],
): {readonly path: string; readonly message: string}[] {
  if (!delivery) return [];
  const {orderPage, email, sms, callback} = delivery;
  const mistakes: [string, string][] = [];
  if (orderPage !== undefined && !origins.includes(new URL(orderPage).origin)) {
    mistakes.push(['orderPage', 'must be a page of one of the "origins", or the page may not open orders']);
  }
  for (const [name, channel] of [['email', email] as const, ['sms', sms] as const]) {
    if (channel?.keys === 'link' && orderPage === undefined) {
      mistakes.push([`${name}.keys`, 'needs "orderPage": where would the link lead to?']);
    }
  }
  if (email?.credentials && email.security === 'none' && !/^(localhost|127\.[\d.]+|::1)$/.test(email.host)) {
    mistakes.push(['email.security', 'must be "tls" or "starttls" where there is a password to send']);
  }
  if (callback?.keys && !isSafeForSecrets(callback.url)) {
    mistakes.push(['callback.url', 'must be https where keys go along']);
  }
  if (sms) mistakes.push(...smsMistakes(sms));
  return mistakes.map(([path, message]) => ({path: `delivery.${path}`, message}));
}

function smsMistakes({url, method, body, contentType, variables, keys}: SmsConfig): [string, string][] {
  const mistakes: [string, string][] = [];
  const known = new Set<string>([...smsPlaceholders, ...Object.keys(variables)]);
  for (const [place, template] of [
    ['url', url],
    ['body', body ?? ''],
  ] as const) {
    for (const name of placeholdersOf(template)) {
      if (!known.has(name))
        mistakes.push([`sms.${place}`, `has "{${name}}", which is neither ours nor in "variables"`]);
    }
  }
  if ((method === 'GET') !== (body === undefined)) {
    mistakes.push(['sms.body', method === 'GET' ? 'is not sent with GET' : 'is needed with POST']);
  }
  const all = [url, body ?? ''].flatMap(placeholdersOf);
  if (!all.some(name => name === 'number' || name === 'international')) {
    mistakes.push(['sms.body', 'says nowhere whom it is for: put {number} or {international} in']);
  }
  if (!all.some(name => name === 'text' || (name === 'link' && keys === 'link'))) {
    mistakes.push(['sms.body', 'says nothing: put {text} in']);
  }
  if (body !== undefined && contentType === 'application/json' && !isJson(body)) {
    mistakes.push(['sms.body', 'must be JSON, with each placeholder inside a text: {"to": "{number}"}']);
  }
  return mistakes;
}

function isJson(template: string): boolean {
  try {
    JSON.parse(template);
    return true;
  } catch {
    return false;
  }
}

function hasNoCredentials(value: string): boolean {
  const {username, password} = new URL(value);
  return username === '' && password === '';
}
