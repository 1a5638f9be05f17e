import {expect} from 'chai';
import {sendKeys} from '@web/test-runner-commands';
import {html} from 'lit';
import {money} from '../../../src/domain/money.ts';
import {CartError} from '../../../src/store/cart-error.ts';
import '../../../components/storefront/product/define.ts';
import '../../../components/storefront/product/card-picker/define.ts';
import '../../../components/storefront/product-card/define.ts';
import {aCard, aProduct, aProductWithChoices, failed, FakeCardList, FakeShop} from '../../support/fake-shop.ts';
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

const page = () => html`<ks-product product="steam-50"></ks-product>`;

describe('ks-card-picker', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
    shop.showProduct(aProduct({cards: true}));
    shop.cardList.show([aCard(8888), aCard(6666, {premium: money('0', 'CNY'), price: money('47.80', 'CNY')})]);
  });
  afterEach(clearPage);

  const showPage = async (): Promise<HTMLElement> => {
    const root = await show(shop, page());
    await until(() => findAll(find(root, 'ks-card-picker'), 'fieldset').length > 0);
    await settled(root);
    return root;
  };
  const radios = (root: HTMLElement) => findAll<HTMLInputElement>(find(root, 'ks-card-picker'), 'input[type=radio]');
  const choose = async (root: HTMLElement, label: string): Promise<void> => {
    const value = findAll(find(root, 'ks-card-picker'), '.value').find(each => textOf(each).includes(label))!;
    find<HTMLInputElement>(value, 'input').click();
    await settled(root);
  };

  it('is accessible with cards, with more of them, without any, while it loads and when it cannot', async () => {
    await expectAccessibleEverywhere(shop, page, root => choose(root, '8888'));
    shop.cardList.show([aCard(1)], {total: 3000, hasMore: true});
    await expectAccessibleEverywhere(shop, page);
    shop.cardList.show([]);
    await expectAccessibleEverywhere(shop, page);
    shop.cardList.state.set({status: 'loading'});
    await expectAccessibleEverywhere(shop, page);
    shop.cardList.state.set(failed('cards_unavailable'));
    await expectAccessibleEverywhere(shop, page);
  });

  it('is not there where a good lets nobody choose', async () => {
    shop.showProduct(aProduct());
    const root = await show(shop, page());
    expect(findAll(root, 'ks-card-picker').length).to.equal(0);
  });

  it('says what each card adds, and begins with none chosen', async () => {
    const root = await showPage();
    const values = findAll(find(root, 'ks-card-picker'), '.value').map(textOf);
    expect(values).to.deep.equal(['不选，由平台发一张', '尾号8888 +¥6.00', '尾号6666']);
    expect(radios(root).map(({checked}) => checked)).to.deep.equal([true, false, false]);
  });

  it('is one group for the arrow keys', async () => {
    const root = await showPage();
    radios(root)[0]!.focus();
    await sendKeys({press: 'ArrowDown'});
    await settled(root);
    expect(radios(root)[1]!.checked).to.equal(true);
    expect(focused()).to.equal(radios(root)[1]);
    expect(textOf(find(root, '[part=price]'))).to.contain('53.80');
  });

  it('puts the chosen card into the cart, one piece at its price, as a line of its own', async () => {
    const root = await showPage();
    await choose(root, '8888');
    expect(textOf(find(root, '[part=total]'))).to.contain('¥53.80');
    find(root, '[part=add]').click();
    const {line} = shop.cart.calls[0]!;
    expect(line).to.deep.include({
      skuId: 'sku-steam-50~8888',
      choices: {自选卡密: '尾号8888'},
      price: money('53.80', 'CNY'),
      quantity: 1,
    });
    await choose(root, '不选');
    find(root, '[part=add]').click();
    expect(shop.cart.calls[1]!.line!.skuId).to.equal('sku-steam-50');
  });

  it('leads to the checkout with the chosen card alone', async () => {
    const root = await showPage();
    await choose(root, '8888');
    find(root, '[part=buy]').click();
    await until(() => shop.checkout.selected !== undefined);
    expect(shop.checkout.selected).to.deep.equal([{skuId: 'sku-steam-50~8888', quantity: 1}]);
  });

  it('that is refused because somebody was faster is given up, said so, and the list is asked for anew', async () => {
    const root = await showPage();
    await choose(root, '8888');
    find(root, '[part=add]').click();
    shop.cart.calls[0]!.refuse(new CartError('sku-steam-50~8888', {kind: 'card_gone'}));
    await until(() => shop.cardList.refreshes === 1);
    await settled(root);
    expect(textOf(find(root, '[part=error]'))).to.equal('这张卡已被买走，请另选一张。');
    expect(radios(root)[0]!.checked).to.equal(true);
    expect(textOf(find(root, '[part=total]'))).to.contain('¥47.80');
    // Nothing goes in unasked in its place.
    expect(shop.cart.calls.length).to.equal(1);
  });

  it('shows thousands page by page, and keeps the chosen one in sight', async () => {
    shop.cardList.show([aCard(3), aCard(2)], {total: 3000, hasMore: true});
    const root = await showPage();
    const picker = find(root, 'ks-card-picker');
    expect(textOf(find(picker, '[role=status]'))).to.equal('已显示 2 张，共 3000 张');
    find(picker, 'button').click();
    expect(shop.cardList.loadMoreCalls).to.equal(1);
    await choose(root, '尾号2');
    shop.cardList.show([aCard(3)], {total: 2999, hasMore: true});
    await settled(root);
    expect(radios(root).map(({checked}) => checked)).to.deep.equal([false, true, false]);
  });

  it('asks again on demand when the cards cannot be listed; the good can be bought all the same', async () => {
    const failure = failed('cards_unavailable');
    shop.cardList.state.set(failure);
    const root = await showPage();
    find(find(root, 'ks-card-picker'), 'button').click();
    expect(failure.retries).to.equal(1);
    expect(find<HTMLButtonElement>(root, '[part=add]').disabled).to.equal(false);
  });

  it('is of the chosen variant; what was chosen of another is given up, its form is not', async () => {
    const field = {name: 'account', label: '账号', type: 'text', required: true} as const;
    shop.showProduct(aProductWithChoices({id: 'steam-50', cards: true, fields: [field]}));
    const [month, quarter] = [new FakeCardList(), new FakeCardList()];
    month.show([aCard(1, {skuId: 'month-phone~1'})]);
    quarter.show([aCard(2, {skuId: 'quarter-phone~2'})]);
    shop.cardLists.set('month-phone', month).set('quarter-phone', quarter);
    const root = await showPage();
    await settled(root);
    await choose(root, '尾号1');
    const input = find<HTMLInputElement>(root, '.form input');
    input.value = 'me@example.com';
    input.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
    const other = findAll(root, '.value').find(each => textOf(each).startsWith('季卡'))!;
    find<HTMLInputElement>(other, 'input').click();
    await settled(root);
    await settled(root);
    expect(findAll(find(root, 'ks-card-picker'), '.value').map(textOf)[1]).to.contain('尾号2');
    expect(radios(root)[0]!.checked).to.equal(true);
    await choose(root, '尾号2');
    expect(find<HTMLInputElement>(root, '.form input').value).to.equal('me@example.com');
    find(root, '[part=add]').click();
    expect(shop.cart.calls[0]!.line!.skuId).to.equal('quarter-phone~2');
  });

  it('has targets of at least 44 px and fits a narrow phone, whatever its sellers write', async () => {
    shop.cardList.show([aCard(1, {label: 'W'.repeat(80), premium: money('99999999.99', 'CNY')}), aCard(2)], {
      total: 9,
      hasMore: true,
    });
    const root = await showPage();
    const host = find(root, 'ks-product');
    host.style.inlineSize = '328px';
    for (const target of findAll(find(root, 'ks-card-picker'), '.value, button')) {
      const {width, height} = target.getBoundingClientRect();
      expect(Math.min(width, height), target.outerHTML).to.be.at.least(44);
    }
    expect(host.scrollWidth).to.be.at.most(328);
    const picker = find(root, 'ks-card-picker');
    expect(find(picker, '.cards').scrollWidth).to.be.at.most(find(picker, '.cards').clientWidth);
  });

  it('is in the dialog of a card of the list, too', async () => {
    const root = await show(shop, html`<ks-product-card product-id="steam-50"></ks-product-card>`);
    find(root, '[part=title]').click();
    await until(() => findAll(root, 'ks-card-picker').length > 0);
    await until(() => radios(root).length > 0);
    await choose(root, '8888');
    find(find(root, 'ks-product-choice'), 'footer .button').click();
    await until(() => shop.cart.calls.length === 1);
    expect(shop.cart.calls[0]!.line!.skuId).to.equal('sku-steam-50~8888');
  });
});
