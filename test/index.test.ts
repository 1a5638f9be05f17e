import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';

const run = promisify(execFile);

describe('the headless entry', () => {
  it('touches nothing when it is imported, and runs in Node without anything', async () => {
    const script = `
      const before = Object.keys(globalThis).length;
      const watched = ['setTimeout', 'setInterval', 'fetch', 'BroadcastChannel', 'addEventListener'];
      const touched = [];
      for (const name of watched) {
        const value = globalThis[name];
        Object.defineProperty(globalThis, name, {configurable: true, get() { touched.push(name); return value; }});
      }
      const {createShop} = await import('./src/index.ts');
      const shop = createShop({address: 'https://shop.example'});
      if (touched.length > 0) throw new Error('touched ' + touched);
      if (Object.keys(globalThis).length > before) throw new Error('new globals');
      await shop.checkout.resume();
      shop.cart.subscribe(() => {});
      shop.checkout.subscribe(() => {});
      console.log(JSON.stringify([shop.address, shop.cart.value, shop.checkout.value]));
      shop.dispose();
    `;
    const {stdout, stderr} = await run(process.execPath, ['--input-type=module', '--eval', script]);
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), ['https://shop.example', {lines: [], count: 0}, {step: 'idle'}]);
  });

  it('refuses an address that is none', async () => {
    const {createShop} = await import('../src/index.ts');
    assert.throws(() => createShop({address: 'shop.example'}), {name: 'TypeError'});
  });
});
