import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/order-lookup/define.ts';
import type {KsOrderFoundEvent} from '../../../components/storefront/order-lookup/events/ks-order-found.ts';
import {FoundInFrameEvent} from '../../../components/storefront/key-reveal/key-frame/events/found-in-frame.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import {problemError} from '../../../src/client/problem-errors.ts';
import {problemStatuses, type ProblemCode} from '../../../src/contract/problem.ts';
import {anOrder} from '../../support/fake-checkout.ts';
import {FakeShop} from '../../support/fake-shop.ts';
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
} from '../../support/page.ts';

const content = () => html`<ks-order-lookup></ks-order-lookup>`;
const refusal = (code: ProblemCode, headers?: Headers) =>
  problemError({type: 'about:blank', title: code, status: problemStatuses[code], code}, headers);

describe('ks-order-lookup', () => {
  let shop: FakeShop;

  beforeEach(() => {
    shop = new FakeShop();
  });
  afterEach(clearPage);

  const mount = async () => find(await show(shop, content(), {lang: 'en'}), 'ks-order-lookup');
  const type = (element: Element, place: string, value: string): void => {
    const input = find<HTMLInputElement>(element, `#${place}`);
    input.value = value;
    input.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
  };
  const fill = (element: Element): void => {
    type(element, 'number', ' 260101 ');
    type(element, 'contact', 'a@b.example');
    type(element, 'password', 'sesame');
  };
  const submit = async (element: HTMLElement): Promise<void> => {
    find(element, 'button[type=submit]').click();
    await settled(element);
  };
  const answered = async (element: HTMLElement): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve));
    await settled(element);
  };

  describe('where the shop shows keys in its own frame', () => {
    const isolated = async (): Promise<HTMLElement> => {
      const {value} = shop.shopInfo;
      if (value.status !== 'ready') throw new Error('The shop is not there.');
      shop.shopInfo.set({...value, data: {...value.data, isolatedReveal: true}});
      const element = await mount();
      await import('../../../components/storefront/key-reveal/key-frame/define.ts');
      await settled(element);
      return element;
    };

    it('asks for nothing in the page: the form stands in the frame', async () => {
      const element = await isolated();
      expect(findAll(element, 'input')).to.have.length(0);
      const frame = find<HTMLIFrameElement>(find(element, 'ks-key-frame'), 'iframe');
      expect([new URL(frame.src).pathname, frame.sandbox.contains('allow-top-navigation')]).to.deep.equal([
        '/frames/keys',
        false,
      ]);
    });

    it('shows the order that was found in it, and knows it from then on', async () => {
      const element = await isolated();
      const order = {id: 'order-7', number: '260101', createdAt: '2099-01-01T00:00:00Z'};
      const told = next<KsOrderFoundEvent>('ks-order-found', element);
      find(element, 'ks-key-frame').dispatchEvent(new FoundInFrameEvent(order, 'token-7'));
      expect((await told).number).to.equal('260101');
      await settled(element);
      expect(shop.orders.kept).to.deep.equal([[order, 'token-7']]);
      expect(find(element, 'ks-order').getAttribute('order-id')).to.equal('order-7');
    });
  });

  describe('accessibility', () => {
    it('empty', () => expectAccessibleEverywhere(shop, content));
    it('with problems', () =>
      expectAccessibleEverywhere(shop, content, async root => submit(find(root, 'ks-order-lookup'))));
    it('not found', () =>
      expectAccessibleEverywhere(shop, content, async root => {
        const element = find(root, 'ks-order-lookup');
        fill(element);
        await submit(element);
        shop.orders.lookUps.at(-1)!.refuse(refusal('order_not_found'));
        await answered(element);
      }));
  });

  it('leads to the first place that is empty, and asks nobody', async () => {
    const element = await mount();
    type(element, 'number', '1');
    await submit(element);
    expect(focused()?.id).to.equal('contact');
    expect(findAll(element, '[aria-invalid=true]').map(({id}) => id)).to.deep.equal(['contact', 'password']);
    expect(shop.orders.lookUps).to.have.length(0);
  });

  it('asks once, and shows the order that was found', async () => {
    const element = await mount();
    fill(element);
    await submit(element);
    await submit(element);
    expect(shop.orders.lookUps.map(({request}) => request)).to.deep.equal([
      {number: '260101', contact: 'a@b.example', password: 'sesame'},
    ]);
    const told = next<KsOrderFoundEvent>('ks-order-found');
    shop.orders.showOrder(anOrder({id: 'order-7'}));
    shop.orders.lookUps[0]!.answer({id: 'order-7', number: '260101', createdAt: '2099-01-01T00:00:00Z'});
    expect((await told).orderId).to.equal('order-7');
    await answered(element);
    expect(find(element, 'ks-order').getAttribute('order-id')).to.equal('order-7');
    find(element, '.back').click();
    await settled(element);
    expect(find<HTMLInputElement>(element, '#password').value, 'the password is gone').to.equal('');
  });

  for (const [error, words] of [
    [refusal('order_not_found'), 'Nothing was found'],
    [refusal('too_many_attempts', new Headers({'Retry-After': '1741'})), 'in 30 minutes'],
    [new ConnectionError('connection', 'no answer'), 'connection'],
  ] as const) {
    it(`says why nothing is shown: ${error.code}`, async () => {
      const element = await mount();
      fill(element);
      await submit(element);
      shop.orders.lookUps[0]!.refuse(error);
      await answered(element);
      expect(textOf(find(element, '[role=alert]')).toLowerCase()).to.contain(words.toLowerCase());
      expect(find<HTMLInputElement>(element, '#number').value).to.equal(' 260101 ');
      await submit(element);
      expect(shop.orders.lookUps).to.have.length(2);
    });
  }

  it('shows the password only when asked to, and never as an attribute', async () => {
    const element = await mount();
    fill(element);
    expect(find<HTMLInputElement>(element, '#password').type).to.equal('password');
    find(element, '[name=plain]').click();
    await settled(element);
    expect(find<HTMLInputElement>(element, '#password').type).to.equal('text');
    expect(element.shadowRoot!.innerHTML).not.to.contain('sesame');
  });
});
