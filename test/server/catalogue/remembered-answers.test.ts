import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {rememberAnswers} from '../../../src/server/catalogue/remembered-answers.ts';

describe('remembered answers', () => {
  it('are written once for all who ask the same, also at the same time', async () => {
    const answers = rememberAnswers();
    let made = 0;
    const ask = () => answers.get(['/v1/products', 1], async () => ({made: ++made}));
    const [first, second] = await Promise.all([ask(), ask()]);
    assert.deepEqual([first.text, second, await ask()], ['{"made":1}', first, first]);
  });

  it('are written anew when anything they are made of has changed, and say so by another ETag', async () => {
    const answers = rememberAnswers();
    const before = await answers.get(['/v1/products', 1], async () => ({price: '1.00'}));
    const after = await answers.get(['/v1/products', 2], async () => ({price: '2.00'}));
    assert.equal(after.text, '{"price":"2.00"}');
    assert.notEqual(after.etag, before.etag);
  });

  it('keep the ETag of what reads the same', async () => {
    const [left, right] = await Promise.all(
      [1, 2].map(async version => (await rememberAnswers().get([version], async () => ({price: '1.00'}))).etag),
    );
    assert.equal(left, right);
  });

  it('are no failures', async () => {
    const answers = rememberAnswers();
    await assert.rejects(
      answers.get([1], async () => Promise.reject(new Error('no database'))),
      /no database/,
    );
    assert.equal((await answers.get([1], async () => ({}))).text, '{}');
  });
});
