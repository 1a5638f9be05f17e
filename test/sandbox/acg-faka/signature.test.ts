import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseUrlEncoded} from '../../../src/sandbox/acg-faka/php-form.ts';
import {signatureOf, signingText} from '../../../src/sandbox/acg-faka/signature.ts';
import {appKey} from '../support/shop.ts';

const encode = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

const string4 = 'Z=upper&_u=us&a=lower&app_id=1000&contact=a+b &=%41 中&num=1&shared_code=NOPE';
const wire4 = [
  ['contact', 'a+b &=%41 中'],
  ['a', 'lower'],
  ['_u', 'us'],
  ['Z', 'upper'],
  ['num', '1'],
  ['app_id', '1000'],
  ['shared_code', 'NOPE'],
] as const;
const order3 = [
  ['app_id', '1000'],
  ['code', 'RSKU000000000001'],
  ['num', '5'],
  ['race', '月卡'],
  ['sku[区服]', '日区'],
  ['sku[时长]', '加长'],
  ['card_id', '0'],
] as const;

const vectors: readonly (readonly [number, readonly (readonly [string, string])[], string, string])[] = [
  [1, [['app_id', '1000']], 'app_id=1000', '72e34e88c96c5b00c8808f24cfac42b0'],
  [
    2,
    [
      ['race', ''],
      ['shared_code', 'PLAIN00000000001'],
      ['num', '1'],
      ['card_id', '0'],
      ['app_id', '1000'],
    ],
    'app_id=1000&card_id=0&num=1&shared_code=PLAIN00000000001',
    'b6e898b75abdc24168251e3f284ebe6e',
  ],
  [
    3,
    order3,
    'app_id=1000&card_id=0&code=RSKU000000000001&num=5&race=月卡&sku[区服]=日区&sku[时长]=加长',
    'afc9e86945753efbb71f39203ebab02d',
  ],
  [4, wire4, string4, '54b15574298f8078eb878912d0c4d598'],
  [5, [['10', 'ten'], ...wire4, ['9', 'nine']], `9=nine&10=ten&${string4}`, 'eeee4ee36e4a43fc6856817638e98af1'],
  [
    6,
    [
      ['x[a]', ''],
      ['x[b]', '1'],
      ['app_id', '1000'],
      ['num', '1'],
      ['code', 'PLAIN00000000001'],
    ],
    'app_id=1000&code=PLAIN00000000001&num=1&x[a]=&x[b]=1',
    'b92b1de04559052d18b3db399a36f513',
  ],
  [
    7,
    [
      ['app_id', '1000'],
      ['code', 'RSKU000000000001'],
      ['num', '1'],
      ['race', '月卡'],
      ['sku[时长]', '加长'],
      ['sku[区服]', '日区'],
    ],
    'app_id=1000&code=RSKU000000000001&num=1&race=月卡&sku[时长]=加长&sku[区服]=日区',
    'c06ccf86ff138ba327c557b53d55ecf2',
  ],
  [
    8,
    [
      ['app_id', '1000'],
      ['card_id', '0'],
      ['contact', 'buyer@example.com'],
      ['device', '0'],
      ['num', '1'],
      ['race', '月卡'],
      ['request_no', '202611230000000001'],
      ['shared_code', 'RSKU000000000001'],
      ['sku[区服]', '美区'],
      ['sku[时长]', '标准'],
    ],
    'app_id=1000&card_id=0&contact=buyer@example.com&device=0&num=1&race=月卡&request_no=202611230000000001&shared_code=RSKU000000000001&sku[区服]=美区&sku[时长]=标准',
    '01f2d05caa97f7e9069d0e91d10cb89b',
  ],
  [
    9,
    [
      ['code', 'PLAIN00000000001'],
      ['app_id', '1000'],
    ],
    'app_id=1000&code=PLAIN00000000001',
    'b65fbb1681e999a68d29933aa05c196b',
  ],
];

for (const [number, pairs, text, sign] of vectors) {
  test(`vector ${number} is signed as the real shop does`, () => {
    const fields = parseUrlEncoded(`${encode(pairs)}&sign=whatever`);
    assert.equal(signingText(fields), text);
    assert.equal(signatureOf(fields, appKey), sign);
  });
}

test('the wire order of nested values counts', () => {
  const swapped = order3.map((pair, index) => (index === 4 ? order3[5] : index === 5 ? order3[4] : pair));
  const [sent, swappedFields] = [parseUrlEncoded(encode(order3)), parseUrlEncoded(encode(swapped))];
  assert.notEqual(signatureOf(sent, appKey), signatureOf(swappedFields, appKey));
});
