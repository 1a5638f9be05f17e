import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/order/define.ts';
import {deadlineOf} from '../../../components/storefront/order/deadline-of.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import {KsTicketRequestEvent} from '../../../components/shared/events/ks-ticket-request.ts';
import '../../../components/storefront/ticket/define.ts';
import type {OrderDelivery} from '../../../src/contract/delivery.ts';
import type {Order} from '../../../src/contract/order.ts';
import {money} from '../../../src/domain/money.ts';
import type {OrderView} from '../../../src/store/shop.ts';
import {anOrder, anOrderLine} from '../../support/fake-checkout.ts';
import {failed, FakeShop, ready} from '../../support/fake-shop.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  settled,
  show,
  textOf,
  until,
} from '../../support/page.ts';

const content = () => html`<ks-order order-id="order-1"></ks-order>`;

const aDelivery = (state: OrderDelivery['state']): OrderDelivery => ({
  channel: 'email',
  to: 'm***@example.com',
  occasion: 'keys_delivered',
  state,
  at: '2026-01-15T08:00:00.000Z',
});

const orders: Readonly<Record<string, Order>> = {
  'pending payment': anOrder(),
  paid: anOrder({state: 'paid'}),
  confirming: anOrder({state: 'fulfilling', lines: [anOrderLine({status: 'confirming'})]}),
  'by hand': anOrder({state: 'fulfilling', lines: [anOrderLine({status: 'processing', delivery: 'manual'})]}),
  'partly delivered': anOrder({
    state: 'partially_delivered',
    keysReady: 1,
    lines: [anOrderLine({quantity: 3, delivered: 1, failed: 1, status: 'partially_delivered'})],
  }),
  delivered: anOrder({state: 'delivered', keysReady: 1, lines: [anOrderLine({delivered: 1, status: 'delivered'})]}),
  expired: anOrder({state: 'expired'}),
  canceled: anOrder({state: 'canceled'}),
  'refund pending': anOrder({
    state: 'refund_pending',
    refundDue: money('47.80', 'CNY'),
    lines: [anOrderLine({failed: 1, status: 'failed'})],
  }),
  'refund under way': anOrder({
    state: 'refund_pending',
    refundDue: money('47.80', 'CNY'),
    refunds: [{amount: money('47.80', 'CNY'), state: 'under_way', at: '2099-01-01T00:00:00.000Z'}],
    lines: [anOrderLine({failed: 1, status: 'failed'})],
  }),
  refunded: anOrder({state: 'refunded'}),
  'sent by mail and message': anOrder({
    state: 'delivered',
    keysReady: 1,
    deliveries: [aDelivery('sent'), {...aDelivery('failed'), channel: 'sms', to: '138****8000'}, aDelivery('pending')],
  }),
  'with a code': anOrder({
    state: 'paid',
    total: money('40.00', 'CNY'),
    coupon: {code: 'SPRING', saves: money('7.80', 'CNY')},
  }),
};

describe('ks-order', () => {
  let shop: FakeShop;

  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  const mount = async (order?: Order, connection?: Extract<OrderView, {status: 'ready'}>['connection']) => {
    if (order) shop.orders.showOrder(order, connection);
    return find(await show(shop, content(), {lang: 'en'}), 'ks-order');
  };
  const change = async (element: HTMLElement, order: Order): Promise<void> => {
    shop.orders.showOrder(order);
    await settled(element);
  };
  it('says which code was used and what it took off', async () => {
    const element = await mount(orders['with a code']);
    expect(textOf(find(element, '[part=coupon]'))).to.equal('Code SPRING −¥7.80');
    expect(textOf(find(element, '.sum'))).to.contain('¥40.00');
  });

  for (const [state, said] of [
    ['pending', 'Being sent to m***@example.com'],
    ['sent', 'Sent to m***@example.com'],
    ['failed', 'Could not be sent to m***@example.com: it is all on this page'],
  ] as const) {
    it(`says where the keys went besides this page, and how that fares: ${state}`, async () => {
      const element = await mount(orders['delivered']);
      expect(findAll(element, '[part=delivery]')).to.have.length(0);
      await change(element, {...orders['delivered']!, deliveries: [aDelivery(state)]});
      expect(textOf(find(element, '[part=delivery]'))).to.equal(said);
      // The keys have a live region of their own.
      const told = findAll(element, '[role=status]').map(textOf);
      expect(told.join(' ')).to.contain(said);
    });
  }

  const news = (element: HTMLElement): string => find(element, '[role=status]').textContent.trim();

  describe('accessibility', () => {
    for (const [name, order] of Object.entries(orders)) {
      it(name, () => {
        shop.orders.showOrder(order);
        return expectAccessibleEverywhere(shop, content);
      });
    }
    it('loading', () => expectAccessibleEverywhere(shop, content));
    it('locked', () => {
      shop.orders.watch('order-1').set({status: 'locked'});
      return expectAccessibleEverywhere(shop, content);
    });
    it('no order', () => expectAccessibleEverywhere(shop, () => html`<ks-order></ks-order>`));
  });

  it('shows keys only when some are ready', async () => {
    const element = await mount(orders['paid']);
    expect(findAll(element, 'ks-key-reveal')).to.have.length(0);
    await change(element, orders['delivered']!);
    expect(find(element, 'ks-key-reveal').getAttribute('order-id')).to.equal('order-1');
    expect(shop.orders.keyRequests, 'nobody asked to see them').to.have.length(0);
  });

  it('says nothing of a payment before the order is paid', async () => {
    for (const name of ['pending payment', 'expired', 'canceled']) {
      const element = await mount(orders[name]);
      expect(textOf(element), name).not.to.match(/\bpaid\b|payment received/i);
      expect(textOf(find(element, '[part="line"]')), name).to.contain('Unpaid');
      clearPage();
    }
  });

  it('asks a buyer not to buy again while the supplier has not answered', async () => {
    const element = await mount(orders['confirming']);
    expect(textOf(element)).to.contain('not be charged twice').and.to.contain('do not buy again');
    expect(textOf(element)).not.to.match(/fail/i);
  });

  it('tells what is owed', async () => {
    const element = await mount(orders['refund pending']);
    expect(textOf(element)).to.contain('¥47.80 and will pay it back');
  });

  it('tells how what is owed goes back, and calls nothing done that nobody has confirmed', async () => {
    for (const [state, told] of [
      ['asked', 'is being passed to the payment provider'],
      ['under_way', 'has not confirmed it yet'],
      ['needs_help', 'sees to this refund by hand'],
    ] as const) {
      const refund = {amount: money('47.80', 'CNY'), state, at: '2099-01-01T00:00:00.000Z'};
      const done = {...refund, state: 'done' as const};
      const element = await mount(
        anOrder({state: 'refund_pending', refundDue: refund.amount, refunds: [done, refund]}),
      );
      expect(textOf(element)).to.contain(told);
      expect(textOf(element)).not.to.contain('Refunded');
    }
  });

  it('names the day where there are days left to pay, and the time alone where there are not', () => {
    const now = Date.parse('2026-11-28T02:00:00Z');
    const soon = deadlineOf('2026-11-28T02:15:00Z', 'en', now);
    const later = deadlineOf('2026-12-01T02:15:00Z', 'en', now);
    expect(soon).to.match(/^\d+:15\s[AP]M$/);
    expect(later).to.match(/2026/);
    expect(later.endsWith(soon), later).to.equal(true);
  });

  it('says that a late payment is not lost', async () => {
    expect(textOf(await mount(orders['expired']))).to.contain('it is not lost');
  });

  it('says that a person delivers', async () => {
    expect(textOf(await mount(orders['by hand']))).to.contain('the seller will deliver');
  });

  it('tells how much of a line came and how much did not', async () => {
    expect(textOf(await mount(orders['partly delivered'])))
      .to.contain('1 of 3 delivered')
      .and.to.contain('1 not delivered');
  });

  it('says when the connection is gone', async () => {
    expect(textOf(await mount(orders['paid'], 'offline'))).to.contain('No connection');
  });

  it('announces changes, and only those', async () => {
    const element = await mount(orders['pending payment']);
    expect(news(element)).to.equal('');
    await change(element, orders['paid']!);
    expect(news(element)).to.contain('Paid');
    const before = news(element);
    await change(element, {...orders['paid']!});
    expect(news(element)).to.equal(before);
  });

  it('follows the newest order of this device when none is named', async () => {
    shop.orders.known.set(
      ready([
        {id: 'order-9', number: 'KS-9', createdAt: '2099-01-02T00:00:00Z'},
        {id: 'order-1', number: 'KS-1', createdAt: '2099-01-01T00:00:00Z'},
      ]),
    );
    shop.orders.showOrder(anOrder({id: 'order-9', number: 'KS-9'}));
    const root = await show(shop, html`<ks-order></ks-order>`, {lang: 'en'});
    expect(textOf(root)).to.contain('KS-9');
  });

  it('does not say that there is no order before it knows', async () => {
    shop.orders.known.set({status: 'loading'});
    const root = await show(shop, html`<ks-order></ks-order>`, {lang: 'en'});
    expect(textOf(root)).to.contain('Loading your order').and.not.to.contain('No orders yet');
    const failure = failed();
    shop.orders.known.set(failure);
    await settled(root);
    find(root, '[part=error] button').click();
    expect(failure.retries).to.equal(1);
    shop.orders.known.set(ready([]));
    await settled(root);
    expect(textOf(root)).to.contain('No orders yet');
  });

  it('does not call a number copied that another order took the place of', async () => {
    const known = (id: string) => ({id, number: id, createdAt: '2099-01-01T00:00:00Z'});
    for (const id of ['old', 'new']) shop.orders.showOrder(anOrder({id, number: id}));
    shop.orders.known.set(ready([known('old')]));
    const root = await show(shop, html`<ks-order></ks-order>`, {lang: 'en'});
    const button = (): HTMLElement => find(root, '.reference button');
    button().click();
    await until(() => textOf(button()) !== 'Copy');
    shop.orders.known.set(ready([known('new'), known('old')]));
    await settled(root);
    expect(textOf(button())).to.equal('Copy');
  });

  it('says that it cannot be opened when the token is not the right one', async () => {
    const element = await mount();
    shop.orders.watch('order-1').set(failed('order_token_invalid'));
    await settled(element);
    expect(textOf(element)).to.contain('This device cannot open the order');
  });

  it('listens while it is in the page, and no longer', async () => {
    const element = await mount(orders['paid']);
    const view = shop.orders.watch('order-1');
    expect(view.listeners).to.equal(1);
    element.remove();
    expect(view.listeners).to.equal(0);
  });

  it('tries again when asked to', async () => {
    let retries = 0;
    shop.orders
      .watch('order-1')
      .set({status: 'failed', error: new ConnectionError('connection', 'no answer'), retry: () => retries++});
    const element = await mount();
    find(element, 'button').click();
    expect(retries).to.equal(1);
  });

  it('has one current step, and a step for each thing that is done', async () => {
    const element = await mount(orders['paid']);
    const steps = findAll(element, '.steps li');
    expect(steps.map(step => step.className)).to.deep.equal(['done', 'done', '', '']);
    expect(steps.findIndex(step => step.ariaCurrent === 'step' || step.hasAttribute('aria-current'))).to.equal(2);
  });

  it('tells what happened and when, in the order it came', async () => {
    const element = await mount(
      anOrder({
        state: 'partially_refunded',
        refundDue: money('7.80', 'CNY'),
        refunded: money('40.00', 'CNY'),
        timeline: [
          {what: 'placed', at: '2099-01-01T00:00:00.000Z'},
          {what: 'paid', at: '2099-01-01T00:01:00.000Z'},
          {what: 'buying', at: '2099-01-01T00:01:01.000Z'},
          {what: 'delivered', at: '2099-01-01T00:01:02.000Z', pieces: 3},
          {what: 'refunded', at: '2099-01-02T00:00:00.000Z', amount: money('40.00', 'CNY')},
        ],
      }),
    );
    find(element, 'summary').click();
    await settled(element);
    const told = findAll(element, '.timeline li span').map(entry => textOf(entry));
    expect(told).to.deep.equal([
      'Order placed',
      'Payment received',
      'Bought from the supplier',
      '3 keys arrived',
      '¥40.00 refunded',
    ]);
    expect(find(element, '.timeline time').getAttribute('datetime')).to.equal('2099-01-01T00:00:00.000Z');
    expect(textOf(element)).to.contain('Refund due ¥7.80').and.to.contain('Refunded so far ¥40.00');
  });

  it('opens a report about the order, and about keys where they are named', async () => {
    const element = await mount(orders['delivered']);
    find(element, '[part=report]').click();
    await until(() => document.querySelector('ks-ticket'));
    const ticket = document.querySelector('ks-ticket')!;
    expect([ticket.orderId, ticket.keyIds]).to.deep.equal(['order-1', []]);
    await until(() => ticket.shadowRoot?.querySelector('dialog')?.open);
    ticket.shadowRoot!.querySelector('dialog')!.close();
    await until(() => !document.querySelector('ks-ticket'));
    find(element, 'ks-key-reveal').dispatchEvent(new KsTicketRequestEvent('order-1', ['key-7']));
    await until(() => document.querySelector('ks-ticket'));
    expect(document.querySelector('ks-ticket')!.keyIds).to.deep.equal(['key-7']);
    document.querySelector('ks-ticket')!.remove();
  });

  it('leaves a report to the page when the page says so', async () => {
    const element = await mount(orders['delivered']);
    const asked: string[] = [];
    const mind = (event: Event): void => {
      event.preventDefault();
      asked.push((event as KsTicketRequestEvent).orderId);
    };
    document.addEventListener('ks-ticket-request', mind);
    find(element, '[part=report]').click();
    find(element, 'ks-key-reveal').dispatchEvent(new KsTicketRequestEvent('order-1', ['key-7']));
    document.removeEventListener('ks-ticket-request', mind);
    await new Promise(resolve => setTimeout(resolve));
    expect(asked).to.deep.equal(['order-1', 'order-1']);
    expect(document.querySelector('ks-ticket')).to.equal(null);
  });
});
