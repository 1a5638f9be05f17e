import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/search/define.ts';
import type {KsSearchRequestEvent} from '../../../components/storefront/search/events/ks-search-request.ts';
import {aProductSummary, failed, FakeProductList, FakeShop} from '../../support/fake-shop.ts';
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

const search = html`<ks-search></ks-search>`;
const honor = aProductSummary({id: 'honor', title: '王者荣耀 点券 648', categoryName: '手游充值'});
const inputOf = (root: Element) => find<HTMLInputElement>(root, 'input');
const options = (root: Element) => findAll(root, '[role=option]');
const current = (root: Element) => findAll(root, '[aria-selected=true]').map(option => textOf(option));
const isOpen = (root: Element) => inputOf(root).getAttribute('aria-expanded') === 'true';

async function type(root: HTMLElement, text: string): Promise<void> {
  const input = inputOf(root);
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  await settled(root);
}

/** Types, and waits until fingers have rested and what was typed is looked up. */
async function typeAndRest(root: HTMLElement, shop: FakeShop, text: string): Promise<void> {
  await type(root, text);
  await until(() => shop.productQueries.at(-1)?.q === text.trim());
  await settled(root);
}

async function press(root: HTMLElement, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    inputOf(root).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true}));
    await settled(root);
  }
}

describe('ks-search', () => {
  let shop: FakeShop;
  beforeEach(() => {
    localStorage.clear();
    shop = new FakeShop();
    const list = new FakeProductList();
    list.show([honor, aProductSummary({id: 'other', title: '王者荣耀 皮肤', stock: 'sold_out'})], {total: 12});
    shop.productLists.set('wzry', list);
    shop.productLists.set('王者', list);
    const none = new FakeProductList();
    none.show([]);
    shop.productLists.set('zzz', none);
  });
  afterEach(clearPage);

  describe('for everybody', () => {
    it('is accessible while nothing is typed', () => expectAccessibleEverywhere(shop, () => search));

    it('is accessible with suggestions', () =>
      expectAccessibleEverywhere(
        shop,
        () => search,
        async root => {
          await typeAndRest(root, shop, 'wzry');
          await press(root, 'ArrowDown');
        },
      ));

    it('is accessible with recent searches, and where nothing is found', async () => {
      localStorage.setItem('keystall:searches:https://shop.test', '["steam"]');
      await expectAccessibleEverywhere(
        shop,
        () => search,
        async root => inputOf(root).focus(),
      );
      await expectAccessibleEverywhere(
        shop,
        () => search,
        root => typeAndRest(root, shop, 'zzz'),
      );
    });

    it('is a combobox that names the suggestion Enter would take', async () => {
      const root = await show(shop, search);
      const input = inputOf(root);
      expect(input.getAttribute('role')).to.equal('combobox');
      expect(isOpen(root)).to.equal(false);
      await typeAndRest(root, shop, 'wzry');
      expect(isOpen(root)).to.equal(true);
      expect(input.hasAttribute('aria-activedescendant')).to.equal(false);
      await press(root, 'ArrowDown');
      expect(input.getAttribute('aria-activedescendant')).to.equal(options(root)[0]!.id);
      expect(textOf(find(root, '[role=status]'))).to.equal('3 条建议，用上下方向键选择');
    });
  });

  describe('by keyboard', () => {
    it('goes around the suggestions and through the field', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'wzry');
      await press(root, 'ArrowUp');
      expect(current(root)).to.deep.equal(['查看全部 12 件商品']);
      await press(root, 'ArrowDown');
      expect(current(root)).to.deep.equal([]);
      await press(root, 'ArrowDown', 'ArrowDown');
      expect(current(root)[0]).to.contain('王者荣耀 皮肤');
      expect(focused()).to.equal(inputOf(root));
    });

    it('takes a suggestion with Enter', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'wzry');
      await press(root, 'ArrowDown', 'Enter');
      expect(shop.browse.value).to.deep.equal({q: '王者荣耀 点券 648'});
      expect(isOpen(root)).to.equal(false);
    });

    it('closes with Escape, then empties the field', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'wzry');
      await press(root, 'Escape');
      expect([isOpen(root), inputOf(root).value]).to.deep.equal([false, 'wzry']);
      await press(root, 'Escape');
      expect(inputOf(root).value).to.equal('');
    });

    it('takes a recent search away with Delete', async () => {
      localStorage.setItem('keystall:searches:https://shop.test', '["steam", "xbox"]');
      const root = await show(shop, search);
      inputOf(root).focus();
      await settled(root);
      await press(root, 'ArrowDown', 'Delete');
      expect(options(root).map(textOf)).to.deep.equal(['xbox']);
    });
  });

  describe('suggestions', () => {
    it('say title, category and price, and that a good is sold out', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'wzry');
      expect(textOf(options(root)[0]!)).to.equal('王者荣耀 点券 648 手游充值 ¥47.80');
      expect(textOf(options(root)[1]!)).to.contain('已售罄');
    });

    it('mark what was typed', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, '王者');
      expect(textOf(find(root, 'mark'))).to.equal('王者');
    });

    it('wait for an input method to finish', async () => {
      const root = await show(shop, search);
      const input = inputOf(root);
      input.focus();
      input.value = "wang'zhe";
      input.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
      input.value = '王者';
      input.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
      await until(() => shop.productQueries.some(({q}) => q === '王者'));
      expect(shop.productQueries.map(({q}) => q)).to.not.include("wang'zhe");
    });

    it('say that nothing is found', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'zzz');
      expect(textOf(find(root, '.vain'))).to.equal('没有找到“zzz”');
    });

    it('stay away where the shop does not answer; searching works all the same', async () => {
      const broken = new FakeProductList(failed());
      shop.productLists.set('down', broken);
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'down');
      expect(options(root)).to.have.length(0);
      find<HTMLButtonElement>(root, '.submit').click();
      expect(shop.browse.value).to.deep.equal({q: 'down'});
    });

    it('ask nothing any more once they are closed', async () => {
      const root = await show(shop, search);
      await typeAndRest(root, shop, 'wzry');
      expect(shop.productLists.get('wzry')!.state.listeners).to.equal(1);
      await press(root, 'Escape');
      expect(shop.productLists.get('wzry')!.state.listeners).to.equal(0);
    });
  });

  describe('searching', () => {
    it('is asked for first, and can be prevented', async () => {
      const root = await show(shop, search);
      root.addEventListener('ks-search-request', event => event.preventDefault(), {once: true});
      const asked = next<KsSearchRequestEvent>('ks-search-request', root);
      await type(root, ' steam ');
      find<HTMLButtonElement>(root, '.submit').click();
      expect((await asked).q).to.equal('steam');
      expect(shop.browse.value).to.deep.equal({});
    });

    it('is remembered on this device, and forgotten on request', async () => {
      const root = await show(shop, search);
      await type(root, 'steam');
      find<HTMLButtonElement>(root, '.submit').click();
      root.remove();
      const again = await show(shop, search);
      shop.browse.change({type: 'searched', q: ''});
      inputOf(again).focus();
      await settled(again);
      expect(options(again).map(textOf)).to.deep.equal(['steam']);
      find(again, '.heading button').click();
      await settled(again);
      expect(options(again)).to.have.length(0);
      expect(focused()).to.equal(inputOf(again));
    });

    it('shows what is looked at, whoever changed that', async () => {
      shop.browse.change({type: 'searched', q: 'xbox'});
      const root = await show(shop, search);
      expect(inputOf(root).value).to.equal('xbox');
      shop.browse.change({type: 'searched', q: 'switch'});
      await settled(root);
      expect(inputOf(root).value).to.equal('switch');
      find(root, '[aria-label=清空]').click();
      await settled(root);
      expect([inputOf(root).value, shop.browse.value]).to.deep.equal(['', {}]);
    });
  });

  describe('the page’s address', () => {
    const here = location.href;
    afterEach(() => history.replaceState(null, '', here));

    it('is left alone unasked', async () => {
      await show(shop, search);
      shop.browse.change({type: 'searched', q: 'steam'});
      expect(location.href).to.equal(here);
    });

    it('decides what is looked at, follows it, and goes back', async () => {
      history.replaceState(null, '', '?theirs=1&q=xbox&stock=1#place');
      const root = await show(shop, html`<ks-search sync-url></ks-search>`);
      expect(shop.browse.value).to.deep.equal({q: 'xbox', inStock: true});
      shop.browse.change({type: 'searched', q: 'steam'});
      expect(location.search + location.hash).to.equal('?theirs=1&q=steam&stock=1#place');
      const back = next('popstate', window);
      history.back();
      await back;
      expect(shop.browse.value).to.deep.equal({q: 'xbox', inStock: true});
      await settled(root);
      expect(inputOf(root).value).to.equal('xbox');
      root.remove();
      shop.browse.change({type: 'searched', q: 'late'});
      expect(location.search).to.contain('q=xbox');
    });

    it('may use the names for itself', async () => {
      history.replaceState(null, '', '?q=theirs');
      await show(shop, html`<ks-search sync-url="ks-"></ks-search>`);
      shop.browse.change({type: 'searched', q: 'steam'});
      expect(location.search).to.equal('?q=theirs&ks-q=steam');
    });
  });

  it('keeps its suggestions within 320 px', async () => {
    const root = await show(shop, search);
    root.parentElement!.style.inlineSize = '320px';
    await typeAndRest(root, shop, 'wzry');
    const panel = find(root, '#panel').getBoundingClientRect();
    expect(panel.width).to.be.at.most(320);
    for (const option of options(root)) expect(option.getBoundingClientRect().height).to.be.at.least(44);
  });
});
