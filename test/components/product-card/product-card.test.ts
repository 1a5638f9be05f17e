import {expect} from 'chai';
import {sendKeys} from '@web/test-runner-commands';
import {html} from 'lit';
import type {ProductSummary} from '../../../src/contract/product.ts';
import {CartError} from '../../../src/store/cart-error.ts';
import {money} from '../../../src/domain/money.ts';
import '../../../components/storefront/product-card/define.ts';
import type {KsAddRequestEvent} from '../../../components/shared/events/ks-add-request.ts';
import {aProduct, aProductSummary, aProductWithChoices, aSku, failed, FakeShop} from '../../support/fake-shop.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  focused,
  next,
  settled,
  show,
  textOf,
  until,
} from '../../support/page.ts';

const card = (overrides: Partial<ProductSummary> = {}) =>
  html`<ks-product-card .product=${aProductSummary(overrides)}></ks-product-card>`;

function withoutSku(): ProductSummary {
  const {skuId: _, ...product} = aProductSummary({id: 'iqiyi', title: '爱奇艺黄金会员', priceVaries: true});
  return product;
}

describe('ks-product-card', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  const openChoice = async (root: HTMLElement): Promise<HTMLDialogElement> => {
    find(root, '.open').click();
    await until(() => findAll<HTMLDialogElement>(root, 'dialog')[0]?.open);
    await settled(root);
    return find<HTMLDialogElement>(root, 'dialog');
  };

  describe('for everybody', () => {
    it('names its button after the good', async () => {
      const root = await show(shop, card());
      expect(find(root, '.add').getAttribute('aria-label')).to.equal('加入购物车：Steam 钱包充值码 50 元');
    });

    it('says stock and delivery in words', async () => {
      const root = await show(shop, card({stock: 'low', delivery: 'manual'}), {lang: 'en'});
      expect(textOf(find(root, '.facts'))).to.equal('Sent by the seller Few left');
    });

    it('has targets of at least 44 px', async () => {
      const root = await show(shop, card());
      find(root, 'ks-product-card').style.inlineSize = '150px';
      const {width, height} = find(root, '.add').getBoundingClientRect();
      expect(width).to.be.at.least(44);
      expect(height).to.be.at.least(44);
    });

    it('is accessible while its details are open', () => {
      shop.showProduct(aProductWithChoices());
      return expectAccessibleEverywhere(
        shop,
        () => html`<ks-product-card .product=${withoutSku()}></ks-product-card>`,
        async root => void (await openChoice(root)),
      );
    });

    it('is accessible while its details are on their way, and when they cannot be loaded', async () => {
      await expectAccessibleEverywhere(shop, card, async root => void (await openChoice(root)));
      shop.product('steam-50').set(failed());
      await expectAccessibleEverywhere(shop, card, async root => void (await openChoice(root)));
    });
  });

  describe('the button', () => {
    it('adds as many as the least one may buy, and says so once the shop confirmed', async () => {
      const root = await show(shop, card({minimum: 3}));
      const requested = next<KsAddRequestEvent>('ks-add-request');
      find(root, '.add').click();
      await settled(root);
      expect((await requested).line).to.include({skuId: 'sku-steam-50', quantity: 3});
      expect(textOf(find(root, '.add'))).to.equal('加入中…');
      const added = next('ks-added');
      shop.cart.calls[0]!.confirm();
      await added;
      await settled(root);
      expect(textOf(find(root, '.add'))).to.equal('已加入');
      expect(textOf(find(root, '[role=status]'))).to.contain('已加入购物车');
    });

    it('works from the keyboard and keeps the focus through all its states', async () => {
      const root = await show(shop, card());
      const button = find(root, '.add');
      button.focus();
      await sendKeys({press: 'Enter'});
      await settled(root);
      expect(shop.cart.calls).to.have.length(1);
      expect(focused()).to.equal(button);
      shop.cart.calls[0]!.confirm();
      await settled(root);
      expect(focused()).to.equal(button);
    });

    it('does not say that the shop confirmed what it could not be asked', async () => {
      const root = await show(shop, card());
      let told = 0;
      root.addEventListener('ks-added', () => told++);
      find(root, '.add').click();
      const [line] = shop.cart.value.lines;
      shop.cart.setLines([{...line!, problem: {kind: 'unconfirmed'}}]);
      shop.cart.calls[0]!.confirm();
      await until(() => findAll(root, '.error').length > 0);
      expect(textOf(find(root, '.error'))).to.equal('网络不通，尚未向店铺确认。');
      expect(told).to.equal(0);
    });

    it('has a name in all its states, also on a narrow card', async () => {
      const root = await show(shop, html`<div style="inline-size: 160px">${card()}</div>`);
      find(root, '.add').click();
      await settled(root);
      expect(getComputedStyle(find(root, '.add .text')).display).to.equal('none');
      expect(find(root, '.add').getAttribute('aria-label')).to.equal('加入中…');
    });

    it('does nothing when the page prevents it', async () => {
      const root = await show(shop, card());
      root.addEventListener('ks-add-request', event => event.preventDefault());
      find(root, '.add').click();
      expect(shop.cart.calls).to.have.length(0);
    });

    it('says why the shop refused', async () => {
      const root = await show(shop, card());
      find(root, '.add').click();
      shop.cart.calls[0]!.refuse(new CartError('sku-steam-50', {kind: 'not_enough', available: 2}));
      await until(() => findAll(root, '.error').length > 0);
      expect(textOf(find(root, '.error'))).to.equal('库存不够，最多可买 2 件。');
    });

    it('cannot be pressed when the good is sold out', async () => {
      const root = await show(shop, card({stock: 'sold_out'}));
      expect(find<HTMLButtonElement>(root, '.add').disabled).to.equal(true);
      expect(textOf(find(root, '.add'))).to.equal('已售罄');
    });
  });

  describe('the cover', () => {
    it('is the picture of the shop', async () => {
      const root = await show(shop, card({cover: '/v1/products/steam-50/cover'}));
      const image = find<HTMLImageElement>(root, 'img');
      expect(image.getAttribute('src')).to.equal('https://shop.test/v1/products/steam-50/cover');
      expect(image.loading).to.equal('lazy');
    });

    it('is drawn when there is no picture, or when it does not load', async () => {
      const root = await show(shop, card({cover: '/gone.png'}));
      find(root, 'img').dispatchEvent(new Event('error'));
      await until(() => findAll(root, '.cover svg').length > 0);
      expect(findAll(root, 'img')).to.have.length(0);
      expect(find(root, '.cover svg').getAttribute('viewBox')).to.equal('0 0 159 100');
    });

    it('is the same each time, and another for another category', async () => {
      const first = await show(shop, html`${card()}${card()}${card({categoryName: '在线课程'})}`);
      await until(() => findAll(first, '.cover svg').length === 3);
      const [one, same, other] = findAll(first, '.cover').map(cover => cover.innerHTML);
      expect(one).to.equal(same);
      expect(one).not.to.equal(other);
    });
  });

  describe('of a good with a page of its own', () => {
    const linked = (product: ProductSummary, pattern = '/goods?product={id}&from=grid') =>
      html`<ks-product-card .product=${product} product-href=${pattern}></ks-product-card>`;

    it('is accessible', () => expectAccessibleEverywhere(shop, () => linked(withoutSku())));

    it('leads there by its title, whatever letters are in the id', async () => {
      const root = await show(shop, linked(aProductSummary({id: 'a b/ü&x'})));
      const link = find<HTMLAnchorElement>(root, 'a.open');
      expect(link.getAttribute('href')).to.equal(`${location.origin}/goods?product=a%20b%2F%C3%BC%26x&from=grid`);
      expect(textOf(find(root, '.add'))).to.equal('加入');
    });

    it('leads there to choose a variant, and tells the page first, which may prevent it', async () => {
      const root = await show(shop, linked(withoutSku()));
      const asked: string[] = [];
      root.addEventListener('ks-product-request', event => {
        event.preventDefault();
        asked.push(event.productId);
      });
      for (const selector of ['a.open', 'a.add']) {
        const click = new MouseEvent('click', {bubbles: true, cancelable: true, composed: true});
        find(root, selector).dispatchEvent(click);
        expect(click.defaultPrevented).to.equal(true);
      }
      expect(asked).to.deep.equal(['iqiyi', 'iqiyi']);
      expect(findAll(root, 'ks-product-choice')).to.have.length(0);
    });

    it('leaves a new tab to the browser', async () => {
      const root = await show(shop, linked(aProductSummary()));
      let asked = 0;
      root.addEventListener('ks-product-request', () => asked++);
      // What the test page would do with the click is none of this test's business.
      addEventListener('click', event => event.preventDefault(), {once: true});
      find(root, 'a.open').dispatchEvent(
        new MouseEvent('click', {bubbles: true, cancelable: true, composed: true, ctrlKey: true}),
      );
      expect(asked).to.equal(0);
    });

    for (const pattern of ['javascript:alert({id})', 'data:text/html,{id}', '/goods', '', 'http://[{id}']) {
      it(`has none by "${pattern}"`, async () => {
        const root = await show(shop, linked(aProductSummary(), pattern));
        expect(findAll(root, 'a')).to.have.length(0);
        expect(find(root, '.open').localName).to.equal('button');
      });
    }
  });

  describe('by id', () => {
    it('loads the good and shows it', async () => {
      const root = await show(shop, html`<ks-product-card product-id="iqiyi"></ks-product-card>`);
      expect(find(root, 'article').getAttribute('aria-busy')).to.equal('true');
      shop.showProduct(aProductWithChoices());
      await settled(root);
      expect(textOf(find(root, '.price'))).to.equal('¥19.80 起');
      expect(textOf(find(root, '.add'))).to.equal('选规格');
    });

    it('says when there is no such good, without offering to try again', async () => {
      shop.product('gone').set(failed('product_not_found'));
      const root = await show(shop, html`<ks-product-card product-id="gone"></ks-product-card>`);
      expect(textOf(root)).to.contain('已经下架');
      expect(findAll(root, '[role=alert], .danger'), 'nothing went wrong').to.have.length(0);
      expect(findAll(root, 'button')).to.have.length(0);
    });
  });

  describe('the choice', () => {
    const showChoice = async (): Promise<[HTMLElement, HTMLDialogElement]> => {
      shop.showProduct(aProductWithChoices());
      const root = await show(shop, html`<ks-product-card .product=${withoutSku()}></ks-product-card>`);
      return [root, await openChoice(root)];
    };
    const pick = async (root: HTMLElement, text: string): Promise<void> => {
      findAll(root, 'label.value')
        .find(label => textOf(label).startsWith(text))!
        .querySelector('input')!
        .click();
      await settled(root);
    };

    it('opens by the button where there is something to choose, adding nothing', async () => {
      shop.showProduct(aProductWithChoices());
      const root = await show(shop, html`<ks-product-card .product=${withoutSku()}></ks-product-card>`);
      find(root, '.add').click();
      await until(() => findAll<HTMLDialogElement>(root, 'dialog')[0]?.open);
      expect(shop.cart.calls).to.have.length(0);
    });

    it('begins at a variant that can be bought', async () => {
      const [root] = await showChoice();
      expect(textOf(find(root, '.top .price'))).to.equal('¥19.80');
      expect(findAll<HTMLInputElement>(root, 'input:checked')).to.have.length(2);
    });

    it('tells sold out from impossible', async () => {
      const [root] = await showChoice();
      expect(find(root, '.value.impossible').textContent).to.contain('电视端').and.contain('无此组合');
      await pick(root, '年卡');
      expect(find(root, '.value.sold_out').textContent).to.contain('电视端').and.contain('售罄');
    });

    it('lets the other choices give way to an impossible one', async () => {
      const [root] = await showChoice();
      await pick(root, '电视端');
      expect(textOf(find(root, '.top .price'))).to.equal('¥68.00');
    });

    it('does not sell what is sold out', async () => {
      const [root] = await showChoice();
      await pick(root, '年卡');
      await pick(root, '电视端');
      expect(find<HTMLButtonElement>(root, 'footer .primary').disabled).to.equal(true);
      expect(textOf(find(root, 'footer .primary'))).to.equal('这个规格已售罄');
    });

    it('takes the price of the quantity', async () => {
      const [root] = await showChoice();
      const input = find<HTMLInputElement>(root, 'input[type=number]');
      input.value = '5';
      input.dispatchEvent(new Event('change'));
      await settled(root);
      expect(textOf(find(root, '.buy .price'))).to.equal('¥94.50');
      expect(textOf(find(root, '.tiers .current'))).to.equal('5 件起 每件 ¥18.90');
    });

    it('keeps the quantity within what one order may hold', async () => {
      const [root] = await showChoice();
      const input = find<HTMLInputElement>(root, 'input[type=number]');
      for (const [typed, kept] of [
        ['21', '20'],
        ['0', '1'],
        ['-3', '1'],
        ['2.6', '3'],
        ['', '3'],
      ] as const) {
        input.value = typed;
        input.dispatchEvent(new Event('change'));
        await settled(root);
        expect(input.value, typed).to.equal(kept);
      }
    });

    it('puts what was chosen into the cart and gives the focus back', async () => {
      shop.showProduct(aProductWithChoices());
      const root = await show(shop, html`<ks-product-card .product=${withoutSku()}></ks-product-card>`);
      find(root, '.open').focus();
      await openChoice(root);
      await pick(root, '季卡');
      find(root, 'footer .primary').click();
      expect(shop.cart.calls[0]?.line).to.deep.equal({
        skuId: 'quarter-phone',
        productId: 'iqiyi',
        title: '爱奇艺黄金会员',
        choices: {时长: '季卡', 端: '手机端'},
        price: money('54.00', 'CNY'),
        categoryName: '影音会员',
        quantity: 1,
      });
      expect(focused()).to.equal(find(root, '.open'));
    });

    it('closes by Escape', async () => {
      const [, dialog] = await showChoice();
      await sendKeys({press: 'Escape'});
      await until(() => !dialog.open);
    });

    it('closes by a click beside it, and is gone then', async () => {
      const [root, dialog] = await showChoice();
      for (const type of ['pointerdown', 'click']) {
        dialog.dispatchEvent(new MouseEvent(type, {bubbles: true, clientX: 1, clientY: 1}));
      }
      expect(dialog.open).to.equal(false);
      // The browser's own comes with the next frame, and a page behind another has none.
      dialog.dispatchEvent(new Event('close'));
      await settled(root);
      expect(findAll(root, 'ks-product-choice')).to.have.length(0);
    });

    it('shows details as text, whatever is in them', async () => {
      shop.showProduct(
        aProduct({description: [{kind: 'paragraph', spans: [{text: '<img src=x onerror=alert(1)>'}]}], skus: [aSku()]}),
      );
      const root = await show(shop, card());
      await openChoice(root);
      expect(find(root, '.description .rich-text p').textContent).to.equal('<img src=x onerror=alert(1)>');
    });
  });
});
