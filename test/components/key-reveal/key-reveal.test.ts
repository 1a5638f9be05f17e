import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/key-reveal/define.ts';
import {ConnectionError} from '../../../src/client/errors.ts';
import {problemError} from '../../../src/client/problem-errors.ts';
import type {KsKeyReveal} from '../../../components/storefront/key-reveal/key-reveal.ts';
import type {Keys} from '../../../src/contract/keys.ts';
import {someKeys} from '../../support/fake-checkout.ts';
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
  until,
} from '../../support/page.ts';

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
  const list = (): ShadowRoot => find(element, 'ks-key-list').shadowRoot!;
  const buttonNamed = (name: string): HTMLButtonElement => {
    const found = findAll<HTMLButtonElement>(element, 'button').find(
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
    await import('../../../components/storefront/key-reveal/key-list/define.ts');
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
              secret: {
                kind: 'image',
                mediaType: 'image/gif',
                base64: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
              },
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
      for (const node of findAll(element, '*')) {
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
      list()
        .querySelector('.keys')!
        .dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
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
        selected = (focused() as HTMLTextAreaElement).value;
        return true;
      });
      await uncover();
      buttonNamed('Copy 1').focus();
      buttonNamed('Copy 1').click();
      await drawn();
      expect(selected).to.equal(canary);
      expect(findAll(element, 'textarea')).to.deep.equal([]);
      expect(focused()).to.equal(buttonNamed('Copied 1'));
    });

    it('says when it did not work', async () => {
      replace(navigator, 'clipboard', {writeText: () => Promise.reject(new Error('denied'))});
      replace(document, 'execCommand', () => false);
      await uncover();
      buttonNamed('Copy 1').click();
      await drawn();
      const status = [...list().querySelectorAll('[role=status]')].at(-1)!;
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

  it('downloads a table that a spreadsheet neither runs nor rounds, with Chinese it can read', async () => {
    const files: Blob[] = [];
    const names: string[] = [];
    replace(URL, 'createObjectURL', (file: Blob) => (files.push(file), 'blob:test'));
    replace(HTMLAnchorElement.prototype, 'click', function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    element.orderNumber = 'KS-7';
    shop.orders.usedKeyIds.add('b');
    const title = '=HYPERLINK("https://evil.test")';
    await uncover({
      revealCount: 1,
      keys: [
        {id: 'a', lineId: '1', title, secret: {kind: 'code', code: '@SUM(A1)'}},
        {
          id: 'b',
          lineId: '1',
          title: '点卡',
          secret: {kind: 'number_and_password', number: '1801442799301265', password: '-1+2'},
        },
        {id: 'c', lineId: '1', title: '点卡', note: '第一行\n"第二行"', secret: {kind: 'text', text: 'A,B'}},
      ],
    });
    buttonNamed('Download as table').click();
    expect(names).to.deep.equal(['KS-7.csv']);
    const bytes = new Uint8Array(await files[0]!.arrayBuffer());
    expect([...bytes.slice(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes).split('\r\n')).to.deep.equal([
      'Order number,Product,No.,Card number or key,Password,How to use,Used',
      `KS-7,"'=HYPERLINK(""https://evil.test"")",1,'@SUM(A1),,,`,
      `KS-7,点卡,2,"\t1801442799301265",'-1+2,,yes`,
      'KS-7,点卡,3,"A,B",,"第一行\n""第二行""",',
      '',
    ]);
  });

  it('shows a link as text, and opens it by a button without giving the page away', async () => {
    const opened: unknown[][] = [];
    replace(window, 'open', (...given: unknown[]) => (opened.push(given), null));
    await uncover({
      revealCount: 1,
      keys: ['https://redeem.test/a', 'http://redeem.test/b', 'javascript:alert(1)'].map((url, index) => ({
        id: `${index}`,
        lineId: '1',
        title: 'A',
        secret: {kind: 'link', url},
      })),
    });
    expect(findAll(element, 'a')).to.deep.equal([]);
    const buttons = findAll(element, 'button').filter(button => button.textContent.trim() === 'Open link');
    expect(buttons).to.have.length(1);
    buttons[0]!.click();
    expect(opened).to.deep.equal([['https://redeem.test/a', '_blank', 'noopener,noreferrer']]);
    expect(textOf(element)).to.contain('http://redeem.test/b').and.to.contain('javascript:alert(1)');
  });

  describe('a picture', () => {
    const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const pictures = (...mediaTypes: readonly string[]): Keys => ({
      revealCount: 1,
      keys: mediaTypes.map((mediaType, index) => ({
        id: `${index}`,
        lineId: '1',
        title: 'A',
        secret: {kind: 'image', mediaType, base64: gif},
      })),
    });

    it('is shown if it is of a safe kind, from an address that ends when it is hidden', async () => {
      await uncover(pictures('image/gif', 'image/svg+xml', 'text/html'));
      const [image, ...others] = findAll<HTMLImageElement>(element, 'img');
      expect(others).to.deep.equal([]);
      expect(textOf(element)).to.contain('of this kind cannot be shown');
      const address = image!.src;
      expect(address).to.match(/^blob:/);
      expect([...new Uint8Array(await (await fetch(address)).arrayBuffer())]).to.deep.equal(
        [...atob(gif)].map(character => character.charCodeAt(0)),
      );
      buttonNamed('Hide').click();
      await drawn();
      expect(
        await fetch(address).then(
          () => 'there',
          () => 'gone',
        ),
      ).to.equal('gone');
    });

    it('can be saved where the page does not let it be shown', async () => {
      const names: string[] = [];
      replace(HTMLAnchorElement.prototype, 'click', function (this: HTMLAnchorElement) {
        names.push(this.download);
      });
      await uncover(pictures('image/gif'));
      find(element, 'img').dispatchEvent(new Event('error'));
      await drawn();
      expect(textOf(element)).to.contain('cannot be shown on this page');
      buttonNamed('Save picture 1').click();
      expect(names).to.deep.equal(['order-1-1.gif']);
    });
  });

  it('keeps the order of digits in a page that is read from right to left', async () => {
    document.documentElement.dir = 'rtl';
    restore.push(() => document.documentElement.removeAttribute('dir'));
    await uncover(someKeys(['1801 4427 9930 1265']));
    expect(getComputedStyle(find(element, 'code')).direction).to.equal('ltr');
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

  it('says when keys that were asked for too often can be asked for again', async () => {
    const problem = {type: 'about:blank', title: 'Too often', status: 429, code: 'too_many_attempts'};
    for (const [wait, said] of [
      ['601', 'in 11 minutes'],
      ['1', 'in a minute'],
    ] as const) {
      buttonNamed('Show keys').click();
      shop.orders.keyRequests.at(-1)!.refuse(problemError(problem, new Headers({'Retry-After': wait})));
      await drawn();
      expect(textOf(find(element, '[role=alert]'))).to.contain(said);
    }
  });

  it('shows how to use a good, and until when, once for all its keys', async () => {
    const {keys} = someKeys(['A-1', 'A-2']);
    await uncover({
      revealCount: 1,
      keys: keys.map(key => ({...key, note: 'Redeem in the app', expiresAt: '2099-03-01T12:00:00Z'})),
    });
    expect(findAll(element, '.note').map(textOf)).to.deep.equal(['Redeem in the app']);
    expect(textOf(element).match(/Valid until Mar 1, 2099/g)).to.have.length(1);
  });

  it('copies what belongs to one good of several', async () => {
    const copied: string[] = [];
    replace(navigator, 'clipboard', {writeText: (text: string) => (copied.push(text), Promise.resolve())});
    const {keys} = someKeys(['A-1', 'A-2', 'B-1']);
    await uncover({revealCount: 1, keys: keys.map((key, index) => ({...key, lineId: index < 2 ? 'a' : 'b'}))});
    buttonNamed('Copy the 2 of this product').click();
    expect(copied).to.deep.equal(['A-1\nA-2']);
  });

  describe('with 500 keys', () => {
    const codes = Array.from({length: 500}, (_, index) => `KEY-${String(index + 1).padStart(4, '0')}`);
    const rows = () => findAll(element, '[role=listitem]');
    const search = async (text: string) => {
      const input = find<HTMLInputElement>(element, 'input[type=search]');
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await drawn();
    };

    beforeEach(() => uncover(someKeys(codes)));

    it('draws only those near what can be seen, and the others as they come near', async () => {
      expect(rows().length).to.be.within(10, 160);
      const last = findAll(element, '[data-block]').at(-1)!;
      last.scrollIntoView({block: 'end'});
      await until(() => textOf(element).includes('KEY-0500'));
      await until(() => !textOf(element).includes('KEY-0001'));
      expect(rows().length).to.be.within(10, 160);
    });

    it('says of each where it stands', () => {
      const [first] = rows();
      expect(first!.getAttribute('aria-posinset')).to.equal('1');
      expect(first!.getAttribute('aria-setsize')).to.equal('500');
    });

    it('finds some of them, however they are written, and copies those', async () => {
      const copied: string[] = [];
      replace(navigator, 'clipboard', {writeText: (text: string) => (copied.push(text), Promise.resolve())});
      await search('key 012');
      expect(textOf(element)).to.contain('10 of 500 found');
      expect(rows()).to.have.length(10);
      expect(rows()[0]!.getAttribute('aria-setsize')).to.equal('10');
      buttonNamed('Copy these 10').click();
      expect(copied[0]?.split('\n')).to.deep.equal(codes.slice(119, 129));
      await search('nothing');
      expect(textOf(element)).to.contain('No key fits.');
    });

    it('forgets what was searched when they are hidden', async () => {
      await search('0123');
      buttonNamed('Hide').click();
      await drawn();
      await uncover(someKeys(codes));
      expect(find<HTMLInputElement>(element, 'input[type=search]').value).to.equal('');
      expect(textOf(element)).to.contain('KEY-0001');
    });
  });

  describe('marking', () => {
    const ticks = () => findAll<HTMLInputElement>(element, '[role=listitem] input');

    it('remembers which were used, by their ids', async () => {
      shop.orders.usedKeyIds.add('key-1');
      await uncover();
      await drawn();
      expect(ticks().map(({checked}) => checked)).to.deep.equal([false, true]);
      expect(ticks()[0]!.getAttribute('aria-label')).to.equal('Used 1');
      ticks()[0]!.click();
      ticks()[1]!.click();
      expect([...shop.orders.usedKeyIds]).to.deep.equal(['key-0']);
    });

    it('leaves out the used ones when asked', async () => {
      const codes = Array.from({length: 8}, (_, index) => `KEY-${index}`);
      shop.orders.usedKeyIds.add('key-2');
      await uncover(someKeys(codes));
      await drawn();
      find<HTMLInputElement>(element, '.finder [type=checkbox]').click();
      await drawn();
      expect(textOf(element)).not.to.contain('KEY-2');
      expect(textOf(element)).to.contain('7 of 8 found');
    });
  });

  describe('reporting', () => {
    it('asks for help with the picked keys, by their ids', async () => {
      await uncover(someKeys([canary, 'SECOND', 'THIRD']));
      let asked: unknown[] = [];
      element.addEventListener(
        'ks-ticket-request',
        event => {
          asked = [event.orderId, event.keyIds];
          event.preventDefault();
        },
        {once: true},
      );
      buttonNamed('Report a bad key').click();
      await drawn();
      const boxes = findAll<HTMLInputElement>(element, '[role=listitem] input');
      expect(focused()).to.equal(boxes[0]);
      buttonNamed('Cancel').click();
      await drawn();
      expect(focused()).to.equal(buttonNamed('Report a bad key'));
      buttonNamed('Report a bad key').click();
      await drawn();
      expect(boxes[2]!.getAttribute('aria-label')).to.equal('Key 3 does not work');
      boxes[2]!.click();
      boxes[0]!.click();
      await drawn();
      buttonNamed('Report these 2 keys').click();
      expect(asked).to.deep.equal(['order-1', ['key-0', 'key-2']]);
      await drawn();
      expect(textOf(element)).not.to.contain('Please tell the seller');
      expect(textOf(element)).to.contain('Report a bad key');
    });

    it('says what to tell the seller where nobody takes it', async () => {
      element.orderNumber = 'KS-7';
      await uncover(someKeys([canary]));
      buttonNamed('Report a bad key').click();
      await drawn();
      const status = [...list().querySelectorAll('[role=status]')].at(-1)!;
      expect(status.textContent).to.contain('KS-7').and.to.contain('no. 1').and.not.to.contain(canary);
    });
  });
});
