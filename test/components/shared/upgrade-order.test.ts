import {expect} from 'chai';
import {defineElement} from '../../../components/shared/define-element.ts';
import {defaultShopAddress, setDefaultShopAddress} from '../../../components/shared/default-shop-address.ts';
import {KsCartButton} from '../../../components/storefront/cart-button/cart-button.ts';
import {KsProductCard} from '../../../components/storefront/product-card/product-card.ts';
import {KsProductGrid} from '../../../components/storefront/product-grid/product-grid.ts';
import {KsShop} from '../../../components/storefront/shop/shop.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
import {find, settled, textOf} from '../../support/elements.ts';

/** The script may arrive before, between or after the tags: one page, played through in order. */
describe('elements and their shop, in the order they arrive', () => {
  const page = document.createElement('main');
  page.lang = 'en';
  before(() => document.body.append(page));
  after(() => page.remove());

  it('wait for a ks-shop whose code is not there yet', async () => {
    page.innerHTML = '<ks-shop><ks-cart-button></ks-cart-button></ks-shop>';
    const shop = new FakeShop({lines: [aCartLine({quantity: 3})]});
    Object.assign(page.firstElementChild!, {shop});
    defineElement('ks-cart-button', KsCartButton);
    await settled(page);
    expect(find(page, 'button').getAttribute('aria-label')).to.equal('Cart, empty');

    // A property that was set before the upgrade hides the accessor; Lit takes it over.
    defineElement('ks-shop', KsShop);
    await settled(page);
    await settled(page);
    expect(find(page, 'button').getAttribute('aria-label')).to.equal('Cart, 3 items');
  });

  it('may be registered twice', () => {
    defineElement('ks-shop', KsShop);
    defineElement('ks-shop', class extends HTMLElement {});
    expect(customElements.get('ks-shop')).to.equal(KsShop);
  });

  it('say that no shop was found, until the page names one', async () => {
    expect(defaultShopAddress()).to.equal(undefined);
    defineElement('ks-product-card', KsProductCard);
    defineElement('ks-product-grid', KsProductGrid);
    page.innerHTML = '<ks-product-grid></ks-product-grid>';
    await settled(page);
    expect(textOf(page)).to.contain('No shop is connected here');
    setDefaultShopAddress('https://shop.test/cdn/keystall.js');
    await settled(page);
    expect(defaultShopAddress()).to.equal('https://shop.test');
    expect(textOf(page)).to.contain('Loading products…');
  });
});
