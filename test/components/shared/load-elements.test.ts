import {expect} from 'chai';
import {elementLoader} from '../../../components/shared/load-elements.ts';
import {clearPage, until} from '../../support/page.ts';

describe('an element whose code did not arrive', () => {
  const {reportError} = globalThis;
  afterEach(() => {
    globalThis.reportError = reportError;
    clearPage();
  });

  it('tries again when the network is back, as long as it stands in the page', async () => {
    const reported: unknown[] = [];
    globalThis.reportError = error => reported.push(error);
    let tries = 0;
    document.body.append(document.createElement('ks-late'));
    elementLoader({
      'ks-late': () => (++tries === 1 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve()),
    })(document);
    await until(() => reported.length === 1);
    dispatchEvent(new Event('online'));
    expect(tries).to.equal(2);
    dispatchEvent(new Event('online'));
    expect(tries, 'it is there now').to.equal(2);
  });
});
