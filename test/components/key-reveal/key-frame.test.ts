import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/key-reveal/define.ts';
import type {KsKeyReveal} from '../../../components/storefront/key-reveal/key-reveal.ts';
import type {KsKeyFrame} from '../../../components/storefront/key-reveal/key-frame/key-frame.ts';
import type {KsShop} from '../../../components/storefront/shop/shop.ts';
import {fittingAppearance} from '../../../components/shared/appearance.ts';
import {FakeShop} from '../../support/fake-shop.ts';
import {HandRunSeconds} from '../../support/hand-run-seconds.ts';
import {clearPage, find, findAll, focused, settled, show, textOf, until} from '../../support/page.ts';
import {PlayedFrame} from '../../support/played-frame.ts';

describe('ks-key-reveal of a sealed order', () => {
  let seconds: HandRunSeconds;
  let root: HTMLElement;
  let frame: KsKeyFrame;

  beforeEach(async () => {
    seconds = new HandRunSeconds();
    await import('../../../components/storefront/key-reveal/key-frame/define.ts');
    const content = html`<ks-key-reveal order-id="order-1" count="2" sealed></ks-key-reveal>`;
    root = await show(Object.assign(new FakeShop(), {address: location.origin}), content, {lang: 'en'});
    frame = find(root, 'ks-key-frame');
    await frame.updateComplete;
  });

  afterEach(() => {
    clearPage();
    seconds.restore();
  });

  const inner = (): HTMLIFrameElement => find(frame, 'iframe');
  const isShown = (): boolean => inner().classList.contains('shown');
  /** The frame is there and was told what to show. */
  const ready = async (): Promise<PlayedFrame> => {
    const played = await PlayedFrame.in(inner());
    played.say({type: 'ready'});
    await until(() => played.told('show').length === 1);
    return played;
  };
  /** What to show stands in the frame. */
  const shown = async (): Promise<PlayedFrame> => {
    const played = await ready();
    played.say({type: 'size', height: 300});
    await until(isShown);
    await settled(root);
    return played;
  };
  const isBlocked = (): boolean => textOf(frame).includes('could not be loaded');
  const again = (): HTMLButtonElement => find(frame, 'button');

  describe('focus', () => {
    it('goes from “again” to what is waited for, and from there into the frame', async () => {
      seconds.pass(10);
      await until(isBlocked);
      again().focus();
      again().click();
      await settled(root);
      expect(focused()?.textContent).to.contain('Getting your keys');
      await shown();
      expect(focused() === inner()).to.equal(true);
    });

    it('goes back to “again” where it was to no avail', async () => {
      seconds.pass(10);
      await until(isBlocked);
      again().focus();
      again().click();
      await settled(root);
      seconds.pass(10);
      await settled(root);
      expect(focused() === again()).to.equal(true);
    });

    it('stays where it is for who did not press anything', async () => {
      await shown();
      expect(focused() === document.body).to.equal(true);
    });
  });

  it('holds a frame of the shop server that may not lead the page elsewhere', () => {
    expect(new URL(inner().src).pathname).to.equal('/frames/keys');
    expect(inner().sandbox.contains('allow-top-navigation')).to.equal(false);
    expect(inner().sandbox.contains('allow-scripts')).to.equal(true);
  });

  it('shows nothing that uncovers keys in the page itself', () => {
    const {shadowRoot} = find<KsKeyReveal>(document.body, 'ks-key-reveal');
    expect(shadowRoot!.querySelector('.show')).to.equal(null);
  });

  it('takes the frame away when it leaves the page', () => {
    const gone = inner();
    frame.remove();
    expect(gone.isConnected).to.equal(false);
    expect(seconds.running).to.equal(0);
  });

  it('shows the frame as soon as something stands in it', async () => {
    await shown();
    expect(textOf(frame)).to.equal('');
    seconds.pass(60);
    await settled(root);
    expect(isShown()).to.equal(true);
  });

  it('tells the frame when the page comes to look or to be read otherwise', async () => {
    const played = await shown();
    const worn = () => played.told('dress').at(-1)!;
    expect([worn().dir, worn().theme]).to.deep.equal(['ltr', 'light']);

    const page = root.parentElement!;
    page.dir = 'rtl';
    await until(() => worn().dir === 'rtl');
    page.style.setProperty('--ks-accent', '#0b6e4f');
    await until(() => worn().appearance['accent'] === '#0b6e4f');

    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.festive { --ks-accent: #a11 }');
    document.adoptedStyleSheets.push(sheet);
    page.style.removeProperty('--ks-accent');
    page.className = 'festive';
    await until(() => worn().appearance['accent'] === '#a11');
    document.adoptedStyleSheets.pop();

    (root as KsShop).appearance = {radius: '3px'};
    await until(() => worn().appearance['radius'] === '3px');
    root.setAttribute('theme', 'dark');
    await until(() => worn().theme === 'dark');
    root.setAttribute('lang', 'zh-TW');
    await until(() => worn().lang === 'zh-TW');
  });

  it('is as high as what stands in the frame, but no higher than a page can bear', async () => {
    const played = await shown();
    expect(inner().style.blockSize).to.equal('300px');
    for (const height of [15_000.5, 50_000, 2_000_000, 240]) {
      played.say({type: 'size', height});
      const expected = `${Math.min(Math.ceil(height), 16_000)}px`;
      await until(() => inner().style.blockSize === expected);
    }
  });

  it('says so where the frame does not come, and tries again', async () => {
    seconds.pass(10);
    await until(isBlocked);
    expect(findAll(frame, 'iframe')).to.have.length(0);
    again().click();
    await settled(root);
    await shown();
    expect(isBlocked()).to.equal(false);
  });

  it('says so where the frame comes and shows nothing', async () => {
    await ready();
    seconds.pass(19);
    await settled(root);
    expect(isBlocked()).to.equal(false);
    seconds.pass(1);
    await settled(root);
    expect(isBlocked()).to.equal(true);
    expect(find(frame, 'a').getAttribute('href')).to.equal(`${location.origin}/frames/keys#order-1`);
    again().click();
    await settled(root);
    await shown();
  });

  it('says so where a part of the frame’s code does not come', async () => {
    const played = await ready();
    played.say({type: 'failed'});
    await until(isBlocked);
  });
});

describe('the look that goes into a frame', () => {
  it('is made of tokens and of nothing else', () => {
    const hostile = {accent: '#0b6e4f', surface: 'url(https://spy.example/)', border: 'var(--secret)', content: '"x"'};
    expect(fittingAppearance(hostile)).to.deep.equal({accent: '#0b6e4f'});
  });
});
