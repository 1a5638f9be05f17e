import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
  encodeForm,
  isPlainFieldName,
  sign,
  signingText,
  type FormFields,
} from '../../../src/upstreams/acg-faka/sign.ts';

const appKey = '0123456789ABCDEF';

/** Accepted by a running 3.6.0 shop for `app_id=1000`. */
const vectors: readonly {name: string; fields: FormFields; text: string; sign: string}[] = [
  {name: 'connect', fields: [], text: 'app_id=1000', sign: '72e34e88c96c5b00c8808f24cfac42b0'},
  {
    name: 'an empty race is dropped',
    fields: [
      ['shared_code', 'PLAIN00000000001'],
      ['card_id', 0],
      ['num', 1],
      ['race', ''],
    ],
    text: 'app_id=1000&card_id=0&num=1&shared_code=PLAIN00000000001',
    sign: 'b6e898b75abdc24168251e3f284ebe6e',
  },
  {
    name: 'nested names in the order sent',
    fields: [
      ['code', 'RSKU000000000001'],
      ['num', '5'],
      ['race', '月卡'],
      [
        'sku',
        [
          ['区服', '日区'],
          ['时长', '加长'],
        ],
      ],
      ['card_id', '0'],
    ],
    text: 'app_id=1000&card_id=0&code=RSKU000000000001&num=5&race=月卡&sku[区服]=日区&sku[时长]=加长',
    sign: 'afc9e86945753efbb71f39203ebab02d',
  },
  {
    name: 'raw values, bytewise order of names',
    fields: [
      ['a', 'lower'],
      ['Z', 'upper'],
      ['_u', 'us'],
      ['contact', 'a+b &=%41 中'],
      ['num', '1'],
      ['shared_code', 'NOPE'],
    ],
    text: 'Z=upper&_u=us&a=lower&app_id=1000&contact=a+b &=%41 中&num=1&shared_code=NOPE',
    sign: '54b15574298f8078eb878912d0c4d598',
  },
  {
    name: 'numeric names first and as numbers',
    fields: [
      ['10', 'ten'],
      ['a', 'lower'],
      ['9', 'nine'],
      ['Z', 'upper'],
      ['_u', 'us'],
      ['contact', 'a+b &=%41 中'],
      ['num', '1'],
      ['shared_code', 'NOPE'],
    ],
    text: '9=nine&10=ten&Z=upper&_u=us&a=lower&app_id=1000&contact=a+b &=%41 中&num=1&shared_code=NOPE',
    sign: 'eeee4ee36e4a43fc6856817638e98af1',
  },
  {
    name: 'a nested empty value is kept',
    fields: [
      ['code', 'PLAIN00000000001'],
      ['num', '1'],
      [
        'x',
        [
          ['a', ''],
          ['b', '1'],
        ],
      ],
    ],
    text: 'app_id=1000&code=PLAIN00000000001&num=1&x[a]=&x[b]=1',
    sign: 'b92b1de04559052d18b3db399a36f513',
  },
  {
    name: 'another order of nested names is another signature',
    fields: [
      ['code', 'RSKU000000000001'],
      ['num', '1'],
      ['race', '月卡'],
      [
        'sku',
        [
          ['时长', '加长'],
          ['区服', '日区'],
        ],
      ],
    ],
    text: 'app_id=1000&code=RSKU000000000001&num=1&race=月卡&sku[时长]=加长&sku[区服]=日区',
    sign: 'c06ccf86ff138ba327c557b53d55ecf2',
  },
  {
    name: 'a whole trade',
    fields: [
      ['shared_code', 'RSKU000000000001'],
      ['contact', 'buyer@example.com'],
      ['num', '1'],
      ['card_id', '0'],
      ['device', false],
      ['password', null],
      ['race', '月卡'],
      [
        'sku',
        [
          ['区服', '美区'],
          ['时长', '标准'],
        ],
      ],
      ['request_no', '202611230000000001'],
    ],
    text: 'app_id=1000&card_id=0&contact=buyer@example.com&device=0&num=1&race=月卡&request_no=202611230000000001&shared_code=RSKU000000000001&sku[区服]=美区&sku[时长]=标准',
    sign: '01f2d05caa97f7e9069d0e91d10cb89b',
  },
  {
    name: 'stock',
    fields: [['code', 'PLAIN00000000001']],
    text: 'app_id=1000&code=PLAIN00000000001',
    sign: 'b65fbb1681e999a68d29933aa05c196b',
  },
];

for (const vector of vectors) {
  test(`signature: ${vector.name}`, () => {
    const fields: FormFields = [['app_id', '1000'], ...vector.fields];
    assert.equal(signingText(fields), vector.text);
    assert.equal(sign(fields, appKey), vector.sign);
    assert.equal(sign([...fields, ['sign', 'ignored']], appKey), vector.sign);
  });
}

const fieldsArbitrary = fc
  .uniqueArray(fc.tuple(fc.string({minLength: 1, unit: 'grapheme'}), fc.string()), {
    selector: ([name]) => name,
    maxLength: 12,
  })
  .filter(fields => fields.every(([name]) => name !== 'sign'));

test('the order in which top-level fields are sent does not change the signature', () => {
  fc.assert(
    fc.property(
      fieldsArbitrary.chain(fields =>
        fc.tuple(fc.constant(fields), fc.shuffledSubarray(fields, {minLength: fields.length})),
      ),
      ([fields, shuffled]) => signingText(fields) === signingText(shuffled),
    ),
  );
});

test('names that are no numbers are sorted by their bytes, numbers by value and first', () => {
  const names = fc.uniqueArray(fc.oneof(fc.nat().map(String), fc.string({minLength: 1, unit: 'grapheme'})), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(names, all => {
      const isNumber = (name: string) => /^(0|[1-9]\d*)$/.test(name);
      const expected = [
        ...all.filter(isNumber).sort((left, right) => Number(left) - Number(right)),
        ...all
          .filter(name => !isNumber(name) && name !== 'sign')
          .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
      ];
      assert.equal(signingText(all.map(name => [name, 'x'] as const)), expected.map(name => `${name}=x`).join('&'));
    }),
  );
});

test('the body decodes to the fields that were signed', () => {
  fc.assert(
    fc.property(fieldsArbitrary, fields => {
      assert.deepEqual(
        [...new URLSearchParams(encodeForm(fields))],
        fields.map(([name, value]) => [name, wellFormed(value)]),
      );
    }),
  );
  assert.equal(encodeForm([['sku', [['区服', 'a+b &']]]]), 'sku%5B%E5%8C%BA%E6%9C%8D%5D=a%2Bb+%26');
});

test('names that PHP would change are told apart', () => {
  for (const name of ['account', '_x', '游戏账号', 'a-b', '9', 'Area2'])
    assert.equal(isPlainFieldName(name), true, name);
  for (const name of [
    '',
    'a.b',
    'a b',
    ' a',
    'a[b]',
    'a]',
    '-5',
    '1.5',
    '08',
    '1e3',
    'a=b',
    'a&b',
    'a\u0000',
    'x'.repeat(65),
  ]) {
    assert.equal(isPlainFieldName(name), false, JSON.stringify(name));
  }
});

/** Lone surrogates cannot be sent as UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
