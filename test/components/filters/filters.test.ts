import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/filters/define.ts';
import {money} from '../../../src/domain/money.ts';
import {aProductSummary, FakeShop} from '../../support/fake-shop.ts';
import {
  clearPage,
  expectAccessibleEverywhere,
  find,
  findAll,
  focused,
  settled,
  show,
  textOf,
} from '../../support/page.ts';

const filters = html`<ks-filters></ks-filters>`;
const facets = {
  inStock: 5,
  delivery: {automatic: 6, manual: 2},
  price: {lowest: money('1.50', 'CNY'), highest: money('648', 'CNY')},
};

async function enter(root: HTMLElement, name: string, value: string): Promise<void> {
  const input = find<HTMLInputElement>(root, `[name=${name}]`);
  input.value = value;
  input.dispatchEvent(new Event('change', {bubbles: true}));
  await settled(root);
}
const radio = (root: Element, label: string) =>
  find<HTMLInputElement>(
    findAll(root, '.choice .chip').find(chip => textOf(chip).startsWith(label))!,
    'input',
  );

describe('ks-filters', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
    shop.productList.show([aProductSummary()], {total: 8, facets});
  });
  afterEach(clearPage);

  describe('for everybody', () => {
    it('is accessible before anything is known, and with figures', async () => {
      shop.productList.state.set({status: 'loading'});
      await expectAccessibleEverywhere(shop, () => filters);
      shop.productList.show([aProductSummary()], {total: 8, facets});
      await expectAccessibleEverywhere(shop, () => filters);
    });

    it('is accessible with official sources to choose', async () => {
      shop.productList.show([aProductSummary()], {total: 8, facets: {...facets, official: 3}});
      await expectAccessibleEverywhere(shop, () => filters);
    });

    it('offers official sources where there are some, and leaves them with the rest', async () => {
      const root = await show(shop, filters);
      expect(findAll(root, '[name=official]').length).to.equal(0);
      shop.productList.show([aProductSummary()], {total: 8, facets: {...facets, official: 3}});
      await settled(root);
      const chip = findAll(root, '.chip').find(each => textOf(each) === '官方直供 3')!;
      find<HTMLInputElement>(chip, 'input').click();
      expect(shop.browse.value.official).to.equal(true);
      await settled(root);
      find(root, '.total button').click();
      expect(shop.browse.value).to.deep.equal({});
    });

    it('is accessible with everything chosen and a price that is none', async () => {
      shop.browse.change({type: 'replaced', state: {q: 'x', inStock: true, delivery: 'manual', minPrice: '5'}});
      await expectAccessibleEverywhere(
        shop,
        () => filters,
        root => enter(root, 'maxPrice', '1'),
      );
    });

    it('says how much is left', async () => {
      const root = await show(shop, filters);
      expect(textOf(find(root, '[role=status]'))).to.equal('共 8 件商品');
    });
  });

  it('says what each choice would leave, and keeps saying it while new figures come', async () => {
    const root = await show(shop, filters);
    const said = () => findAll(root, '.chip').map(textOf);
    expect(said()).to.deep.equal(['只看有货 5', '不限', '自动发货 6', '人工发货 2']);
    expect(findAll<HTMLInputElement>(root, '.ends input').map(({placeholder}) => placeholder)).to.deep.equal([
      '¥1.50',
      '¥648.00',
    ]);
    shop.productList.state.set({status: 'loading'});
    await settled(root);
    expect(said()[0]).to.equal('只看有货 5');
  });

  it('asks the question of a grid without a limit, so that one answer serves both', async () => {
    shop.browse.change({type: 'replaced', state: {q: 'steam', inStock: true}});
    await show(shop, filters, {lang: 'en'});
    expect(shop.productQueries.at(-1)).to.deep.equal({lang: 'en', q: 'steam', inStock: true});
  });

  it('narrows down by stock and by delivery', async () => {
    const root = await show(shop, filters);
    find(root, 'input[type=checkbox]').click();
    radio(root, '人工发货').click();
    expect(shop.browse.value).to.deep.equal({inStock: true, delivery: 'manual'});
    await settled(root);
    radio(root, '不限').click();
    find(root, 'input[type=checkbox]').click();
    expect(shop.browse.value).to.deep.equal({});
  });

  describe('the price', () => {
    it('is understood as people write it, and shown as it was understood', async () => {
      const root = await show(shop, filters);
      await enter(root, 'minPrice', '¥１２.50');
      await enter(root, 'maxPrice', '1,000');
      expect(shop.browse.value).to.deep.equal({minPrice: '12.5', maxPrice: '1000'});
      expect(find<HTMLInputElement>(root, '[name=minPrice]').value).to.equal('12.5');
      await enter(root, 'minPrice', '');
      expect(shop.browse.value).to.deep.equal({maxPrice: '1000'});
    });

    it('that is none or upside down is said so, and changes nothing', async () => {
      const root = await show(shop, filters);
      await enter(root, 'maxPrice', 'cheap');
      expect(textOf(find(root, '#problem'))).to.contain('请填写金额');
      expect(find(root, '[name=minPrice]').getAttribute('aria-invalid')).to.equal('false');
      expect(find(root, '[name=maxPrice]').getAttribute('aria-invalid')).to.equal('true');
      await enter(root, 'maxPrice', '9');
      await enter(root, 'minPrice', '10');
      expect(textOf(find(root, '#problem'))).to.equal('最高价要高于最低价');
      expect(shop.browse.value).to.deep.equal({maxPrice: '9'});
      await enter(root, 'minPrice', '8');
      expect(textOf(find(root, '#problem'))).to.equal('');
      expect(shop.browse.value).to.deep.equal({minPrice: '8', maxPrice: '9'});
    });
  });

  describe('the order', () => {
    const choose = (root: HTMLElement, value: string) => {
      const select = find<HTMLSelectElement>(root, 'select');
      select.value = value;
      select.dispatchEvent(new Event('change', {bubbles: true}));
    };

    it('is the shop’s own, or by relevance in a search, unless another is chosen', async () => {
      const root = await show(shop, filters);
      const values = () => findAll<HTMLOptionElement>(root, 'option').map(({value}) => value);
      expect(values()).to.deep.equal(['featured', 'price_ascending', 'price_descending', 'title']);
      shop.browse.change({type: 'searched', q: 'steam'});
      await settled(root);
      expect(values()[0]).to.equal('relevance');
      expect(find<HTMLSelectElement>(root, 'select').value).to.equal('relevance');
      choose(root, 'price_ascending');
      expect(shop.browse.value).to.deep.equal({q: 'steam', sort: 'price_ascending'});
      choose(root, 'relevance');
      expect(shop.browse.value).to.deep.equal({q: 'steam'});
    });
  });

  it('takes everything back at once and keeps the focus', async () => {
    shop.browse.change({type: 'replaced', state: {q: 'x', inStock: true, delivery: 'manual', minPrice: '5'}});
    const root = await show(shop, filters);
    const clear = find(root, '.total button');
    clear.focus();
    clear.click();
    await settled(root);
    expect(shop.browse.value).to.deep.equal({q: 'x'});
    expect(clear.hidden).to.equal(true);
    expect(focused()).to.equal(find(root, 'input[type=checkbox]'));
    expect(find<HTMLInputElement>(root, '[name=minPrice]').value).to.equal('');
  });
});
