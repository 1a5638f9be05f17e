import {sendKeys} from '@web/test-runner-commands';
import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/cart/coupon-field/define.ts';
import type {KsCouponField} from '../../../components/storefront/cart/coupon-field/coupon-field.ts';
import {money} from '../../../src/domain/money.ts';
import type {CartCoupon} from '../../../src/store/shop.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
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

const content = () => html`<ks-coupon-field></ks-coupon-field>`;
const applied: CartCoupon = {code: 'SPRING', pending: false, saves: money('7.80', 'CNY')};

describe('ks-coupon-field', () => {
  let shop: FakeShop;

  beforeEach(() => {
    shop = new FakeShop({lines: [aCartLine()]});
  });
  afterEach(clearPage);

  const mount = async (coupon?: CartCoupon): Promise<HTMLElement> => {
    shop.cart.setCouponState(coupon);
    return find<KsCouponField>(await show(shop, content(), {lang: 'en'}), 'ks-coupon-field');
  };

  describe('accessibility', () => {
    for (const [name, coupon] of Object.entries({
      empty: undefined,
      pending: {code: 'SPRING', pending: true},
      applied,
      limited: {...applied, limited: true},
      refused: {code: 'SPRING', pending: false, problem: 'expired'},
    } satisfies Record<string, CartCoupon | undefined>)) {
      it(name, () => {
        shop.cart.setCouponState(coupon);
        return expectAccessibleEverywhere(shop, content, async root => {
          findAll(root, 'summary')[0]?.click();
          await settled(root);
        });
      });
    }
  });

  it('is used by the keyboard alone, and the focus goes on to what can be done next', async () => {
    const element = await mount();
    find(element, 'summary').focus();
    await sendKeys({press: 'Enter'});
    await sendKeys({type: 'spring'});
    await sendKeys({press: 'Enter'});
    await settled(element);
    expect(shop.cart.calls.map(({method, coupon}) => [method, coupon])).to.deep.equal([['setCoupon', 'spring']]);
    expect(focused()?.getAttribute('aria-label')).to.equal('Do without code spring');
    await sendKeys({press: 'Enter'});
    await settled(element);
    expect(shop.cart.calls.at(-1)).to.include({method: 'setCoupon', coupon: undefined});
    expect(focused()?.localName).to.equal('summary');
  });

  it('is there again to type in when a code that was no good is taken back', async () => {
    const element = await mount({code: 'SPRNG', pending: false, problem: 'unknown'});
    find(element, '.side button').click();
    await settled(element);
    expect(focused()?.localName).to.equal('input');
    expect(find<HTMLDetailsElement>(element, 'details').open).to.equal(true);
  });

  it('sends nothing when nothing was typed', async () => {
    const element = await mount();
    find(element, 'summary').click();
    find(element, 'form button').click();
    expect(shop.cart.calls).to.deep.equal([]);
  });

  it('says to all what came of the code', async () => {
    const element = await mount();
    find(element, 'summary').click();
    await settled(element);
    find<HTMLInputElement>(element, 'input').value = 'SPRING';
    find(element, 'form button').click();
    await settled(element);
    expect(textOf(element)).to.contain('Checking…');
    shop.cart.setCouponState(applied);
    shop.cart.calls[0]!.confirm();
    await new Promise(resolve => setTimeout(resolve));
    await settled(element);
    expect(textOf(element)).to.contain('−¥7.80');
    expect(textOf(find(element, '[role=status]'))).to.equal('Code SPRING applied: you save ¥7.80');
  });

  const minimum = money('100.00', 'CNY');
  for (const [problem, text] of [
    ['unknown', 'There is no such code. Please check the spelling.'],
    ['expired', 'This code is no longer valid.'],
    ['minimum_not_reached', 'Valid from ¥100.00 on, for the goods it is meant for.'],
    ['not_for_these_goods', 'This code is not for the goods in your cart.'],
    ['below_platform_price', 'These goods may not be sold for less.'],
    ['used_up', 'This code has been used as often as it may be.'],
    ['unconfirmed', 'No connection. It is checked once you are back online.'],
  ] as const) {
    it(`says what is the matter: ${text}`, async () => {
      const element = await mount({code: 'SPRING', pending: false, problem, minimum});
      expect(textOf(find(element, '.problem'))).to.equal(text);
    });
  }

  it('says that it takes off no more than it may', async () => {
    const element = await mount({...applied, limited: true});
    expect(textOf(find(element, '.hint'))).to.equal('It takes ¥7.80 off: these goods may not be sold for less.');
    expect(textOf(element)).to.contain('−¥7.80');
  });

  it('has targets of at least 44 px', async () => {
    for (const coupon of [undefined, applied]) {
      const element = await mount(coupon);
      for (const summary of findAll(element, 'summary')) summary.click();
      await settled(element);
      for (const target of findAll(element, 'button, summary, input')) {
        const {width, height} = target.getBoundingClientRect();
        expect(Math.min(width, height), target.outerHTML).to.be.at.least(44);
      }
      clearPage();
    }
  });
});
