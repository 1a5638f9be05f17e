import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Product} from '../../../src/contract/product-details.ts';
import {operations} from '../../support/contract-check.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {png} from '../../support/files.ts';
import {json, openShop, pageOrigin, problem} from '../../support/shop-server.ts';
import {aGood} from '../../support/upstream-goods.ts';

/*
 * openapi.yaml says of every reading whether anybody may keep the answer. All answers of this suite are held against it, so
 * here it is enough that it says so, and what is said of which.
 */

/** What is the same for everybody, and where a product of this test's shop has it. */
const shared: Readonly<Record<string, (product: string) => string>> = {
  getShop: () => '/v1/shop',
  listCategories: () => '/v1/categories',
  listProducts: () => '/v1/products?limit=5',
  getProduct: product => product,
  getCover: product => `${product}/cover`,
  getPicture: product => `${product}/pictures/0`,
};

const cover = 'https://platform.example/a.png';

async function openWithPictures() {
  const good = aGood({cover, description: '<img src="/b.png">'});
  const shop = await openShop({upstream: fakeUpstream({goods: [good]})});
  shop.upstream.script({picture: async () => ({mediaType: 'image/png', bytes: png})});
  const {items} = await json<{items: Product[]}>(await shop.fetch('/v1/products'));
  return {shop, product: `/v1/products/${items[0]!.id}`};
}

describe('what may be kept of an answer', () => {
  it('is said of every reading: all of it, by anybody, or nothing', () => {
    const reference = (name: string) => ({$ref: `#/components/headers/${name}`});
    for (const {operation, path} of operations().filter(({method}) => method === 'GET')) {
      const isShared = operation.operationId in shared;
      const {default: _problem, '304': unchanged, ...answers} = operation.responses;
      assert.ok(Object.keys(answers).length > 0, path);
      for (const [status, {headers}] of Object.entries(answers)) {
        const expected = reference(isShared ? 'Shared' : 'NoStore');
        assert.deepEqual(headers?.['Cache-Control'], expected, `${path} ${status}`);
        assert.deepEqual(headers?.['ETag'], isShared ? reference('ETag') : undefined, `${path} ${status}`);
        if (isShared) assert.deepEqual(headers?.['Vary'], reference('PerOrigin'), path);
      }
      assert.deepEqual(unchanged, isShared ? {$ref: '#/components/responses/NotModified'} : undefined, path);
    }
  });

  it('is nothing where only the bearer of a token may read it', () => {
    const guarded = operations().filter(({operation}) => operation.security !== undefined);
    assert.ok(guarded.length > 0);
    assert.deepEqual(
      guarded.filter(({operation}) => operation.operationId in shared),
      [],
    );
  });

  for (const [operationId, pathIn] of Object.entries(shared)) {
    it(`is told again to whoever has it already: ${operationId}`, async () => {
      const {shop, product} = await openWithPictures();
      const path = pathIn(product);
      const whole = await shop.fetch(path, {headers: {Origin: pageOrigin}});
      assert.equal(whole.status, 200);
      const told = (answer: Response) =>
        ['ETag', 'Cache-Control', 'Vary', 'Access-Control-Allow-Origin'].map(name => answer.headers.get(name));
      const etag = whole.headers.get('ETag')!;
      const again = await shop.fetch(path, {headers: {Origin: pageOrigin, 'If-None-Match': etag}});
      assert.equal(again.status, 304);
      assert.deepEqual(told(again), told(whole));
      assert.equal(again.headers.get('Access-Control-Allow-Origin'), pageOrigin);
    });
  }

  it('is nothing of an error, also where the answer could have been kept', async () => {
    const {shop, product} = await openWithPictures();
    for (const path of [`${product}/pictures/9`, `/v1/products?cursor=x`, `${product}x`]) {
      const answer = await shop.fetch(path);
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
      await problem(
        answer,
        path.includes('cursor')
          ? 'validation_failed'
          : path.includes('/pictures/')
            ? 'cover_not_found'
            : 'product_not_found',
      );
    }
  });
});
