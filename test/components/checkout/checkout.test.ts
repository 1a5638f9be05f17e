import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/cart-button/define.ts';
import '../../../components/storefront/checkout/define.ts';
import type {KsCheckout} from '../../../components/storefront/checkout/checkout.ts';
import type {KsShop} from '../../../components/storefront/shop/shop.ts';
import type {KsPayRequestEvent} from '../../../components/storefront/checkout/events/ks-pay-request.ts';
import type {KsRedirectRequestEvent} from '../../../components/storefront/checkout/events/ks-redirect-request.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import {problemError} from '../../../src/client/problem-errors.ts';
import type {FormField} from '../../../src/contract/product.ts';
import {money} from '../../../src/domain/money.ts';
import type {CheckoutForm, CheckoutState} from '../../../src/store/shop.ts';
import {anOrder, aPayment, aQuote, aQuoteLine} from '../../support/fake-checkout.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
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
} from '../../support/page.ts';

const content = () => html`<ks-checkout></ks-checkout>`;
const dialogContent = () => html`<ks-checkout presentation="dialog"></ks-checkout>`;
const noAnswer = new ConnectionError('connection', 'no answer');

const account: FormField = {
  name: 'account',
  label: 'Game account',
  type: 'text',
  required: true,
  error: 'Letters only',
};
const zone: FormField = {
  name: 'zone',
  label: 'Zone',
  type: 'select',
  required: true,
  options: [
    {label: 'One', value: '1'},
    {label: 'Two', value: '2'},
  ],
};
const system: FormField = {...zone, name: 'system', label: 'System', type: 'radio'};
const agreed: FormField = {
  name: 'agreed[]',
  label: 'Terms',
  type: 'checkbox',
  required: true,
  options: [{label: 'I have read them', value: 'yes'}],
};
const remark: FormField = {name: 'remark', label: 'Remark', type: 'textarea', required: false};
const topUp = aQuote({lines: [aQuoteLine({skuId: 'top-up', fields: [account, zone, system, agreed, remark]})]});

const filling = (overrides: Partial<Extract<CheckoutState, {step: 'filling'}>> = {}): CheckoutState => ({
  step: 'filling',
  quote: aQuote(),
  problems: {},
  ...overrides,
});
const paying = (payment = aPayment()): CheckoutState => ({step: 'paying', order: anOrder(), payment});
const qr = aPayment({method: 'sandbox-qr', instructions: {kind: 'qr', text: 'https://pay.test/q/1'}});

const oldQr = {...qr, id: 'payment-old', expiresAt: '2020-01-01T00:00:00.000Z'};
const withinPage = aPayment({
  method: 'sandbox-element',
  instructions: {
    kind: 'element',
    element: 'provider-of-test',
    clientSecret: 'secret-of-payment-1',
    settings: {script: 'https://pay.test/element.js'},
  },
});

const statesBeforePaid: Readonly<Record<string, CheckoutState>> = {
  idle: {step: 'idle'},
  quoting: {step: 'quoting'},
  blocked: {
    step: 'blocked',
    quote: aQuote({
      lines: [
        aQuoteLine({problem: 'insufficient_stock', available: 2}),
        aQuoteLine({skuId: 'b', problem: 'sold_out'}),
        aQuoteLine({skuId: 'c', problem: 'stock_unknown'}),
      ],
    }),
  },
  filling: filling({quote: topUp}),
  'filling with problems': filling({
    quote: topUp,
    problems: {contact: 'mismatch', 'top-up/account': 'mismatch', 'top-up/system': 'required'},
    error: noAnswer,
  }),
  placing: {step: 'placing', uncertain: false},
  uncertain: {step: 'placing', uncertain: true},
  'opening the payment': {step: 'opening_payment', order: anOrder()},
  'payment not opened': {step: 'opening_payment', order: anOrder(), error: noAnswer},
  'paying elsewhere': paying(),
  'paying by QR code': paying(qr),
  'paying by QR code that ran out': paying(oldQr),
  'paying within the page': paying(withinPage),
  'payment declined': {step: 'payment_failed', order: anOrder(), payment: aPayment({state: 'declined'})},
  'payment ran out': {step: 'payment_failed', order: anOrder(), payment: aPayment({state: 'expired'})},
  expired: {step: 'expired', order: anOrder({state: 'expired'})},
  failed: {step: 'failed', error: noAnswer},
};
const paid: CheckoutState = {step: 'paid', order: anOrder({state: 'paid'})};

describe('ks-checkout', () => {
  let shop: FakeShop;
  let stopping: AbortController;

  beforeEach(() => {
    shop = new FakeShop({lines: [aCartLine()]});
    stopping = new AbortController();
    // A test page that navigates away is no test page any more.
    listen('ks-redirect-request', event => event.preventDefault());
  });
  afterEach(() => {
    stopping.abort();
    clearPage();
  });

  function listen<K extends keyof HTMLElementEventMap>(type: K, heard: (event: HTMLElementEventMap[K]) => void): void {
    document.addEventListener(type, heard as EventListener, {signal: stopping.signal});
  }
  const enter = (state: CheckoutState): void => {
    shop.checkout.state.set(state);
    if ('order' in state) shop.orders.showOrder(state.order);
  };
  const drawn = async (element: HTMLElement): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve));
    await settled(element);
  };
  const mount = async (state: CheckoutState = {step: 'idle'}, what = content()): Promise<KsCheckout> => {
    enter(state);
    const element = find<KsCheckout>(await show(shop, what, {lang: 'en'}), 'ks-checkout');
    await drawn(element);
    return element;
  };
  const go = async (element: HTMLElement, state: CheckoutState): Promise<void> => {
    enter(state);
    await drawn(element);
  };
  const calls = (method: string) => shop.checkout.calls.filter(call => call.method === method);
  const button = (element: HTMLElement, name: string): HTMLElement => {
    const found = findAll(element, 'button, a').find(({textContent}) => textContent.trim() === name);
    if (!found) throw new Error(`No button "${name}" in: ${textOf(element)}`);
    return found;
  };
  const fill = (element: HTMLElement, selector: string, value: string): void => {
    const control = find<HTMLInputElement>(element, selector);
    control.value = value;
    control.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
  };

  describe('accessibility', () => {
    for (const [name, state] of Object.entries({...statesBeforePaid, paid})) {
      it(name, () => {
        enter(state);
        return expectAccessibleEverywhere(shop, content);
      });
    }
    it('empty', () => {
      shop = new FakeShop();
      return expectAccessibleEverywhere(shop, content);
    });
    it('in a dialog', () => {
      enter(filling({quote: topUp}));
      return expectAccessibleEverywhere(shop, dialogContent, async root =>
        find<KsCheckout>(root, 'ks-checkout').open(),
      );
    });
  });

  it('that is empty leads back to the goods it covers', async () => {
    shop = new FakeShop();
    const element = await mount({step: 'idle'}, dialogContent());
    element.open();
    await drawn(element);
    const dialog = find<HTMLDialogElement>(element, 'dialog');
    expect(dialog.open).to.equal(true);
    button(element, 'Keep browsing').click();
    expect(dialog.open).to.equal(false);
  });

  it('keeps the label of the ways to pay as far from them as other labels from their fields', async () => {
    const element = await mount(filling());
    const gap = (above: Element, below: Element): number =>
      Math.round(below.getBoundingClientRect().top - above.getBoundingClientRect().bottom);
    const contact = find(element, 'label[for="contact"], label.label');
    expect(gap(find(element, 'fieldset > legend.label'), find(element, '[part="method"]'))).to.equal(
      gap(contact, contact.nextElementSibling!),
    );
  });

  describe('keyboard and focus', () => {
    it('puts the focus on the first place that is wrong', async () => {
      const element = await mount(filling({quote: topUp}));
      await go(element, filling({quote: topUp, problems: {'top-up/zone': 'required', 'top-up/system': 'required'}}));
      expect(focused()).to.equal(find(element, 'select'));
    });

    it('puts it into the group when that is a group of radio buttons', async () => {
      const element = await mount(filling({quote: topUp}));
      await go(element, filling({quote: topUp, problems: {'top-up/system': 'required'}}));
      expect(focused()).to.equal(find(element, 'input[name="top-up/system"]'));
    });

    it('says with each group of radio buttons what is wrong with it', async () => {
      const problems = {'top-up/system': 'required', method: 'required'} as const;
      const element = await mount(filling({quote: topUp, problems}));
      const groups = findAll(element, '[role=radiogroup]');
      expect(groups).to.have.length(2);
      for (const group of groups) {
        const error = group.getAttribute('aria-describedby');
        expect(textOf(find(group, `[id="${error}"]`))).to.equal('Please fill this in.');
      }
    });

    it('keeps a focus on the button that pays anew', async () => {
      const element = await mount({step: 'payment_failed', order: anOrder(), payment: aPayment({state: 'declined'})});
      shop.checkout.pay = () => new Promise(() => {});
      const pay = button(element, 'Pay ¥47.80');
      pay.focus();
      pay.click();
      await drawn(element);
      expect(pay.getAttribute('aria-disabled')).to.equal('true');
      expect((pay as HTMLButtonElement).disabled).to.equal(false);
    });

    it('keeps a focus that loses its button within the checkout', async () => {
      const element = await mount(filling());
      button(element, 'Pay ¥47.80').focus();
      await go(element, {step: 'placing', uncertain: false});
      expect(focused()).to.equal(find(element, '#title'));
    });

    it('leaves a focus alone that is elsewhere in the page', async () => {
      const element = await mount(filling());
      const other = document.createElement('button');
      document.body.append(other);
      other.focus();
      await go(element, {step: 'placing', uncertain: false});
      expect(focused()).to.equal(other);
      expect(find(element, '[role=status]').textContent).to.contain('Placing your order');
      other.remove();
    });

    it('pays by Enter in a field', async () => {
      const element = await mount(filling());
      find<HTMLFormElement>(element, 'form').requestSubmit();
      expect(calls('place')).to.have.length(1);
    });

    it('closes its dialog by Escape and puts an unfinished checkout aside', async () => {
      const element = await mount(filling(), dialogContent());
      element.open();
      await drawn(element);
      const dialog = find<HTMLDialogElement>(element, 'dialog');
      expect(dialog.open).to.equal(true);
      // What a browser does at Escape.
      dialog.close();
      await until(() => calls('close').length > 0);
      expect(dialog.open).to.equal(false);
    });
  });

  it('begins by itself in the page, once', async () => {
    const element = await mount();
    expect(calls('begin')).to.have.length(1);
    await go(element, {step: 'quoting'});
    await go(element, filling());
    expect(calls('begin')).to.have.length(1);
  });

  it('waits to be opened as a dialog', async () => {
    const element = await mount({step: 'idle'}, dialogContent());
    expect(calls('begin')).to.have.length(0);
    element.open();
    expect(calls('begin')).to.have.length(1);
  });

  it('prices the cart anew when it has changed', async () => {
    const element = await mount();
    await go(element, filling());
    shop.cart.setLines([aCartLine({quantity: 3, pending: true})]);
    await drawn(element);
    expect(calls('begin'), 'the server has not confirmed the cart').to.have.length(1);
    shop.cart.setLines([aCartLine({quantity: 3})]);
    await drawn(element);
    expect(calls('begin')).to.have.length(2);
  });

  it('finds an interrupted purchase by itself: nobody else has to ask', async () => {
    await mount();
    expect(calls('resume')).to.have.length(1);
  });

  it('is modal again when it was moved within the page while open', async () => {
    const element = await mount(paying(), dialogContent());
    element.parentElement!.prepend(element);
    await drawn(element);
    expect(find<HTMLDialogElement>(element, 'dialog').matches(':modal')).to.equal(true);
  });

  it('stays away once the buyer has closed it, whatever changes around it', async () => {
    const element = await mount(paying(), html`<ks-cart-button></ks-cart-button>${dialogContent()}`);
    const dialog = find<HTMLDialogElement>(element, 'dialog');
    element.close();
    await until(() => !dialog.open);
    const root = element.parentElement as KsShop;
    root.theme = 'dark';
    await drawn(root);
    root.lang = 'zh-CN';
    await drawn(root);
    root.prepend(element);
    await drawn(root);
    root.append(find(root, 'ks-cart-button'));
    await drawn(root);
    expect(dialog.open).to.equal(false);
  });

  it('stays away where it is moved in the moment it is closed', async () => {
    const element = await mount(paying(), dialogContent());
    element.close();
    element.parentElement!.prepend(element);
    await drawn(element.parentElement!);
    expect(find<HTMLDialogElement>(element, 'dialog').open).to.equal(false);
  });

  it('opens its dialog for an interrupted purchase and shows it as it stands', async () => {
    const element = await mount(paying(), dialogContent());
    expect(find<HTMLDialogElement>(element, 'dialog').open).to.equal(true);
    expect(calls('begin')).to.have.length(0);
    expect(textOf(element)).to.contain('Waiting for your payment');
  });

  describe('the form', () => {
    it('asks for the contact in the way the goods do', async () => {
      for (const [contact, type] of [
        ['email', 'email'],
        ['phone', 'tel'],
        ['qq', 'text'],
        ['any', 'text'],
      ] as const) {
        const element = await mount(filling({quote: aQuote({lines: [aQuoteLine({contact})]})}));
        expect(find<HTMLInputElement>(element, '#contact').type).to.equal(type);
        clearPage();
      }
    });

    it('sends what was filled in, by good and field', async () => {
      const element = await mount(filling({quote: topUp}));
      fill(element, '#contact', 'a@b.test');
      fill(element, '[name="top-up/account"]', 'wx_1');
      fill(element, '[name="top-up/zone"]', '2');
      find<HTMLInputElement>(element, '[name="top-up/system"][value="1"]').click();
      find<HTMLInputElement>(element, '[name="top-up/agreed[]"]').click();
      find<HTMLInputElement>(element, '[name=method][value=sandbox-qr]').click();
      button(element, 'Pay ¥47.80').click();
      const [form, options] = calls('place')[0]!.arguments as [CheckoutForm, {returnUrl: string}];
      expect(form).to.deep.equal({
        contact: 'a@b.test',
        lookupPassword: '',
        method: 'sandbox-qr',
        fields: {'top-up': {account: 'wx_1', zone: '2', system: '1', 'agreed[]': 'yes', remark: ''}},
      });
      expect(options.returnUrl).to.equal(location.href);
    });

    it('says what goes without a lookup password, and suggests one to write down', async () => {
      const element = await mount(filling());
      const hint = find(element, '#lookup-hint');
      expect(textOf(hint)).to.contain('Without one, only this device can show the order');
      button(element, 'Suggest one').click();
      await settled(element);
      const {value} = find<HTMLInputElement>(element, '#lookup');
      expect(value)
        .to.match(/^[a-z2-9]{8}$/)
        .and.not.match(/[ilo]/);
      button(element, 'Suggest one').click();
      await settled(element);
      expect(find<HTMLInputElement>(element, '#lookup').value).not.to.equal(value);
      fill(element, '#contact', 'a@b.test');
      fill(element, '#lookup', 'sesame');
      button(element, 'Pay ¥47.80').click();
      expect((calls('place')[0]!.arguments[0] as CheckoutForm).lookupPassword).to.equal('sesame');
      expect(element.shadowRoot!.innerHTML, 'no attribute holds it').not.to.contain('sesame');
      await go(element, filling({problems: {lookupPassword: 'mismatch'}}));
      expect(textOf(find(element, '#lookup-error'))).to.contain('At least 6');
    });

    it('keeps what was filled in over a refusal', async () => {
      const element = await mount(filling());
      fill(element, '#contact', 'a@b.test');
      await go(element, {step: 'placing', uncertain: false});
      await go(element, filling({problems: {contact: 'mismatch'}}));
      expect(find<HTMLInputElement>(element, '#contact').value).to.equal('a@b.test');
    });

    it('shows the words of the good beside the field, until it is changed', async () => {
      const element = await mount(filling({quote: topUp}));
      await go(element, filling({quote: topUp, problems: {'top-up/account': 'mismatch'}}));
      const input = find<HTMLInputElement>(element, '[name="top-up/account"]');
      expect(find(element, `#${input.getAttribute('aria-describedby')}`).textContent).to.contain('Letters only');
      fill(element, '[name="top-up/account"]', 'b');
      await drawn(element);
      expect(input.getAttribute('aria-invalid')).to.equal('false');
      expect(textOf(element)).not.to.contain('Letters only');
    });

    it('says so when the price is another than the one agreed to', async () => {
      const element = await mount(filling());
      button(element, 'Pay ¥47.80').click();
      await go(element, {step: 'placing', uncertain: false});
      await go(element, filling({quote: aQuote({total: money('49.00', 'CNY')})}));
      expect(textOf(element)).to.contain('price has just changed').and.to.contain('Pay ¥49.00');
    });
  });

  describe('a press of the pay button', () => {
    it('places one order, however often it is pressed', async () => {
      const element = await mount(filling());
      let placed = 0;
      shop.checkout.place = () => {
        placed++;
        return new Promise(() => {});
      };
      const pay = button(element, 'Pay ¥47.80') as HTMLButtonElement;
      pay.click();
      pay.click();
      await drawn(element);
      expect(pay.disabled).to.equal(true);
      pay.click();
      find<HTMLFormElement>(element, 'form').requestSubmit();
      expect(placed).to.equal(1);
    });

    it('can be used again after the form was refused', async () => {
      const element = await mount(filling());
      button(element, 'Pay ¥47.80').click();
      await drawn(element);
      button(element, 'Pay ¥47.80').click();
      expect(calls('place')).to.have.length(2);
    });

    it('is told before anything is sent, and can be prevented', async () => {
      const element = await mount(filling());
      let asked: KsPayRequestEvent | undefined;
      listen('ks-pay-request', event => {
        asked = event;
        event.preventDefault();
      });
      button(element, 'Pay ¥47.80').click();
      expect(asked?.total).to.deep.equal(money('47.80', 'CNY'));
      expect(asked?.method).to.equal('sandbox');
      expect(calls('place')).to.have.length(0);
    });
  });

  describe('the way to the payment', () => {
    it('is taken by itself after a press of the pay button here', async () => {
      const element = await mount(filling());
      const asked: KsRedirectRequestEvent[] = [];
      listen('ks-redirect-request', event => asked.push(event));
      button(element, 'Pay ¥47.80').click();
      await go(element, {step: 'placing', uncertain: false});
      await go(element, {step: 'opening_payment', order: anOrder()});
      await go(element, paying());
      await go(element, paying({...aPayment()}));
      expect(asked.map(({url}) => url)).to.deep.equal(['https://pay.test/p/1']);
    });

    it('waits for a press when the page was loaded anew', async () => {
      let asked = 0;
      listen('ks-redirect-request', () => asked++);
      const element = await mount(paying());
      expect(asked).to.equal(0);
      button(element, 'Go to payment ¥47.80').click();
      expect(asked).to.equal(1);
    });

    it('is not taken to the payment that is there when another one is asked for', async () => {
      const element = await mount(paying());
      const asked: string[] = [];
      listen('ks-redirect-request', ({url}) => asked.push(url));
      button(element, 'Pay ¥47.80').click();
      await drawn(element);
      expect(asked).to.deep.equal([]);
      await go(element, {step: 'opening_payment', order: anOrder()});
      await go(element, paying());
      expect(asked, 'the same payment, asked for').to.deep.equal(['https://pay.test/p/1']);
    });

    it('is not taken for a purchase that somebody else goes on with after a refusal here', async () => {
      const element = await mount(filling());
      let asked = 0;
      listen('ks-redirect-request', () => asked++);
      button(element, 'Pay ¥47.80').click();
      await go(element, filling({problems: {contact: 'required'}}));
      await go(element, {step: 'placing', uncertain: false});
      await go(element, paying());
      expect(asked).to.equal(0);
    });

    it('never leads to a script', async () => {
      const element = await mount(paying(aPayment({instructions: {kind: 'redirect', url: 'javascript:alert(1)'}})));
      expect(findAll(element, 'a')).to.have.length(0);
    });

    it('is a QR code where the payment says so, with a link for the same device', async () => {
      const element = await mount(paying(qr));
      await until(() => findAll(element, 'svg.qr').length > 0);
      expect(find(element, 'svg.qr').getAttribute('aria-label')).to.equal('Scan to pay ¥47.80');
      expect(find<HTMLAnchorElement>(element, 'a').href).to.equal('https://pay.test/q/1');
    });

    it('is opened anew by the same method, or by another', async () => {
      const element = await mount(paying(oldQr));
      button(element, 'New QR code').click();
      await drawn(element);
      find<HTMLInputElement>(element, '[name=method][value=sandbox]').click();
      button(element, 'Pay ¥47.80').click();
      expect(calls('pay').map(({arguments: [method]}) => method)).to.deep.equal(['sandbox-qr', 'sandbox']);
    });

    it('is tried again after a refusal', async () => {
      const element = await mount(statesBeforePaid['payment declined']);
      button(element, 'Pay ¥47.80').click();
      expect(calls('pay')).to.have.length(1);
    });
  });

  describe('honesty', () => {
    for (const [name, state] of Object.entries(statesBeforePaid)) {
      it(`says nothing of a received payment: ${name}`, async () => {
        expect(textOf(await mount(state))).not.to.match(/\bpaid\b|payment received|successful/i);
      });
    }

    it('asks not to buy again while an answer is missing', async () => {
      expect(textOf(await mount(statesBeforePaid['uncertain']))).to.contain('do not buy again');
    });

    it('says what cannot be bought, and why', async () => {
      const text = textOf(await mount(statesBeforePaid['blocked']));
      expect(text).to.contain('2 at most').and.to.contain('stock cannot be checked');
    });
  });

  describe('facts', () => {
    const heard = (type: 'ks-order-placed' | 'ks-order-paid'): {orderId: string; number: string}[] => {
      const told: {orderId: string; number: string}[] = [];
      listen(type, ({orderId, number}) => told.push({orderId, number}));
      return told;
    };
    const fact = {orderId: 'order-1', number: 'KS-2099-0001'};

    it('tells of an order once, when it is there', async () => {
      const told = heard('ks-order-placed');
      const element = await mount(filling());
      button(element, 'Pay ¥47.80').click();
      await go(element, {step: 'placing', uncertain: false});
      expect(told).to.have.length(0);
      await go(element, {step: 'opening_payment', order: anOrder()});
      await go(element, paying());
      expect(told).to.deep.equal([fact]);
    });

    it('does not tell of an order that was placed before the page was loaded', async () => {
      const told = heard('ks-order-placed');
      const element = await mount({step: 'placing', uncertain: false});
      await go(element, paying());
      expect(told).to.have.length(0);
    });

    it('tells once that an order is paid', async () => {
      const told = heard('ks-order-paid');
      const element = await mount(paying());
      expect(told).to.have.length(0);
      await go(element, paid);
      await go(element, {step: 'paid', order: anOrder({state: 'fulfilling'})});
      expect(told).to.deep.equal([fact]);
    });
  });

  it('hands over to the order once it is paid', async () => {
    const element = await mount(paid);
    expect(find(element, 'ks-order').getAttribute('order-id')).to.equal('order-1');
  });

  it('stops counting down when it leaves the page', async () => {
    const element = await mount(paying());
    const stopped: unknown[] = [];
    const clear = globalThis.clearInterval;
    globalThis.clearInterval = id => {
      stopped.push(id);
      clear(id);
    };
    element.remove();
    globalThis.clearInterval = clear;
    expect(stopped.filter(id => id !== undefined)).to.have.length(1);
  });

  describe('a code', () => {
    const withCode = filling({
      quote: aQuote({total: money('40.00', 'CNY'), coupon: {code: 'SPRING', saves: money('7.80', 'CNY')}}),
    });

    it('stands above what is left to pay', async () => {
      shop.cart.setCouponState({code: 'SPRING', pending: false, saves: money('7.80', 'CNY')});
      const element = await mount(withCode);
      await until(() => textOf(element).includes('−¥7.80'));
      expect(textOf(find(element, '.total'))).to.contain('¥40.00');
      expect(textOf(find(element, '[part=pay]'))).to.equal('Pay ¥40.00');
    });

    it('has the price asked for again, with what was filled in still on the screen', async () => {
      const element = await mount(filling());
      const asked = () => calls('begin').length;
      const before = asked();
      shop.cart.setCouponState({code: 'SPRING', pending: true});
      await drawn(element);
      expect(asked()).to.equal(before);
      shop.cart.setCouponState({code: 'SPRING', pending: false, saves: money('7.80', 'CNY')});
      await drawn(element);
      expect(asked()).to.equal(before + 1);
      shop.checkout.state.set({step: 'quoting'});
      await drawn(element);
      expect(find<HTMLInputElement>(element, '#contact').isConnected).to.equal(true);
      expect(find<HTMLButtonElement>(element, '[part=pay]').disabled).to.equal(true);
    });

    it('that was used up is told of in words that say one can buy all the same', async () => {
      const error = problemError({type: 'about:blank', title: 'Used up', status: 409, code: 'coupon_used_up'});
      const element = await mount(filling({error}));
      expect(textOf(find(element, '[part=error]'))).to.contain('you can buy all the same');
    });

    it('may leave nothing to pay: no way to pay is asked for', async () => {
      const element = await mount(filling({quote: aQuote({total: money('0.00', 'CNY')})}));
      expect(findAll(element, '[part=method]')).to.deep.equal([]);
      expect(textOf(find(element, '[part=pay]'))).to.equal('Order for free');
    });
  });

  it('offers to leave out what cannot be bought any more', async () => {
    const element = await mount(statesBeforePaid['blocked']);
    find(element, 'footer .primary').click();
    expect(shop.cart.calls.map(({method}) => method)).to.include('removeDead');
  });
});
