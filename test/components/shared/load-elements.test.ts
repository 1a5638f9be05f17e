import {expect} from 'chai';
import {elementLoader} from '../../../components/shared/load-elements.ts';
import {reloadText} from '../../../components/storefront/languages/language-for.ts';
import {expectAccessible} from '../../support/axe.ts';
import {clearPage, until} from '../../support/page.ts';

describe('an element whose code did not arrive', () => {
  const {reportError} = globalThis;
  let place: HTMLElement;
  let reported: unknown[];

  beforeEach(() => {
    place = document.createElement('main');
    document.body.append(place);
    reported = [];
    globalThis.reportError = error => reported.push(error);
  });
  afterEach(() => {
    globalThis.reportError = reportError;
    place.remove();
    clearPage();
  });

  /** Loads `<ks-late>` in vain, so many times; answers how often it was tried. */
  async function failing(times: number): Promise<() => number> {
    let tries = 0;
    elementLoader(
      {
        'ks-late': () => (++tries <= times ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve()),
      },
      reloadText,
    )(document);
    await until(() => reported.length === 1);
    return () => tries;
  }

  const button = (): HTMLButtonElement | null => place.querySelector('ks-late button');

  for (const [lang, text] of Object.entries({'zh-CN': '刷新页面', 'zh-HK': '重新整理', 'en-GB': 'Reload'})) {
    it(`offers to load the page anew in its place, in the language around it: ${lang}`, async () => {
      place.innerHTML = `<form lang="${lang}"><ks-late></ks-late></form>`;
      await failing(1);
      expect(button()!.textContent).to.equal(text);
      expect(button()!.type, 'it sends no form of the page').to.equal('button');
      await expectAccessible(place);
    });
  }

  it('tries again when the network is back, and offers nothing then', async () => {
    place.innerHTML = '<ks-late></ks-late>';
    const tries = await failing(1);
    dispatchEvent(new Event('online'));
    expect(tries()).to.equal(2);
    expect(button()).to.equal(null);
    dispatchEvent(new Event('online'));
    expect(tries(), 'it is there now').to.equal(2);
  });

  it('offers it once, however often it tries', async () => {
    place.innerHTML = '<ks-late></ks-late>';
    await failing(2);
    dispatchEvent(new Event('online'));
    await until(() => reported.length === 2);
    expect(place.querySelectorAll('button').length).to.equal(1);
  });
});
