import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/cart-button/define.ts';
import type {KsCart} from '../../../components/storefront/cart/cart.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
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

const button = html`<ks-cart-button></ks-cart-button>`;

describe('ks-cart-button', () => {
  afterEach(clearPage);

  it('is accessible, empty and full', async () => {
    await expectAccessibleEverywhere(new FakeShop(), () => button);
    await expectAccessibleEverywhere(new FakeShop({lines: [aCartLine({quantity: 3})]}), () => button);
  });

  it('says how much is in the cart, and follows it', async () => {
    const shop = new FakeShop();
    const root = await show(shop, button, {lang: 'en'});
    const label = (): string | null => find(root, 'button').getAttribute('aria-label');
    expect(label()).to.equal('Cart, empty');
    shop.cart.setLines([aCartLine()]);
    await settled(root);
    expect(label()).to.equal('Cart, 1 item');
    shop.cart.setLines([aCartLine({quantity: 1200})]);
    await settled(root);
    expect(label()).to.equal('Cart, 1200 items');
    expect(textOf(find(root, '.badge'))).to.equal('999+');
  });

  it('is named by the words that the page puts into it', async () => {
    const shop = new FakeShop({lines: [aCartLine({quantity: 3})]});
    const root = await show(shop, html`<ks-cart-button> My <b>basket</b> </ks-cart-button>`, {lang: 'en'});
    const label = (): string | null => find(root, 'button').getAttribute('aria-label');
    expect(label()).to.equal('My basket, 3');
    root.querySelector('ks-cart-button')!.innerHTML = '<svg></svg>';
    await until(() => label() === 'Cart, 3 items');
  });

  it('opens the cart of the page', async () => {
    const root = await show(new FakeShop(), html`${button}<ks-cart></ks-cart>`);
    find(root, 'ks-cart-button').shadowRoot!.querySelector('button')!.click();
    await until(() => findAll<HTMLDialogElement>(root, 'dialog[open]').length === 1);
    expect(findAll(root, 'ks-cart')).to.have.length(1);
  });

  it('brings a cart along where the page has none, one for all presses', async () => {
    const root = await show(new FakeShop(), button);
    const press = (): void => find(root, 'button').click();
    press();
    press();
    await until(() => findAll(root, 'dialog[open]').length > 0);
    expect(findAll(root, 'ks-cart')).to.have.length(1);
    find<KsCart>(root, 'ks-cart').close();
    await until(() => findAll(root, 'ks-cart[open]').length === 0);
    press();
    await until(() => findAll(root, 'dialog[open]').length > 0);
    expect(findAll(root, 'ks-cart')).to.have.length(1);
  });

  it('asks the page first', async () => {
    const root = await show(new FakeShop(), html`${button}<ks-cart></ks-cart>`);
    root.addEventListener('ks-cart-request', event => event.preventDefault());
    find(root, 'ks-cart-button').shadowRoot!.querySelector('button')!.click();
    await settled(root);
    expect(findAll(root, 'dialog[open]')).to.have.length(0);
  });

  it('keeps the carts of two shops apart', async () => {
    const one = new FakeShop({lines: [aCartLine({quantity: 2})]});
    const other = new FakeShop();
    const [first, second] = [await show(one, button), await show(other, button)];
    expect(textOf(find(first, '.badge'))).to.equal('2');
    expect(findAll(second, '.badge')).to.have.length(0);
    find(second, 'button').click();
    await until(() => findAll(second, 'dialog[open]').length > 0);
    expect(findAll(first, 'ks-cart')).to.have.length(0);
  });
});
