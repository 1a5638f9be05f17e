import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {isTransitionError} from '../../src/domain/transition.ts';
import {readRecord, storedRecord} from '../../src/store/purchase-record.ts';
import {reducePurchase, type Purchase, type PurchaseEvent} from '../../src/store/purchase.ts';
import {quote, quoteLine, yuan} from './support/builders.ts';

const lines = [{skuId: 'sku-1', quantity: 1}];
const body = (token = 'quote-token-1') => ({quote: token, contact: 'buyer@example.com'});
const contents = {id: 'cart-1', lines};
const quoted: PurchaseEvent = {type: 'quoted', contents, quote: quote()};
const sent: PurchaseEvent = {type: 'sent', body: body(), method: 'qr', returnUrl: 'https://page.example/'};
const placed: PurchaseEvent = {type: 'placed', intent: quote().intent, orderId: 'order-1', token: 't', number: 'n'};
const play = (...events: readonly PurchaseEvent[]) => events.reduce<Purchase | undefined>(reducePurchase, undefined);

describe('a purchase', () => {
  it('goes from the quote over the sent order to the placed one and ends', () => {
    assert.equal(play(quoted)?.step, 'quoted');
    assert.deepEqual(play(quoted, sent), {
      step: 'sending',
      intent: quote().intent,
      body: body(),
      cart: 'cart-1',
      lines,
      total: yuan('48.00'),
      method: 'qr',
      returnUrl: 'https://page.example/',
    });
    assert.deepEqual(play(quoted, sent, placed), {
      step: 'placed',
      orderId: 'order-1',
      token: 't',
      number: 'n',
      cart: 'cart-1',
      lines,
      method: 'qr',
      returnUrl: 'https://page.example/',
    });
    assert.equal(play(quoted, sent, placed, {type: 'ended', orderId: 'order-1'}), undefined);
  });

  it('takes another method for its payment', () => {
    const purchase = play(quoted, sent, placed, {type: 'method_chosen', method: 'redirect'});
    assert.equal(purchase?.step === 'placed' && purchase.method, 'redirect');
    assert.ok(purchase && !('returnUrl' in purchase));
  });

  it('is sent again by itself when its new quote has the same total', () => {
    const renewed = quote({intent: 'intent-2', token: 'quote-token-2'});
    const purchase = play(quoted, sent, {type: 'requoted', intent: quote().intent, quote: renewed});
    assert.equal(purchase?.step, 'sending');
    assert.deepEqual(purchase, {...play(quoted, sent), intent: 'intent-2', body: body('quote-token-2')});
  });

  it('waits for the buyer when its new quote has another total, without what they typed in', () => {
    const dearer = quote({intent: 'intent-2', token: 'quote-token-2', lines: [quoteLine({unitPrice: yuan('50.00')})]});
    const purchase = play(quoted, sent, {type: 'requoted', intent: quote().intent, quote: dearer});
    assert.deepEqual(purchase, {step: 'quoted', cart: 'cart-1', lines, quote: dearer});
  });

  it('is none when its new quote cannot be bought', () => {
    const {intent: _, token: __, ...blocked} = quote({lines: [quoteLine({problem: 'sold_out'})]});
    assert.equal(play(quoted, sent, {type: 'requoted', intent: quote().intent, quote: blocked}), undefined);
  });

  it('is not sent with the token of another quote', () => {
    assert.throws(() => play(quoted, {...sent, body: body('quote-token-9')}), isTransitionError);
  });
});

describe('what storage holds', () => {
  it('is read back as it was written, in every step', () => {
    for (const purchase of [play(quoted), play(quoted, sent), play(quoted, sent, placed)]) {
      const record = {purchase, paid: [{cart: 'cart-0', skuIds: ['sku-1']}]};
      assert.deepEqual(readRecord(JSON.parse(JSON.stringify(storedRecord(record)))), record);
    }
  });

  it('keeps what was paid for when the purchase beside it cannot be read', () => {
    const paid = [{cart: 'cart-0', skuIds: ['sku-1']}];
    assert.deepEqual(readRecord({version: 1, purchase: {step: 'dreamt'}, paid}), {purchase: undefined, paid});
    assert.deepEqual(readRecord({version: 1, purchase: play(quoted), paid: [{cart: 1}]}), {
      purchase: play(quoted),
      paid: [],
    });
  });

  it('is no purchase when it is of a wrong or newer shape', () => {
    for (const value of [undefined, null, 1, 'x', [], {}, {version: 2, purchase: play(quoted)}, {version: 1}]) {
      assert.equal(readRecord(value).purchase, undefined);
    }
    fc.assert(
      fc.property(fc.anything(), purchase => {
        assert.equal(readRecord({version: 1, purchase}).purchase, undefined);
      }),
    );
  });
});

describe('whatever happens', () => {
  const number = fc.integer({min: 1, max: 3});
  const aQuote = fc
    .tuple(number, fc.constantFrom('48.00', '50.00'))
    .map(([n, price]) =>
      quote({intent: `intent-${n}`, token: `token-${n}`, lines: [quoteLine({unitPrice: yuan(price)})]}),
    );
  const intent = number.map(n => `intent-${n}`);
  const orderId = number.map(n => `order-${n}`);
  const event: fc.Arbitrary<PurchaseEvent> = fc.oneof(
    aQuote.map((value): PurchaseEvent => ({type: 'quoted', contents, quote: value})),
    fc.constant<PurchaseEvent>({type: 'dropped'}),
    number.map((n): PurchaseEvent => ({type: 'sent', body: body(`token-${n}`), method: 'qr'})),
    fc.tuple(intent, aQuote).map(([of, value]): PurchaseEvent => ({type: 'requoted', intent: of, quote: value})),
    intent.map((of): PurchaseEvent => ({type: 'refused', intent: of})),
    fc
      .tuple(intent, orderId)
      .map(([of, id]): PurchaseEvent => ({type: 'placed', intent: of, orderId: id, token: 't', number: 'n'})),
    fc.constant<PurchaseEvent>({type: 'method_chosen', method: 'redirect'}),
    orderId.map((id): PurchaseEvent => ({type: 'ended', orderId: id})),
  );

  it('an intent on its way leaves only by a definite answer to that very intent', () => {
    fc.assert(
      fc.property(fc.array(event, {maxLength: 60}), events => {
        let purchase: Purchase | undefined;
        for (const next of events) {
          const before = purchase;
          try {
            purchase = reducePurchase(purchase, next);
          } catch (error) {
            assert.ok(isTransitionError(error));
            assert.equal(purchase, before);
            continue;
          }
          if (before?.step !== 'sending') continue;
          assert.ok('intent' in next && next.intent === before.intent, `${next.type} moved ${before.intent}`);
        }
      }),
      {numRuns: 2_000},
    );
  });

  it('what is sent is what the quote at hand says, for the total the buyer agreed to', () => {
    fc.assert(
      fc.property(fc.array(event, {maxLength: 60}), events => {
        let purchase: Purchase | undefined;
        let agreed: string | undefined;
        for (const next of events) {
          try {
            const before = purchase;
            purchase = reducePurchase(purchase, next);
            if (next.type === 'sent' && before?.step === 'quoted') agreed = before.quote.total.amount;
          } catch (error) {
            assert.ok(isTransitionError(error));
          }
          if (purchase?.step !== 'sending') continue;
          assert.equal(purchase.total.amount, agreed);
          assert.equal(purchase.body.quote.replace('token', 'intent'), purchase.intent);
        }
      }),
      {numRuns: 2_000},
    );
  });
});
