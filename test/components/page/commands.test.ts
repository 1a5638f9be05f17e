import {expect} from 'chai';
import {html, nothing} from 'lit';
import '../../../components/storefront/cart/define.ts';
import '../../../components/storefront/checkout/define.ts';
import {listenForCommands} from '../../../components/storefront/page/listen-for-commands.ts';
import {CartError} from '../../../src/store/cart-error.ts';
import {KeystallError} from '../../../src/client/errors.ts';
import {aCartLine, aProduct, aProductWithChoices, failed, FakeShop} from '../../support/fake-shop.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  next,
  settled,
  show,
  textOf,
  until,
} from '../../support/page.ts';

const addButton = (extra: {sku?: string; quantity?: string; product?: string} = {}) =>
  html`<button
    data-ks-command="add"
    data-ks-product=${extra.product ?? 'steam-50'}
    data-ks-sku=${extra.sku ?? nothing}
    data-ks-quantity=${extra.quantity ?? nothing}
  >
    Buy
  </button>`;

const press = (root: HTMLElement): void => find(root, 'button, a').click();

/** Errors the page is told of, in place of the test runner. */
function reportedErrors(): {readonly errors: Error[]; stop(): void} {
  const errors: Error[] = [];
  const before = globalThis.reportError;
  globalThis.reportError = error => errors.push(error as Error);
  return {errors, stop: () => (globalThis.reportError = before)};
}

describe('the commands of a page’s own buttons', () => {
  let listening: AbortController;
  let reported: ReturnType<typeof reportedErrors>;

  beforeEach(() => {
    listening = new AbortController();
    listenForCommands(document, {signal: listening.signal});
    reported = reportedErrors();
  });

  afterEach(() => {
    listening.abort();
    reported.stop();
    clearPage();
  });

  /** Presses the button for a good; answers what the cart was asked to add. */
  async function pressed(shop: FakeShop, root: HTMLElement) {
    press(root);
    await until(() => shop.cart.calls.length > 0);
    return shop.cart.calls[0]!;
  }

  it('tell what became of them in an accessible way', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProduct());
    await expectAccessibleEverywhere(shop, addButton, async root => {
      const before = shop.cart.calls.length;
      press(root);
      await until(() => shop.cart.calls.length > before);
      shop.cart.calls.at(-1)!.confirm();
      await until(() => findAll(root, '.notice').length > 0);
    });
  });

  it('add a good, and say so once the shop server has', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProduct({minimum: 2}));
    const root = await show(shop, addButton(), {lang: 'en'});
    const {line, confirm} = await pressed(shop, root);
    expect(line).to.include({productId: 'steam-50', skuId: 'sku-steam-50', quantity: 2});
    expect(find(root, 'button').getAttribute('aria-busy')).to.equal('true');
    const added = next('ks-added', root);
    confirm();
    expect(((await added) as HTMLElementEventMap['ks-added']).line).to.equal(line);
    await until(() => findAll(root, '.notice.success').length > 0);
    expect(textOf(find(root, 'ks-notice'))).to.equal('Added to cart: Steam 钱包充值码 50 元');
    await until(() => !find(root, 'button').hasAttribute('aria-busy'));
  });

  it('add the variant and the number of pieces they name', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProductWithChoices());
    const root = await show(shop, addButton({product: 'iqiyi', sku: 'month-phone', quantity: '5'}));
    const {line} = await pressed(shop, root);
    expect(line).to.deep.include({skuId: 'month-phone', quantity: 5, price: {currency: 'CNY', amount: '18.90'}});
  });

  it('let the buyer choose where a good has several variants', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProductWithChoices());
    const root = await show(shop, addButton({product: 'iqiyi'}));
    press(root);
    await until(() => findAll(root, 'dialog[open]').length > 0);
    await settled(root);
    find(root, '.button.primary').click();
    await until(() => shop.cart.calls.length > 0);
    expect(shop.cart.calls[0]!.line!.skuId).to.equal('month-phone');
    await until(() => findAll(root, 'ks-product-choice').length === 0);
  });

  it('add nothing where the buyer chooses none', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProductWithChoices());
    const root = await show(shop, addButton({product: 'iqiyi'}));
    press(root);
    await until(() => findAll(root, 'dialog[open]').length > 0);
    find<HTMLDialogElement>(root, 'dialog').close();
    await until(() => !find(root, 'button').hasAttribute('aria-busy'));
    expect(shop.cart.calls).to.deep.equal([]);
    expect(findAll(root, 'ks-notice')).to.deep.equal([]);
  });

  it('say why a good was refused', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProduct());
    const root = await show(shop, addButton(), {lang: 'en'});
    const {refuse} = await pressed(shop, root);
    refuse(new CartError('sku-steam-50', {kind: 'not_enough', available: 0}));
    await until(() => findAll(root, '.notice.danger').length > 0);
    expect(textOf(find(root, 'ks-notice'))).to.match(/sold out|stock/i);
    expect(reported.errors).to.deep.equal([]);
  });

  it('say that the shop cannot be reached', async () => {
    const shop = new FakeShop();
    shop.product('steam-50').set(failed('connection'));
    const root = await show(shop, addButton(), {lang: 'en'});
    press(root);
    await until(() => findAll(root, '.notice.danger').length > 0);
    expect(textOf(find(root, 'ks-notice'))).to.match(/connection/i);
  });

  it('ask the page first, and tell it what came of it', async () => {
    const shop = new FakeShop();
    shop.showProduct(aProduct());
    const root = await show(shop, addButton());
    const request = next<HTMLElementEventMap['ks-add-request']>('ks-add-request', root);
    const {refuse} = await pressed(shop, root);
    const {promise} = await request;
    const cause = new KeystallError('connection', 'No answer.');
    refuse(cause);
    expect(await promise.catch((error: unknown) => error)).to.equal(cause);

    root.addEventListener('ks-add-request', event => event.preventDefault());
    const prevented = next<HTMLElementEventMap['ks-add-request']>('ks-add-request', root);
    press(root);
    expect(await (await prevented).promise.catch((error: Error) => error.name)).to.equal('AbortError');
    expect(shop.cart.calls).to.have.length(1);
  });

  it('open and close the cart', async () => {
    const root = await show(new FakeShop(), html`<button data-ks-command="open-cart">Cart</button>`);
    press(root);
    await until(() => findAll(root, 'dialog[open]').length === 1);
    find(root, 'button').dataset['ksCommand'] = 'close-cart';
    press(root);
    await until(() => findAll(root, 'dialog[open]').length === 0);
  });

  it('lead to the checkout, and to the cart while it is empty', async () => {
    const shop = new FakeShop({lines: [aCartLine()]});
    const root = await show(shop, html`<a href="/checkout.html" data-ks-command="checkout">Pay</a>`);
    press(root);
    await until(() => findAll(root, 'dialog[open]').length === 1);

    const empty = await show(new FakeShop(), html`<a href="/checkout.html" data-ks-command="checkout">Pay</a>`);
    press(empty);
    await until(() => findAll(empty, 'dialog[open]').length === 1);
  });

  it('work by commandfor and command, in the shop of what they are for', async () => {
    const root = await show(new FakeShop(), html`<ks-cart id="the-cart"></ks-cart>`);
    const button = document.createElement('button');
    button.setAttribute('commandfor', 'the-cart');
    button.setAttribute('command', '--ks-open-cart');
    root.parentElement!.append(button);
    button.click();
    await until(() => findAll(root, 'dialog[open]').length === 1);
  });

  it('leave alone what the page has handled itself', async () => {
    const root = await show(new FakeShop(), html`<button data-ks-command="open-cart">Cart</button>`);
    find(root, 'button').addEventListener('click', event => event.preventDefault(), {once: true});
    const asked: Event[] = [];
    root.addEventListener('ks-cart-request', event => asked.push(event));
    press(root);
    press(root);
    await until(() => asked.length > 0);
    expect(asked).to.have.length(1);
  });

  it('run once where two copies listen', async () => {
    const other = new AbortController();
    listenForCommands(document, {signal: other.signal});
    const root = await show(new FakeShop(), html`<button data-ks-command="open-cart">Cart</button>`);
    const asked: Event[] = [];
    root.addEventListener('ks-cart-request', event => asked.push(event));
    press(root);
    await until(() => findAll(root, 'dialog[open]').length === 1);
    expect(asked).to.have.length(1);
    other.abort();
  });

  it('tell whoever wrote the page of a command that does not exist, or lacks its good', async () => {
    const root = await show(
      new FakeShop(),
      html`<button data-ks-command="fly">Fly</button><a data-ks-command="add">Add</a>`,
    );
    find(root, 'button').click();
    find(root, 'a').click();
    await until(() => reported.errors.length === 2);
    expect(reported.errors.map(({message}) => message).join()).to.match(/"fly".*open-cart.*data-ks-product/);
  });
});
