import {expect} from 'chai';
import {loadWords} from '../../../components/ssr/load-words.ts';
import '../../../components/storefront/define.ts';
import '../../../components/storefront/define-finding.ts';
import '../../../components/storefront/key-reveal/define.ts';
import '../../../components/storefront/order/define.ts';
import '../../../components/storefront/order-list/define.ts';
import '../../../components/storefront/order-lookup/define.ts';
import '../../../components/storefront/product/define.ts';
import '../../../components/storefront/ticket/define.ts';
import {aProductSummary} from '../../support/fake-shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {find, findAll, settled, textOf} from '../../support/page.ts';

/** Every element of the storefront but the one that gives the others their shop; with what makes it show itself. */
const elements: Readonly<Record<string, object>> = {
  'ks-cart': {open: true},
  'ks-cart-button': {},
  'ks-category-nav': {},
  'ks-checkout': {},
  'ks-filters': {},
  'ks-key-reveal': {orderId: 'order-1'},
  'ks-order': {orderId: 'order-1'},
  'ks-order-list': {},
  'ks-order-lookup': {},
  'ks-product': {product: 'steam-50'},
  'ks-product-card': {product: aProductSummary()},
  'ks-product-grid': {},
  'ks-search': {},
  'ks-ticket': {orderId: 'order-1'},
};

describe('where no shop is connected', () => {
  let place: HTMLElement;
  // No page of a test has one of its own.
  before(() => loadWords());
  beforeEach(() => {
    place = document.createElement('main');
    document.body.append(place);
  });
  afterEach(() => place.remove());

  for (const [tag, properties] of Object.entries(elements)) {
    for (const [lang, told] of Object.entries({'zh-CN': '这里还没有连接店铺', en: 'No shop is connected here'})) {
      it(`<${tag}> says so, and what to do (${lang})`, async () => {
        const element = Object.assign(document.createElement(tag), properties, {lang});
        place.append(element);
        await settled(place);
        expect(textOf(find(element, '[role="alert"]')))
          .to.contain(told)
          .and.to.contain('<ks-shop api="…">');
        expect(findAll(element, '.skeleton').length, 'nothing is on its way').to.equal(0);
        await expectAccessible(place);
      });
    }
  }
});
