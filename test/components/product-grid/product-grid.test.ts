import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/product-grid/define.ts';
import type {KsShop} from '../../../components/storefront/shop/shop.ts';
import {aProductSummary, failed, FakeProductList, FakeShop, ready} from '../../support/fake-shop.ts';
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

const grid = html`<ks-product-grid></ks-product-grid>`;
const goods = (count: number) =>
  Array.from({length: count}, (_, index) => aProductSummary({id: `good-${index}`, title: `商品 ${index} Good`}));

/** Stands in for the browser's observer, which rests in pages that are not in front. */
class FakeReader {
  readonly #real = IntersectionObserver;
  readonly #notify: (entries: IntersectionObserverEntry[]) => void;
  watched: Element | undefined;

  constructor() {
    const observer = {
      observe: (element: Element) => void (this.watched = element),
      unobserve: () => void (this.watched = undefined),
      disconnect: () => void (this.watched = undefined),
    };
    globalThis.IntersectionObserver = function fake(notify: IntersectionObserverCallback) {
      return Object.assign(observer, {notify});
    } as unknown as typeof IntersectionObserver;
    this.#notify = entries =>
      (observer as {notify?: IntersectionObserverCallback}).notify?.(entries, {} as IntersectionObserver);
  }

  comeNear(): void {
    this.#notify([{isIntersecting: true} as IntersectionObserverEntry]);
  }

  leave(): void {
    globalThis.IntersectionObserver = this.#real;
  }
}

describe('ks-product-grid', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  describe('for everybody', () => {
    it('is accessible while loading', () => expectAccessibleEverywhere(shop, () => grid));

    it('is accessible with goods', () => {
      shop.productList.show(
        [
          aProductSummary(),
          aProductSummary({id: 'b', stock: 'sold_out'}),
          aProductSummary({id: 'c', stock: 'low', delivery: 'manual', priceVaries: true}),
          aProductSummary({id: 'd', stock: 'unknown'}),
        ],
        {total: 40, hasMore: true},
      );
      return expectAccessibleEverywhere(shop, () => grid);
    });

    it('is accessible without goods', () => {
      shop.productList.show([]);
      return expectAccessibleEverywhere(shop, () => html`<ks-product-grid q="steam"></ks-product-grid>`);
    });

    it('is accessible after a failure', () => {
      shop.productList.state.set(failed());
      return expectAccessibleEverywhere(shop, () => grid);
    });

    it('is a list that says how many goods there are', async () => {
      shop.productList.show(goods(3), {total: 9, hasMore: true});
      const root = await show(shop, grid);
      const list = find(root, '[part=list]');
      expect(list.getAttribute('role')).to.equal('list');
      expect(list.querySelectorAll('li')).to.have.length(3);
      expect(textOf(find(root, 'p[role=status]'))).to.equal('共 9 件商品，已显示 3 件');
    });

    it('says that it is busy while the next page comes', async () => {
      shop.productList.show(goods(3), {total: 9, hasMore: true, loadingMore: true});
      const root = await show(shop, grid);
      expect(find(root, '[part=list]').getAttribute('aria-busy')).to.equal('true');
    });
  });

  describe('what it asks for', () => {
    it('asks by its attributes', async () => {
      await show(
        shop,
        html`<ks-product-grid category="game-cards" q="steam" sort="price_ascending" limit="8"></ks-product-grid>`,
        {lang: 'en'},
      );
      expect(shop.productQueries.at(-1)).to.deep.equal({
        lang: 'en',
        category: 'game-cards',
        q: 'steam',
        sort: 'price_ascending',
        limit: 8,
      });
    });

    it('leaves out what the server would refuse', async () => {
      await show(shop, html`<ks-product-grid sort="cheapest" limit="1000"></ks-product-grid>`);
      expect(shop.productQueries.at(-1)).to.deep.equal({lang: 'zh-CN', limit: 100});
    });

    it('follows a changed search', async () => {
      const root = await show(shop, html`<ks-product-grid q="old"></ks-product-grid>`);
      find(root, 'ks-product-grid').setAttribute('q', 'new');
      await settled(root);
      expect(shop.productQueries.at(-1)?.q).to.equal('new');
    });

    it('listens only while it is in the page', async () => {
      const root = await show(shop, grid);
      expect(shop.productList.state.listeners).to.equal(1);
      root.remove();
      expect(shop.productList.state.listeners).to.equal(0);
    });
  });

  describe('more', () => {
    it('loads the next page by the button, and by it alone when a limit is set', async () => {
      shop.productList.show(goods(2), {total: 9, hasMore: true});
      const root = await show(shop, html`<ks-product-grid limit="2"></ks-product-grid>`);
      expect(shop.productList.loadMoreCalls).to.equal(0);
      find(root, '.more').click();
      expect(shop.productList.loadMoreCalls).to.equal(1);
    });

    it('loads three pages as the reader comes near, then waits to be asked', async () => {
      const reader = new FakeReader();
      shop.productList.show(goods(2), {total: 9, hasMore: true});
      const root = await show(shop, grid);
      expect(reader.watched).to.equal(find(root, '.more'));
      for (let page = 0; page < 5; page++) reader.comeNear();
      expect(shop.productList.loadMoreCalls).to.equal(3);
      root.remove();
      expect(reader.watched).to.equal(undefined);
      reader.leave();
    });

    it('says where the reader is that a further page could not be loaded, and keeps the focus there', async () => {
      const data = {items: goods(2), total: 9, hasMore: true, loadingMore: false};
      shop.productList.state.set(ready(data));
      const root = await show(shop, html`<ks-product-grid limit="2"></ks-product-grid>`);
      const button = find(root, '.more');
      button.focus();
      button.click();
      shop.productList.state.set({...failed(), data});
      await settled(root);
      expect(focused()).to.equal(button);
      expect(findAll(root, '.notice')).to.have.length(0);
      expect(textOf(find(root, '.end'))).to.contain('后面的商品没能加载');
      button.click();
      expect(shop.productList.loadMoreCalls).to.equal(2);
      shop.productList.show(goods(4), {total: 9, hasMore: true});
      await settled(root);
      expect(textOf(root)).not.to.contain('没能加载');
    });

    it('keeps the focus on the button while the page comes', async () => {
      shop.productList.show(goods(2), {total: 9, hasMore: true});
      const root = await show(shop, html`<ks-product-grid limit="2"></ks-product-grid>`);
      const button = find(root, '.more');
      button.focus();
      shop.productList.show(goods(2), {total: 9, hasMore: true, loadingMore: true});
      await settled(root);
      expect(find(root, '.more')).to.equal(button);
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      button.click();
      expect(shop.productList.loadMoreCalls).to.equal(0);
    });
  });

  describe('what is looked at in the page', () => {
    it('is shown, in an order of its own where it has one', async () => {
      shop.browse.change({type: 'replaced', state: {q: 'steam', category: 'games', inStock: true}});
      await show(shop, html`<ks-product-grid sort="title" limit="8"></ks-product-grid>`);
      expect(shop.productQueries.at(-1)).to.deep.equal({
        lang: 'zh-CN',
        sort: 'title',
        q: 'steam',
        category: 'games',
        inStock: true,
        limit: 8,
      });
    });

    it('is none of the business of a shelf with a category of its own', async () => {
      shop.browse.change({type: 'searched', q: 'steam'});
      await show(shop, html`<ks-product-grid category="video"></ks-product-grid>`);
      expect(shop.productQueries.at(-1)).to.deep.equal({lang: 'zh-CN', category: 'video'});
    });

    it('keeps what was there in its place until something else is', async () => {
      const root = await show(shop, grid);
      shop.productList.show(goods(3));
      await settled(root);
      const other = new FakeProductList();
      shop.productLists.set('steam', other);
      shop.browse.change({type: 'searched', q: 'steam'});
      await settled(root);
      expect(findAll(root, 'ks-product-card')).to.have.length(3);
      expect(find(root, '[part=list]').getAttribute('aria-busy')).to.equal('true');
      other.show(goods(1));
      await settled(root);
      expect(findAll(root, 'ks-product-card')).to.have.length(1);
    });

    it('that filters leave nothing of can be widened again', async () => {
      shop.browse.change({type: 'replaced', state: {category: 'games', inStock: true}});
      shop.productList.show([]);
      const root = await show(shop, grid);
      expect(textOf(find(root, '[part=empty]'))).to.contain('没有符合条件的商品');
      find(root, '[part=empty] button').click();
      expect(shop.browse.value).to.deep.equal({category: 'games'});
    });
  });

  describe('a page of goods', () => {
    it('is drawn from its beginning, the rest frame by frame, each card in the place that is kept for it', async () => {
      const root = await show(shop, grid);
      const {shadowRoot} = find(root, 'ks-product-grid');
      const atFirst = new Promise<number[]>(resolve => {
        new MutationObserver(() =>
          resolve([findAll(root, 'li[aria-posinset]').length, findAll(root, 'ks-product-card').length]),
        ).observe(shadowRoot!, {childList: true, subtree: true});
      });
      shop.productList.show(goods(40));
      expect(await atFirst).to.deep.equal([40, 6]);
      const height = find(root, '[part=list]').scrollHeight;
      await settled(root);
      expect(findAll(root, 'ks-product-card')).to.have.length(40);
      expect(find(root, '[part=list]').scrollHeight).to.be.closeTo(height, height / 10);
    });
  });

  describe('a long list', () => {
    const cards = (root: Element) => findAll(root, 'li[aria-posinset]');
    const places = (root: Element) => cards(root).map(card => Number(card.getAttribute('aria-posinset')));

    async function showLong(count: number): Promise<HTMLElement> {
      // Lists grow page by page: what draws them in part is there long before they are that long.
      shop.productList.show(goods(201));
      const root = await show(shop, grid);
      root.parentElement!.style.cssText = 'block-size: 700px; overflow-y: auto';
      await until(() => find(root, '[part=list]').classList.contains('windowed'));
      shop.productList.show(goods(count), {total: count + 5});
      await settled(root);
      return root;
    }

    it('of up to 200 goods is there as a whole, so that find-in-page finds all of it', async () => {
      shop.productList.show(goods(200));
      const root = await show(shop, grid);
      expect(cards(root)).to.have.length(200);
      expect(places(root).at(-1)).to.equal(200);
    });

    it('is drawn in part, as high as the whole, and says the place of each card', async () => {
      const root = await showLong(5_000);
      expect(cards(root).length).to.be.below(120);
      expect(places(root)[0]).to.equal(1);
      expect(cards(root)[0]!.getAttribute('aria-setsize')).to.equal('5005');
      const list = find(root, '[part=list]');
      const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
      const row = cards(root)[0]!.getBoundingClientRect().height;
      expect(list.scrollHeight).to.be.at.least((5_000 / columns) * row);
    });

    it('shows what is scrolled to, wherever that is', async () => {
      const root = await showLong(5_000);
      const scroller = root.parentElement!;
      scroller.scrollTop = scroller.scrollHeight / 2;
      await until(() => places(root)[0]! > 1_000);
      await settled(root);
      const seen = scroller.getBoundingClientRect();
      const isInSight = (card: Element) => {
        const {top, bottom} = card.getBoundingClientRect();
        return bottom > seen.top && top < seen.bottom;
      };
      expect(cards(root).some(isInSight)).to.equal(true);
      scroller.scrollTop = scroller.scrollHeight;
      await until(() => places(root).at(-1) === 5_000);
    });

    it('keeps the card with the focus', async () => {
      const root = await showLong(5_000);
      const button = find(cards(root)[2]!, 'button.add');
      // WebKit brings what got the focus into sight some time later, and would scroll back to it from where we go.
      button.focus({preventScroll: true});
      const scroller = root.parentElement!;
      scroller.scrollTop = scroller.scrollHeight / 2;
      await until(() => places(root).some(place => place > 1_000));
      await settled(root);
      expect(focused()).to.equal(button);
      button.blur();
      scroller.scrollTop = scroller.scrollHeight;
      await until(() => !places(root).includes(3));
    });

    it('that became short is there as a whole again', async () => {
      const root = await showLong(500);
      shop.productList.show(goods(60));
      await until(() => cards(root).length === 60);
      expect(find(root, '[part=list]').style.paddingBlock).to.equal('0px');
    });

    it('is drawn from its beginning again when a reader leaps back to it', async () => {
      const root = await showLong(5_000);
      const scroller = root.parentElement!;
      scroller.scrollTop = scroller.scrollHeight;
      await until(() => places(root).at(-1) === 5_000);
      await settled(root);
      const {shadowRoot} = find(root, 'ks-product-grid');
      const atFirst = new Promise<number>(resolve => {
        new MutationObserver(() => {
          if (places(root)[0] === 1) resolve(findAll(root, 'ks-product-card').length);
        }).observe(shadowRoot!, {childList: true, subtree: true});
      });
      scroller.scrollTop = 0;
      expect(await atFirst).to.equal(6);
      await settled(root);
      expect(findAll(root, 'ks-product-card')).to.have.length(cards(root).length);
    });

    it('that goes on by itself is drawn in part from its first page on, and asks for more well before its end', async () => {
      shop.productList.show(goods(100), {total: 500, hasMore: true});
      const root = await show(shop, html`<ks-product-grid endless></ks-product-grid>`);
      const scroller = root.parentElement!;
      scroller.style.cssText = 'block-size: 700px; overflow-y: auto';
      await until(() => cards(root).length < 100);
      const {scrollHeight} = scroller;
      const moveTo = async (top: number) => {
        scroller.scrollTop = top;
        await until(() => cards(root).some(card => Math.abs(card.getBoundingClientRect().top) < 400));
        await settled(root);
      };
      await moveTo(scrollHeight / 4);
      expect(shop.productList.loadMoreCalls).to.equal(0);
      scroller.scrollTop = scrollHeight / 2;
      await until(() => shop.productList.loadMoreCalls > 0);
      expect(find(root, '.more').getBoundingClientRect().top).to.be.above(2_000);
    });

    it('goes on by itself for ever only where it is told to', async () => {
      const reader = new FakeReader();
      shop.productList.show(goods(2), {total: 9, hasMore: true});
      await show(shop, html`<ks-product-grid endless></ks-product-grid>`);
      for (let page = 0; page < 9; page++) reader.comeNear();
      expect(shop.productList.loadMoreCalls).to.equal(9);
      reader.leave();
    });
  });

  describe('states', () => {
    it('says that nothing was found, and for what', async () => {
      shop.productList.show([]);
      const root = await show(shop, html`<ks-product-grid q="芝士"></ks-product-grid>`);
      expect(textOf(find(root, '[part=empty]'))).to.contain('没有找到“芝士”');
    });

    it('says that it has no shop when a <ks-shop> around it has none', async () => {
      const root = await show(shop, html`<ks-shop>${grid}</ks-shop>`);
      expect(textOf(find(root, '[part=error]'))).to.contain('这里还没有连接店铺');
      find<KsShop>(root, 'ks-shop').shop = shop;
      shop.productList.show(goods(1));
      await settled(root);
      expect(findAll(root, '[part=error]')).to.have.length(0);
    });

    it('tries again on request', async () => {
      const failure = failed();
      shop.productList.state.set(failure);
      const root = await show(shop, grid);
      expect(textOf(find(root, '[part=error]'))).to.contain('连不上店铺');
      find(root, '[part=error] button').click();
      expect(failure.retries).to.equal(1);
    });

    it('goes on showing what was there when a refresh failed', async () => {
      const data = {items: goods(2), total: 2, hasMore: false, loadingMore: false};
      const failure = {...failed(), data};
      shop.productList.state.set(failure);
      const root = await show(shop, grid);
      expect(findAll(root, 'ks-product-card')).to.have.length(2);
      expect(textOf(root)).to.contain('没能刷新');
      find(root, '.notice button').click();
      expect(failure.retries).to.equal(1);
    });

    it('keeps the place of its cards while loading', async () => {
      const root = await show(shop, grid);
      const before = find(root, 'ks-product-card').getBoundingClientRect().height;
      shop.productList.state.set(ready({items: goods(8), total: 8, hasMore: false, loadingMore: false}));
      await settled(root);
      expect(find(root, 'ks-product-card').getBoundingClientRect().height).to.be.closeTo(before, 4);
    });
  });

  describe('layout', () => {
    for (const [width, columns] of [
      [288, 1],
      [328, 2],
      [1200, 5],
    ] as const) {
      it(`has ${columns} columns in ${width} px and does not overflow`, async () => {
        shop.productList.show(goods(8));
        const root = await show(shop, grid);
        const element = find(root, 'ks-product-grid');
        element.style.inlineSize = `${width}px`;
        const lefts = new Set(findAll(root, 'li').map(item => item.getBoundingClientRect().left));
        expect(lefts.size).to.equal(columns);
        expect(element.scrollWidth).to.be.at.most(width);
      });
    }

    it('does not follow the root font size of the page', async () => {
      shop.productList.show(goods(1));
      const root = await show(shop, grid);
      const before = find(root, '.price').getBoundingClientRect().height;
      document.documentElement.style.fontSize = '40px';
      expect(find(root, '.price').getBoundingClientRect().height).to.equal(before);
      document.documentElement.style.fontSize = '';
    });
  });
});
