import {expect} from 'chai';
import {html} from 'lit';
import '../../../components/storefront/key-reveal/define.ts';
import type {KsKeyReveal} from '../../../components/storefront/key-reveal/key-reveal.ts';
import type {KsKeyFrame} from '../../../components/storefront/key-reveal/key-frame/key-frame.ts';
import {fittingAppearance} from '../../../components/shared/appearance.ts';
import {FakeShop} from '../../support/fake-shop.ts';
import {clearPage, find, show} from '../../support/page.ts';

describe('ks-key-reveal of a sealed order', () => {
  let frame: KsKeyFrame;
  let inner: HTMLIFrameElement;

  beforeEach(async () => {
    await import('../../../components/storefront/key-reveal/key-frame/define.ts');
    const content = html`<ks-key-reveal order-id="order-1" count="2" sealed></ks-key-reveal>`;
    const element = find<KsKeyReveal>(await show(new FakeShop(), content, {lang: 'en'}), 'ks-key-reveal');
    frame = find<KsKeyFrame>(element, 'ks-key-frame');
    await frame.updateComplete;
    inner = find<HTMLIFrameElement>(frame, 'iframe');
  });

  afterEach(clearPage);

  it('holds a frame of the shop server that may not lead the page elsewhere', () => {
    expect(new URL(inner.src).pathname).to.equal('/frames/keys');
    expect(inner.sandbox.contains('allow-top-navigation')).to.equal(false);
    expect(inner.sandbox.contains('allow-scripts')).to.equal(true);
  });

  it('shows nothing that uncovers keys in the page itself', () => {
    const {shadowRoot} = find<KsKeyReveal>(document.body, 'ks-key-reveal');
    expect(shadowRoot!.querySelector('.show')).to.equal(null);
  });

  it('takes the frame away when it leaves the page', () => {
    frame.remove();
    expect(inner.isConnected).to.equal(false);
  });
});

describe('the look that goes into a frame', () => {
  it('is made of tokens and of nothing else', () => {
    const hostile = {accent: '#0b6e4f', surface: 'url(https://spy.example/)', border: 'var(--secret)', content: '"x"'};
    expect(fittingAppearance(hostile)).to.deep.equal({accent: '#0b6e4f'});
  });
});
