import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {noteReturn, takeReturn} from '../../src/store/return-mark.ts';

const browser = globalThis as unknown as Record<string, unknown>;

/** A page at an address; answers what it went through. */
function pageAt(href: string): {readonly address: () => string; readonly told: string[]} {
  const location = {href, hash: new URL(href).hash};
  const told: string[] = [];
  Object.assign(browser, {
    location,
    history: {
      state: {mine: 1},
      replaceState(state: unknown, _: string, next: string) {
        assert.deepEqual(state, {mine: 1});
        Object.assign(location, {href: next, hash: new URL(next).hash});
      },
    },
    HashChangeEvent: class extends Event {
      readonly newURL: string;
      constructor(type: string, {newURL}: {newURL: string}) {
        super(type);
        this.newURL = newURL;
      }
    },
    dispatchEvent: (event: Event & {newURL: string}) => told.push(`${event.type} ${event.newURL}`),
  });
  return {address: () => location.href, told};
}

describe('the way back in the page’s address', () => {
  afterEach(() => {
    takeReturn('https://shop.example');
    for (const name of ['location', 'history', 'HashChangeEvent', 'dispatchEvent'])
      Reflect.deleteProperty(browser, name);
  });

  for (const [before, after] of [
    ['https://page.example/', 'https://page.example/'],
    ['https://page.example/a?b=1', 'https://page.example/a?b=1'],
    ['https://page.example/#/goods/7?sort=price&x=1', 'https://page.example/#/goods/7?sort=price&x=1'],
  ] as const) {
    it(`is taken out, and ${after} is left`, () => {
      const mark = `ks-return=pay_1-x.A_b-9@shop.example:4100`;
      const page = pageAt(before.includes('#') ? `${before}&${mark}` : `${before}#${mark}`);
      noteReturn();
      assert.equal(page.address(), after);
      assert.deepEqual(page.told, [`hashchange ${after}`], 'the page’s own router reads its hash again');
      assert.equal(takeReturn('https://shop.example'), undefined, 'not for another shop server');
      assert.equal(takeReturn('https://shop.example:4100'), 'pay_1-x.A_b-9');
      assert.equal(takeReturn('https://shop.example:4100'), undefined, 'once');
    });
  }

  it('is not looked for where there is none', () => {
    const page = pageAt('https://page.example/#/ks-return');
    noteReturn();
    assert.equal(page.address(), 'https://page.example/#/ks-return');
    assert.deepEqual(page.told, []);
  });

  it('is nothing in Node', () => {
    assert.equal(takeReturn('https://shop.example'), undefined);
  });
});
