import {readText} from '../../../upstreams/bounded-body.ts';
import {parseExactJson} from '../../../upstreams/exact-json.ts';
import type {Clock} from '../../clock.ts';
import {
  NotificationError,
  PaymentProviderError,
  type IncomingNotification,
  type OpenPaymentRequest,
  type PaymentProvider,
  type PaymentStatus,
  type ProviderRefund,
  type RefundOutcome,
} from '../port.ts';
import {orUnknown} from '../refund-doubt.ts';
import {readAmount, readAnswer, readCreated, readOrder, type Answer} from './answers.ts';
import {deviceOf} from './device.ts';
import {methodLabels} from './method-labels.ts';
import {md5Signatures, rsaSignatures, type Fields} from './signatures.ts';

export interface EpayOptions {
  /** Part of the notification's address and of the methods' ids. */
  readonly id: string;
  /** Folder of the gateway, such as `https://pay.example`. */
  readonly url: string;
  /** The merchant's number at the gateway. */
  readonly pid: string;
  /** Version 1 signs by MD5, version 2 by RSA. What is signed otherwise is never believed. */
  readonly keys:
    | {readonly sign: 'md5'; readonly key: string}
    | {readonly sign: 'rsa'; readonly privateKey: string; readonly gatewayKey: string};
  readonly methods: readonly EpayMethod[];
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

export interface EpayMethod {
  /** The gateway's word: `alipay`, `wxpay`, `qqpay`, `bank` … */
  readonly type: string;
  /** `page`: the buyer goes to the gateway's page. `api`: the server asks, and shows the QR code or page it is given. */
  readonly by: 'page' | 'api';
  /** How long a payment by it can be made. */
  readonly windowSeconds?: number;
}

/** An answer is a few hundred bytes; a page of an error a few thousand. */
const longestAnswer = 262_144;
const longestName = 60;
/** Keys are wrong, or the gateway's operator lets nobody give money back by its API: nothing was done. */
const refusals: ReadonlySet<string> = new Set(['-2', '-3', '-4']);

/**
 * A gateway that speaks epay (易支付), as 彩虹易支付 does: version 1 with MD5 or version 2 with RSA.
 *
 * The payment's id is the `out_trade_no`, never used for anything else; the gateway's `trade_no` is bound on first sight.
 * Amounts are yuan. What the gateway says of money is believed only where its signature or the connection of our own
 * question vouches for it.
 */
export function createEpayProvider({id, url, pid, keys, methods, fetch, clock}: EpayOptions): PaymentProvider {
  const folder = url.replace(/\/+$/, '');
  const signatures = keys.sign === 'md5' ? md5Signatures(keys.key) : rsaSignatures(keys.privateKey, keys.gatewayKey);
  const isFirstVersion = keys.sign === 'md5';
  const succeeded = isFirstVersion ? '1' : '0';
  const byMethod = new Map(methods.map(method => [`${id}-${method.type}`, method]));

  return {
    id,
    // Looked for anywhere in the answer, whatever its status.
    acknowledgement: 'success',
    methods: [...byMethod].map(([methodId, {type, by, windowSeconds}]) => ({
      id: methodId,
      kind: by === 'page' ? 'redirect' : 'qr',
      labels: methodLabels[type] ?? {'zh-CN': type},
      ...(windowSeconds !== undefined && {lifetimeMs: windowSeconds * 1000}),
    })),

    async open(request, signal) {
      const method = byMethod.get(request.method);
      if (!method) throw new PaymentProviderError(`The gateway is not configured for "${request.method}".`);
      const fields = orderFields(request, method.type);
      const address = request.buyer?.address;
      // Its risk rules judge the buyer's address. Without one, the gateway's own page sees it.
      if (method.by === 'page' || address === undefined) {
        const path = isFirstVersion ? 'submit.php' : 'api/pay/submit';
        const query = new URLSearchParams(await signed(fields));
        return {instructions: {kind: 'redirect', url: `${folder}/${path}?${query}`}};
      }
      const answer = await ask(isFirstVersion ? 'mapi.php' : 'api/pay/create', signal, [
        ...fields,
        ['clientip', address],
        ['device', deviceOf(request.buyer?.userAgent)],
        ...(isFirstVersion ? [] : ([['method', 'web']] as const)),
      ]);
      if (answer.code !== succeeded)
        throw new PaymentProviderError(`The gateway opened no payment: ${answer.code} ${answer.message}`);
      const {tradeNumber, instructions} = readCreated(answer);
      return {providerReference: tradeNumber, instructions};
    },

    async verify(notification) {
      const fields = fieldsOf(notification);
      const field = (name: string) => fields.find(([known]) => known === name)?.[1] ?? '';
      if (new Set(fields.map(([name]) => name)).size !== fields.length)
        throw new NotificationError('A field is there twice, so nobody knows which was signed.');
      if ((field('sign_type') || 'MD5').toUpperCase() !== signatures.type)
        throw new NotificationError(`It is not signed by ${signatures.type}, as this gateway signs.`);
      if (!(await signatures.verify(fields, field('sign')))) throw new NotificationError('The signature is not valid.');
      if (field('pid') !== pid) throw new NotificationError('It is for another merchant.');
      const amount = readAmount(field('money'));
      const tradeNumber = field('trade_no');
      if (!amount || tradeNumber === '') throw new NotificationError('It names no amount or no payment.');
      const status = field('trade_status');
      return {
        // Another amount is other news: it must not stand in the way of the true one.
        eventId: `${tradeNumber}:${status}:${amount.amount}`,
        paymentId: field('out_trade_no'),
        // There is one status that says something; whatever else a gateway invents changes nothing.
        status: {
          state: status === 'TRADE_SUCCESS' ? 'paid' : 'pending',
          providerReference: tradeNumber,
          amount,
        },
      };
    },

    refunds: {
      // Of a payment the gateway says that money went back, and not for which of our references.
      repeatable: false,
      async send(request, signal) {
        return orUnknown(async () => {
          const answer = await giveBack(request, signal);
          // Some say 0, others 1. It has taken it in; that it is done, the payment's status says.
          if (answer.code === '0' || answer.code === '1') return statusOfRefund(request, signal);
          const reason = `The gateway answered ${answer.code} ${answer.message}`;
          return refusals.has(answer.code) ? {state: 'refused', reason} : {state: 'unknown', reason};
        });
      },
      async ask(request, signal) {
        return orUnknown(async () => {
          const outcome = await statusOfRefund(request, signal);
          if (outcome.state === 'refunded') return outcome;
          // Whether it was ever told cannot be asked. So it is not told again.
          return {state: 'unknown', reason: 'The gateway does not say that the money has gone back.'};
        });
      },
    },

    async query({paymentId}, signal): Promise<PaymentStatus> {
      const answer = await find(paymentId, signal);
      if (answer.code === succeeded) return readOrder(answer, paymentId);
      // A payment whose page the buyer never opened does not exist there.
      if (/不存在/.test(answer.message)) return {state: 'absent'};
      throw new PaymentProviderError(`The gateway did not look the payment up: ${answer.code} ${answer.message}`);
    },
  };

  async function find(paymentId: string, signal: AbortSignal): Promise<Answer> {
    if (isFirstVersion) return lookUp(paymentId, signal);
    return ask('api/pay/query', signal, [
      ['pid', pid],
      ['out_trade_no', paymentId],
    ]);
  }

  async function giveBack({reference, paymentId, amount}: ProviderRefund, signal: AbortSignal): Promise<Answer> {
    const fields: Fields = [
      ['pid', pid],
      ['out_trade_no', paymentId],
      ['money', amount.amount],
    ];
    if (keys.sign === 'rsa') return ask('api/pay/refund', signal, [...fields, ['out_refund_no', reference]]);
    const body = new URLSearchParams([...fields.map(([name, value]) => [name, value]), ['key', keys.key]]);
    return exchange(`${folder}/api.php?act=refund`, {method: 'POST', body, signal});
  }

  async function statusOfRefund({paymentId}: ProviderRefund, signal: AbortSignal): Promise<RefundOutcome> {
    const answer = await find(paymentId, signal);
    if (answer.code !== succeeded)
      throw new PaymentProviderError(`The gateway did not look the payment up: ${answer.code} ${answer.message}`);
    return readOrder(answer, paymentId).wentBack ? {state: 'refunded'} : {state: 'pending'};
  }

  function orderFields(
    {paymentId, amount, description, returnUrl, notifyUrl}: OpenPaymentRequest,
    type: string,
  ): Fields {
    if (amount.currency !== 'CNY')
      throw new PaymentProviderError(`The gateway takes yuan (CNY) only, not ${amount.currency}.`);
    return [
      ['pid', pid],
      ['type', type],
      ['out_trade_no', paymentId],
      ['notify_url', notifyUrl],
      ['return_url', returnUrl ?? new URL(notifyUrl).origin],
      ['name', plainName(description)],
      ['money', amount.amount],
    ];
  }

  async function signed(fields: Fields): Promise<[string, string][]> {
    const whole: [string, string][] = fields.map(([name, value]) => [name, value]);
    if (!isFirstVersion) whole.push(['timestamp', String(Math.floor(clock.now() / 1000))]);
    return [...whole, ['sign', await signatures.sign(whole)], ['sign_type', signatures.type]];
  }

  /** A signed question, and an answer that version 2 signs as well. */
  async function ask(path: string, signal: AbortSignal, fields: Fields): Promise<Answer> {
    const body = new URLSearchParams(await signed(fields));
    const answer = await exchange(`${folder}/${path}`, {method: 'POST', body, signal});
    if (!isFirstVersion && answer.code === succeeded) await checkSignature(answer);
    return answer;
  }

  /** Version 1 wants the key itself, in the address: so the address stands in no log and in no error. */
  async function lookUp(paymentId: string, signal: AbortSignal): Promise<Answer> {
    const key = keys.sign === 'md5' ? keys.key : '';
    const query = new URLSearchParams({act: 'order', pid, key, out_trade_no: paymentId});
    return exchange(`${folder}/api.php?${query}`, {signal});
  }

  async function exchange(address: string, init: RequestInit): Promise<Answer> {
    let text: string;
    try {
      const response = await fetch(address, {...init, redirect: 'error'});
      text = await readText(response, longestAnswer);
    } catch (error) {
      throw new PaymentProviderError(`The gateway does not answer${because(error)}.`);
    }
    try {
      return readAnswer(parseExactJson(text));
    } catch (error) {
      if (error instanceof PaymentProviderError) throw error;
      throw new PaymentProviderError('The gateway answered a page instead of JSON.');
    }
  }

  async function checkSignature({body}: Answer): Promise<void> {
    const fields = Object.entries(body as object).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    const signature = fields.find(([name]) => name === 'sign')?.[1] ?? '';
    if (!(await signatures.verify(fields, signature)))
      throw new PaymentProviderError("The gateway's answer does not carry its signature.");
  }
}

/** By GET as the protocol has it, or in a form, as some gateways do. */
function fieldsOf({url, body}: IncomingNotification): Fields {
  return [...new URL(url).searchParams, ...new URLSearchParams(body)];
}

/** Gateways cut names and escape them as HTML, and show what came of it. */
function plainName(description: string): string {
  return (
    [
      ...description
        .replace(/[&<>"'\\]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ]
      .slice(0, longestName)
      .join('') || '-'
  );
}

/** Of an error of `fetch` only the kind: its text may hold the address. */
function because(error: unknown): string {
  return error instanceof Error && error.name === 'TimeoutError' ? ' in time' : '';
}
