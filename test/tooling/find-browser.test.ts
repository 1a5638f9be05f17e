import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {findBrowser, findFirefox, findWebKit} from '../../scripts/find-browser.mjs';

/** A folder that holds an executable of this name, gone after the test. */
function folderWithExecutable(test: TestContext, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-'));
  test.after(() => rmSync(folder, {recursive: true}));
  writeFileSync(join(folder, name), '', {mode: 0o755});
  return folder;
}

describe('findBrowser', () => {
  it('takes CHROME_PATH before anything else', t => {
    const chosen = join(folderWithExecutable(t, 'my-chrome'), 'my-chrome');
    const PATH = folderWithExecutable(t, 'chromium');
    assert.equal(findBrowser('linux', {CHROME_PATH: chosen, PATH}), chosen);
  });

  it('rejects a CHROME_PATH that is not there, and does not take another browser instead', t => {
    const PATH = folderWithExecutable(t, 'chromium');
    assert.throws(() => findBrowser('linux', {CHROME_PATH: '/nowhere/chrome', PATH}), /CHROME_PATH is "\/nowhere/);
  });

  it('looks along the PATH', t => {
    const PATH = folderWithExecutable(t, 'google-chrome');
    assert.equal(findBrowser('linux', {PATH}), join(PATH, 'google-chrome'));
  });

  it("looks in the user's own applications on macOS", t => {
    const HOME = mkdtempSync(join(tmpdir(), 'keystall-'));
    t.after(() => rmSync(HOME, {recursive: true}));
    const chromium = join(HOME, 'Applications/Chromium.app/Contents/MacOS/Chromium');
    mkdirSync(dirname(chromium), {recursive: true});
    writeFileSync(chromium, '', {mode: 0o755});
    assert.equal(findBrowser('darwin', {PATH: '', HOME}), chromium);
  });

  it('finds nothing where there is nothing', () => {
    assert.equal(findBrowser('win32', {PATH: ''}), undefined);
  });
});

describe('findFirefox', () => {
  it('looks along the PATH', t => {
    const PATH = folderWithExecutable(t, 'firefox');
    assert.equal(findFirefox('linux', {PATH}), join(PATH, 'firefox'));
  });

  it('takes FIREFOX_PATH, and rejects one that is not there', t => {
    const chosen = join(folderWithExecutable(t, 'nightly'), 'nightly');
    assert.equal(findFirefox('linux', {FIREFOX_PATH: chosen, PATH: ''}), chosen);
    assert.throws(() => findFirefox('linux', {FIREFOX_PATH: '/nowhere/firefox', PATH: ''}), /FIREFOX_PATH is/);
  });

  it('finds nothing where there is nothing', () => {
    assert.equal(findFirefox('win32', {PATH: ''}), undefined);
  });
});

describe('findWebKit', () => {
  it('needs all of its programs', t => {
    assert.equal(findWebKit('linux', {PATH: folderWithExecutable(t, 'WebKitWebDriver')}), undefined);
    assert.equal(findWebKit('darwin', {PATH: ''}), undefined);
  });
});
