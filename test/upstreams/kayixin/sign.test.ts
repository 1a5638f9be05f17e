import assert from 'node:assert/strict';
import {test} from 'node:test';
import {encryptEcb} from '../../../src/sandbox/kayixin/aes-ecb.ts';
import {signatureOf} from '../../../src/sandbox/kayixin/signature.ts';
import {isSignature, sign} from '../../../src/upstreams/kayixin/sign.ts';

const appId = '10020';
const secret = '0123456789abcdef0123456789abcdef';
const timestamp = '1767225600';

for (const [body, signature] of [
  ['{}', '3a07703f76d71cc431f797b6f699ba3f'],
  ['', '7c9f24e130f3900bf3ec4e173c279a1b'],
  ['{"orderNumber":"","outerNumber":"A-20260101-0001"}', '528782b53a30cd2d3df376c58fb5e620'],
  [
    '{"goodsId":6518,"count":1,"notifyUrl":"","outerNumber":"A-20260101-0001","safePrice":2.8,"sku":"","attach":[{"name":"充值账号","value":"13800138000"}]}',
    '02206fb75d855a04a0859e77db580a84',
  ],
] as const) {
  test(`${body === '' ? 'no body' : body.slice(0, 60)} is signed as published`, () => {
    const message = {timestamp, body: new TextEncoder().encode(body)};
    const signer = {appId, appSecret: secret};
    assert.equal(sign(message, signer), signature);
    assert.equal(signatureOf({timestamp, body}, {appId, secret}), signature, 'the sandbox signs the same way');
    assert.ok(isSignature(signature, message, signer));
    for (const wrong of [signature.toUpperCase(), signature.slice(0, -1), `${signature}0`, '']) {
      assert.ok(!isSignature(wrong, message, signer));
    }
  });
}

test('the sandbox encrypts the cards of a callback as published', async () => {
  const cards = '[{"cardId":"764","cardNo":"NO-1","cardPwd":"PWD-1","cancelRequest":1,"status":0}]';
  assert.equal(
    await encryptEcb(cards, secret),
    'wsetqFM+85NAD8JYIBofRnXwKJWUMX3U8y7IPxZNUuUr5oc9vqYfPXM+C388sN7/QRVxXhx7z2JZ5md3aKENA7Kuqa75swNX3xX7vN85upIX12veu48eHYDwYY/gJQt1',
  );
});
