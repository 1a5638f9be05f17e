import assert from 'node:assert/strict';
import {createHash, generateKeyPairSync} from 'node:crypto';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {md5Sign, signed} from '../../../src/sandbox/epay/signature.ts';
import {md5Signatures, rsaSignatures, signingText, type Fields} from '../../../src/server/payments/epay/signatures.ts';

const key = '0123456789abcdef0123456789abcdef';
const fieldsOf = (text: string): Fields =>
  text.split('&').map(pair => {
    const [name = '', ...rest] = pair.split('=');
    return [name, rest.join('=')] as const;
  });

/** Made by the signing class of the gateway's own source. */
const vectors: readonly (readonly [what: string, fields: Fields, sign: string])[] = [
  [
    'a page payment',
    fieldsOf(
      'pid=1001&type=alipay&out_trade_no=20260101000000001&notify_url=https://shop.example/pay/notify&return_url=https://shop.example/pay/return&name=测试商品&money=1.00&param=&sign_type=MD5',
    ),
    '5be889c84c77dd50473efadc4563cfbd',
  ],
  [
    'a question for a payment, a query in its address',
    [
      ...fieldsOf('pid=1001&type=wxpay&out_trade_no=A-20260101-0001'),
      ['notify_url', 'https://shop.example/pay/notify?s=1&v=2'],
      ...fieldsOf('name=VIP&money=19.90&clientip=203.0.113.9&device=pc&param=o:77'),
    ],
    '621c22d9ed51c044a19ded7a4d8a4558',
  ],
  [
    'a notice whose money lost its decimals',
    fieldsOf(
      'pid=1001&trade_no=2026010100000512345&out_trade_no=20260101000000001&type=alipay&name=product&money=1&trade_status=TRADE_SUCCESS&sign_type=MD5',
    ),
    '2183e099ff8f13bdf8c6d11026e6779e',
  ],
  [
    'a notice with a parameter',
    fieldsOf(
      'pid=1001&trade_no=2026010100010198765&out_trade_no=A-20260101-0001&type=wxpay&name=VIP&money=19.9&trade_status=TRADE_SUCCESS&param=o:77',
    ),
    'd5212588b6497046fc4d3551fd0ab125',
  ],
];

describe('signatures of epay', () => {
  for (const [what, fields, sign] of vectors) {
    it(`by MD5 are those of the gateway: ${what}`, async () => {
      const ours = md5Signatures(key);
      assert.equal(await ours.sign(fields), sign);
      assert.equal(await ours.verify([...fields, ['sign', sign]], sign), true);
      assert.equal(md5Sign(new Map(fields), key), sign, 'and the sandbox signs alike');
    });
  }

  it('of version 2 stand over the published text', () => {
    const text = signingText(
      fieldsOf(
        'pid=1001&type=alipay&out_trade_no=20260101000000001&notify_url=https://shop.example/pay/notify&return_url=https://shop.example/pay/return&name=测试商品&money=1.00&clientip=203.0.113.9&device=pc&method=web&timestamp=1767225600&sign_type=RSA&sign=',
      ),
    );
    assert.equal(
      createHash('sha256').update(text).digest('hex'),
      '9754b1138eedbcc454759ac27fcbe2e2b177c2fd050cb2d11422ec0ce0704371',
    );
  });

  it('fall with any change of a field, and no other key makes them', async () => {
    const value = fc.string({unit: 'grapheme', minLength: 1, maxLength: 20});
    const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), value, {minKeys: 1, maxKeys: 8});
    await fc.assert(
      fc.asyncProperty(fields, value, value, async (given, changed, otherKey) => {
        const list = Object.entries(given).filter(([name]) => name !== 'sign' && name !== 'sign_type');
        fc.pre(list.length > 0 && changed !== list[0]![1] && otherKey !== key);
        const sign = await md5Signatures(key).sign(list);
        const tampered = [[list[0]![0], changed] as const, ...list.slice(1)];
        assert.equal(await md5Signatures(key).verify(list.toReversed(), sign), true, 'in any order');
        assert.equal(await md5Signatures(key).verify(tampered, sign), false);
        assert.equal(await md5Signatures(otherKey).verify(list, sign), false);
        assert.equal(signed(new Map(list)), signingText(list));
      }),
    );
  });

  describe('by RSA', () => {
    const pair = () => generateKeyPairSync('rsa', {modulusLength: 2048});
    const [shop, gateway] = [pair(), pair()];
    const pem = {
      ours: shop.privateKey.export({type: 'pkcs8', format: 'pem'}) as string,
      oursPublic: shop.publicKey.export({type: 'spki', format: 'pem'}) as string,
      theirs: gateway.privateKey.export({type: 'pkcs8', format: 'pem'}) as string,
      theirsPublic: gateway.publicKey.export({type: 'spki', format: 'pem'}) as string,
    };
    const bare = (key: string) => key.replace(/-----[A-Z ]+-----|\s/g, '');
    const fields = fieldsOf('pid=1001&money=1.00');

    it('are believed from the other side only', async () => {
      const ours = rsaSignatures(pem.ours, pem.theirsPublic);
      const theirs = rsaSignatures(pem.theirs, pem.oursPublic);
      const sign = await ours.sign(fields);
      assert.equal(await theirs.verify(fields, sign), true);
      assert.equal(await ours.verify(fields, sign), false, 'not our own');
      assert.equal(await theirs.verify(fieldsOf('pid=1001&money=2.00'), sign), false);
      for (const none of ['', 'no base64 !', 'AAAA']) assert.equal(await theirs.verify(fields, none), false);
    });

    it('take the bare base64 that gateways show', async () => {
      const ours = rsaSignatures(bare(pem.ours), bare(pem.theirsPublic));
      assert.equal(await ours.verify(fields, await rsaSignatures(pem.theirs, pem.oursPublic).sign(fields)), true);
    });

    it('with a key that is none say so, and not what stood there', async () => {
      for (const key of ['canary-key', bare(pem.oursPublic), `${bare(pem.ours).slice(0, 200)}`]) {
        await assert.rejects(rsaSignatures(key, pem.theirsPublic).sign(fields), (error: Error) => {
          assert.equal(error.name, 'SigningKeyError');
          assert.ok(!error.message.includes(key.slice(0, 10)) && error.cause === undefined);
          return true;
        });
      }
    });
  });
});
