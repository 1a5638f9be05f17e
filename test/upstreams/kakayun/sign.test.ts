import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {signatureOf} from '../../../src/sandbox/kakayun/signature.ts';
import {isSigned, sign, signedMembers} from '../../../src/upstreams/kakayun/sign.ts';

const key = '0123456789abcdef0123456789abcdef';

const vectors: readonly (readonly [what: string, members: Readonly<Record<string, unknown>>, signature: string])[] = [
  ['only who asks', {userid: '10001', timestamp: 1767225600}, '8124a20075803390d257f1ca63b2db6d'],
  [
    'an empty text left out',
    {
      userid: '10001',
      timestamp: 1767225600,
      goodsid: '720938',
      buynum: 1,
      usorderno: 'A-20260101-0001',
      attach: '13800138000',
      callbackurl: '',
      maxmoney: '11.0000',
    },
    '85179655f91b04908b9a4fcd0a0ecb6c',
  ],
  [
    'a list as compact JSON',
    {
      attach: [
        {attachtype: '1', value: '13800138000'},
        {attachtype: '9', value: '张三'},
      ],
      buynum: 1,
      goodsid: '720938',
      timestamp: 1767225600,
      userid: '10001',
      usorderno: 'A-20260101-0002',
    },
    '0567acba138098122276ac4748832dfc',
  ],
  [
    'a callback, in which 0 stays',
    {
      push_type: 1,
      orderno: 'SD1',
      usorderno: 'A-20260101-0001',
      money: '0.2000',
      status: 5,
      refundmoney: '0.0000',
      refundstatus: 0,
      cardlist: ['卡号：C1'],
      cards: [{card_no: 'C1', card_pwd: 'P1'}],
      timestamp: 1767225600,
    },
    '1ae21b0088c19966345a6fedc2895c18',
  ],
];

for (const [what, members, signature] of vectors) {
  test(`${what} is signed as published`, () => {
    for (const text of [JSON.stringify(members), JSON.stringify(members, undefined, 2)]) {
      const signed = signedMembers(text)!;
      assert.equal(sign(signed, key), signature);
      assert.ok(isSigned({...signed, sign: signature}, key));
      assert.ok(!isSigned({...signed, sign: signature.toUpperCase()}, key));
      assert.ok(!isSigned(signed, key));
    }
    assert.equal(signatureOf(members, key), signature, 'the sandbox signs the same way');
  });
}

test('numbers are signed as they are written, and texts within lists as PHP writes them', () => {
  const text =
    '{"money": 0.2000,"id":900719925474099312345, "ok":true,"none":null,"empty":"","list":[1.50, "\\u5f20\\/\\u2028" , {"b":1,"a":[]}]}';
  assert.deepEqual(signedMembers(text), {
    money: '0.2000',
    id: '900719925474099312345',
    ok: 'true',
    none: '',
    empty: '',
    list: '[1.50,"张/\\u2028",{"b":1,"a":[]}]',
  });
});

test('what is no JSON object has no members', () => {
  for (const text of ['', '[]', 'null', '"a"', '{', '{"a":1}}', '{"a" 1}'])
    assert.equal(signedMembers(text), undefined);
  assert.deepEqual(signedMembers(' { } '), {});
});

test('any JSON object is signed as the platform would', () =>
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({minLength: 1}),
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        ),
        {noNullPrototype: true},
      ),
      members => {
        // The two line separators are the one thing that JavaScript writes otherwise.
        fc.pre(!/[\u2028\u2029]|__proto__/.test(JSON.stringify(members)));
        assert.equal(sign(signedMembers(JSON.stringify(members))!, key), signatureOf(members, key));
      },
    ),
  ));
