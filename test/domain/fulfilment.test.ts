import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {checkDelivery, isPlaceholder, saysDone} from '../../src/domain/fulfilment.ts';

const code = (text: string) => ({kind: 'code', code: text}) as const;
const apology = '很抱歉，有人在你付款之前抢走了商品，请联系客服。';
const beingDelivered = '正在发货中，请耐心等待，如有疑问，请联系客服。';

describe('A9: texts that stand where a card should be', () => {
  for (const text of [
    apology,
    beingDelivered,
    `  ${apology}\n`,
    '发货中',
    '请稍候',
    '商品已售罄，稍后补发。',
    '此商品没有发货信息或正在发货中',
    '请联系客服QQ：12345678',
    '正在发货中，请添加客服微信 seller88a',
    '24小时内发货，请耐心等待',
    '2026-11-23 18:00 前发货，请耐心等待',
    '充值成功后才能发货，请稍候。',
    '充值失败，请联系客服。',
    '订单未充值成功，已退款。',
  ]) {
    it(`${JSON.stringify(text)} is no card`, () => {
      assert.equal(isPlaceholder(text), true);
      assert.deepEqual(checkDelivery(text, 1), {kind: 'placeholder'});
      assert.deepEqual(checkDelivery(text, 3), {kind: 'placeholder'});
    });
  }

  for (const text of [
    'STEAM-AAAA-BBBB',
    '卡号：6222 密码：123456',
    '账号 player01 密码 s3cret',
    'https://pan.example/s/1a2b?pwd=芝麻开门',
    '芝麻开门',
    'PLEASE WAIT.',
    `${'激活步骤'.repeat(40)}，如有疑问，请联系客服。`,
    '账号：player01 密码：s3cret，如有问题请联系客服',
    '卡密 BBBB-2 有问题请联系客服',
    'XK7Q-9M2P-44TT 激活失败请联系客服',
    '6222021234567890 12345678 无法使用请联系客服。',
    '兑换链接 https://pan.example/s/1a2b 打不开请联系客服',
    '充值成功，请查收。',
    '已为您充值到账，如有疑问请联系客服。',
    '会员已开通，请重新登录。',
  ]) {
    it(`${JSON.stringify(text.slice(0, 40))} is a card`, () => assert.equal(isPlaceholder(text), false));
  }
});

describe('a delivery', () => {
  it('of several pieces may be one sentence that says they are done', () => {
    const text = '充值成功，请查收。';
    assert.deepEqual(checkDelivery(text, 3), {kind: 'complete', cards: [{kind: 'text', text}]});
    assert.equal(saysDone('账号13800138000充值成功'), true);
    for (const other of [
      'XK7Q-9M2P 充值成功',
      '6222021234567890 充值成功',
      '尚未充值成功',
      'STEAM-AAAA-1111',
      '芝麻开门',
    ]) {
      assert.equal(saysDone(other), false, other);
    }
  });

  it('of one piece is the whole text, line breaks and all', () => {
    assert.deepEqual(checkDelivery('账号 a\n密码 b', 1), {
      kind: 'complete',
      cards: [{kind: 'text', text: '账号 a\n密码 b'}],
    });
  });

  for (const separator of ['\n', '\r\n', '\r']) {
    it(`is split at ${JSON.stringify(separator)}, without empty lines`, () => {
      assert.deepEqual(checkDelivery(`AAAA-1${separator}${separator}BBBB-2${separator}`, 2), {
        kind: 'complete',
        cards: [code('AAAA-1'), code('BBBB-2')],
      });
    });
  }

  it('with fewer cards than pieces is short, and says by how many', () => {
    assert.deepEqual(checkDelivery('AAAA-1\nBBBB-2', 5), {
      kind: 'short',
      cards: [code('AAAA-1'), code('BBBB-2')],
      missing: 3,
    });
  });

  it('with more lines than pieces is one text, so that nothing is cut in the wrong place', () => {
    const text = '账号 a\n密码 b\n账号 c\n密码 d';
    assert.deepEqual(checkDelivery(text, 2), {kind: 'complete', cards: [{kind: 'text', text}]});
  });

  for (const text of ['', ' ', '\n\r\n', '\u3000']) {
    it(`of ${JSON.stringify(text)} is empty`, () => assert.deepEqual(checkDelivery(text, 1), {kind: 'empty'}));
  }

  it('A9: hands over the cards of a delivery, and no apology among them', () => {
    assert.deepEqual(checkDelivery(`AAAA-1\n${apology}\nBBBB-2`, 3), {
      kind: 'short',
      cards: [code('AAAA-1'), code('BBBB-2')],
      missing: 1,
    });
  });

  it('A9: of an apology per piece is a placeholder', () => {
    assert.deepEqual(checkDelivery(`${apology}\n${apology}`, 2), {kind: 'placeholder'});
    assert.deepEqual(checkDelivery(Array.from({length: 9}, () => apology).join('\n'), 9), {kind: 'placeholder'});
  });

  it('A9: of an apology that is broken over lines is a placeholder', () => {
    assert.deepEqual(checkDelivery('很抱歉，\n商品被抢走了，请联系客服。', 2), {kind: 'placeholder'});
  });

  it('is whole though one of its cards speaks Chinese', () => {
    const spoken = '卡密 BBBB-2 有问题请联系客服';
    const delivery = checkDelivery(`AAAA-1\n${spoken}`, 2);
    assert.deepEqual(delivery, {kind: 'complete', cards: [code('AAAA-1'), {kind: 'text', text: spoken}]});
  });

  it('never has more cards than pieces, and cards and missing pieces add up', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({min: 1, max: 20}), (lines, ordered) => {
        const delivery = checkDelivery(lines.join('\n'), ordered);
        if (delivery.kind === 'complete') assert.ok([1, ordered].includes(delivery.cards.length));
        if (delivery.kind === 'short') {
          assert.equal(delivery.cards.length + delivery.missing, ordered);
          assert.ok(delivery.cards.length >= 1 && delivery.missing >= 1);
        }
      }),
    );
  });
});
