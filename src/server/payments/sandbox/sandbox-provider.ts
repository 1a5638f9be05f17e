import {Webhook, WebhookVerificationError} from 'standardwebhooks';
import * as v from 'valibot';
import {moneySchema} from '../../../contract/money.ts';
import type {PaymentInstructions} from '../../../contract/payment.ts';
import {
  NotificationError,
  PaymentProviderError,
  type PaymentProvider,
  type PaymentStatus,
  type ProviderMethod,
} from '../port.ts';

export interface SandboxProviderOptions {
  /** Address of the sandbox's payment site, such as `http://127.0.0.1:4200/pay`. */
  readonly url: string;
  readonly merchantKey: string;
  /** Standard Webhooks secret, `whsec_…`. */
  readonly webhookSecret: string;
  /** Which ways to pay there are. */
  readonly methods: readonly SandboxMethod[];
  /** How long a QR code can be scanned. */
  readonly codeSeconds: number;
  readonly fetch: typeof fetch;
}

export type SandboxMethod = 'page' | 'qr' | 'element';

const stateSchema = v.picklist(['pending', 'paid', 'declined', 'expired']);

const timeSchema = v.pipe(
  v.string(),
  v.check(text => !Number.isNaN(Date.parse(text)), 'must be a time'),
);

const paymentSchema = v.object({
  id: v.string(),
  reference: v.string(),
  status: stateSchema,
  amount: moneySchema,
  payUrl: v.string(),
  paidAt: v.nullish(timeSchema),
});

const eventSchema = v.object({
  id: v.string(),
  type: v.picklist(['payment.paid', 'payment.declined', 'payment.expired']),
  paymentId: v.string(),
  reference: v.string(),
  amount: moneySchema,
  occurredAt: timeSchema,
});

/**
 * The sandbox's payment site, for trying a shop without money: a payment page with its own address that notifies the
 * server by Standard Webhooks.
 */
export function createSandboxProvider({
  url,
  merchantKey,
  webhookSecret,
  methods,
  codeSeconds,
  fetch,
}: SandboxProviderOptions): PaymentProvider {
  const webhook = new Webhook(webhookSecret);
  return {
    id: 'sandbox',
    acknowledgement: 'ok',
    methods: [
      {
        id: 'sandbox-page',
        kind: 'redirect',
        labels: {'zh-CN': '沙盒支付', 'zh-TW': '沙盒付款', en: 'Sandbox payment page'},
      },
      {
        id: 'sandbox-qr',
        kind: 'qr',
        labels: {'zh-CN': '沙盒扫码支付', 'zh-TW': '沙盒掃碼付款', en: 'Sandbox QR code'},
        lifetimeMs: codeSeconds * 1000,
      },
      {
        id: 'sandbox-element',
        kind: 'element',
        labels: {'zh-CN': '沙盒页内支付', 'zh-TW': '沙盒頁內付款', en: 'Sandbox within the page'},
      },
    ].filter(({id}) => methods.includes(id.slice('sandbox-'.length) as SandboxMethod)) as ProviderMethod[],
    async open({paymentId, method, amount, description, returnUrl, notifyUrl, expiresAt}, signal) {
      const kind = method === 'sandbox-qr' ? 'qr' : method === 'sandbox-element' ? 'element' : 'redirect';
      const payment = await call('/api/payments', signal, {
        reference: paymentId,
        amount,
        description,
        method: kind,
        returnUrl: returnUrl ?? new URL(notifyUrl).origin,
        notifyUrl,
        expiresAt: new Date(expiresAt).toISOString(),
      });
      if (!payment)
        throw new PaymentProviderError('The sandbox answered 404 to a new payment; its address is not right.');
      return {
        providerReference: payment.id,
        instructions: instructionsFor(kind, payment),
      };
    },
    async verify({headers, body}) {
      const event = readEvent(headers, body);
      return {
        eventId: event.id,
        paymentId: event.reference,
        status: {
          state: event.type === 'payment.paid' ? 'paid' : event.type === 'payment.declined' ? 'declined' : 'expired',
          providerReference: event.paymentId,
          amount: event.amount,
          ...(event.type === 'payment.paid' && {paidAt: Date.parse(event.occurredAt)}),
        },
      };
    },
    async query({paymentId, providerReference}, signal): Promise<PaymentStatus> {
      const path =
        providerReference === undefined
          ? `/api/payments?reference=${encodeURIComponent(paymentId)}`
          : `/api/payments/${encodeURIComponent(providerReference)}`;
      const payment = await call(path, signal);
      if (!payment) return {state: 'absent'};
      if (payment.reference !== paymentId) throw new PaymentProviderError('The sandbox answered with another payment.');
      return {
        state: payment.status,
        providerReference: payment.id,
        amount: payment.amount,
        ...(payment.paidAt && {paidAt: Date.parse(payment.paidAt)}),
      };
    },
  };

  function instructionsFor(
    kind: PaymentInstructions['kind'],
    {id, payUrl}: v.InferOutput<typeof paymentSchema>,
  ): PaymentInstructions {
    if (kind === 'qr') return {kind, text: payUrl};
    if (kind === 'redirect') return {kind, url: payUrl};
    return {kind: 'element', element: 'sandbox', clientSecret: id, settings: {script: `${url}/element.js`}};
  }

  function readEvent(headers: Headers, body: string) {
    try {
      return v.parse(eventSchema, webhook.verify(body, Object.fromEntries(headers)));
    } catch (error) {
      if (error instanceof WebhookVerificationError)
        throw new NotificationError('The signature is not valid.', {cause: error});
      throw new NotificationError('The notification cannot be read.', {cause: error});
    }
  }

  async function call(path: string, signal: AbortSignal, body?: unknown) {
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Authorization: `Bearer ${merchantKey}`,
          ...(body !== undefined && {'Content-Type': 'application/json'}),
        },
        ...(body !== undefined && {body: JSON.stringify(body)}),
        redirect: 'error',
        signal,
      });
    } catch (error) {
      throw new PaymentProviderError('The sandbox does not answer.', {cause: error});
    }
    if (response.status === 404) return undefined;
    if (!response.ok) throw new PaymentProviderError(`The sandbox answered ${response.status}.`);
    const parsed = v.safeParse(paymentSchema, await response.json().catch(() => undefined));
    if (!parsed.success) throw new PaymentProviderError('The sandbox answered something that is no payment.');
    return parsed.output;
  }
}
