import assert from 'node:assert/strict';
import {test} from 'node:test';
import {callbackSignature, requestSignature} from '../../../src/sandbox/kasushou/signature.ts';
import {isSigned, requestBody, sign} from '../../../src/upstreams/kasushou/sign.ts';

const key = '0123456789abcdef0123456789abcdef';
const timestamp = '1767225600000';

const requests: readonly (readonly [members: object, body: string, signature: string])[] = [
  [{}, '{}', 'f83012bca83cb0c236823cf04278ffbf6312a63a'],
  [
    {
      id: 2909,
      quantity: 1,
      external_orderno: 'A-20260101-0001',
      url: 'https://shop.example/cb',
      safe_price: '2.20',
    },
    '{"external_orderno":"A-20260101-0001","id":2909,"quantity":1,"safe_price":"2.20","url":"https://shop.example/cb"}',
    'bc04857cc26ca3f7a4b2e850019bb21f2a2534c1',
  ],
  [
    {
      id: 4,
      quantity: 1,
      external_orderno: 'A-20260101-0002',
      attach: {recharge_account: '13800138000', lblName1: '一区'},
    },
    '{"attach":{"recharge_account":"13800138000","lblName1":"一区"},"external_orderno":"A-20260101-0002","id":4,"quantity":1}',
    'fcab35850b936cb2b14861582f603c486ae6e9d7',
  ],
];

for (const [members, body, signature] of requests) {
  test(`${body.slice(0, 60)} is written and signed as published`, () => {
    assert.equal(requestBody({...members}), body);
    assert.equal(sign(timestamp, body, key), signature);
    assert.equal(requestSignature(timestamp, {...members}, key), signature, 'the sandbox signs the same way');
  });
}

test('a callback is signed as published: slashes escaped, values as texts, cards left out', () => {
  const fields = {
    ordersn: 'API1',
    external_orderno: 'A-20260101-0001',
    status: '3',
    has_back_money: '0.00',
    total_price: '2.00',
    recharge_hints: '见 https://x.example/a',
    time: timestamp,
  };
  const signature = 'e7403724d4cdc5e84932c5a69edff79b89324684';
  assert.ok(isSigned(fields, signature, timestamp, key));
  assert.equal(callbackSignature({...fields, card_list: '[]', express_list: ''}, key), signature);
  assert.ok(!isSigned({...fields, status: '5'}, signature, timestamp, key));
  assert.ok(!isSigned(fields, signature.toUpperCase(), timestamp, key));
});

test('a line separator in a field is escaped, so that whoever writes the body again as PHP does signs the same', () => {
  assert.equal(requestBody({mark: 'a\u2028b/c'}), '{"mark":"a\\u2028b/c"}');
});
