import {expect} from 'chai';
import {html} from 'lit';
import {setAppearance} from '../../../components/shared/appearance.ts';
import '../../../components/storefront/cart-button/define.ts';
import type {KsShop} from '../../../components/storefront/shop/shop.ts';
import {aCartLine, FakeShop} from '../../support/fake-shop.ts';
import {expectAccessible} from '../../support/axe.ts';
import {clearPage, find, settled, show} from '../../support/page.ts';

describe('the appearance of elements', () => {
  const {reportError} = globalThis;
  let reported: string[];
  beforeEach(() => {
    reported = [];
    globalThis.reportError = error => void reported.push(String(error));
  });
  afterEach(() => {
    globalThis.reportError = reportError;
    clearPage();
  });

  const shopWith = async (appearance: object): Promise<KsShop> => {
    const shop = new FakeShop({lines: [aCartLine()]});
    const root = (await show(shop, html`<ks-cart-button></ks-cart-button>`)) as KsShop;
    root.appearance = appearance;
    await settled(root);
    return root;
  };
  const badgeOf = (root: Element): CSSStyleDeclaration => getComputedStyle(find(root, '.badge'));

  it('sets the tokens it names, and takes them back', async () => {
    const root = await shopWith({accent: 'rgb(1, 2, 3)', onAccent: '#fff', font: "'My Font', serif"});
    expect(badgeOf(root).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(badgeOf(root).fontFamily).to.match(/^["']?My Font["']?, serif$/);
    root.appearance = {onAccent: '#fff'};
    await settled(root);
    expect(badgeOf(root).backgroundColor).to.equal('rgb(27, 89, 196)');
    root.appearance = undefined;
    await settled(root);
    expect(root.style.cssText).to.equal('');
    expect(reported).to.deep.equal([]);
  });

  it('leaves alone what the page set by itself', async () => {
    const root = await shopWith({});
    root.style.setProperty('--ks-accent', 'rgb(9, 9, 9)');
    root.appearance = {radius: '2px'};
    await settled(root);
    expect(badgeOf(root).backgroundColor).to.equal('rgb(9, 9, 9)');
  });

  for (const [name, value] of [
    ['accent', 'url(https://evil.test/x)'],
    ['surface', 'red; background: url(https://evil.test/x)'],
    ['surface', 'image-set("https://evil.test/x")'],
    ['text', 'var(--page)'],
    ['text', 'no-such-color'],
    ['accent', 5],
    ['radius', '50%'],
    ['radius', 'calc(1px)'],
    ['radius', '-1px'],
    ['font', 'url(x)'],
    ['font', 'a\\62'],
    ['cardWidth', '12'],
    ['backgroundImage', 'none'],
    ['constructor', '#fff'],
    ['__proto__x', '#fff'],
  ] as const) {
    it(`leaves out and reports ${name}: ${value}, and sets the rest`, async () => {
      const root = await shopWith({[name]: value, danger: '#a00'});
      expect(root.getAttribute('style')).to.match(/^--ks-danger: ?#a00;$/);
      expect(reported).to.have.length(1);
      expect(reported[0]).to.contain(name);
      expect(reported[0]).to.match(/There are: |Give it one such as /);
    });
  }

  it('serves elements without a ks-shop, from any element around them', () => {
    const place = document.createElement('div');
    setAppearance(place, {surfaceSunken: 'oklch(0.9 0.02 200 / 50%)'});
    expect(place.style.getPropertyValue('--ks-surface-sunken')).to.equal('oklch(0.9 0.02 200 / 50%)');
  });
});

describe('the theme', () => {
  afterEach(() => {
    document.body.removeAttribute('style');
    clearPage();
  });

  const looks = async (theme: string, background: string): Promise<Record<string, string>> => {
    document.body.style.background = background;
    const root = await show(new FakeShop(), html`<ks-cart-button></ks-cart-button>`, {theme});
    // The page's own background has to be seen first.
    await new Promise(resolve => setTimeout(resolve));
    const {colorScheme, color, borderColor} = getComputedStyle(find(root, 'button'));
    await expectAccessible(root);
    clearPage();
    return {colorScheme, color, borderColor};
  };

  it('light and dark stand against the page, auto goes with it', async () => {
    expect((await looks('light', '#000'))['colorScheme']).to.equal('light');
    expect((await looks('dark', '#fff'))['colorScheme']).to.equal('dark');
    expect((await looks('auto', '#000'))['colorScheme']).to.equal('dark');
    expect((await looks('auto', '#fff'))['colorScheme']).to.equal('light');
    expect((await looks('nonsense', '#fff'))['colorScheme']).to.equal('light');
  });

  it('high-contrast draws every edge and text in the strongest tone, on either ground', async () => {
    const [black, white] = ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'];
    expect(await looks('high-contrast', '#fff')).to.deep.equal({
      colorScheme: 'light',
      color: black,
      borderColor: black,
    });
    expect(await looks('high-contrast', '#000')).to.deep.equal({colorScheme: 'dark', color: white, borderColor: white});
  });
});
