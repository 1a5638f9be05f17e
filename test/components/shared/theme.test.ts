import {expect} from 'chai';
import {pageTheme} from '../../../components/shared/theme.ts';
import {until} from '../../support/page.ts';
import {systemTheme} from '../../support/system-theme.ts';

describe('the theme of the page', () => {
  const root = document.documentElement;
  afterEach(() => {
    root.removeAttribute('style');
    document.body.removeAttribute('style');
    systemTheme.restore();
  });

  it('is light in a page that is always light, whatever the system wants', () => {
    systemTheme.set('dark');
    expect(pageTheme.value).to.equal('light');
  });

  it('follows the system where the page says that it does', () => {
    systemTheme.set('light');
    root.style.colorScheme = 'light dark';
    let told = 0;
    const stop = pageTheme.subscribe(() => told++);
    expect(pageTheme.value).to.equal('light');
    systemTheme.set('dark');
    expect(pageTheme.value).to.equal('dark');
    expect(told).to.equal(1);
    stop();
  });

  it('believes a page that says so by a meta element', () => {
    const meta = document.createElement('meta');
    meta.name = 'color-scheme';
    meta.content = 'dark';
    document.head.append(meta);
    expect(pageTheme.value).to.equal('dark');
    meta.remove();
  });

  it('is dark where the background is', () => {
    document.body.style.background = '#15181c';
    expect(pageTheme.value).to.equal('dark');
    document.body.style.background = 'transparent';
    root.style.background = 'rgb(250 250 250)';
    expect(pageTheme.value).to.equal('light');
  });

  const backgrounds = {
    'oklch(98.4% 0.003 247.858)': 'light',
    'oklch(20% 0.04 265)': 'dark',
    'color(display-p3 1 1 1)': 'light',
    'color-mix(in srgb, white 92%, black)': 'light',
    'lab(12% 0 0)': 'dark',
  };
  for (const [color, theme] of Object.entries(backgrounds)) {
    it(`is ${theme} on ${color}`, () => {
      document.body.style.background = color;
      expect(pageTheme.value).to.equal(theme);
    });
  }

  it('follows a background that fades to another', async () => {
    document.body.style.background = '#fff';
    expect(pageTheme.value).to.equal('light');
    document.body.style.transition = 'background-color 50ms';
    const stop = pageTheme.subscribe(() => {});
    document.body.style.background = '#111';
    await until(() => pageTheme.value === 'dark');
    stop();
  });

  it('tells when the page changes, as long as somebody listens', async () => {
    let told = 0;
    const stop = pageTheme.subscribe(() => told++);
    document.body.style.background = '#000';
    await until(() => told === 1);
    expect(pageTheme.value).to.equal('dark');
    stop();
    document.body.style.background = '#fff';
    await Promise.resolve();
    expect(told).to.equal(1);
    expect(pageTheme.value).to.equal('light');
  });
});
