import {
  NotificationError,
  PaymentProviderError,
  type OpenedPayment,
  type OpenPaymentRequest,
  type PaymentNotification,
  type PaymentProvider,
  type PaymentStatus,
} from '../../src/server/payments/port.ts';

/** A payment provider that answers as a test says. */
export interface FakePaymentProvider extends PaymentProvider {
  readonly opened: readonly OpenPaymentRequest[];
  readonly queries: readonly string[];
  /** What it says of a payment when asked; `pending` until a test sets it. */
  readonly statuses: Map<string, PaymentStatus>;
  /** From now on it gives no answer at all, or again one. */
  isDown: boolean;
  /** Absent until a test sets it: then a person sends money back. */
  refunds?: NonNullable<PaymentProvider['refunds']>;
  script(open: (request: OpenPaymentRequest) => Promise<OpenedPayment>): void;
}

export const signatureHeader = 'X-Fake-Signature';

export function fakePaymentProvider(id = 'fakepay'): FakePaymentProvider {
  const opened: OpenPaymentRequest[] = [];
  const queries: string[] = [];
  const statuses = new Map<string, PaymentStatus>();
  let open = async (request: OpenPaymentRequest): Promise<OpenedPayment> => ({
    providerReference: referenceOf(request.paymentId),
    instructions: request.method.endsWith('qr')
      ? {kind: 'qr', text: `fake:${request.paymentId}`}
      : {kind: 'redirect', url: `https://pay.example/${request.paymentId}`},
  });
  const fake: FakePaymentProvider = {
    id,
    acknowledgement: 'success',
    methods: [
      {id: `${id}-page`, kind: 'redirect', labels: {'zh-CN': '网页支付', en: 'Payment page'}},
      {id: `${id}-qr`, kind: 'qr', labels: {'zh-CN': '扫码支付', en: 'QR code'}},
    ],
    opened,
    queries,
    statuses,
    isDown: false,
    script(changed) {
      open = changed;
    },
    async open(request) {
      opened.push(request);
      if (fake.isDown) throw new PaymentProviderError('The provider does not answer.');
      return open(request);
    },
    async verify({url, headers, body}) {
      if (headers.get(signatureHeader) !== `signed by ${id}`)
        throw new NotificationError('The signature is not valid.');
      return JSON.parse(body || new URL(url).searchParams.get('event')!) as PaymentNotification;
    },
    async query({paymentId}) {
      queries.push(paymentId);
      if (fake.isDown) throw new PaymentProviderError('The provider does not answer.');
      return statuses.get(paymentId) ?? {state: 'pending'};
    },
  };
  return fake;
}

export const referenceOf = (paymentId: string): string => `ref-${paymentId}`;

/** The request by which a provider says something of a payment. */
export function notification(
  providerId: string,
  {eventId, paymentId, status, isAboutRefund}: PaymentNotification,
): {readonly path: string; readonly body: string; readonly headers: Readonly<Record<string, string>>} {
  return {
    path: `/v1/payments/${providerId}/notifications`,
    body: JSON.stringify({eventId, paymentId, status, isAboutRefund}),
    headers: {'Content-Type': 'application/json', [signatureHeader]: `signed by ${providerId}`},
  };
}
