import assert from 'node:assert/strict';
import {it} from 'node:test';
import {workerOfThisPage} from '../../src/mocks/worker-of-this-page.ts';

it('a page without service workers is left to the mocks themselves', async () => {
  assert.equal('serviceWorker' in navigator, false);
  assert.equal(await workerOfThisPage('/mockServiceWorker.js'), '/mockServiceWorker.js');
});
