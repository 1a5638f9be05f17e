import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {money} from '../../../src/domain/money.ts';
import {composeMail} from '../../../src/server/delivery/email/compose-mail.ts';
import {aMessage, canary} from '../../support/messages.ts';

const link = 'https://page.example/order#ks-return=dlv_x.hash@shop.example';

describe('a mail', () => {
  it('speaks the buyer’s language', () => {
    const subject = (lang: string) => composeMail(aMessage({order: {lang}})).subject;
    assert.equal(subject('zh-CN'), '卡铺: 您购买的商品已发货（订单 261128120000123456）');
    assert.equal(subject('zh-HK'), '卡铺: 您購買的商品已出貨（訂單 261128120000123456）');
    assert.equal(subject('en-GB'), '卡铺: Your order has been delivered (order 261128120000123456)');
    assert.equal(subject('fr'), subject('en'));
  });

  it('holds every kind of key in text and HTML, pictures as attachments', () => {
    const key = {id: 'k', lineId: 'l1', title: '卡'};
    const {text, html, attachments} = composeMail(
      aMessage({
        keys: [
          {...key, secret: {kind: 'number_and_password', number: '1234', password: 'p&w'}},
          {...key, secret: {kind: 'link', url: 'https://redeem.example/?a=1&b=2'}},
          {
            ...key,
            secret: {kind: 'text', text: 'one\ntwo'},
            note: '在 <客户端> 兑换',
            expiresAt: '2027-03-01T00:00:00Z',
          },
          {...key, secret: {kind: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgo='}},
        ],
      }),
    );
    for (const part of [
      '1234',
      'p&w',
      'https://redeem.example/?a=1&b=2',
      'one\n  two',
      '在 <客户端> 兑换',
      '2027-03-01',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(html.includes('p&#38;w') && html.includes('&#60;客户端&#62;') && !html.includes('<客户端>'));
    assert.deepEqual(attachments, [{filename: '1.png', contentType: 'image/png', base64: 'iVBORw0KGgo='}]);
  });

  it('has a link in place of the keys where the shop wants that, and says that it opens once', () => {
    const {text, html} = composeMail(aMessage({keys: [], link, order: {lang: 'en'}}));
    assert.ok(text.includes(link) && html.includes(`href="${link}"`));
    assert.match(text, /opens once/);
  });

  it('tells what is owed, what was paid back, and that more is to come', () => {
    const owed = composeMail(aMessage({occasion: 'refund_due', order: {lang: 'en', refundDue: money('8.00', 'CNY')}}));
    assert.match(owed.text, /Refund due: CN¥8\.00/);
    const refunds = [{amount: money('3', 'CNY'), at: 1}];
    const back = composeMail(aMessage({occasion: 'refunded', keys: [], order: {lang: 'en', refunds}}));
    assert.match(back.text, /Refunded so far: CN¥3\.00/);
    const progress = {
      state: 'partially_delivered',
      lines: {l1: {quantity: 3, delivered: 1, failed: 0}},
    } as const;
    const part = composeMail(aMessage({occasion: 'keys_partly_delivered', order: {lang: 'en', progress}}));
    assert.match(part.text, /1 of 3 delivered/);
    assert.match(part.text, /when the rest has come/);
  });

  it('puts nobody’s text into its HTML or a header as anything but text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 60}), hostile => {
        const message = aMessage({
          shopName: `${hostile}"><script>`,
          keys: [
            {
              id: 'k',
              lineId: 'l1',
              title: hostile,
              note: hostile,
              secret: {kind: 'text', text: `${hostile}${canary}<`},
            },
          ],
        });
        const {subject, html} = composeMail(message);
        assert.ok(!/[\r\n\0\u2028]/.test(subject));
        assert.ok(!subject.includes(canary));
        assert.equal(html.includes('<script'), false);
        const {html: harmless} = composeMail(
          aMessage({
            shopName: 's',
            keys: [{id: 'k', lineId: 'l1', title: 't', note: 'n', secret: {kind: 'text', text: 'c'}}],
          }),
        );
        const tags = (text: string) => text.replace(/[^<>]/g, '').length;
        // As many tags as there are without the hostile text, but for one more line of a key per line end in it.
        const lineEnds = hostile.split(/\r?\n/).length - 1;
        assert.equal(tags(html), tags(harmless) + 4 * lineEnds);
      }),
    );
  });
});
