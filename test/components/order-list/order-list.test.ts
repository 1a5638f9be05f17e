import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/order-list/define.ts';
import {anOrder, anOrderLine} from '../../support/fake-checkout.ts';
import {FakeShop, ready} from '../../support/fake-shop.ts';
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

const content = () => html`<ks-order-list></ks-order-list>`;
const known = (count: number) =>
  ready(
    Array.from({length: count}, (_, index) => ({
      id: `order-${index}`,
      number: `KS-${index}`,
      createdAt: `2099-01-01T00:00:${String(59 - index).padStart(2, '0')}Z`,
    })),
  );

describe('ks-order-list', () => {
  let shop: FakeShop;

  beforeEach(() => {
    shop = new FakeShop();
    shop.orders.known.set(known(3));
    shop.orders.showOrder(anOrder({id: 'order-0', number: 'KS-0', state: 'delivered'}));
    const lines = [anOrderLine({status: 'confirming'})];
    shop.orders.showOrder(anOrder({id: 'order-1', number: 'KS-1', state: 'fulfilling', lines}));
  });
  afterEach(clearPage);

  const mount = async () => find(await show(shop, content(), {lang: 'en'}), 'ks-order-list');
  const rows = (element: HTMLElement) => findAll(element, '.open');
  const press = async (element: HTMLElement, selector: string): Promise<void> => {
    find(element, selector).click();
    await settled(element);
  };

  describe('accessibility', () => {
    it('a list', () => expectAccessibleEverywhere(shop, content));
    it('empty', () => {
      shop.orders.known.set(ready([]));
      return expectAccessibleEverywhere(shop, content);
    });
    it('loading', () => {
      shop.orders.known.set({status: 'loading'});
      return expectAccessibleEverywhere(shop, content);
    });
    it('about to forget', () => expectAccessibleEverywhere(shop, content, root => press(root, '.button.icon')));
    it('an order', () => expectAccessibleEverywhere(shop, content, root => press(root, '.open')));
  });

  it('tells what is known of each order now', async () => {
    const element = await mount();
    const [first, second, third] = rows(element).map(row => textOf(row));
    expect(first).to.contain('Delivered').and.to.contain('¥47.80').and.to.contain('KS-0');
    expect(second).to.contain('asking the supplier');
    expect(third).to.contain('KS-2').and.to.contain('Loading');
    shop.orders.showOrder(anOrder({id: 'order-1', state: 'delivered'}));
    await settled(element);
    expect(textOf(rows(element)[1]!)).to.contain('Delivered');
  });

  it('opens one in its place, and leads back to where it was', async () => {
    const element = await mount();
    rows(element)[1]!.click();
    await settled(element);
    expect(find(element, 'ks-order').getAttribute('order-id')).to.equal('order-1');
    expect(focused()?.classList.contains('back')).to.equal(true);
    await press(element, '.back');
    expect(focused()).to.equal(rows(element)[1]);
  });

  it('leaves it to the page when the page says so', async () => {
    const element = await mount();
    element.addEventListener('ks-order-request', event => event.preventDefault());
    rows(element)[0]!.click();
    await settled(element);
    expect(findAll(element, 'ks-order')).to.have.length(0);
  });

  it('forgets an order only after asking, and says so', async () => {
    const element = await mount();
    await press(element, '.button.icon');
    expect(textOf(element)).to.contain('save its keys first');
    expect(focused()?.classList.contains('keep'), 'the safe answer is nearest').to.equal(true);
    await press(element, '.keep');
    expect(shop.orders.forgotten).to.deep.equal([]);
    await press(element, '.button.icon');
    await press(element, '.remove');
    await settled(element);
    expect(shop.orders.forgotten).to.deep.equal(['order-0']);
    expect(rows(element)).to.have.length(2);
    expect(textOf(find(element, '[role=status]'))).to.contain('Removed');
  });

  it('asks about ten orders at a time, and about none that is not shown', async () => {
    shop.orders.known.set(known(14));
    const element = await mount();
    expect(rows(element)).to.have.length(10);
    expect(shop.orders.watch('order-9').listeners).to.equal(1);
    expect(shop.orders.watch('order-10').listeners).to.equal(0);
    await press(element, '[part=more]');
    expect(rows(element)).to.have.length(14);
    expect(focused()).to.equal(rows(element)[10]);
    element.remove();
    expect(shop.orders.watch('order-9').listeners).to.equal(0);
  });
});
