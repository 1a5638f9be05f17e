import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/checkout/define.ts';
import type {KsCheckout} from '../../../components/storefront/checkout/checkout.ts';
import {registerTranslation} from '../../../components/shared/words/translation.ts';
import type {StripeAnswer} from '../../../components/storefront/stripe-element/stripe-js.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import type {CheckoutState} from '../../../src/store/shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {anOrder, aPayment} from '../../support/fake-checkout.ts';
import {FakeShop} from '../../support/fake-shop.ts';
import {FakeStripe} from '../../support/fake-stripe.ts';
import {clearPage, find, findAll, focused, settled, show, textOf, until} from '../../support/page.ts';

const clientSecret = 'pi_1_secret_of_this_buyer';
const returnUrl = 'https://shop.test/v1/payments/returns/pay_1.code';
const settings = {publishableKey: 'pk_test_1', script: 'https://js.stripe.com/endive/stripe.js'};
const byStripe = (overrides: Record<string, string> = {}): Payment =>
  aPayment({
    method: 'stripe-element',
    instructions: {kind: 'element', element: 'stripe', clientSecret, returnUrl, settings: {...settings, ...overrides}},
  });
const paying = (payment: Payment): CheckoutState => ({step: 'paying', order: anOrder(), payment});
const cardError = (code: string, decline_code?: string): StripeAnswer => ({
  error: {type: 'card_error', code, ...(decline_code !== undefined && {decline_code})},
});

describe("Stripe's element", () => {
  const page = globalThis as {Stripe?: unknown};
  let shop: FakeShop;
  let stripe: FakeStripe;
  const theirs = globalThis.reportError;
  let reported: unknown[];

  beforeEach(() => {
    shop = new FakeShop();
    stripe = new FakeStripe();
    page.Stripe = stripe.construct;
    reported = [];
    globalThis.reportError = error => void reported.push(error);
  });
  afterEach(() => {
    clearPage();
    delete page.Stripe;
    globalThis.reportError = theirs;
  });

  const mount = async (
    payment = byStripe(),
    lang = 'en',
    what = html`<ks-checkout></ks-checkout>`,
    theme = 'light',
  ) => {
    shop.checkout.state.set(paying(payment));
    const element = find<KsCheckout>(await show(shop, what, {lang, theme}), 'ks-checkout');
    await settled(element);
    return element;
  };
  const mounted = async (...given: Parameters<typeof mount>): Promise<KsCheckout> => {
    const element = await mount(...given);
    await until(() => payButton(element) !== undefined);
    return element;
  };
  const payButton = (element: HTMLElement) => findAll<HTMLButtonElement>(element, '.step > button[part=pay]')[0];
  const press = async (element: HTMLElement): Promise<void> => {
    payButton(element)!.click();
    await settled(element);
  };
  const pressed = async (answer: StripeAnswer, lang?: string): Promise<KsCheckout> => {
    const element = await mounted(undefined, lang);
    await press(element);
    stripe.answer(answer);
    await until(() => payButton(element)?.getAttribute('aria-disabled') !== 'true');
    await settled(element);
    return element;
  };
  const errorOf = (element: HTMLElement): string => findAll(element, '[part=error]')[0]?.textContent.trim() ?? '';
  const field = (element: HTMLElement) => element.querySelector<HTMLInputElement>('.card-number');

  describe('is accessible', () => {
    it('while its form is on its way', async () => {
      stripe.form = 'held';
      const element = await mount();
      await until(() => stripe.forms.length === 1);
      expect(findAll(element, '[aria-busy=true]')).to.have.length(1);
      await expectAccessible(element);
    });

    for (const lang of ['zh-CN', 'zh-TW', 'en']) {
      it(`ready, at work, declined and done (${lang})`, async () => {
        const element = await mounted(undefined, lang);
        await expectAccessible(element);
        await press(element);
        await expectAccessible(element);
        stripe.answer(cardError('card_declined', 'generic_decline'));
        await until(() => errorOf(element) !== '');
        await expectAccessible(element);
        await press(element);
        stripe.answer({paymentIntent: {status: 'succeeded'}});
        await until(() => payButton(element) === undefined);
        await expectAccessible(element);
      });
    }

    it('without its script', async () => {
      delete page.Stripe;
      const element = await mount(byStripe({script: `${location.origin}/no/stripe.js`}));
      await until(() => errorOf(element) !== '');
      await expectAccessible(element);
    });
  });

  it('is filled in and sent off by the keyboard alone', async () => {
    const element = await mounted();
    field(element)!.focus();
    expect(focused()).to.equal(field(element));
    const button = payButton(element)!;
    button.focus();
    expect(focused()).to.equal(button);
    await press(element);
    expect(focused(), 'the focus stays while the payment is on its way').to.equal(button);
    stripe.answer(cardError('card_declined'));
    await until(() => errorOf(element) !== '');
    expect(focused(), 'and after it came to nothing').to.equal(button);
    expect(find(element, '[part=error]').getAttribute('role')).to.equal('alert');
    expect(button.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('is asked for this payment, in the look and the language around it', async () => {
    const element = await mounted(
      undefined,
      'zh-TW',
      html`<ks-checkout style="--ks-accent: rgb(11, 110, 79)"></ks-checkout>`,
    );
    expect(stripe.publishableKeys).to.deep.equal(['pk_test_1']);
    const [form] = stripe.forms;
    expect([form!.clientSecret, form!.locale]).to.deep.equal([clientSecret, 'zh-TW']);
    expect(form!.appearance.variables).to.include({
      colorPrimary: 'rgb(11, 110, 79)',
      colorBackground: 'rgb(255, 255, 255)',
      borderRadius: '8px',
      fontSizeBase: '16px',
    });
    expect(form!.appearance.theme).to.equal('stripe');
    expect(element.innerHTML, 'nothing of the probe is left').not.to.contain('background-color');
  });

  it('is dark on dark ground', async () => {
    await mounted(undefined, 'en', undefined, 'dark');
    expect(stripe.forms[0]!.appearance.theme).to.equal('night');
  });

  for (const [lang, locale] of [
    ['zh-CN', 'zh'],
    ['zh-HK', 'zh-HK'],
    ['en-GB', 'en'],
    ['ja', 'ja'],
  ] as const) {
    it(`speaks ${locale} where the page speaks ${lang}`, async () => {
      await mounted(undefined, lang);
      expect(stripe.forms[0]!.locale).to.equal(locale);
    });
  }

  it('is paid once, however often the button is pressed', async () => {
    const element = await mounted();
    for (let presses = 0; presses < 3; presses++) await press(element);
    expect(stripe.confirmed).to.deep.equal([{return_url: returnUrl}]);
    expect(payButton(element)!.ariaDisabled).to.equal('true');
    expect(payButton(element)!.textContent).to.contain('Paying…');
    expect(find(element, '[role=status]').textContent).to.equal('Paying…');
    expect(findAll(element, '[name=method]'), 'no other payment beside it').to.have.length(0);
    stripe.answer({paymentIntent: {status: 'succeeded'}});
    await until(() => payButton(element) === undefined);
    expect(textOf(element)).to.contain('Please do not pay twice');
    expect(shop.checkout.state.value.step, 'whether it is paid, the server says').to.equal('paying');
  });

  it('whose money takes days is done for the buyer', async () => {
    const element = await mounted();
    await press(element);
    stripe.answer({paymentIntent: {status: 'processing'}});
    await until(() => payButton(element) === undefined);
    expect(errorOf(element)).to.equal('');
    expect(field(element)?.checkVisibility() ?? false).to.equal(false);
  });

  describe('that came to nothing says why in our words, and goes on', () => {
    for (const [answer, words] of [
      [cardError('card_declined', 'generic_decline'), 'Your bank declined the payment'],
      [cardError('card_declined', 'insufficient_funds'), 'not enough money'],
      [cardError('expired_card'), 'has expired'],
      [cardError('incorrect_cvc'), 'check what you filled in'],
      [cardError('payment_intent_authentication_failure'), 'could not confirm that it was you'],
      [cardError('processing_error'), 'Your bank declined the payment'],
      [{error: {type: 'validation_error', code: 'incomplete_number'}}, 'check what you filled in'],
    ] as const) {
      it(`${answer.error!.code} ${answer.error!.decline_code ?? ''}`, async () => {
        const element = await pressed(answer);
        expect(errorOf(element)).to.contain(words);
        expect(field(element)!.checkVisibility()).to.equal(true);
        await press(element);
        expect(errorOf(element), 'what was before is over').to.equal('');
        expect(stripe.confirmed).to.have.length(2);
      });
    }

    it('in Chinese', async () => {
      expect(errorOf(await pressed(cardError('card_declined'), 'zh-CN'))).to.contain('银行没有通过这次付款');
    });

    it('or in those of the page', async () => {
      registerTranslation({$code: 'en-NZ', 'stripe-element.declined': 'No luck, mate.'});
      expect(errorOf(await pressed(cardError('card_declined'), 'en-NZ'))).to.equal('No luck, mate.');
    });
  });

  describe('without a clear answer', () => {
    const lost: StripeAnswer = {error: {type: 'api_connection_error'}};

    it('is not called a failure: Stripe is asked', async () => {
      const element = await mounted();
      await press(element);
      stripe.standing = {status: 'succeeded'};
      stripe.answer(lost);
      await until(() => payButton(element) === undefined);
      expect(errorOf(element)).to.equal('');
    });

    it('says so where Stripe does not answer at all', async () => {
      const element = await mounted();
      await press(element);
      stripe.standing = 'no answer';
      stripe.answer(lost);
      await until(() => errorOf(element) !== '');
      expect(errorOf(element)).to.contain('it is not certain whether you have paid');
    });

    it('is done where another tab has paid it', async () => {
      const element = await mounted();
      await press(element);
      stripe.answer({
        error: {
          type: 'invalid_request_error',
          code: 'payment_intent_unexpected_state',
          payment_intent: {status: 'succeeded'},
        },
      });
      await until(() => payButton(element) === undefined);
      expect(errorOf(element)).to.equal('');
    });

    it('is over where the shop has taken it back', async () => {
      const element = await mounted();
      await press(element);
      stripe.standing = {status: 'canceled'};
      stripe.answer({error: {type: 'invalid_request_error', code: 'payment_intent_unexpected_state'}});
      await until(() => errorOf(element) !== '');
      expect(errorOf(element)).to.contain('come to an end');
    });

    it('goes on where the buyer went to their bank and back through the history', async () => {
      const element = await mounted();
      await press(element);
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await until(() => errorOf(element) !== '');
      expect(errorOf(element)).to.contain('not finished yet');
      expect(payButton(element)!.ariaDisabled).to.equal('false');
    });
  });

  describe('for a buyer who is back', () => {
    it('from having paid asks for nothing', async () => {
      stripe.standing = {status: 'succeeded'};
      const element = await mount();
      await until(() => textOf(element).includes('Please do not pay twice'));
      expect(stripe.forms).to.have.length(0);
      expect(payButton(element)).to.equal(undefined);
    });

    it('from a bank that said no says so at once', async () => {
      const error = {type: 'card_error', code: 'payment_intent_authentication_failure'};
      stripe.standing = {status: 'requires_payment_method', last_payment_error: error};
      const element = await mounted();
      expect(errorOf(element)).to.contain('could not confirm that it was you');
    });
  });

  describe('that does not come', () => {
    it('for its script was blocked offers another try and the other ways to pay', async () => {
      delete page.Stripe;
      const element = await mount(byStripe({script: `${location.origin}/no/stripe.js`}));
      await until(() => errorOf(element) !== '');
      expect(errorOf(element)).to.contain('The payment form did not load');
      expect(find<HTMLDetailsElement>(element, 'details').open).to.equal(true);
      expect(findAll(element, '[name=method]')[0]!.checkVisibility()).to.equal(true);
      expect(document.querySelectorAll('script[src$="/no/stripe.js"]'), 'no dead script stays').to.have.length(0);
      expect(String(reported[0])).to.contain('/no/stripe.js');

      page.Stripe = stripe.construct;
      findAll<HTMLButtonElement>(element, 'button')
        .find(({textContent}) => textContent === 'Try again')!
        .click();
      await until(() => payButton(element) !== undefined);
      expect(errorOf(element)).to.equal('');
    });

    it('for its frame was blocked does the same', async () => {
      stripe.form = 'broken';
      const element = await mount();
      await until(() => errorOf(element) !== '');
      expect(errorOf(element)).to.contain('The payment form did not load');
    });

    it('never comes from anywhere but Stripe', async () => {
      delete page.Stripe;
      const scripts = document.scripts.length;
      const element = await mount(byStripe({script: 'https://js.stripe.com.evil.test/stripe.js'}));
      await until(() => errorOf(element) !== '');
      expect(document.scripts).to.have.length(scripts);
    });
  });

  it('is put away with the payment', async () => {
    const element = await mounted();
    shop.checkout.state.set({step: 'payment_failed', order: anOrder(), payment: {...byStripe(), state: 'expired'}});
    await settled(element);
    expect(element.children).to.have.length(0);
  });

  it('has its secret in no place of the page', async () => {
    const element = await mounted();
    expect(`${element.outerHTML}${element.shadowRoot!.innerHTML}`).not.to.contain(clientSecret);
  });

  it('can draw over the checkout’s dialog while it is paid, and over it only then', async () => {
    const element = await mounted(undefined, 'en', html`<ks-checkout presentation="dialog"></ks-checkout>`);
    element.open();
    await settled(element);
    const dialog = find(element, 'dialog');
    expect(dialog.matches(':modal')).to.equal(true);
    payButton(element)!.focus();
    await press(element);
    const question = document.createElement('button');
    question.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647';
    document.body.append(question);
    try {
      expect(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).to.equal(question);
      question.focus();
      expect(document.activeElement, 'nothing keeps the bank’s question dead').to.equal(question);
    } finally {
      question.remove();
    }
    stripe.answer(cardError('card_declined'));
    await until(() => errorOf(element) !== '');
    expect(dialog.matches(':modal')).to.equal(true);
    expect(findAll(element, '[part=error]')[0]!.checkVisibility()).to.equal(true);
  });
});
