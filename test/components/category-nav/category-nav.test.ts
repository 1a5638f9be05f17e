import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/category-nav/define.ts';
import {categoryTree, currentPath} from '../../../components/storefront/category-nav/category-tree.ts';
import type {Category} from '../../../src/contract/product.ts';
import {failed, FakeShop, ready} from '../../support/fake-shop.ts';
import {clearPage, expectAccessibleEverywhere, find, findAll, settled, show, textOf} from '../../support/page.ts';

const nav = html`<ks-category-nav></ks-category-nav>`;
const categories: Category[] = [
  {id: 'games', name: '游戏点卡', productCount: 7},
  {id: 'steam', name: 'Steam', parentId: 'games', productCount: 4},
  {id: 'wallet', name: '钱包 充值', parentId: 'steam', productCount: 2},
  {id: 'video', name: '影音会员', productCount: 3},
];
const names = (root: Element) => findAll(root, '.category .name').map(textOf);
const button = (root: Element, name: string) =>
  findAll(root, '.category').find(each => textOf(find(each, '.name')) === name)!;

describe('ks-category-nav', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
    shop.categoryList.set(ready(categories));
  });
  afterEach(clearPage);

  describe('for everybody', () => {
    it('is accessible while loading and after a failure', async () => {
      shop.categoryList.set({status: 'loading'});
      await expectAccessibleEverywhere(shop, () => nav);
      shop.categoryList.set(failed());
      await expectAccessibleEverywhere(shop, () => nav);
    });

    it('is accessible with a category chosen', async () => {
      shop.browse.change({type: 'category_chosen', category: 'wallet'});
      await expectAccessibleEverywhere(shop, () => nav);
    });

    it('is a named navigation that marks where one is and says how much is there', async () => {
      shop.browse.change({type: 'category_chosen', category: 'steam'});
      const root = await show(shop, nav);
      expect(find(root, 'nav').getAttribute('aria-label')).to.equal('商品分类');
      const marked = findAll(root, '[aria-current]');
      expect(marked.map(textOf)).to.deep.equal(['Steam 4 4 件']);
    });

    it('has targets of 44 px', async () => {
      const root = await show(shop, nav);
      for (const each of findAll(root, 'button')) {
        expect(each.getBoundingClientRect().height).to.be.at.least(44);
      }
    });
  });

  describe('the tree', () => {
    it('begins with everything, and shows what is inside the category at hand', async () => {
      const root = await show(shop, nav);
      expect(names(root)).to.deep.equal(['全部商品', '游戏点卡', '影音会员']);
      expect(textOf(button(root, '全部商品'))).to.contain('10 件');
      button(root, '游戏点卡').click();
      await settled(root);
      expect(shop.browse.value.category).to.equal('games');
      expect(names(root)).to.deep.equal(['全部商品', '游戏点卡', 'Steam', '影音会员']);
    });

    it('opens and closes by hand without choosing anything', async () => {
      const root = await show(shop, nav);
      const toggle = find(root, '.toggle');
      expect(toggle.getAttribute('aria-expanded')).to.equal('false');
      toggle.click();
      await settled(root);
      expect(find(root, '.toggle').getAttribute('aria-expanded')).to.equal('true');
      expect(names(root)).to.include('Steam');
      expect(shop.browse.value).to.deep.equal({});
    });

    it('goes back to everything', async () => {
      shop.browse.change({type: 'category_chosen', category: 'video'});
      const root = await show(shop, nav);
      button(root, '全部商品').click();
      expect(shop.browse.value).to.deep.equal({});
    });

    it('knows a category by its name as an address writes it', () => {
      expect(currentPath(categories, '钱包-充值').map(({id}) => id)).to.deep.equal(['games', 'steam', 'wallet']);
      expect(currentPath(categories, 'absent')).to.deep.equal([]);
    });

    it('lets no category out, whatever parents a platform names', () => {
      const looped = categoryTree([
        {id: 'a', name: 'A', parentId: 'b', productCount: 1},
        {id: 'b', name: 'B', parentId: 'a', productCount: 1},
        {id: 'c', name: 'C', parentId: 'a', productCount: 1},
        {id: 'd', name: 'D', parentId: 'gone', productCount: 1},
      ]);
      const ids = (nodes: ReturnType<typeof categoryTree>): string[] =>
        nodes.flatMap(({category, children}) => [category.id, ...ids(children)]);
      expect(ids(looped).sort()).to.deep.equal(['a', 'b', 'c', 'd']);
    });
  });

  it('tries again on request', async () => {
    const failure = failed();
    shop.categoryList.set(failure);
    const root = await show(shop, nav);
    find(root, '[part=error] button').click();
    expect(failure.retries).to.equal(1);
  });
});
