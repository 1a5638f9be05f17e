import {expect} from 'chai';
import {createFrameView, type FrameView} from '../../../components/frame/frame-view.ts';
import type {FromFrame} from '../../../components/shared/frame-messages.ts';
import {sealToKey} from '../../../src/server/security/seal-to-key.ts';
import {expectAccessible} from '../../support/axe.ts';
import {settled} from '../../support/elements.ts';
import {someKeys} from '../../support/fake-checkout.ts';
import {find, findAll, textOf, until} from '../../support/page.ts';

const keys = someKeys(Array.from({length: 500}, (_, index) => `CODE-${String(index + 1).padStart(4, '0')}`));
const orderId = 'ord_1';

describe('what stands in the shop server’s frame', () => {
  const {fetch} = globalThis;
  const told: FromFrame[] = [];
  let view: FrameView;
  let isBound: boolean;

  before(() => {
    document.documentElement.lang = 'en';
    view = createFrameView(message => told.push(message));
  });

  beforeEach(() => {
    isBound = true;
    told.length = 0;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (!new URL(request.url).pathname.startsWith('/v1/')) return fetch(input, init);
      return serve(request);
    };
  });

  afterEach(() => {
    globalThis.fetch = fetch;
    for (const element of document.body.querySelectorAll('ks-key-reveal, ks-other-ways')) element.remove();
  });

  /** A shop server with one order, which is bound to this frame's key, or is not. */
  const serve = async (request: Request): Promise<Response> => {
    if (isBound && request.url.endsWith(`/v1/orders/${orderId}/keys/sealed`)) {
      const {revealKey} = (await request.json()) as {revealKey: string};
      return Response.json(await sealToKey(revealKey, `keystall keys ${orderId}`, JSON.stringify(keys)));
    }
    const problem = {type: 'about:blank', title: 'Not found', status: 404, code: 'order_not_found'};
    return Response.json(problem, {status: 404, headers: {'Content-Type': 'application/problem+json'}});
  };
  const press = (name: string): void =>
    findAll(document.body, 'button')
      .find(button => textOf(button) === name)!
      .click();
  const masked = async (): Promise<void> => {
    await view.show({orderId, orderNumber: '260101', count: keys.keys.length});
  };
  const uncovered = async (): Promise<void> => {
    await masked();
    press('Show keys');
    await until(() => textOf(document.body).includes('CODE-0001'));
  };
  const locked = async (): Promise<void> => {
    isBound = false;
    await masked();
    press('Show keys');
    await until(() => document.querySelector('ks-other-ways'));
    await settled(document.body);
  };

  describe('is accessible', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const [name, arrange] of Object.entries({masked, uncovered, locked})) {
        it(`${name}, ${theme}`, async () => {
          document.body.style.background = theme === 'dark' ? '#101214' : '#fff';
          view.wear(theme);
          await arrange();
          await settled(document.body);
          for (const element of document.querySelectorAll<HTMLElement>('ks-key-reveal, ks-other-ways')) {
            await expectAccessible(element);
          }
        });
      }
    }
  });

  it('is drawn when that is said', async () => {
    await view.show({orderId, orderNumber: '260101', count: 500});
    expect(textOf(find(document.body, 'ks-key-reveal'))).to.contain('Keys (500)');
    await view.lookUp();
    expect(findAll(find(document.body, 'ks-other-ways'), 'input[type=password]')).to.have.length(1);
  });

  it('finds one of 500 keys, and keeps all of them to itself', async () => {
    await uncovered();
    const search = find<HTMLInputElement>(document.body, 'input[type=search]');
    search.value = 'CODE-0437';
    search.dispatchEvent(new Event('input'));
    await settled(document.body);
    expect(findAll(document.body, '.secret').map(textOf)).to.deep.equal(['CODE-0437']);
    expect(JSON.stringify(told)).not.to.contain('CODE-');
  });

  it('leads to the shop’s own window where the order is bound to another key', async () => {
    await locked();
    expect(find(find(document.body, 'ks-other-ways'), 'a').getAttribute('href')).to.equal(
      `${location.pathname}#${orderId}`,
    );
  });
});
