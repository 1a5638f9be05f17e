import {expect} from 'chai';
import {sendKeys} from '@web/test-runner-commands';
import {html} from 'lit';
import type {Product} from '../../../src/contract/product-details.ts';
import {money} from '../../../src/domain/money.ts';
import {CartError} from '../../../src/store/cart-error.ts';
import '../../../components/storefront/product/define.ts';
import type {KsAddRequestEvent} from '../../../components/shared/events/ks-add-request.ts';
import type {KsCheckoutRequestEvent} from '../../../components/shared/events/ks-checkout-request.ts';
import {aProduct, aProductWithChoices, aSku, failed, FakeShop} from '../../support/fake-shop.ts';
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

const page = (id = 'steam-50') => html`<ks-product product=${id}></ks-product>`;
const text = (words: string): Product['description'] => [{kind: 'paragraph', spans: [{text: words}]}];

const withFields = (overrides: Partial<Product> = {}): Product =>
  aProductWithChoices({
    fields: [
      {name: 'account', label: '游戏账号', type: 'text', required: true, pattern: '.{3,}', error: '账号至少 3 个字符'},
      {name: 'area', label: '大区', type: 'select', required: true, options: [{label: '电信一区', value: 'dx1'}]},
      {name: 'remark', label: '备注', type: 'textarea', required: false},
    ],
    ...overrides,
  });

const everything = (): Product =>
  withFields({
    cover: '/cover.svg',
    pictures: ['/1.svg', '/2.svg'],
    badges: [
      {
        text: '官方直供',
        evidence: 'document',
        statement: '一级经销商授权书 2026-018',
        url: 'https://brand.example/2026-018',
        validUntil: '2027-03-31',
      },
      {text: '热卖', evidence: 'platform'},
    ],
    notice: [{kind: 'list', ordered: true, items: [[{text: '仅限国区'}], [{text: '不支持退换', strong: true}]]}],
    description: [
      {kind: 'heading', spans: [{text: '使用方法'}]},
      {kind: 'paragraph', spans: [{text: '见 '}, {text: '教程', href: 'https://help.example/how'}]},
      {kind: 'list', ordered: false, items: [[{text: '打开应用'}]]},
    ],
  });

describe('ks-product', () => {
  let shop: FakeShop;
  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  const showProduct = async (product: Product, settings = {}): Promise<HTMLElement> => {
    shop.showProduct(product);
    return show(shop, page(product.id), settings);
  };
  const button = (root: HTMLElement, name: 'add' | 'buy') => find<HTMLButtonElement>(root, `[part=${name}]`);
  const choose = async (root: HTMLElement, value: string): Promise<void> => {
    const label = findAll(root, '.value').find(each => textOf(each).startsWith(value))!;
    find<HTMLInputElement>(label, 'input').click();
    await settled(root);
  };
  const setQuantity = async (root: HTMLElement, quantity: string): Promise<void> => {
    const input = find<HTMLInputElement>(find(root, 'ks-quantity-stepper'), 'input');
    input.value = quantity;
    input.dispatchEvent(new Event('change'));
    await settled(root);
  };
  const fillIn = async (root: HTMLElement, selector: string, value: string): Promise<void> => {
    const control = find<HTMLInputElement>(root, selector);
    control.value = value;
    control.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
    await settled(root);
  };

  describe('for everybody', () => {
    it('is accessible with everything that can be on it', () => {
      const product = everything();
      shop.showProduct(product);
      return expectAccessibleEverywhere(shop, () => page(product.id));
    });

    it('is accessible while it loads, when it cannot, when there is no such good, and when none was chosen', async () => {
      await expectAccessibleEverywhere(shop, () => page());
      await expectAccessibleEverywhere(shop, () => html`<ks-product></ks-product>`);
      for (const code of ['connection', 'product_not_found']) {
        shop.product('steam-50').set(failed(code));
        await expectAccessibleEverywhere(shop, () => page());
      }
    });

    it('is accessible sold out, with prices of a moment ago, and with fields that are wrong', async () => {
      shop.showProduct(aProduct({skus: [aSku({stock: 'sold_out', checkedAt: '2026-11-20T08:00:00Z'})]}));
      await expectAccessibleEverywhere(shop, () => page());
      shop.product('steam-50').set({...failed(), data: aProduct()});
      await expectAccessibleEverywhere(shop, () => page());
      shop.showProduct(withFields());
      await expectAccessibleEverywhere(
        shop,
        () => page('iqiyi'),
        async root => button(root, 'buy').click(),
      );
    });

    it('says what is sold out and what nobody sells in different words and looks', async () => {
      const root = await showProduct(aProductWithChoices());
      await choose(root, '年卡');
      const television = () => findAll(root, '.value').find(each => textOf(each).startsWith('电视端'))!;
      expect(textOf(television())).to.equal('电视端 售罄');
      const soldOut = getComputedStyle(find(television(), 'span')).backgroundImage;
      await choose(root, '月卡');
      expect(textOf(television())).to.equal('电视端 无此组合');
      expect(getComputedStyle(find(television(), 'span')).borderStyle).to.equal('dashed');
      expect(getComputedStyle(find(television(), 'span')).backgroundImage).not.to.equal(soldOut);
    });

    it('shows an official source with its evidence, and never without', async () => {
      const root = await showProduct(everything());
      const official = find<HTMLDetailsElement>(root, '[part=official]');
      official.querySelector('summary')!.click();
      expect(official.open).to.equal(true);
      expect(textOf(official)).to.equal('官方直供 查看依据 一级经销商授权书 2026-018 有效期至 2027年3月31日 核对原件');
      expect(official.querySelector('a')!.rel).to.equal('noopener noreferrer');
      shop.showProduct(aProduct({badges: [{text: '官方直供', evidence: 'document'}]}));
      const bare = await show(shop, page());
      expect(textOf(bare)).not.to.contain('官方直供');
    });

    it('has targets of at least 44 px', async () => {
      const root = await showProduct(everything());
      find(root, 'ks-product').style.inlineSize = '328px';
      for (const target of findAll(root, 'button, .value, .thumbnails button, select, textarea')) {
        const {width, height} = target.getBoundingClientRect();
        expect(Math.min(width, height), target.outerHTML).to.be.at.least(44);
      }
    });

    it('fits a narrow phone, whatever the length of its words and prices', async () => {
      const long = 'W'.repeat(300);
      const root = await showProduct(
        aProduct({
          title: long,
          description: text(long),
          notice: text(long),
          badges: [{text: long.slice(0, 12), evidence: 'platform'}],
          options: [{name: long, values: [long]}],
          skus: [
            aSku({
              choices: {[long]: long},
              prices: [
                {from: 1, price: money('999999999.99', 'CNY')},
                {from: 10, price: money('999999998.00', 'CNY')},
              ],
            }),
          ],
          minimum: 10_000,
        }),
      );
      const element = find(root, 'ks-product');
      element.style.inlineSize = '320px';
      await settled(root);
      for (const part of findAll(element, 'article *')) {
        expect(part.getBoundingClientRect().right, part.outerHTML.slice(0, 80)).to.be.at.most(
          element.getBoundingClientRect().right + 1,
        );
      }
      expect(textOf(find(root, '[part=total]'))).to.contain('9,999,999,980,000.00');
    });

    it('keeps its place while it loads', async () => {
      const root = await show(shop, page());
      expect(find(root, 'article').getAttribute('aria-busy')).to.equal('true');
      find(root, 'ks-product').style.inlineSize = '360px';
      const place = (selector: string) => find(root, selector).getBoundingClientRect();
      const [before, title] = [place('.picture'), place('.skeleton.title')];
      shop.showProduct(aProduct());
      await settled(root);
      const after = place('ks-product-gallery');
      expect(after.top).to.equal(before.top);
      expect(after.height).to.be.closeTo(before.height, 3);
      expect(place('h1').top).to.be.closeTo(title.top, 6);
    });
  });

  describe('the pictures', () => {
    const svg = (color: string) =>
      `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="5"><rect width="8" height="5" fill="${color}"/></svg>`)}`;
    const showPictures = async (settings = {}): Promise<HTMLElement> => {
      // Pictures that are there, so that none drops out as broken.
      Object.assign(shop, {address: svg('red').slice(0, 20)});
      return showProduct(
        aProduct({cover: svg('red').slice(20), pictures: [svg('green').slice(20), svg('blue').slice(20)]}),
        settings,
      );
    };
    const current = (root: HTMLElement) =>
      findAll(root, '.thumbnails button').findIndex(each => each.getAttribute('aria-current') === 'true');
    const isInView = (root: HTMLElement, index: number): boolean => {
      const stage = find(root, '.stage').getBoundingClientRect();
      const slide = findAll(root, '.stage .cover')[index]!.getBoundingClientRect();
      return Math.abs(stage.left - slide.left) < 3;
    };

    it('are chosen by the small ones, which say which they are', async () => {
      const root = await showPictures();
      const [, second] = findAll(root, '.thumbnails button');
      expect(second!.getAttribute('aria-label')).to.equal('图片 2，共 3 张');
      second!.click();
      await settled(root);
      expect(current(root)).to.equal(1);
      expect(isInView(root, 1)).to.equal(true);
    });

    for (const dir of ['ltr', 'rtl']) {
      it(`are walked through with the arrow keys, ${dir}`, async () => {
        const root = await showPictures();
        root.dir = dir;
        const [forward, back] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
        find(root, '.thumbnails [tabindex="0"]').focus();
        for (const [key, index] of [
          [forward, 1],
          [forward, 2],
          [forward, 2],
          [back, 1],
          ['Home', 0],
          ['End', 2],
        ] as const) {
          await sendKeys({press: key});
          await until(() => focused() === findAll(root, '.thumbnails button')[index]);
          expect(current(root)).to.equal(index);
          expect(isInView(root, index)).to.equal(true);
        }
      });
    }

    it('follow the finger', async () => {
      const root = await showPictures();
      const stage = find(root, '.stage');
      stage.scrollTo({left: stage.clientWidth * 2});
      await until(() => current(root) === 2);
    });

    it('give way to the drawn cover when there are none, or none loads', async () => {
      const root = await showProduct(aProduct({cover: '/gone.png', pictures: ['/gone-2.png']}));
      findAll(root, '.stage img').forEach(image => image.dispatchEvent(new Event('error')));
      await settled(root);
      findAll(root, '.stage img').forEach(image => image.dispatchEvent(new Event('error')));
      await settled(root);
      expect(findAll(root, 'ks-product-gallery img')).to.have.length(0);
      await until(() => findAll(root, '.stage svg').length === 1);
      expect(findAll(root, '.thumbnails')).to.have.length(0);
    });
  });

  describe('the prices by quantity', () => {
    const ladder = aSku({
      id: 'sku',
      prices: [
        {from: 1, price: money('10.00', 'CNY')},
        {from: 5, price: money('9.50', 'CNY')},
        {from: 20, price: money('9.00', 'CNY')},
      ],
    });
    const rows = (root: HTMLElement) => findAll(root, 'tbody tr').map(textOf);

    it('mark the step that applies; unit price, total and the way to the next step follow', async () => {
      const root = await showProduct(aProduct({skus: [ladder]}));
      expect(rows(root)).to.deep.equal(['1–4 件 ¥10.00 当前适用', '5–19 件 ¥9.50', '20 件起 ¥9.00']);
      expect(textOf(find(root, '.next'))).to.equal('再加 4 件，每件 ¥9.50');
      await setQuantity(root, '6');
      expect(rows(root)[1]).to.equal('5–19 件 ¥9.50 当前适用');
      expect(findAll(root, 'tr[aria-current=true]')).to.have.length(1);
      expect(textOf(find(root, 'header .price'))).to.equal('¥9.50 每件');
      expect(textOf(find(root, '[part=total]'))).to.equal('合计 ¥57.00');
      await setQuantity(root, '20');
      expect(textOf(find(root, '.next'))).to.equal('');
    });

    it('are not there where all pieces cost the same', async () => {
      const root = await showProduct(aProduct());
      expect(findAll(root, 'table')).to.have.length(0);
    });

    it('stay within the limits, which are said', async () => {
      const root = await showProduct(aProduct({skus: [ladder], minimum: 2, maximum: 8}));
      expect(textOf(find(root, 'header'))).to.contain('2 件起售 每单最多 8 件');
      await setQuantity(root, '100');
      expect(textOf(find(root, '[part=total]'))).to.equal('合计 ¥76.00');
      await setQuantity(root, '1');
      expect(textOf(find(root, '[part=total]'))).to.equal('合计 ¥20.00');
    });
  });

  describe('the cart button', () => {
    it('adds the chosen variant and quantity, by the keyboard, and keeps the focus', async () => {
      const root = await showProduct(aProductWithChoices());
      find(root, '.value input:checked').focus();
      await sendKeys({press: 'ArrowRight'});
      await settled(root);
      await setQuantity(root, '3');
      const requested = next<KsAddRequestEvent>('ks-add-request');
      button(root, 'add').focus();
      await sendKeys({press: 'Enter'});
      expect((await requested).line).to.deep.include({
        skuId: 'quarter-phone',
        quantity: 3,
        choices: {时长: '季卡', 端: '手机端'},
        price: money('54.00', 'CNY'),
      });
      await settled(root);
      expect(shop.cart.value.count).to.equal(3);
      expect(textOf(button(root, 'add'))).to.equal('加入中…');
      const added = next('ks-added');
      shop.cart.calls[0]!.confirm();
      await added;
      await settled(root);
      expect(textOf(button(root, 'add'))).to.equal('已加入');
      expect(focused()).to.equal(button(root, 'add'));
      expect(findAll(root, '[role=status]').map(textOf).join()).to.contain('已加入购物车：爱奇艺黄金会员');
    });

    it('does nothing when the page prevents it', async () => {
      const root = await showProduct(aProduct());
      root.addEventListener('ks-add-request', event => event.preventDefault());
      button(root, 'add').click();
      expect(shop.cart.calls).to.have.length(0);
    });

    it('says why the shop refused', async () => {
      const root = await showProduct(aProduct());
      button(root, 'add').click();
      shop.cart.calls[0]!.refuse(new CartError('sku-steam-50', {kind: 'not_enough', available: 2}));
      await until(() => findAll(root, '[role=alert]').length > 0);
      expect(textOf(find(root, '[role=alert]'))).to.equal('库存不够，最多可买 2 件。');
    });
  });

  describe('the button that buys', () => {
    it('opens the checkout with this good alone; the cart stays as it is', async () => {
      const root = await showProduct(aProduct());
      await setQuantity(root, '2');
      const requested = next<KsCheckoutRequestEvent>('ks-checkout-request');
      button(root, 'buy').click();
      const {cart} = await requested;
      expect(cart.lines.map(({skuId, quantity}) => [skuId, quantity])).to.deep.equal([['sku-steam-50', 2]]);
      expect(cart.subtotal).to.deep.equal(money('95.60', 'CNY'));
      await until(() => findAll<HTMLDialogElement>(root, 'dialog')[0]?.open);
      expect(shop.checkout.selected).to.deep.equal([{skuId: 'sku-steam-50', quantity: 2}]);
      expect(shop.checkout.calls.map(({method}) => method)).to.include.members(['select', 'begin']);
      expect(shop.cart.calls).to.have.length(0);
    });

    it('does nothing when the page prevents it', async () => {
      const root = await showProduct(aProduct());
      root.addEventListener('ks-checkout-request', event => event.preventDefault());
      button(root, 'buy').click();
      await settled(root);
      expect(shop.checkout.calls.filter(({method}) => method === 'select')).to.have.length(0);
    });
  });

  describe('the fields of a top-up', () => {
    it('must be filled in before either button does anything; the focus goes to the first that is not', async () => {
      const root = await showProduct(withFields());
      for (const name of ['add', 'buy'] as const) {
        button(root, name).click();
        await settled(root);
        await until(() => focused() === find(root, 'input[name="month-phone/account"]'));
        expect(findAll(root, '[aria-invalid=true]')).to.have.length(2);
        expect(textOf(find(root, '.form'))).to.contain('请填写这一项。');
      }
      expect(shop.cart.calls).to.have.length(0);
      await fillIn(root, '[name="month-phone/account"]', 'ab');
      await fillIn(root, '[name="month-phone/area"]', 'dx1');
      button(root, 'add').click();
      await settled(root);
      expect(textOf(find(root, '.form'))).to.contain('账号至少 3 个字符');
    });

    it('are carried into the checkout, also when another variant is chosen afterwards', async () => {
      const root = await showProduct(withFields());
      await fillIn(root, '[name="month-phone/account"]', 'player-1');
      await fillIn(root, '[name="month-phone/area"]', 'dx1');
      await choose(root, '季卡');
      expect(find<HTMLInputElement>(root, '[name="quarter-phone/account"]').value).to.equal('player-1');
      button(root, 'add').click();
      expect(shop.cart.calls).to.have.length(1);
      expect(shop.draft.get('quarter-phone/account')).to.equal('player-1');
      expect(shop.draft.get('quarter-phone/area')).to.equal('dx1');
    });
  });

  describe('the stock', () => {
    const withStock = (stock: 'in_stock' | 'sold_out', checkedAt?: string) =>
      aProduct({skus: [aSku({stock, ...(checkedAt !== undefined && {checkedAt})})]});

    it('is said with the moment it was checked, or that it was not', async () => {
      const today = new Date();
      const root = await showProduct(withStock('in_stock', today.toISOString()), {lang: 'en'});
      const time = new Intl.DateTimeFormat('en', {timeStyle: 'short'}).format(today);
      expect(textOf(find(root, 'time'))).to.equal(`Stock checked at ${time}`);
      shop.showProduct(withStock('in_stock'));
      await settled(root);
      expect(textOf(find(root, 'header'))).to.contain('checked again before you pay');
    });

    it('that is gone takes both buttons along, and brings them back when somebody restocks', async () => {
      const root = await showProduct(withStock('sold_out'));
      expect([button(root, 'add').disabled, button(root, 'buy').disabled]).to.deep.equal([true, true]);
      expect(textOf(find(root, '.out'))).to.equal('已售罄 补货后这里会自动更新。');
      shop.showProduct(withStock('in_stock'));
      await settled(root);
      expect([button(root, 'add').disabled, button(root, 'buy').disabled]).to.deep.equal([false, false]);
      expect(findAll(root, '[role=status]').map(textOf)).to.include('刚刚补货，可以购买了。');
    });

    it('that sells out meanwhile does not quietly change the chosen variant', async () => {
      const product = aProductWithChoices();
      const root = await showProduct(product);
      const skus = product.skus.map(sku => (sku.id === 'month-phone' ? {...sku, stock: 'sold_out' as const} : sku));
      shop.showProduct({...product, skus});
      await settled(root);
      expect(textOf(find(root, 'header .price'))).to.equal('¥19.80 每件');
      expect(button(root, 'buy').disabled).to.equal(true);
      expect(findAll(root, '[role=status]').map(textOf)).to.include('刚刚售罄。');
    });
  });

  describe('which good', () => {
    const address = location.href;
    afterEach(() => history.replaceState(null, '', address));

    it('may stand in the address of the page, by a name of the merchant’s choice', async () => {
      history.replaceState(null, '', '?goods=iqiyi&product=steam-50');
      shop.showProduct(aProductWithChoices());
      shop.showProduct(aProduct());
      const root = await show(shop, html`<ks-product></ks-product>`);
      expect(textOf(find(root, 'h1'))).to.equal('Steam 钱包充值码 50 元');
      clearPage();
      const named = await show(shop, html`<ks-product param="goods"></ks-product>`);
      expect(textOf(find(named, 'h1'))).to.equal('爱奇艺黄金会员');
    });

    it('is another one after going back, and nothing chosen for the first holds for it', async () => {
      history.replaceState(null, '', '?product=steam-50');
      shop.showProduct(aProductWithChoices());
      shop.showProduct(aProduct());
      const root = await show(shop, html`<ks-product></ks-product>`);
      await setQuantity(root, '7');
      history.replaceState(null, '', '?product=iqiyi');
      dispatchEvent(new PopStateEvent('popstate'));
      await settled(root);
      expect(textOf(find(root, 'h1'))).to.equal('爱奇艺黄金会员');
      expect(textOf(find(root, '[part=total]'))).to.equal('合计 ¥19.80');
    });

    it('is told to the page once it is on the screen', async () => {
      const shown: string[] = [];
      const root = await show(shop, page());
      root.addEventListener('ks-product-shown', event => shown.push(event.product.title));
      shop.showProduct(aProduct());
      await settled(root);
      shop.showProduct(aProduct({skus: [aSku({stock: 'low'})]}));
      await settled(root);
      expect(shown).to.deep.equal(['Steam 钱包充值码 50 元']);
    });

    it('that is not there is said so, and nothing to try again is offered', async () => {
      shop.product('gone').set(failed('product_not_found'));
      const root = await show(shop, page('gone'));
      expect(textOf(root)).to.contain('已经下架');
      expect(findAll(root, 'button')).to.have.length(0);
    });

    it('that cannot be loaded can be asked for again', async () => {
      const failure = failed();
      shop.product('steam-50').set(failure);
      const root = await show(shop, page());
      find(root, 'button').click();
      expect(failure.retries).to.equal(1);
    });
  });

  describe('an answer that cannot be read', () => {
    it('is an error in this element alone; its neighbour lives', async () => {
      shop.product('broken').set(failed('unreadable_answer'));
      shop.showProduct(aProduct());
      const root = await show(shop, html`${page('broken')}${page()}`);
      const [broken, well] = findAll(root, 'ks-product');
      expect(textOf(find(broken!, '[part=error]'))).to.equal('店铺暂时没有回应，请稍后重试。 重试');
      expect(textOf(find(well!, 'h1'))).to.equal('Steam 钱包充值码 50 元');
    });

    it('leaves what was there before on the screen, and says that it is old', async () => {
      shop.product('steam-50').set({...failed('unreadable_answer'), data: aProduct()});
      const root = await show(shop, page());
      expect(textOf(find(root, '[part=error]'))).to.equal('连不上店铺，显示的是刚才的价格和库存。 重试');
      expect(button(root, 'buy').disabled).to.equal(false);
    });
  });

  describe('what strangers wrote', () => {
    const script = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';

    it('is text wherever it stands', async () => {
      const spans = [{text: script}, {text: script, href: 'https://evil.example/'}];
      const root = await showProduct(
        aProduct({
          title: script,
          categoryName: script,
          description: [
            {kind: 'heading', spans},
            {kind: 'paragraph', spans},
            {kind: 'list', ordered: false, items: [spans]},
          ],
          notice: [{kind: 'paragraph', spans}],
          badges: [{text: script, evidence: 'platform'}],
          options: [{name: script, values: [script]}],
          fields: [{name: script, label: script, type: 'text', placeholder: script, required: true}],
          skus: [aSku({choices: {[script]: script}})],
        }),
      );
      await settled(root);
      expect(findAll(root, 'article script, article img')).to.have.length(0);
      expect((window as {hacked?: boolean}).hacked).to.equal(undefined);
      expect(textOf(find(root, 'h1'))).to.equal(script);
    });

    it('leads elsewhere in a new window that learns nothing of this one, and says where', async () => {
      const root = await showProduct(everything());
      const link = find<HTMLAnchorElement>(root, '.rich-text a');
      expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer nofollow ugc']);
      expect(textOf(link.parentElement!)).to.equal('见 教程 ( help.example )');
    });
  });
});
