import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/checkout/define.ts';
import type {KsCheckout} from '../../../components/storefront/checkout/checkout.ts';
import type {KsPaymentElementRequestEvent} from '../../../components/storefront/checkout/events/ks-payment-element-request.ts';
import {registerPaymentElement, type ElementPayment} from '../../../components/shared/payment-elements.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import type {CheckoutState} from '../../../src/store/shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {anOrder, aPayment} from '../../support/fake-checkout.ts';
import {FakeShop} from '../../support/fake-shop.ts';
import {clearPage, find, findAll, focused, settled, show, textOf, until} from '../../support/page.ts';

const secret = 'secret-of-payment-1';
const settings = {script: 'https://pay.test/element.js'};
const within = (element: string): Payment =>
  aPayment({method: 'sandbox-element', instructions: {kind: 'element', element, clientSecret: secret, settings}});
const code = (overrides: Partial<Payment> = {}, link?: string): Payment =>
  aPayment({
    method: 'sandbox-qr',
    instructions: {kind: 'qr', text: 'https://pay.test/q/1', ...(link !== undefined && {link})},
    ...overrides,
  });
const paying = (payment: Payment): CheckoutState => ({step: 'paying', order: anOrder(), payment});
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

describe('ways to pay', () => {
  let shop: FakeShop;
  let stopping: AbortController;

  beforeEach(() => {
    shop = new FakeShop();
    stopping = new AbortController();
  });
  afterEach(() => {
    stopping.abort();
    clearPage();
  });

  const mount = async (state: CheckoutState, what = html`<ks-checkout></ks-checkout>`): Promise<KsCheckout> => {
    shop.checkout.state.set(state);
    const element = find<KsCheckout>(await show(shop, what, {lang: 'en'}), 'ks-checkout');
    await drawn(element);
    return element;
  };
  const drawn = async (element: HTMLElement): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve));
    await settled(element);
  };
  const go = async (element: HTMLElement, state: CheckoutState): Promise<void> => {
    shop.checkout.state.set(state);
    await drawn(element);
  };
  const calls = (method: string) => shop.checkout.calls.filter(call => call.method === method);
  const press = (element: HTMLElement, name: string): void =>
    findAll(element, 'button')
      .find(({textContent}) => textContent.trim() === name)!
      .click();

  describe('a QR code', () => {
    it('whose time is over is not shown any more, and a new one is asked for by a press', async () => {
      const element = await mount(paying(code({expiresAt: inSeconds(-1)})));
      expect(findAll(element, '.qr')).to.have.length(0);
      expect(textOf(element)).to.contain('The QR code has run out');
      press(element, 'New QR code');
      await drawn(element);
      expect(calls('pay').map(({arguments: [method]}) => method)).to.deep.equal(['sandbox-qr']);
      expect(calls('place'), 'never a second order').to.have.length(0);
    });

    it('runs out before the eyes of the buyer, who is told by the head line', async () => {
      const element = await mount(paying(code({expiresAt: inSeconds(0.5)})));
      await until(() => textOf(element).includes('The QR code has run out'));
      expect(find(element, '[role=status]').textContent).to.equal('The QR code has run out');
    });

    it('that the provider says is over can be replaced just so', async () => {
      const payment = code({state: 'expired'});
      const element = await mount({step: 'payment_failed', order: anOrder({payments: [payment]}), payment});
      press(element, 'New QR code');
      await drawn(element);
      expect(calls('pay')).to.have.length(1);
    });

    it('is said to last one more minute, once and politely', async () => {
      const element = await mount(paying(code({expiresAt: inSeconds(90)})));
      const status = find(element, '[role=status]');
      expect(status.textContent).to.equal('');
      await go(element, paying(code({expiresAt: inSeconds(55)})));
      await until(() => status.textContent === 'One minute left to pay');
      expect(find(element, '.number').getAttribute('aria-hidden'), 'the clock itself is not read out').to.equal('true');
    });

    for (const link of ['weixin://wxpay/bizpayurl?pr=1', 'alipays://platformapi/startapp?appId=1']) {
      it(`offers the app by ${link.slice(0, 10)} where there is no mouse`, async () => {
        const element = await mount(paying(code({}, link)));
        const app = find<HTMLAnchorElement>(element, 'a.app');
        expect(app.getAttribute('href')).to.equal(link);
        const isPhone = matchMedia('(pointer: coarse)').matches;
        expect(getComputedStyle(app).display === 'none').to.equal(!isPhone);
      });
    }

    for (const link of ['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', 'intent://x#Intent;end']) {
      it(`offers no app by ${link}`, async () => {
        const element = await mount(paying(code({}, link)));
        expect(findAll(element, 'a').map(a => a.getAttribute('href'))).to.deep.equal(['https://pay.test/q/1']);
      });
    }
  });

  describe('a bank transfer', () => {
    const details = {payee: '卡铺有限公司', bank: '招商银行', account: '6225 8888 0000 1234', reference: '4KQ7M-X2ZTB'};
    const transfer = (overrides: Partial<Payment> = {}, note?: string): Payment =>
      aPayment({
        method: 'bank-transfer',
        instructions: {kind: 'transfer', ...details, ...(note !== undefined && {note})},
        ...overrides,
      });
    const copyButtons = (element: HTMLElement) => findAll<HTMLButtonElement>(element, '.transfer button');

    it('is accessible, with and without a note and when its time is over', async () => {
      const element = await mount(paying(transfer()));
      await expectAccessible(element);
      await go(element, paying(transfer({}, 'Only from an account of your own.')));
      expect(textOf(element)).to.contain('Only from an account of your own.');
      await expectAccessible(element);
      await go(element, paying(transfer({expiresAt: inSeconds(-1)})));
      expect(textOf(element)).to.contain('do not pay again');
      await expectAccessible(element);
    });

    it('has a button of its own name for each thing to copy, large enough for a finger', async () => {
      const element = await mount(paying(transfer()));
      expect(copyButtons(element).map(({ariaLabel}) => ariaLabel)).to.deep.equal([
        'Copy Amount',
        'Copy Payee',
        'Copy Bank',
        'Copy Account',
        'Copy Reference',
      ]);
      for (const button of copyButtons(element)) {
        const {width, height} = button.getBoundingClientRect();
        expect(Math.min(width, height)).to.be.at.least(44);
      }
    });

    it('shows where the money goes and says honestly who confirms it', async () => {
      const element = await mount(paying(transfer()));
      for (const text of [...Object.values(details), '47.80', 'The shop confirms transfers by hand']) {
        expect(textOf(element)).to.contain(text);
      }
      expect(textOf(element), 'no provider is asked').not.to.contain('provider');
      expect(findAll(element, '.number'), 'no clock').to.have.length(0);
    });

    it('copies what the bank takes, and says so', async () => {
      const copied: string[] = [];
      const write = navigator.clipboard.writeText;
      navigator.clipboard.writeText = async text => void copied.push(text);
      try {
        const element = await mount(paying(transfer()));
        for (const button of copyButtons(element)) {
          button.click();
          await drawn(element);
        }
        expect(copied).to.deep.equal(['47.80', details.payee, details.bank, details.account, details.reference]);
        expect(copyButtons(element).map(({textContent}) => textContent.trim())).to.deep.equal([
          'Copy',
          'Copy',
          'Copy',
          'Copy',
          'Copied',
        ]);
        expect(find(element, '[role=status]').textContent).to.equal('Copied');
      } finally {
        navigator.clipboard.writeText = write;
      }
    });

    it('keeps its account out of the page itself', async () => {
      const element = await mount(paying(transfer()));
      expect(element.outerHTML).not.to.contain(details.account);
    });
  });

  describe('an element of the provider', () => {
    const mounted: {container: HTMLElement; payment: ElementPayment}[] = [];
    beforeEach(() => {
      mounted.length = 0;
      registerPaymentElement('provider-of-test', (container, payment) => {
        mounted.push({container, payment});
        const field = document.createElement('input');
        field.className = 'card-number';
        container.append(field);
        payment.signal.addEventListener('abort', () => field.remove());
      });
    });

    for (const presentation of ['inline', 'dialog']) {
      it(`stands in the page itself and is seen (${presentation})`, async () => {
        const element = await mount(
          paying(within('provider-of-test')),
          html`<ks-checkout presentation=${presentation}></ks-checkout>`,
        );
        element.open();
        await drawn(element);
        const field = element.querySelector<HTMLInputElement>('.card-number')!;
        expect(field.getRootNode()).to.equal(element.getRootNode());
        expect(field.checkVisibility()).to.equal(true);
        field.focus();
        expect(focused()).to.equal(field);
        expect(mounted).to.have.length(1);
      });
    }

    it('gets the secret as a property, and nobody else does', async () => {
      const element = await mount(paying(within('provider-of-test')));
      const {payment} = mounted[0]!;
      expect([payment.clientSecret, payment.settings, payment.lang]).to.deep.equal([secret, settings, 'en']);
      const written = `${element.outerHTML}${element.shadowRoot!.innerHTML}`;
      expect(written).not.to.contain(secret);
    });

    it('is done when it says so, and paid when the server says so', async () => {
      const element = await mount(paying(within('provider-of-test')));
      mounted[0]!.payment.completed();
      await drawn(element);
      expect(textOf(element)).to.contain('Waiting for your payment');
      expect(element.querySelector<HTMLElement>('.card-number')!.checkVisibility()).to.equal(false);
      expect(shop.checkout.state.value.step).to.equal('paying');
    });

    it('is put away with the payment, and mounted anew for the next', async () => {
      const element = await mount(paying(within('provider-of-test')));
      const {payment} = mounted[0]!;
      await go(element, {
        step: 'payment_failed',
        order: anOrder(),
        payment: {...within('provider-of-test'), state: 'declined'},
      });
      expect(payment.signal.aborted).to.equal(true);
      expect(element.children).to.have.length(0);
      await go(element, paying({...within('provider-of-test'), id: 'payment-2'}));
      expect(mounted).to.have.length(2);
    });

    it('survives being moved within the page', async () => {
      const element = await mount(paying(within('provider-of-test')));
      element.parentElement!.append(element);
      await drawn(element);
      expect(element.querySelectorAll('.card-number')).to.have.length(1);
      expect(mounted.at(-1)!.payment.signal.aborted).to.equal(false);
    });

    it('can be mounted by the page that hears of it', async () => {
      let asked: KsPaymentElementRequestEvent | undefined;
      document.addEventListener(
        'ks-payment-element-request',
        heard => {
          const event = heard as KsPaymentElementRequestEvent;
          asked = event;
          event.preventDefault();
          event.container.textContent = 'mine';
        },
        {signal: stopping.signal},
      );
      const element = await mount(paying(within('provider-of-test')));
      expect(mounted).to.have.length(0);
      expect(asked!.payment.clientSecret).to.equal(secret);
      expect(element.textContent.trim()).to.equal('mine');
    });

    it('that nobody mounts here says so, and leaves the other ways to pay', async () => {
      const element = await mount(paying(within('unknown')));
      await drawn(element);
      expect(textOf(element)).to.contain('This way to pay is not set up in this page');
      expect(findAll(element, '[name=method]').length).to.be.greaterThan(0);
    });
  });
});
