import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {sharedRead} from '../../../src/server/catalogue/shared-read.ts';

function open() {
  const readings: PromiseWithResolvers<number>[] = [];
  const read = sharedRead(() => {
    const reading = Promise.withResolvers<number>();
    readings.push(reading);
    return reading.promise;
  });
  return {readings, read};
}

const turn = () => new Promise(setImmediate);

describe('a shared read', () => {
  it('is one reading for all who ask at the same moment', async () => {
    const {readings, read} = open();
    const asked = [read(), read(), read()];
    await turn();
    readings[0]!.resolve(1);
    assert.deepEqual(await Promise.all(asked), [1, 1, 1]);
    assert.equal(readings.length, 1);
  });

  it('tells nobody what was read before they asked', async () => {
    const {readings, read} = open();
    const first = read();
    await turn();
    const late = [read(), read()];
    await turn();
    assert.equal(readings.length, 1, 'one reading at a time');
    readings[0]!.resolve(1);
    assert.equal(await first, 1);
    await turn();
    readings[1]!.resolve(2);
    assert.deepEqual(await Promise.all(late), [2, 2]);
  });

  it('begins anew after a reading that failed', async () => {
    const {readings, read} = open();
    const first = read();
    await turn();
    const late = read();
    readings[0]!.reject(new Error('no database'));
    await assert.rejects(first, /no database/);
    await turn();
    readings[1]!.resolve(2);
    assert.equal(await late, 2);
  });
});
