import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {contentHash, hash} from '../../../src/server/catalogue/content-hash.ts';
import {aGood, anOffer, costs, counted} from '../../support/upstream-goods.ts';

test('a good has another hash with everything that a buyer or the shop could tell', () => {
  const good = aGood();
  const others = [
    aGood({title: 'x'}),
    aGood({description: 'x'}),
    aGood({cover: 'https://x.example/a.png'}),
    aGood({contact: 'qq'}),
    aGood({minimum: 2}),
    aGood({maximum: 2}),
    aGood({tags: ['x']}),
    aGood({nested: true}),
    aGood({fields: [{name: 'x', label: 'x', type: 'text', required: false}]}),
    aGood({offers: [anOffer({costs: costs([1, '10.01'])})]}),
    aGood({offers: [anOffer({stock: counted(99)})]}),
    aGood({offers: [anOffer({stock: {kind: 'unknown'}})]}),
    aGood({offers: [anOffer({stock: {kind: 'unlimited', at: 0}})]}),
    aGood({offers: [anOffer({sku: '1'})]}),
    aGood({offers: []}),
  ];
  const hashes = [...[good, ...others].map(each => contentHash(each, 'rule')), contentHash(good, 'another')];
  assert.equal(new Set(hashes).size, hashes.length);
});

test('when its stock was seen changes nothing', () => {
  const seen = (at: number) => contentHash(aGood({offers: [anOffer({stock: counted(5, at)})]}), 'rule');
  assert.equal(seen(1), seen(2));
});

test('texts that differ in one place have different hashes', () => {
  fc.assert(
    fc.property(
      fc.string({unit: 'binary', maxLength: 200}),
      fc.nat(),
      fc.integer({min: 1, max: 65_535}),
      (text, at, by) => {
        if (text === '') return;
        const place = at % text.length;
        const unit = String.fromCharCode(text.charCodeAt(place) ^ by);
        assert.notEqual(hash(text), hash(text.slice(0, place) + unit + text.slice(place + 1)));
      },
    ),
  );
});

test('a hundred thousand texts that hardly differ meet nowhere', () => {
  const hashes = new Set(Array.from({length: 100_000}, (_, index) => hash(`{"stock":${index}}`)));
  assert.equal(hashes.size, 100_000);
});
