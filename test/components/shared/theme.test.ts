import {expect} from 'chai';
import {emulateMedia} from '@web/test-runner-commands';
import {pageTheme} from '../../../components/shared/theme.ts';
import {until} from '../../support/page.ts';

describe('the theme of the page', () => {
  const root = document.documentElement;
  afterEach(async () => {
    root.removeAttribute('style');
    document.body.removeAttribute('style');
    await emulateMedia({colorScheme: 'light'});
  });

  it('is light in a page that is always light, whatever the system wants', async () => {
    await emulateMedia({colorScheme: 'dark'});
    expect(pageTheme.value).to.equal('light');
  });

  it('follows the system where the page says that it does', async () => {
    root.style.colorScheme = 'light dark';
    expect(pageTheme.value).to.equal('light');
    await emulateMedia({colorScheme: 'dark'});
    expect(pageTheme.value).to.equal('dark');
  });

  it('is dark where the background is', () => {
    document.body.style.background = '#15181c';
    expect(pageTheme.value).to.equal('dark');
    document.body.style.background = 'transparent';
    root.style.background = 'rgb(250 250 250)';
    expect(pageTheme.value).to.equal('light');
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
