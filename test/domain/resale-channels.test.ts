import assert from 'node:assert/strict';
import {it} from 'node:test';
import {mayBeSoldOn} from '../../src/domain/resale-channels.ts';

it('a good is for the shops whose channels are all among those it may be resold on, and none among the forbidden', () => {
  for (const [own, resale, isAllowed] of [
    [[], {}, true],
    [[], {never: ['抖音']}, true],
    [[], {only: ['拼多多', '京东']}, false],
    [['京东'], {only: ['拼多多', '京东']}, true],
    [[' ＪＤ'], {only: ['jd']}, true],
    [['京东', '快手'], {only: ['拼多多', '京东']}, false],
    [['京东', '快手'], {never: ['快手']}, false],
    [['京东'], {never: ['快手']}, true],
    [['京东'], {only: ['京东'], never: ['京东']}, false],
  ] as const) {
    assert.equal(mayBeSoldOn(own, resale), isAllowed, JSON.stringify([own, resale]));
  }
});
