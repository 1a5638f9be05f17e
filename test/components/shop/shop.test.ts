import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/cart-button/define.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
import {clearPage, find, settled, show, textOf} from '../../support/page.ts';
import type {KsShop} from '../../../components/storefront/shop/shop.ts';
import {borrowShop, defaultScope} from '../../../components/shared/shop-registry.ts';

const button = html`<ks-cart-button></ks-cart-button>`;
const badge = (root: Element): string => find(root, 'button').getAttribute('aria-label')!;

describe('ks-shop', () => {
  afterEach(clearPage);

  it('gives the elements within it its shop, also to those that come later', async () => {
    const root = await show(new FakeShop({lines: [aCartLine({quantity: 4})]}), html``, {lang: 'en'});
    root.append(document.createElement('ks-cart-button'));
    await settled(root);
    expect(badge(root)).to.equal('Cart, 4 items');
  });

  it('takes no place of its own in the page', async () => {
    const root = await show(new FakeShop(), html`<p>text</p>`);
    expect(getComputedStyle(root).display).to.equal('contents');
  });

  it('hands on another shop, language and theme when they change', async () => {
    const root = (await show(new FakeShop(), button, {lang: 'en'})) as KsShop;
    root.shop = new FakeShop({lines: [aCartLine()]});
    await settled(root);
    expect(badge(root)).to.equal('Cart, 1 item');
    root.lang = 'zh-CN';
    await settled(root);
    expect(badge(root)).to.equal('购物车，1 件商品');
    const scheme = (): string => getComputedStyle(find(root, 'ks-cart-button')).colorScheme;
    expect(scheme()).to.equal('light');
    root.theme = 'dark';
    await settled(root);
    expect(scheme()).to.equal('dark');
  });

  it('lets an element that moves to another shop follow', async () => {
    const one = await show(new FakeShop({lines: [aCartLine()]}), button, {lang: 'en'});
    const other = await show(new FakeShop(), html``, {lang: 'en'});
    other.append(find(one, 'ks-cart-button'));
    await settled(other);
    expect(badge(other)).to.equal('Cart, empty');
  });

  it('stops listening when it leaves the page, and goes on when it comes back', async () => {
    const shop = new FakeShop();
    const root = await show(shop, button);
    const place = root.parentElement!;
    expect(shop.cart.state.listeners).to.equal(1);
    root.remove();
    expect(shop.cart.state.listeners).to.equal(0);
    place.append(root);
    await settled(root);
    expect(shop.cart.state.listeners).to.equal(1);
  });

  it('asks the shop server in the language of its elements', async () => {
    const {fetch} = globalThis;
    const asked: unknown[] = [];
    globalThis.fetch = async (input, init) => {
      asked.push(((await new Request(input, init).json()) as {lang?: string}).lang);
      return new Response(null, {status: 503});
    };
    const root = document.documentElement;
    const {lang} = root;
    const {shop, giveBack} = borrowShop('https://speaks.test');
    const ask = () => shop.client.createQuote({lines: []}).catch(() => {});
    const place = await show(new FakeShop(), html``);
    place.innerHTML = '<ks-shop api="https://speaks.test" lang="en-GB"></ks-shop>';
    await settled(place);
    await ask();
    place.replaceChildren();
    await ask();
    root.removeAttribute('lang');
    await ask();
    root.lang = lang;
    globalThis.fetch = fetch;
    giveBack();
    expect(asked).to.deep.equal(['en-GB', lang, navigator.language]);
  });

  it('does not dispose of a shop that somebody else made', async () => {
    const shop = new FakeShop();
    (await show(shop, button)).remove();
    await Promise.resolve();
    expect(shop.disposed).to.equal(false);
  });

  it('resumes an interrupted purchase once per shop', async () => {
    const shop = new FakeShop();
    await show(shop, html`${button}${button}`);
    await show(shop, button);
    expect(shop.checkout.calls.map(({method}) => method)).to.deep.equal(['resume']);
  });

  it('takes the shop at its address, the same for all with that address', async () => {
    const place = await show(new FakeShop(), html``);
    place.innerHTML =
      '<ks-shop api="https://one.test/anything"><ks-cart-button></ks-cart-button></ks-shop><ks-shop api="https://one.test"></ks-shop>';
    await settled(place);
    const {shop, giveBack} = borrowShop('https://one.test');
    const again = borrowShop('https://one.test');
    expect(shop.address).to.equal('https://one.test');
    expect(again.shop).to.equal(shop);
    giveBack();
    again.giveBack();
    place.replaceChildren();
    await Promise.resolve();
    const fresh = borrowShop('https://one.test');
    expect(fresh.shop).not.to.equal(shop);
    fresh.giveBack();
  });

  it('puts what the page lacks into its body, also after the page got another one', () => {
    const {body} = document;
    const scope = defaultScope('https://default.test');
    expect(scope.host).to.equal(body);
    const other = document.createElement('body');
    body.replaceWith(other);
    const {host} = scope;
    other.replaceWith(body);
    expect(host).to.equal(other);
  });

  it('reports an address that is none, once, with what to do', async () => {
    const {reportError} = globalThis;
    const reported: unknown[] = [];
    globalThis.reportError = error => void reported.push(error);
    const place = await show(new FakeShop(), html``);
    place.innerHTML = '<ks-shop api="http://"></ks-shop>';
    await settled(place);
    globalThis.reportError = reportError;
    expect(reported.map(String)).to.deep.equal([
      'TypeError: <ks-shop api="http://"> is no URL. Give it the address of a shop server.',
    ]);
  });

  it('speaks Chinese where the language is neither', async () => {
    const root = await show(new FakeShop(), button, {lang: 'fr'});
    expect(textOf(find(root, 'slot'))).to.equal('购物车');
  });
});
