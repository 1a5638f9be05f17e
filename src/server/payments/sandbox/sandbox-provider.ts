import {Webhook, WebhookVerificationError} from 'standardwebhooks';
import * as v from 'valibot';
import {moneySchema} from '../../../contract/money.ts';
import type {PaymentInstructions} from '../../../contract/payment.ts';
import {compare} from '../../../domain/money.ts';
import {
  NotificationError,
  PaymentProviderError,
  type PaymentProvider,
  type PaymentStatus,
  type ProviderMethod,
  type ProviderRefund,
  type RefundOutcome,
} from '../port.ts';
import {orUnknown} from '../refund-doubt.ts';

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

const listSchema = v.object({
  items: v.array(v.object({...paymentSchema.entries, refunded: moneySchema})),
  next: v.optional(v.string()),
});

const refundSchema = v.object({
  id: v.string(),
  reference: v.string(),
  status: v.picklist(['pending', 'refunded', 'failed']),
  amount: moneySchema,
});

const refundListSchema = v.object({items: v.array(refundSchema)});

const eventSchema = v.object({
  id: v.string(),
  type: v.picklist([
    'payment.paid',
    'payment.declined',
    'payment.expired',
    'payment.refunded',
    'payment.refund_failed',
  ]),
  paymentId: v.string(),
  reference: v.string(),
  amount: moneySchema,
  occurredAt: timeSchema,
});

/** For one page of a list. */
const patienceMs = 10_000;

/** What a notice says of a payment; the others are about refunds. */
const stateAfter: Readonly<Record<string, PaymentStatus['state']>> = {
  'payment.paid': 'paid',
  'payment.declined': 'declined',
  'payment.expired': 'expired',
};

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
      const payment = await paymentAt('/api/payments', signal, {
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
      const state = stateAfter[event.type];
      return {
        eventId: event.id,
        paymentId: event.reference,
        ...(state === undefined && {isAboutRefund: true as const}),
        status: {
          state: state ?? 'pending',
          providerReference: event.paymentId,
          amount: event.amount,
          ...(state === 'paid' && {paidAt: Date.parse(event.occurredAt)}),
        },
      };
    },
    refunds: {
      repeatable: true,
      async send(request, signal) {
        const {reference, amount} = request;
        return orUnknown(async () => {
          const response = await exchange(refundsOf(request), signal, {reference, amount});
          const {status} = response;
          if (status === 404 || status === 422) return {state: 'refused', reason: `The sandbox answered ${status}.`};
          return outcomeOf(await read(refundSchema, response), request);
        });
      },
      async ask(request, signal) {
        return orUnknown(async () => {
          const {items} = await read(refundListSchema, await exchange(refundsOf(request), signal));
          const found = items.find(({reference}) => reference === request.reference);
          return found ? outcomeOf(found, request) : {state: 'absent'};
        });
      },
    },
    async *list({from, until}, signal) {
      const time = {from: new Date(from).toISOString(), until: new Date(until).toISOString()};
      let after: string | undefined;
      do {
        const query = new URLSearchParams({...time, ...(after !== undefined && {after})});
        const patient = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
        const {items, next} = await read(listSchema, await exchange(`/api/payments?${query}`, patient));
        for (const {id, reference, status, amount, refunded} of items)
          yield {paymentId: reference, reference: id, isPaid: status === 'paid', amount, refunded};
        after = next;
      } while (after !== undefined);
    },
    async query({paymentId, providerReference}, signal): Promise<PaymentStatus> {
      const path =
        providerReference === undefined
          ? `/api/payments?reference=${encodeURIComponent(paymentId)}`
          : `/api/payments/${encodeURIComponent(providerReference)}`;
      const payment = await paymentAt(path, signal);
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

  async function paymentAt(path: string, signal: AbortSignal, body?: object) {
    const response = await exchange(path, signal, body);
    return response.status === 404 ? undefined : read(paymentSchema, response);
  }

  async function exchange(path: string, signal: AbortSignal, body?: object): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, {
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
  }
}

async function read<Schema extends v.GenericSchema>(
  schema: Schema,
  response: Response,
): Promise<v.InferOutput<Schema>> {
  if (!response.ok) throw new PaymentProviderError(`The sandbox answered ${response.status}.`);
  const parsed = v.safeParse(schema, await response.json().catch(() => undefined));
  if (!parsed.success) throw new PaymentProviderError('The sandbox answered something that it never answers.');
  return parsed.output;
}

function refundsOf({paymentReference = ''}: ProviderRefund): string {
  return `/api/payments/${encodeURIComponent(paymentReference)}/refunds`;
}

function outcomeOf({id, status, amount}: v.InferOutput<typeof refundSchema>, asked: ProviderRefund): RefundOutcome {
  if (amount.currency !== asked.amount.currency || compare(amount, asked.amount) !== 0)
    return {state: 'unknown', reason: 'The sandbox gave back another amount under this reference.'};
  if (status === 'failed') return {state: 'refused', reason: 'The bank did not take it.'};
  return {state: status, reference: id};
}
