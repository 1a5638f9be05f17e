import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/product-grid/define.ts';
import type {KsProductGrid} from '../../../components/storefront/product-grid/product-grid.ts';
import {listenForCommands} from '../../../components/storefront/page/listen-for-commands.ts';
import {money} from '../../../src/domain/money.ts';
import {aProduct, aProductSummary, FakeShop} from '../../support/fake-shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {clearPage, find, findAll, focused, settled, show, textOf, until} from '../../support/page.ts';

/** The example of the guide: what stands there is what runs here. */
const guide = await (await fetch('/docs/theming.md')).text();
const block = (language: string): string =>
  [...guide.matchAll(new RegExp('```' + language + '\\n([^]*?)```', 'g'))]
    .map(([, text]) => text!)
    .find(text => /slot="card"|\.ticket/.test(text))!;

function parsed(markup: string): DocumentFragment {
  return document.createRange().createContextualFragment(markup);
}

describe('a template for cards', () => {
  let shop: FakeShop;
  let style: HTMLStyleElement;
  let listening = new AbortController();
  beforeEach(() => {
    shop = new FakeShop();
    style = document.createElement('style');
    style.textContent = block('css');
    document.head.append(style);
  });
  afterEach(() => {
    style.remove();
    listening.abort();
    clearPage();
  });

  const goods = (count: number) =>
    Array.from({length: count}, (_, index) => aProductSummary({id: `g${index}`, title: `商品 ${index}`}));
  const open = async (markup = block('html')): Promise<{root: HTMLElement; grid: KsProductGrid}> => {
    const root = await show(shop, html`${parsed(markup)}`);
    const grid = find<KsProductGrid>(root, 'ks-product-grid');
    await until(() => grid.querySelector('.ks-card') !== null);
    await settled(root);
    return {root, grid};
  };
  const cards = (grid: Element) => [...grid.querySelectorAll<HTMLElement>('.ks-card')];

  it('is accessible, with the place and the number of each card still told', async () => {
    shop.productList.show([...goods(2), aProductSummary({id: 'out', stock: 'sold_out', title: '没有了'})], {total: 40});
    const {root, grid} = await open();
    await expectAccessible(root);
    const items = findAll(grid, 'li');
    expect(items.map(item => [item.getAttribute('aria-posinset'), item.getAttribute('aria-setsize')])).to.deep.equal([
      ['1', '40'],
      ['2', '40'],
      ['3', '40'],
    ]);
    const slots = findAll<HTMLSlotElement>(grid, 'li > slot');
    expect(slots.map(slot => slot.assignedElements())).to.deep.equal(cards(grid).map(card => [card]));
  });

  it('shows what the guide’s example says, in the styles of the page', async () => {
    shop.productList.show([
      aProductSummary({id: 'a', cover: '/v1/products/a/cover', official: true, priceVaries: true}),
      aProductSummary({id: 'b', title: '没有了', stock: 'sold_out', price: money('5', 'CNY')}),
    ]);
    const {grid} = await open();
    const [first, second] = cards(grid);
    expect(textOf(first!)).to.equal('Steam 钱包充值码 50 元 自动发货 · 有货 官方直供 ¥47.80 起 加入购物车');
    expect(textOf(second!)).to.equal('没有了 自动发货 · 已售罄 ¥5.00 已售罄');
    expect(first!.querySelector('img')!.src).to.equal('https://shop.test/v1/products/a/cover');
    expect(second!.querySelector('img')).to.equal(null);
    expect(first!.querySelector('a')!.pathname + first!.querySelector('a')!.search).to.equal('/goods?product=a');
    expect(getComputedStyle(first!.querySelector('.ticket')!).borderTopStyle).to.equal('dashed');
    expect(findAll(grid, 'ks-product-card').length).to.equal(0);
  });

  it('follows the goods, and keeps the card and the focus of one that changes', async () => {
    shop.productList.show(goods(2));
    const {root, grid} = await open();
    const [card] = cards(grid);
    card!.querySelector('a')!.focus();
    shop.productList.show([{...goods(1)[0]!, stock: 'sold_out', price: money('1', 'CNY')}]);
    await settled(root);
    expect(cards(grid)).to.deep.equal([card]);
    expect(textOf(card!)).to.equal('商品 0 自动发货 · 已售罄 ¥1.00 已售罄');
    expect(focused()).to.equal(card!.querySelector('a'));
    shop.productList.show(goods(1));
    await settled(root);
    expect(textOf(card!)).to.contain('加入购物车');
  });

  it('puts the good into the cart', async () => {
    listening = new AbortController();
    listenForCommands(document, {signal: listening.signal});
    shop.productList.show(goods(1));
    shop.showProduct(aProduct({id: 'g0'}));
    const {grid} = await open();
    grid.querySelector('button')!.click();
    await until(() => shop.cart.calls.length > 0);
    expect(shop.cart.calls[0]!.line!.productId).to.equal('g0');
  });

  it('lets the page keep the buyer who presses a link', async () => {
    shop.productList.show(goods(1));
    const {root, grid} = await open();
    let asked: string | undefined;
    root.addEventListener('ks-product-request', event => {
      asked = event.productId;
      event.preventDefault();
    });
    const press = new MouseEvent('click', {bubbles: true, cancelable: true});
    grid.querySelector('a')!.dispatchEvent(press);
    expect([asked, press.defaultPrevented]).to.deep.equal(['g0', true]);
  });

  it('draws a long list in part, and keeps the card that holds the focus', async () => {
    shop.productList.show(goods(3000));
    const {root, grid} = await open();
    await until(() => cards(grid).length < 200);
    const link = cards(grid)[0]!.querySelector('a')!;
    link.focus();
    scrollTo(0, 50_000);
    await until(() =>
      findAll(grid, 'li').some(item => Number(item.ariaPosInSet ?? item.getAttribute('aria-posinset')) > 300),
    );
    await settled(root);
    expect(cards(grid).length).to.be.below(200);
    expect(cards(grid).length).to.equal(findAll(grid, 'li').length);
    expect(focused()).to.equal(link);
    scrollTo(0, 0);
  });

  it('reads nothing of a good as markup, and leaves scripts and other addresses alone', async () => {
    const nasty = '<img src=x onerror="window.hit=1">';
    shop.productList.show([aProductSummary({id: '"><b>', title: nasty, cover: 'javascript:alert(1)'})]);
    const {grid} = await open(`<ks-product-grid product-href="javascript:alert(1)//{id}">
      <template slot="card">
        <a data-ks-href data-ks-text="title"></a><script data-ks-src="cover"></script><img data-ks-src="cover" alt="" /><iframe data-ks-src="cover"></iframe>
      </template>
    </ks-product-grid>`);
    const [card] = cards(grid);
    expect(card!.querySelector('a')!.textContent).to.equal(nasty);
    expect(card!.querySelector('a')!.hasAttribute('href')).to.equal(false);
    expect(card!.querySelector('[src]')).to.equal(null);
  });

  it('tells whoever wrote it which names there are', async () => {
    shop.productList.show(goods(2));
    const reported: string[] = [];
    const before = window.onerror;
    window.onerror = message => {
      reported.push(String(message));
      return true;
    };
    try {
      const {grid} = await open(
        `<ks-product-grid><template slot="card"><p data-ks-text="secret"></p></template></ks-product-grid>`,
      );
      expect(textOf(cards(grid)[0]!)).to.equal('');
      expect(reported.filter(text => text.includes('data-ks-text="secret"')).length).to.be.at.least(1);
    } finally {
      window.onerror = before;
    }
  });
});
