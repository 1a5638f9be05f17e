import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Webhook} from 'standardwebhooks';
import {money} from '../../../src/domain/money.ts';
import {createSandboxProvider} from '../../../src/server/payments/sandbox/sandbox-provider.ts';

const webhookSecret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
const amount = money('12', 'CNY');
const answered = {
  id: 'sp_1',
  reference: 'pay_1',
  status: 'pending',
  amount,
  payUrl: 'https://pay.example/p/1',
  paidAt: null as string | null,
};

interface Exchange {
  readonly url: string;
  readonly init: RequestInit;
}

function providerThat(answer: (exchange: Exchange) => Response | Promise<Response>) {
  const calls: Exchange[] = [];
  const provider = createSandboxProvider({
    methods: ['page', 'qr', 'element'],
    codeSeconds: 120,
    url: 'https://pay.example',
    merchantKey: 'merchant-key',
    webhookSecret,
    fetch: async (input, init = {}) => {
      const exchange = {url: input as string, init};
      calls.push(exchange);
      return answer(exchange);
    },
  });
  return {provider, calls};
}

const silentProvider = () => providerThat(() => assert.fail('nothing may be called')).provider;
const patient = new AbortController().signal;
const openRequest = {
  paymentId: 'pay_1',
  orderNumber: '1',
  method: 'sandbox-page',
  amount,
  description: '卡铺 1',
  returnUrl: 'https://page.example/',
  notifyUrl: 'https://shop.example/v1/payments/sandbox/notifications',
  expiresAt: Date.UTC(2026, 0, 1),
  lang: 'en',
};

describe('opening a sandbox payment', () => {
  for (const [method, sent, instructions] of [
    ['sandbox-page', 'redirect', {kind: 'redirect', url: answered.payUrl}],
    ['sandbox-qr', 'qr', {kind: 'qr', text: answered.payUrl}],
    [
      'sandbox-element',
      'element',
      {kind: 'element', element: 'sandbox', clientSecret: 'sp_1', settings: {script: 'https://pay.example/element.js'}},
    ],
  ] as const) {
    it(`by ${method} sends our reference and gives ${instructions.kind} instructions`, async () => {
      const {provider, calls} = providerThat(() => Response.json(answered));
      const opened = await provider.open({...openRequest, method}, patient);
      assert.deepEqual(opened, {providerReference: 'sp_1', instructions});
      assert.equal(calls[0]!.url, 'https://pay.example/api/payments');
      assert.deepEqual(JSON.parse(calls[0]!.init.body as string), {
        reference: 'pay_1',
        amount,
        description: '卡铺 1',
        method: sent,
        returnUrl: 'https://page.example/',
        notifyUrl: 'https://shop.example/v1/payments/sandbox/notifications',
        expiresAt: '2026-01-01T00:00:00.000Z',
      });
      assert.equal(new Headers(calls[0]!.init.headers).get('Authorization'), 'Bearer merchant-key');
      assert.equal(calls[0]!.init.redirect, 'error');
    });
  }

  for (const [what, answer] of [
    ['404', () => new Response('', {status: 404})],
    ['500', () => new Response('', {status: 500})],
    ['a page', () => new Response('<html>')],
    ['another shape', () => Response.json({...answered, amount: 12})],
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ] as const) {
    it(`that is answered by ${what} is no reliable answer, and the key is not told`, async () => {
      await assert.rejects(
        providerThat(answer).provider.open(openRequest, patient),
        (error: Error) => error.name === 'PaymentProviderError' && !error.message.includes('merchant-key'),
      );
    });
  }
});

describe('asking about a sandbox payment', () => {
  it('says what the sandbox says', async () => {
    const paidAt = '2026-01-01T00:00:00.000Z';
    const {provider, calls} = providerThat(() => Response.json({...answered, status: 'paid', paidAt}));
    assert.deepEqual(await provider.query({paymentId: 'pay_1', providerReference: 'sp/1'}, patient), {
      state: 'paid',
      providerReference: 'sp_1',
      amount,
      paidAt: Date.parse(paidAt),
    });
    assert.equal(calls[0]!.url, 'https://pay.example/api/payments/sp%2F1');
  });

  it('by our reference, where the answer to its opening was lost', async () => {
    const {provider, calls} = providerThat(() => new Response('', {status: 404}));
    assert.deepEqual(await provider.query({paymentId: 'pay_1'}, patient), {state: 'absent'});
    assert.equal(calls[0]!.url, 'https://pay.example/api/payments?reference=pay_1');
  });

  for (const [what, body] of [
    ['another payment', {...answered, reference: 'pay_2'}],
    ['a time that is none', {...answered, status: 'paid', paidAt: 'yesterday'}],
    ['a state that is none', {...answered, status: 'refunded'}],
  ] as const) {
    it(`believes no answer with ${what}`, async () => {
      const {provider} = providerThat(() => Response.json(body));
      await assert.rejects(provider.query({paymentId: 'pay_1'}, patient), {name: 'PaymentProviderError'});
    });
  }
});

const paidEvent = {
  id: 'evt_1',
  type: 'payment.paid',
  paymentId: 'sp_1',
  reference: 'pay_1',
  amount,
  occurredAt: '2026-01-01T00:00:00.000Z',
};

function signed(event: unknown, overrides: {secret?: string; at?: Date; id?: string} = {}) {
  const {secret = webhookSecret, at = new Date(), id = 'msg_1'} = overrides;
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const headers = new Headers({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  });
  return {headers, body};
}

describe('a sandbox notification', () => {
  for (const [type, state] of [
    ['payment.paid', 'paid'],
    ['payment.declined', 'declined'],
    ['payment.expired', 'expired'],
  ] as const) {
    it(`${type} says ${state}`, async () => {
      const {headers, body} = signed({...paidEvent, type});
      assert.deepEqual(await silentProvider().verify({url: openRequest.notifyUrl, headers, body}), {
        eventId: 'evt_1',
        paymentId: 'pay_1',
        status: {
          state,
          providerReference: 'sp_1',
          amount,
          ...(state === 'paid' && {paidAt: Date.parse(paidEvent.occurredAt)}),
        },
      });
    });
  }

  const {headers, body} = signed(paidEvent);
  const without = (name: string) => {
    const fewer = new Headers(headers);
    fewer.delete(name);
    return fewer;
  };
  for (const [what, given, text] of [
    ['no signature at all', new Headers(), body],
    ['no id', without('webhook-id'), body],
    ['no time', without('webhook-timestamp'), body],
    ['another body', headers, body.replace('12.00', '0.01')],
    ['one byte more', headers, `${body} `],
    [
      'another shop’s secret',
      signed(paidEvent, {secret: `whsec_${Buffer.alloc(24, 6).toString('base64')}`}).headers,
      body,
    ],
    ['an old signature', signed(paidEvent, {at: new Date(Date.now() - 3_600_000)}).headers, body],
    ['a signature from the future', signed(paidEvent, {at: new Date(Date.now() + 3_600_000)}).headers, body],
  ] as const) {
    it(`B5: with ${what} is refused`, async () => {
      await assert.rejects(silentProvider().verify({url: openRequest.notifyUrl, headers: given, body: text}), {
        name: 'NotificationError',
      });
    });
  }

  it('B5: with any bit flipped is refused', async () => {
    const provider = silentProvider();
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = Buffer.from(body);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const text = flipped.toString('utf8');
      await assert.rejects(provider.verify({url: openRequest.notifyUrl, headers, body: text}), {
        name: 'NotificationError',
      });
    }
    const signature = headers.get('webhook-signature')!;
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const flipped = Buffer.from(signature);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const given = flipped.toString('latin1');
      // What no header can carry comes from nobody; what decodes to the same bytes is the same signature.
      if (!/^[\x21-\x7e]+$/.test(given)) continue;
      const changed = new Headers(headers);
      changed.set('webhook-signature', given);
      await assert.rejects(
        provider.verify({url: openRequest.notifyUrl, headers: changed, body}),
        {name: 'NotificationError'},
        given,
      );
    }
  });

  for (const [what, event] of [
    ['no JSON', 'paid'],
    ['another type', {...paidEvent, type: 'payment.lost'}],
    ['an amount as a number', {...paidEvent, amount: {currency: 'CNY', amount: 12}}],
    ['no reference', {...paidEvent, reference: undefined}],
    ['a time that is none', {...paidEvent, occurredAt: 'yesterday'}],
  ] as const) {
    it(`that is signed but says ${what} is refused`, async () => {
      const signedEvent = signed(event);
      await assert.rejects(silentProvider().verify({url: openRequest.notifyUrl, ...signedEvent}), {
        name: 'NotificationError',
      });
    });
  }
});

describe('money back by the sandbox', () => {
  const request = {reference: 'rfd_1', paymentId: 'pay_1', paymentReference: 'sp/1', amount, paid: amount};
  const made = {id: 'r_1', reference: 'rfd_1', amount, status: 'refunded'};
  const refundsOf = (answer: () => Response | Promise<Response>) => {
    const {provider, calls} = providerThat(answer);
    return {refunds: provider.refunds!, calls};
  };

  it('is told under our reference', async () => {
    const {refunds, calls} = refundsOf(() => Response.json(made, {status: 201}));
    assert.deepEqual(await refunds.send(request, patient), {state: 'refunded', reference: 'r_1'});
    assert.equal(calls[0]!.url, 'https://pay.example/api/payments/sp%2F1/refunds');
    assert.deepEqual(JSON.parse(calls[0]!.init.body as string), {reference: 'rfd_1', amount});
  });

  for (const [what, answer, state] of [
    ['404', () => new Response('', {status: 404}), 'refused'],
    ['422', () => new Response('', {status: 422}), 'refused'],
    ['409', () => new Response('', {status: 409}), 'unknown'],
    ['500', () => new Response('', {status: 500}), 'unknown'],
    ['a page', () => new Response('<html>'), 'unknown'],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'unknown'],
    ['another amount', () => Response.json({...made, amount: money('11', 'CNY')}), 'unknown'],
    ['a bank that waits', () => Response.json({...made, status: 'pending'}), 'pending'],
    ['a bank that refuses', () => Response.json({...made, status: 'failed'}), 'refused'],
  ] as const) {
    it(`that is answered by ${what} is ${state}`, async () => {
      assert.equal((await refundsOf(answer).refunds.send(request, patient)).state, state);
    });
  }

  it('is found again by our reference, or was never heard of', async () => {
    const listed = (...items: readonly unknown[]) => refundsOf(() => Response.json({items})).refunds;
    assert.equal((await listed({...made, reference: 'other'}, made).ask(request, patient)).state, 'refunded');
    assert.equal((await listed({...made, reference: 'other'}).ask(request, patient)).state, 'absent');
    const silent = refundsOf(() => new Response('', {status: 502})).refunds;
    assert.equal((await silent.ask(request, patient)).state, 'unknown');
  });

  it('is spoken of in notices that say nothing of the payment', async () => {
    for (const type of ['payment.refunded', 'payment.refund_failed']) {
      const verified = await silentProvider().verify({url: openRequest.notifyUrl, ...signed({...paidEvent, type})});
      assert.deepEqual([verified.isAboutRefund, verified.status.state], [true, 'pending']);
    }
  });
});
