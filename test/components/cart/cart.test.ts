import {sendKeys, sendMouse} from '@web/test-runner-commands';
import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/cart/define.ts';
import type {KsCart} from '../../../components/storefront/cart/cart.ts';
import type {CartLine, CartProblem} from '../../../src/store/shop.ts';
import {money} from '../../../src/domain/money.ts';
import {anOrder} from '../../support/fake-checkout.ts';
import {aCartLine, FakeShop, ready} from '../../support/fake-shop.ts';
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

const second = aCartLine({
  skuId: 'year',
  title: '爱奇艺黄金会员',
  choices: {时长: '年卡', 端: '手机端'},
  price: money('188.00', 'CNY'),
});

describe('ks-cart', () => {
  afterEach(clearPage);

  const showCart = async (lines: readonly CartLine[], lang = 'zh-CN') => {
    const shop = new FakeShop({lines});
    const root = await show(shop, html`<button id="before">before</button><ks-cart></ks-cart>`, {lang});
    find(root, '#before').focus();
    const cart = find<KsCart>(root, 'ks-cart');
    cart.show();
    await settled(root);
    expect(shop.cart.calls.splice(0).map(({method}) => method)).to.deep.equal(['refresh']);
    return {shop, root, cart, dialog: find<HTMLDialogElement>(root, 'dialog')};
  };

  describe('the orders of this device', () => {
    for (const [what, lines] of [
      ['an empty cart', []],
      ['a full one', [aCartLine()]],
    ] as const) {
      it(`are reached from ${what}, and left again`, async () => {
        const {shop, cart, root, dialog} = await showCart(lines, 'en');
        shop.orders.showOrder(anOrder({id: 'order-7', number: 'KS-7', state: 'delivered'}));
        shop.orders.known.set(ready([{id: 'order-7', number: 'KS-7', createdAt: '2099-01-01T00:00:00.000Z'}]));
        find(cart, '.orders').click();
        await until(() => findAll(cart, 'ks-order-list').length === 1 && textOf(dialog).includes('KS-7'));
        expect(find(cart, '#title').textContent.trim()).to.equal('Your orders');
        expect(focused()).to.equal(find(cart, '.to-cart'));
        find(find(cart, 'ks-order-list'), '.open').click();
        await until(() => findAll(find(cart, 'ks-order-list'), 'ks-order').length === 1);
        find(cart, '.to-cart').click();
        await settled(root);
        expect(focused()).to.equal(find(cart, '.orders'));
        expect(find(cart, '#title').textContent).to.contain('Cart');
      });
    }
  });

  it('asks for its titles anew when the page speaks another language', async () => {
    const {shop, root} = await showCart([aCartLine()], 'en');
    root.lang = 'zh-CN';
    await until(() => shop.cart.calls.some(({method}) => method === 'refresh'));
    await settled(root);
    expect(shop.cart.calls.filter(({method}) => method === 'refresh')).to.have.length(1);
  });

  it('keeps the focus of a stepper that has come to its end', async () => {
    const {cart} = await showCart([aCartLine({quantity: 1})], 'en');
    const stepper = find(cart, 'ks-quantity-stepper');
    const [less] = findAll(stepper, 'button');
    expect(less!.getAttribute('aria-disabled')).to.equal('true');
    less!.focus();
    expect(focused()).to.equal(less);
    let asked = 0;
    stepper.addEventListener('ks-quantity-change', () => asked++);
    less!.click();
    expect(asked, 'a press there asks for nothing').to.equal(0);
  });

  describe('for everybody', () => {
    const open = async (root: HTMLElement): Promise<void> => find<KsCart>(root, 'ks-cart').show();

    it('is accessible when empty', () =>
      expectAccessibleEverywhere(new FakeShop(), () => html`<ks-cart></ks-cart>`, open));

    it('is accessible with lines, pending and with problems', () =>
      expectAccessibleEverywhere(
        new FakeShop({
          lines: [
            aCartLine({quantity: 2}),
            {...second, pending: true},
            aCartLine({skuId: 'c', problem: {kind: 'not_enough', available: 1}}),
          ],
        }),
        () => html`<ks-cart></ks-cart>`,
        open,
      ));

    it('is accessible with lines that cannot be bought any more, and a code', () => {
      const shop = new FakeShop({lines: [aCartLine(), {...second, problem: {kind: 'sold_out'}}]});
      shop.cart.setCouponState({code: 'SPRING', pending: false, saves: money('5.00', 'CNY')});
      return expectAccessibleEverywhere(shop, () => html`<ks-cart></ks-cart>`, open);
    });

    it('is named, and so are its controls', async () => {
      const {dialog, root} = await showCart([aCartLine()], 'en');
      expect(dialog.getAttribute('aria-labelledby')).to.equal('title');
      expect(find(root, '.remove').getAttribute('aria-label')).to.equal('Remove: Steam 钱包充值码 50 元');
      expect(find(root, '.stepper').getAttribute('aria-label')).to.equal('Steam 钱包充值码 50 元, Quantity');
    });

    it('has targets of at least 44 px', async () => {
      const {root} = await showCart([aCartLine()]);
      for (const button of findAll(root, 'dialog button, .stepper button')) {
        const {width, height} = button.getBoundingClientRect();
        expect(Math.min(width, height), button.outerHTML).to.be.at.least(44);
      }
    });
  });

  describe('keyboard and focus', () => {
    it('takes the focus, and gives it back on Escape', async () => {
      const {dialog, root} = await showCart([aCartLine()]);
      expect(dialog.contains(focused())).to.equal(true);
      await sendKeys({press: 'Escape'});
      await until(() => !dialog.open);
      expect(focused()).to.equal(find(root, '#before'));
    });

    it('closes by its button and by a click beside it, not by a click within', async () => {
      const {cart, dialog, root} = await showCart([aCartLine()]);
      find(root, '.body').click();
      expect(cart.open).to.equal(true);
      await sendMouse({type: 'click', position: [5, 5]});
      await until(() => !dialog.open);
      cart.show();
      await settled(root);
      find(root, 'header button').click();
      await until(() => !dialog.open);
    });

    it('stays open when a selection that began within ends beside it', async () => {
      const {dialog, root} = await showCart([aCartLine()]);
      const {left, top} = find(root, '#title').getBoundingClientRect();
      await sendMouse({type: 'move', position: [Math.ceil(left) + 5, Math.ceil(top) + 5]});
      await sendMouse({type: 'down'});
      await sendMouse({type: 'move', position: [5, 5]});
      await sendMouse({type: 'up'});
      await new Promise(resolve => setTimeout(resolve));
      expect(dialog.open).to.equal(true);
    });

    it('is modal again when it was moved within the page while open', async () => {
      const {cart, dialog, root} = await showCart([aCartLine()]);
      root.prepend(cart);
      await settled(root);
      expect(cart.open).to.equal(true);
      expect(dialog.matches(':modal')).to.equal(true);
    });

    it('can be shown before it is put into the page', async () => {
      const {cart, dialog, root} = await showCart([aCartLine()]);
      cart.remove();
      cart.close();
      await cart.updateComplete;
      cart.show();
      await cart.updateComplete;
      root.append(cart);
      await settled(root);
      expect(dialog.matches(':modal')).to.equal(true);
    });

    it('moves the focus to the next line when one is removed, and on when none is left', async () => {
      const {root, shop} = await showCart([aCartLine(), second]);
      find(root, '.remove').click();
      await settled(root);
      expect(shop.cart.calls.map(({method, skuId}) => [method, skuId])).to.deep.equal([['remove', 'sku-steam-50']]);
      expect(focused()?.getAttribute('aria-label')).to.equal('移除：爱奇艺黄金会员');
      expect(textOf(find(root, 'dialog > [role=status]'))).to.equal('已移除：Steam 钱包充值码 50 元');
      find(root, '.remove').click();
      await settled(root);
      expect(textOf(focused()!)).to.equal('继续逛逛');
    });
  });

  describe('lines', () => {
    it('show title, choices, price and sum', async () => {
      const {root} = await showCart([{...second, quantity: 2}]);
      expect(textOf(find(root, '.about'))).to.equal('爱奇艺黄金会员 年卡 · 手机端');
      expect(textOf(find(root, '.sum'))).to.equal('¥376.00 每件 ¥188.00');
      expect(textOf(find(root, '.subtotal'))).to.equal('小计 ¥376.00');
    });

    it('change their quantity by the buttons', async () => {
      const {root, shop} = await showCart([aCartLine({quantity: 2})]);
      const [less, more] = findAll(root, '.stepper button');
      more!.click();
      await settled(root);
      less!.click();
      await settled(root);
      less!.click();
      await settled(root);
      expect(shop.cart.calls.map(({quantity}) => quantity)).to.deep.equal([3, 2, 1]);
      expect(less!.getAttribute('aria-disabled')).to.equal('true');
    });

    it('show again what the server made of them', async () => {
      const {root, shop} = await showCart([aCartLine({quantity: 2})]);
      findAll(root, '.stepper button')[1]!.click();
      shop.cart.setLines([aCartLine({quantity: 2, problem: {kind: 'not_enough', available: 2}})]);
      await settled(root);
      expect(find<HTMLInputElement>(root, 'input').value).to.equal('2');
      expect(textOf(find(root, '.problem'))).to.equal('库存不够，最多可买 2 件。');
    });

    it('say that they are being confirmed', async () => {
      const {root} = await showCart([aCartLine({pending: true})]);
      expect(textOf(find(root, '.sum'))).to.contain('正在确认…');
      expect(find(root, 'li').getAttribute('aria-busy')).to.equal('true');
    });

    const words: readonly [CartProblem, string][] = [
      [{kind: 'unavailable'}, 'No longer for sale. Please remove it.'],
      [{kind: 'sold_out'}, 'Sold out meanwhile. Please remove it.'],
      [{kind: 'not_enough', available: 0}, 'Sold out.'],
      [{kind: 'not_enough', available: 3}, 'Not enough in stock: 3 at most.'],
      [{kind: 'below_minimum', minimum: 5}, 'Sold from 5 on.'],
      [{kind: 'above_maximum', maximum: 9}, 'At most 9 per order.'],
      [{kind: 'price_changed', before: money('45.00', 'CNY')}, 'The price has changed; it was ¥45.00.'],
      [{kind: 'unconfirmed'}, 'No connection: the shop has not confirmed this yet.'],
    ];
    for (const [problem, text] of words) {
      it(`say what is the matter: ${text}`, async () => {
        const {root} = await showCart([aCartLine({problem})], 'en');
        expect(textOf(find(root, '.problem'))).to.equal(text);
      });
    }
  });

  describe('lines that cannot be bought any more', () => {
    const dead: CartLine = {...second, problem: {kind: 'sold_out'}};

    it('are told of, do not count, and go together', async () => {
      const other = aCartLine({skuId: 'c', title: '旧商品', problem: {kind: 'unavailable'}});
      const {root, shop} = await showCart([aCartLine(), dead, other]);
      expect(textOf(find(root, '[part=dead]'))).to.contain('有 2 种商品已经买不到了。');
      expect(textOf(find(root, '.subtotal'))).to.equal('小计 ¥47.80');
      find(root, '[part=dead] button').click();
      await settled(root);
      expect(shop.cart.value.lines.map(({skuId}) => skuId)).to.deep.equal(['sku-steam-50']);
      expect(findAll(root, '[part=dead]')).to.deep.equal([]);
      expect(textOf(find(root, 'dialog > [role=status]'))).to.equal('已移除：爱奇艺黄金会员 已移除：旧商品');
      expect(focused()?.getAttribute('aria-label')).to.equal('移除：Steam 钱包充值码 50 元');
    });

    it('leave an empty cart behind if there was nothing else', async () => {
      const {root} = await showCart([dead]);
      find(root, '[part=dead] button').click();
      await settled(root);
      expect(textOf(focused()!)).to.equal('继续逛逛');
    });
  });

  describe('a code', () => {
    it('is asked for only where the shop takes any', async () => {
      const {root, shop} = await showCart([aCartLine()]);
      expect(findAll(root, 'ks-coupon-field')).to.deep.equal([]);
      const info = shop.shopInfo.value;
      shop.shopInfo.set(ready({...(info.status === 'ready' ? info.data : ({} as never)), coupons: true}));
      await settled(root);
      expect(findAll(root, 'ks-coupon-field')).to.have.length(1);
    });

    it('shows what is left to pay', async () => {
      const {root, shop} = await showCart([aCartLine()]);
      shop.cart.setCouponState({code: 'SPRING', pending: false, saves: money('5.00', 'CNY')});
      await settled(root);
      expect(textOf(findAll(root, '.subtotal').at(-1)!)).to.equal('优惠后 ¥42.80');
    });
  });

  describe('checking out', () => {
    it('asks the page first, and does nothing if it prevents it', async () => {
      const {root, cart, shop} = await showCart([aCartLine()]);
      let asked = 0;
      root.addEventListener('ks-checkout-request', event => {
        asked = event.cart.count;
        event.preventDefault();
      });
      find(root, '[part=checkout]').click();
      expect(asked).to.equal(1);
      expect(cart.open).to.equal(true);
      expect(shop.checkout.calls.map(({method}) => method)).to.deep.equal(['resume']);
    });
  });
});
