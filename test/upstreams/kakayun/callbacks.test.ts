import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sign, signedMembers} from '../../../src/upstreams/kakayun/sign.ts';
import {platformWith} from './fake-platform.ts';

const platform = platformWith({});
const seconds = platform.now() / 1000;

/** A notice whose text is as given, but for the signature in it. */
function notice(text: string, key = 'the-secret-key') {
  const signature = sign(signedMembers(text)!, key);
  const body = new TextEncoder().encode(text.replace(/\}\s*$/, `,"sign":"${signature}"}`));
  return platform.v3.webhook({method: 'POST', path: '/callback', headers: {}, body});
}

const callback = (overrides: object = {}) =>
  JSON.stringify({
    push_type: 1,
    orderno: 'SD1',
    usorderno: 'a1b2c3d4e5f6g7h8j9k',
    money: '0.2000',
    status: 5,
    refundmoney: '0.0000',
    refundstatus: 0,
    cardlist: ['卡号：C/1\r'],
    cards: [{card_no: 'C/1', card_pwd: '', card_denomination: 100}],
    timestamp: seconds,
    ...overrides,
  });

test('a callback names the order, our reference, and its state, and is answered with the word', () => {
  const reading = notice(callback());
  assert.ok(reading.kind === 'verified');
  assert.deepEqual(reading.answer, {status: 200, mediaType: 'text/plain', body: 'ok'});
  assert.deepEqual(reading.events, [
    {
      id: `SD1 5 0 0.0000 ${seconds}`,
      orderId: 'SD1',
      reference: 'a1b2c3d4e5f6g7h8j9k',
      status: '5',
      at: platform.now(),
    },
  ]);
  assert.ok(!JSON.stringify(reading).includes('C/1'), 'cards are read from the order alone');
});

test('numbers are verified as they are written', () => {
  const text = `{"orderno":"SD1","status":5,"money":0.2000,"cards":[{"card_denomination":100.00}],"timestamp":${seconds}}`;
  assert.equal(notice(text).kind, 'verified');
});

test('a callback without a time is verified for what it is', () => {
  const {timestamp: _timestamp, ...rest} = JSON.parse(callback()) as Record<string, unknown>;
  const reading = notice(JSON.stringify(rest));
  assert.ok(reading.kind === 'verified');
  assert.equal(reading.events[0]!.at, platform.now());
});

test('a callback may be as old as its last repeat, and no older', () => {
  for (const [age, kind] of [
    [75 * 60, 'verified'],
    [91 * 60, 'refused'],
    [-290, 'verified'],
    [-310, 'refused'],
  ] as const) {
    assert.equal(notice(callback({timestamp: seconds - age})).kind, kind, `${age} s old`);
  }
  assert.equal(notice(callback({timestamp: 'soon'})).kind, 'refused');
});

test('a good that changed is named and moves no order', () => {
  const push = {goodsname: 'x', goodsid: 4584, goodsprice: 1.5, goodsstock: 3, goodsstatus: 1, timestamp: seconds};
  const reading = notice(JSON.stringify(push));
  assert.ok(reading.kind === 'verified');
  assert.deepEqual([reading.events, reading.goods, reading.answer.body], [[], ['4584'], 'ok']);
});

test('what is signed by somebody else, signed and nothing, or no JSON at all is refused', () => {
  const refusedFor = (reading: ReturnType<typeof notice>) => reading.kind === 'refused' && reading.reason;
  assert.equal(refusedFor(notice(callback(), 'another key')), 'forged');
  assert.equal(refusedFor(notice(JSON.stringify({hello: 1}))), 'unreadable');
  for (const body of [new TextEncoder().encode('<p>'), Uint8Array.of(0xff, 0xfe), new Uint8Array()]) {
    const reading = platform.v3.webhook({method: 'POST', path: '/', headers: {}, body});
    assert.equal(refusedFor(reading), 'unreadable');
    assert.notEqual(reading.answer.body.toLowerCase(), 'ok');
  }
});
