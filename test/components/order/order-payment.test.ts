import {sendKeys} from '@web/test-runner-commands';
import {expect} from 'chai';
import {html, type TemplateResult} from 'lit';
import '../../../components/storefront/checkout/define.ts';
import '../../../components/storefront/order/define.ts';
import '../../../components/storefront/order/order-payment/define.ts';
import '../../../components/storefront/order-list/define.ts';
import {registerPaymentElement} from '../../../components/shared/payment-elements.ts';
import type {Order} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import type {OrderPaymentState} from '../../../src/store/shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {anOrder, aPayment} from '../../support/fake-checkout.ts';
import {type FakeOrderPayment, FakeShop, ready} from '../../support/fake-shop.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  focused,
  settled,
  show,
  textOf,
  until,
  type Settings,
} from '../../support/page.ts';

const content = () => html`<ks-order order-id="order-1"></ks-order>`;
const details = {payee: '卡铺有限公司', bank: '招商银行', account: '6225 8888 0000 1234', reference: '4KQ7M-X2ZTB'};

const payments = {
  redirect: aPayment(),
  'QR code': aPayment({method: 'sandbox-qr', instructions: {kind: 'qr', text: 'https://pay.test/q/1'}}),
  'QR code with a link into the app': aPayment({
    method: 'sandbox-qr',
    instructions: {kind: 'qr', text: 'https://pay.test/q/1', link: 'weixin://wxpay/bizpayurl?pr=1'},
  }),
  'bank transfer': aPayment({method: 'bank-transfer', instructions: {kind: 'transfer', ...details}}),
  'element in the page': aPayment({
    method: 'in-page',
    instructions: {kind: 'element', element: 'provider-at-the-order', clientSecret: 'secret', settings: {}},
  }),
} satisfies Record<string, Payment>;

const awaiting = (payment?: Payment): Order => anOrder({payments: payment ? [payment] : []});
const paying = (payment: Payment = payments.redirect): OrderPaymentState => ({
  step: 'paying',
  order: awaiting(payment),
  payment,
});
const states: Readonly<Record<string, OrderPaymentState>> = {
  'no payment yet': {step: 'choosing', order: awaiting()},
  ...Object.fromEntries(Object.entries(payments).map(([name, payment]) => [name, paying(payment)])),
  'a code that ran out': paying({...payments['QR code'], expiresAt: '2000-01-01T00:00:00.000Z'}),
  declined: {step: 'payment_failed', order: awaiting(), payment: aPayment({state: 'declined'})},
  'not opened': {step: 'opening_payment', order: awaiting(), error: new ConnectionError('connection', 'no answer')},
};

describe('ks-order that awaits its payment', () => {
  let shop: FakeShop;
  let payment: FakeOrderPayment;
  let stopping: AbortController;

  beforeEach(async () => {
    shop = new FakeShop();
    payment = await shop.orders.payment('order-1');
    stopping = new AbortController();
    // A test page that navigates away is no test page any more.
    listen('ks-redirect-request', event => event.preventDefault());
    registerPaymentElement('provider-at-the-order', (container, {signal}) => {
      const field = document.createElement('input');
      field.className = 'card-number';
      field.ariaLabel = 'Card number';
      container.append(field);
      signal.addEventListener('abort', () => field.remove());
    });
  });
  afterEach(() => {
    stopping.abort();
    clearPage();
  });

  function listen<K extends keyof HTMLElementEventMap>(type: K, heard: (event: HTMLElementEventMap[K]) => void): void {
    document.addEventListener(type, heard as EventListener, {signal: stopping.signal});
  }
  const enter = (state: OrderPaymentState): void => {
    payment.state.set(state);
    if (state.step !== 'none') shop.orders.showOrder(state.order);
  };
  const drawn = async (root: HTMLElement): Promise<void> => {
    await until(() => findAll(root, 'ks-order-payment')[0]?.shadowRoot?.querySelector('section'));
    await settled(root);
  };
  const mount = async (
    state: OrderPaymentState,
    what: TemplateResult = content(),
    settings: Settings = {lang: 'en'},
  ): Promise<HTMLElement> => {
    enter(state);
    const root = await show(shop, what, settings);
    await drawn(root);
    return root;
  };
  const panel = (root: HTMLElement): HTMLElement => find(root, 'ks-order-payment');
  const button = (root: HTMLElement, name: string): HTMLElement =>
    findAll(root, 'button, a').find(({textContent}) => textContent.trim() === name)!;

  describe('accessibility', () => {
    for (const [name, state] of Object.entries(states)) {
      it(name, () => {
        enter(state);
        return expectAccessibleEverywhere(shop, content, drawn);
      });
      it(`${name}, in Taiwan`, async () => {
        await expectAccessible(await mount(state, content(), {lang: 'zh-TW'}));
      });
    }
  });

  describe('keyboard and focus', () => {
    it('chooses a way to pay and pays, with keys alone', async () => {
      const root = await mount(states['no payment yet']!);
      find(root, 'input[name="method"]').focus();
      await sendKeys({press: 'ArrowDown'});
      await settled(root);
      await sendKeys({press: 'Enter'});
      expect(payment.presses).to.deep.equal([{method: 'sandbox-qr', returnUrl: location.href}]);
    });

    it('keeps the focus in the payment when what was pressed is gone, and says what came', async () => {
      const root = await mount(states['no payment yet']!);
      const press = button(root, 'Pay ¥47.80');
      press.focus();
      press.click();
      enter({step: 'opening_payment', order: awaiting()});
      await drawn(root);
      await until(() => (focused() as HTMLElement).id === 'title');
      expect(textOf(focused()!)).to.equal('Opening the payment…');
      enter(paying(payments['QR code']));
      await drawn(root);
      await until(() => textOf(focused()!) === 'Pay now');
    });

    it('takes no focus when the order appears', async () => {
      await mount(paying());
      expect(focused()).to.equal(document.body);
    });
  });

  it('fits a narrow phone', async () => {
    for (const state of Object.values(states)) {
      const root = await mount(state, html`<div style="inline-size: 328px">${content()}</div>`);
      const place = root.querySelector('div')!;
      const edge = place.getBoundingClientRect().right + 0.5;
      for (const part of findAll(panel(root), '*')) {
        if (part.closest('.visually-hidden')) continue;
        expect(part.getBoundingClientRect().right, part.outerHTML).to.be.at.most(edge);
      }
      clearPage();
    }
  });

  it('has every way to pay large enough for a finger', async () => {
    const root = await mount(states['no payment yet']!);
    const ways = findAll(root, '[part="method"]');
    expect(ways).to.have.length(2);
    for (const way of ways) expect(way.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('shows the payment that is open, opens none, and says nothing of paid', async () => {
    for (const [name, shown] of Object.entries(payments)) {
      const root = await mount(paying(shown));
      expect(payment.presses, name).to.have.length(0);
      expect(textOf(root), name).not.to.match(/\bpaid\b|payment received/i);
      clearPage();
    }
  });

  it('leads to the payment page by a link, and leaves for it by itself only after a press here', async () => {
    const asked: string[] = [];
    listen('ks-redirect-request', ({url}) => asked.push(url));
    const root = await mount(paying());
    expect(find<HTMLAnchorElement>(root, 'a[part="pay"]').href).to.equal('https://pay.test/p/1');
    expect(asked).to.deep.equal([]);
    find(root, 'summary').click();
    button(root, 'Pay ¥47.80').click();
    await settled(root);
    const second = aPayment({id: 'payment-2', instructions: {kind: 'redirect', url: 'https://pay.test/p/2'}});
    enter(paying(second));
    await drawn(root);
    enter(paying({...second}));
    await drawn(root);
    expect(asked).to.deep.equal(['https://pay.test/p/2']);
  });

  it('shows the code, the link into the app and the details of a transfer', async () => {
    const code = await mount(paying(payments['QR code with a link into the app']));
    await until(() => findAll(code, 'svg.qr').length === 1);
    expect(find(code, 'a.app').getAttribute('href')).to.equal('weixin://wxpay/bizpayurl?pr=1');
    clearPage();
    const transfer = await mount(paying(payments['bank transfer']));
    for (const text of Object.values(details)) expect(textOf(transfer)).to.contain(text);
  });

  it('says until when it can be paid, once', async () => {
    for (const state of [states['no payment yet']!, paying(), paying(payments['bank transfer'])]) {
      const root = await mount(state);
      expect(textOf(root).match(/before/g), textOf(root)).to.have.length(1);
      clearPage();
    }
  });

  it('asks the page before anything is sent, which may say no', async () => {
    const root = await mount(states['no payment yet']!);
    listen('ks-pay-request', event => {
      expect([event.total.amount, event.method]).to.deep.equal(['47.80', 'sandbox']);
      event.preventDefault();
    });
    button(root, 'Pay ¥47.80').click();
    expect(payment.presses).to.have.length(0);
  });

  it('has the element of a provider stand in the page, also where the order is part of another element', async () => {
    shop.orders.known.set(ready([{id: 'order-1', number: 'KS-1', createdAt: '2099-01-01T00:00:00.000Z'}]));
    enter(paying(payments['element in the page']));
    const root = await show(shop, html`<ks-order-list></ks-order-list>`, {lang: 'en'});
    find(root, '[part~="open"], li button').click();
    await drawn(root);
    const field = document.querySelector<HTMLElement>('.card-number')!;
    expect(field.closest('ks-order-list')).not.to.equal(null);
    expect(field.checkVisibility()).to.equal(true);
    enter({step: 'none'});
    shop.orders.showOrder(anOrder({state: 'paid'}));
    await settled(root);
    await until(() => !document.querySelector('.card-number'));
  });

  for (const state of ['paid', 'delivered', 'expired', 'canceled'] as const) {
    it(`offers nothing to pay once the order is ${state}`, async () => {
      const root = await mount(paying());
      enter({step: 'none'});
      shop.orders.showOrder(anOrder({state}));
      await settled(root);
      expect(findAll(root, 'ks-order-payment, [part="pay"]')).to.have.length(0);
    });
  }

  it('pays the order that it shows, when it comes to show another', async () => {
    const root = await mount(paying());
    const other = {...awaiting(payments['bank transfer']), id: 'order-2'};
    shop.orders.showOrder(other);
    (await shop.orders.payment('order-2')).state.set({
      step: 'paying',
      order: other,
      payment: payments['bank transfer'],
    });
    find<HTMLElementTagNameMap['ks-order']>(root, 'ks-order').orderId = 'order-2';
    await until(() => textOf(root).includes(details.account));
    expect(findAll(root, 'a[part="pay"]')).to.have.length(0);
  });

  describe('tells the page that the order is paid', () => {
    const hear = (): string[] => {
      const heard: string[] = [];
      listen('ks-order-paid', ({orderId}) => heard.push(orderId));
      return heard;
    };

    it('when the shop says so, once', async () => {
      const heard = hear();
      const root = await mount(paying());
      expect(heard).to.deep.equal([]);
      for (const state of ['paid', 'fulfilling', 'delivered'] as const) {
        shop.orders.showOrder(anOrder({state}));
        await settled(root);
      }
      expect(heard).to.deep.equal(['order-1']);
    });

    it('but not of one that was paid before', async () => {
      const heard = hear();
      shop.orders.showOrder(anOrder({state: 'paid'}));
      await show(shop, content());
      expect(heard).to.deep.equal([]);
    });

    it('but not where a checkout tells it', async () => {
      const heard = hear();
      shop.checkout.state.set({step: 'paying', order: awaiting(), payment: payments.redirect});
      const root = await mount(paying(), html`${content()}<ks-checkout presentation="dialog"></ks-checkout>`);
      const paid = anOrder({state: 'paid'});
      shop.checkout.state.set({step: 'paid', order: paid});
      shop.orders.showOrder(paid);
      await settled(root);
      expect(heard).to.deep.equal(['order-1']);
    });
  });
});
