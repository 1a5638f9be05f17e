import assert from 'node:assert/strict';
import {test} from 'node:test';
import {signatureOf} from '../../../src/sandbox/dujiao-next/signature.ts';
import {isSignature, sign} from '../../../src/upstreams/dujiao-next/sign.ts';

const secret = 'test_secret_0001';
const timestamp = '1767225600';
const base = '/api/v1/upstream';
const captured = {
  secret: 'fs_secret',
  timestamp: '1795396197',
  body: '{"event":"order.fulfilled","order_id":21,"order_no":"DJ20261123010936841097","downstream_order_no":"MAN-1795396176070","status":"delivered","timestamp":1795396197}',
  signature: '5c105e816bbf54399bd454cec98b89b13cdd078dfd5df9642bb476840daa6793',
};

const vectors: readonly (readonly [method: string, path: string, body: string, signature: string])[] = [
  ['POST', `${base}/ping`, '', '8be2ae60b0aa4ffeee2bad38c9c6115f52967e941d0c59f47c97ec0b7f1d6de0'],
  ['GET', `${base}/products`, '', '0fd9e2ef12c5c2c141fd13b0900f0394808cf34b1f6219bff3d603a087a7b178'],
  [
    'POST',
    `${base}/orders`,
    '{"sku_id":1,"quantity":2,"downstream_order_no":"A-20260101-0001"}',
    '070112b40b657b3261dd9d100f7ab6d0de7ee3463d652730895b43186a9b66ab',
  ],
  [
    'POST',
    `${base}/orders`,
    '{"sku_id":1,"quantity":1,"manual_form_data":{"账号":"买家1"},"downstream_order_no":"A-20260101-0002"}',
    '6934bafb5915cd5d0f6de558abd912630bc0c7393b7b48610a4fc7ce00b49e94',
  ],
  [
    'POST',
    `${base}/callback`,
    '{"event":"order.fulfilled","order_id":101,"order_no":"DJ20260101000000AAAA","downstream_order_no":"A-20260101-0001","status":"completed","fulfillment":{"type":"auto","status":"delivered","payload":"CARD-1\\nCARD-2","delivery_data":null,"delivered_at":"2026-01-01T00:00:05Z"},"timestamp":1767225600}',
    'b1eda27970e82a6b0009062fd6942b3e62b30e7bfff4ad981336a8e9c892faab',
  ],
];

const bytes = (text: string) => new TextEncoder().encode(text);

for (const [method, path, body, signature] of vectors) {
  test(`${method} ${path} with ${body.length} characters is signed as published`, () => {
    const message = {method, path, timestamp, body: bytes(body)};
    assert.equal(sign(message, secret), signature);
    assert.equal(signatureOf(message, secret), signature, 'the sandbox signs the same way');
  });
}

test('a callback that was captured on a running shop has the right signature, and no other', () => {
  const message = {
    method: 'POST',
    path: `${base}/callback`,
    timestamp: captured.timestamp,
    body: bytes(captured.body),
  };
  assert.ok(isSignature(captured.signature, message, captured.secret));
  assert.ok(!isSignature(captured.signature.toUpperCase(), message, captured.secret));
  assert.ok(!isSignature(captured.signature.slice(0, -1), message, captured.secret));
  assert.ok(!isSignature(`${captured.signature}0`, message, captured.secret));
  assert.ok(!isSignature('', message, captured.secret));
});
