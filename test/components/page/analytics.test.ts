import {expect} from 'chai';
import fc from 'fast-check';
import {KsAddRequestEvent} from '../../../components/shared/events/ks-add-request.ts';
import {KsCartRequestEvent} from '../../../components/shared/events/ks-cart-request.ts';
import {KsCheckoutRequestEvent} from '../../../components/shared/events/ks-checkout-request.ts';
import {RequestEvent} from '../../../components/shared/events/request-event.ts';
import {KsOrderPaidEvent} from '../../../components/storefront/checkout/events/ks-order-paid.ts';
import {KsOrderPlacedEvent} from '../../../components/storefront/checkout/events/ks-order-placed.ts';
import {KsPayRequestEvent} from '../../../components/storefront/checkout/events/ks-pay-request.ts';
import {followAnalytics, type AnalyticsFact} from '../../../components/storefront/page/follow-analytics.ts';
import {money} from '../../../src/domain/money.ts';
import {anOrder} from '../../support/fake-checkout.ts';
import {aCartLine, aCartState} from '../../support/fake-shop.ts';

describe('followAnalytics', () => {
  let facts: AnalyticsFact[];
  let stop: () => void;

  beforeEach(() => {
    facts = [];
    stop = followAnalytics(fact => facts.push(fact));
  });
  afterEach(() => stop());

  const done = (): Promise<void> => Promise.resolve();
  /** Whatever was told is told by then. */
  const turn = (): Promise<unknown> => new Promise(resolve => setTimeout(resolve));

  it('tells of goods and sums, in the order in which they happened', async () => {
    const line = aCartLine({quantity: 3, price: money('0.10', 'CNY')});
    const {pending: _, ...added} = line;
    await RequestEvent.ask(document.body, new KsAddRequestEvent(added), done);
    await RequestEvent.ask(document.body, new KsCartRequestEvent(), done);
    await RequestEvent.ask(document.body, new KsCheckoutRequestEvent(aCartState([line])), done);
    await turn();
    await RequestEvent.ask(document.body, new KsPayRequestEvent(money('0.30', 'CNY'), 'sandbox'), async () => {
      await turn();
      document.body.dispatchEvent(new KsOrderPlacedEvent(anOrder()));
    });
    document.body.dispatchEvent(new KsOrderPaidEvent(anOrder()));
    await turn();
    expect(facts.map(({name, value}) => [name, value])).to.deep.equal([
      ['good_added', '0.30'],
      ['cart_opened', undefined],
      ['checkout_opened', '0.30'],
      ['payment_begun', '0.30'],
      ['order_placed', anOrder().total.amount],
      ['order_paid', anOrder().total.amount],
    ]);
    const {productId, skuId, title} = line;
    expect(facts[0]!.items).to.deep.equal([{productId, skuId, title, quantity: 3, price: '0.10'}]);
  });

  it('tells nothing of what was prevented or refused, and nothing after it was stopped', async () => {
    const prevent = (event: Event): void => event.preventDefault();
    document.body.addEventListener('ks-cart-request', prevent);
    void RequestEvent.ask(document.body, new KsCartRequestEvent(), done);
    document.body.removeEventListener('ks-cart-request', prevent);
    await RequestEvent.ask(document.body, new KsCartRequestEvent(), () => Promise.reject(new Error()))!.catch(() => {});
    stop();
    await RequestEvent.ask(document.body, new KsCartRequestEvent(), done);
    await turn();
    expect(facts).to.deep.equal([]);
  });

  it('tells nothing that is the buyer’s own, whatever an order, a contact, a form or a key holds', async () => {
    const secret = fc.string({minLength: 1, maxLength: 24}).map(text => `§${text}§`);
    const whatever = fc.dictionary(
      fc.constantFrom('id', 'number', 'token', 'contact', 'phone', 'fields', 'keys', 'password', 'email'),
      fc.oneof(secret, fc.array(secret), fc.dictionary(fc.string(), secret)),
    );
    await fc.assert(
      fc.asyncProperty(whatever, whatever, async (orderExtra, lineExtra) => {
        facts.length = 0;
        const order = anOrder();
        const bought = {...order, ...orderExtra, lines: order.lines.map(line => ({...line, ...lineExtra}))};
        const line = {...aCartLine(), ...lineExtra};
        document.body.dispatchEvent(new KsOrderPlacedEvent(bought));
        document.body.dispatchEvent(new KsOrderPaidEvent(bought));
        await RequestEvent.ask(document.body, new KsAddRequestEvent(line), done);
        await RequestEvent.ask(document.body, new KsCheckoutRequestEvent(aCartState([line])), done);
        await turn();
        expect(facts).to.have.length(4);
        expect(JSON.stringify(facts)).not.to.include('§');
        expect(JSON.stringify(facts)).not.to.include(order.id);
      }),
    );
  });
});
