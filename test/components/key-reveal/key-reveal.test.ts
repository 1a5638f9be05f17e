import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/key-reveal/define.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import {problemError} from '../../../src/client/problem-errors.ts';
import type {KsKeyReveal} from '../../../components/storefront/key-reveal/key-reveal.ts';
import type {Keys} from '../../../src/contract/keys.ts';
import {someKeys} from '../../support/fake-checkout.ts';
import {FakeShop, ready} from '../../support/fake-shop.ts';
import {clearPage, expectAccessibleEverywhere, find, settled, show, textOf} from '../../support/page.ts';

const canary = 'CANARY-7F3K9-XQ21Z';

const content = () => html`<ks-key-reveal order-id="order-1" count="2"></ks-key-reveal>`;

describe('ks-key-reveal', () => {
  let shop: FakeShop;
  let element: KsKeyReveal;
  let restore: (() => void)[] = [];

  beforeEach(async () => {
    shop = new FakeShop();
    element = find(await show(shop, content(), {lang: 'en'}), 'ks-key-reveal');
  });

  afterEach(() => {
    clearPage();
    for (const undo of restore.splice(0)) undo();
    restore = [];
  });

  const root = (): ShadowRoot => element.shadowRoot!;
  const buttonNamed = (name: string): HTMLButtonElement => {
    const found = [...root().querySelectorAll('button')].find(
      button => (button.getAttribute('aria-label') ?? button.textContent).trim() === name,
    );
    if (!found) throw new Error(`No button "${name}" among: ${textOf(element)}`);
    return found;
  };
  const uncover = async (keys: Keys = someKeys([canary, 'SECOND-KEY-0001'])): Promise<void> => {
    buttonNamed('Show keys').click();
    shop.orders.keyRequests.at(-1)!.answer(keys);
    await drawn();
  };
  /** Answers have arrived and are drawn. */
  const drawn = async (): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve));
    await settled(element);
  };
  const replace = <T extends object, K extends keyof T>(owner: T, name: K, value: unknown): void => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, {value, configurable: true, writable: true});
    restore.push(() => (before ? Object.defineProperty(owner, name, before) : Reflect.deleteProperty(owner, name)));
  };

  describe('accessibility', () => {
    const press = (root: HTMLElement): void => find(find(root, 'ks-key-reveal'), '.show').click();

    it('covered', () => expectAccessibleEverywhere(shop, content));
    it('asking', () => expectAccessibleEverywhere(shop, content, async root => press(root)));
    it('uncovered', () =>
      expectAccessibleEverywhere(shop, content, async root => {
        press(root);
        shop.orders.keyRequests.at(-1)!.answer({
          revealCount: 3,
          keys: [
            {id: 'a', lineId: '1', title: 'A', note: 'How to use', secret: {kind: 'code', code: canary}},
            {id: 'b', lineId: '2', title: 'B', secret: {kind: 'number_and_password', number: '1', password: '2'}},
            {id: 'c', lineId: '3', title: 'C', secret: {kind: 'link', url: 'https://redeem.test/c'}},
            {
              id: 'd',
              lineId: '4',
              title: 'D',
              secret: {kind: 'image', mediaType: 'image/gif', base64: 'R0lGODlhAQABAAAAACw='},
            },
          ],
        });
        await drawn();
      }));
    it('failed', () =>
      expectAccessibleEverywhere(shop, content, async root => {
        press(root);
        shop.orders.keyRequests.at(-1)!.refuse(new ConnectionError('connection', 'no answer'));
        await drawn();
      }));
  });

  describe('keyboard and focus', () => {
    it('moves the focus to the keys when they appear, and back to the button when they are hidden', async () => {
      buttonNamed('Show keys').focus();
      await uncover();
      expect(root().activeElement?.id).to.equal('title');
      buttonNamed('Hide').focus();
      buttonNamed('Hide').click();
      await drawn();
      expect(root().activeElement).to.equal(buttonNamed('Show keys'));
    });
  });

  it('asks for nothing until somebody wants to see', () => {
    expect(shop.orders.keyRequests).to.have.length(0);
    expect(textOf(element)).to.contain('Keys (2)');
  });

  it('asks once, however often the button is pressed', () => {
    const button = buttonNamed('Show keys');
    button.click();
    button.click();
    expect(shop.orders.keyRequests).to.have.length(1);
    expect(shop.orders.keyRequests[0]!.orderId).to.equal('order-1');
  });

  describe('keeps nothing of a secret', () => {
    const everywhere = (): string => {
      const pages = (node: Node): string =>
        [
          node instanceof Element ? [...node.attributes].map(({value}) => value).join() : '',
          node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement ? node.value : '',
          node instanceof Text ? node.data : '',
          ...(node instanceof Element && node.shadowRoot ? [...node.shadowRoot.childNodes].map(pages) : []),
          ...[...node.childNodes].map(pages),
        ].join('\n');
      return [
        pages(document.documentElement),
        JSON.stringify({...localStorage}),
        JSON.stringify({...sessionStorage}),
      ].join();
    };
    const lightTree = (): string => document.documentElement.outerHTML;

    it('in the light tree, in attributes or in storage while it is shown', async () => {
      await uncover();
      expect(textOf(element)).to.contain(canary);
      expect(lightTree()).not.to.contain(canary);
      expect(JSON.stringify({...localStorage, ...sessionStorage})).not.to.contain(canary);
      for (const node of root().querySelectorAll('*')) {
        for (const {value} of node.attributes) expect(value).not.to.contain(canary);
      }
    });

    it('once it is hidden by the button', async () => {
      await uncover();
      buttonNamed('Hide').click();
      await drawn();
      expect(everywhere()).not.to.contain(canary);
    });

    it('once the page goes to the background', async () => {
      await uncover();
      replace(document, 'hidden', true);
      document.dispatchEvent(new Event('visibilitychange'));
      await drawn();
      expect(everywhere()).not.to.contain(canary);
      expect(textOf(element)).to.contain('Keys hidden');
    });

    it('once the element leaves the page, also in the element that somebody kept', async () => {
      await uncover();
      element.remove();
      expect(textOf(element)).not.to.contain(canary);
      expect(everywhere()).not.to.contain(canary);
    });

    it('once it is to show another order', async () => {
      await uncover();
      element.orderId = 'order-2';
      await drawn();
      expect(everywhere()).not.to.contain(canary);
    });

    it('when the answer arrives after the element has left', async () => {
      buttonNamed('Show keys').click();
      const [request] = shop.orders.keyRequests;
      element.remove();
      expect(request!.signal?.aborted).to.equal(true);
      request!.answer(someKeys([canary]));
      await drawn();
      expect(textOf(element)).not.to.contain(canary);
    });

    it('in any event that leaves the element', async () => {
      const seen: string[] = [];
      for (const type of ['ks-order-paid', 'click', 'input', 'copy', 'focusin']) {
        document.addEventListener(type, event => seen.push(JSON.stringify(event, Object.keys(event))), {once: true});
      }
      await uncover();
      expect(seen.join()).not.to.contain(canary);
    });
  });

  describe('after a minute', () => {
    let timers: {readonly run: () => void; readonly after: number; cleared: boolean}[];
    const due = (after: number) => timers.filter(timer => timer.after === after && !timer.cleared);

    beforeEach(() => {
      timers = [];
      const setTimer = globalThis.setTimeout;
      const clearTimer = globalThis.clearTimeout;
      // Only the long timers are ours to run; the test page needs its short ones.
      replace(globalThis, 'setTimeout', (run: () => void, after = 0, ...rest: unknown[]) => {
        if (after < 1000) return setTimer(run, after, ...rest);
        timers.push({run, after, cleared: false});
        return -timers.length;
      });
      replace(globalThis, 'clearTimeout', (id: number) => {
        if (id < 0) timers[-id - 1]!.cleared = true;
        else clearTimer(id);
      });
    });

    it('hides the keys', async () => {
      await uncover();
      expect(due(60_000)).to.have.length(1);
      due(60_000)[0]!.run();
      await drawn();
      expect(textOf(element)).not.to.contain(canary);
    });

    it('begins the minute anew when somebody is there', async () => {
      await uncover();
      const [first] = due(60_000);
      root().querySelector('.keys')!.dispatchEvent(new PointerEvent('pointerdown'));
      expect(first!.cleared).to.equal(true);
      expect(due(60_000)).to.have.length(1);
    });

    it('has no timer left once hidden', async () => {
      await uncover();
      buttonNamed('Hide').click();
      expect(due(60_000)).to.have.length(0);
    });
  });

  describe('copy', () => {
    it('puts exactly the key on the clipboard and says so', async () => {
      const copied: string[] = [];
      replace(navigator, 'clipboard', {writeText: (text: string) => (copied.push(text), Promise.resolve())});
      await uncover();
      buttonNamed('Copy 1').click();
      await drawn();
      expect(copied).to.deep.equal([canary]);
      expect(buttonNamed('Copied 1').textContent.trim()).to.equal('Copied');
    });

    it('copies all, one a line', async () => {
      const copied: string[] = [];
      replace(navigator, 'clipboard', {writeText: (text: string) => (copied.push(text), Promise.resolve())});
      await uncover();
      buttonNamed('Copy all').click();
      expect(copied).to.deep.equal([`${canary}\nSECOND-KEY-0001`]);
    });

    it('falls back to a selection inside the shadow root, and leaves nothing behind', async () => {
      replace(navigator, 'clipboard', undefined);
      let selected: string | undefined;
      replace(document, 'execCommand', () => {
        selected = (root().activeElement as HTMLTextAreaElement).value;
        return true;
      });
      await uncover();
      buttonNamed('Copy 1').focus();
      buttonNamed('Copy 1').click();
      await drawn();
      expect(selected).to.equal(canary);
      expect(root().querySelector('textarea')).to.equal(null);
      expect(root().activeElement).to.equal(buttonNamed('Copied 1'));
    });

    it('says when it did not work', async () => {
      replace(navigator, 'clipboard', {writeText: () => Promise.reject(new Error('denied'))});
      replace(document, 'execCommand', () => false);
      await uncover();
      buttonNamed('Copy 1').click();
      await drawn();
      const status = root().querySelector('[role=status]')!;
      expect(status.textContent).to.contain('did not allow copying');
      expect(status.classList.contains('visually-hidden')).to.equal(false);
    });
  });

  it('downloads a text named by the order number', async () => {
    shop.orders.known.set(ready([{id: 'order-1', number: 'KS-2099-0001', createdAt: '2099-01-01T00:00:00Z'}]));
    const files: Blob[] = [];
    const names: string[] = [];
    replace(URL, 'createObjectURL', (file: Blob) => (files.push(file), 'blob:test'));
    replace(HTMLAnchorElement.prototype, 'click', function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    await uncover();
    buttonNamed('Download as text').click();
    expect(names).to.deep.equal(['KS-2099-0001.txt']);
    const text = await files[0]!.text();
    expect(text).to.contain('KS-2099-0001').and.to.contain(`${canary}\nSECOND-KEY-0001`);
  });

  it('links to the web only, and never gives the page away', async () => {
    await uncover({
      revealCount: 1,
      keys: [
        {id: 'a', lineId: '1', title: 'A', secret: {kind: 'link', url: 'https://redeem.test/a'}},
        {id: 'b', lineId: '1', title: 'A', secret: {kind: 'link', url: 'javascript:alert(1)'}},
      ],
    });
    const links = [...root().querySelectorAll('a')];
    expect(links.map(({href}) => href)).to.deep.equal(['https://redeem.test/a']);
    expect(links[0]!.rel).to.equal('noopener noreferrer');
    expect(textOf(element)).to.contain('javascript:alert(1)');
  });

  it('shows pictures of safe kinds only', async () => {
    await uncover({
      revealCount: 1,
      keys: ['image/png', 'image/svg+xml', 'text/html'].map((mediaType, index) => ({
        id: `${index}`,
        lineId: '1',
        title: 'A',
        secret: {kind: 'image', mediaType, base64: 'AAAA'},
      })),
    });
    expect([...root().querySelectorAll('img')].map(({src}) => src)).to.deep.equal(['data:image/png;base64,AAAA']);
    expect(textOf(element)).to.contain('cannot be shown');
  });

  it('keeps the order of digits in a page that is read from right to left', async () => {
    document.documentElement.dir = 'rtl';
    restore.push(() => document.documentElement.removeAttribute('dir'));
    await uncover(someKeys(['1801 4427 9930 1265']));
    expect(getComputedStyle(root().querySelector('code')!).direction).to.equal('ltr');
  });

  it('says that keys are not ready, and lets the reader try again', async () => {
    buttonNamed('Show keys').click();
    shop.orders.keyRequests[0]!.refuse(
      problemError({type: 'about:blank', title: 'Not ready', status: 409, code: 'keys_not_ready'}),
    );
    await drawn();
    expect(textOf(element)).to.contain('not ready yet');
    await uncover();
    expect(textOf(element)).to.contain(canary).and.not.to.contain('not ready yet');
  });

  it('shows 500 keys, the note once', async () => {
    const {keys} = someKeys(Array.from({length: 500}, (_, index) => `KEY-${index}`));
    await uncover({revealCount: 1, keys: keys.map(key => ({...key, note: 'Redeem in the app'}))});
    expect(root().querySelectorAll('li')).to.have.length(500);
    expect(root().querySelectorAll('.note')).to.have.length(1);
  });
});
