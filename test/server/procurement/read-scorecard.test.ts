import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import type {AttemptRecord} from '../../../src/server/persistence/records.ts';
import {resultOf} from '../../../src/server/procurement/read-scorecard.ts';
import {delivered, lost, refused} from '../../support/fake-upstream.ts';
import {accepted, charged} from '../../support/one-purchase.ts';
import {anAttempt, anOrder, aProcurement} from '../persistence/record-builders.ts';

const hour = 3_600_000;
const attempt = (overrides: Partial<AttemptRecord>) =>
  anAttempt(aProcurement(anOrder()), {sentAt: 0, settledAt: 1000, leaseUntil: 85_000, ...overrides});
const cards = delivered('');

for (const [what, overrides, now, result] of [
  ['delivered', {outcome: cards}, hour, 'right'],
  ['delivered after more than an hour', {outcome: cards, settledAt: hour + 1}, 2 * hour, 'slow'],
  ['delivered in part', {outcome: cards, missing: 1}, hour, 'short'],
  ['delivered in part, the rest paid back', {outcome: cards, missing: 1, refunded: charged}, hour, 'refunded'],
  ['delivered, and paid back all the same', {outcome: cards, refunded: charged}, hour, 'right'],
  ['refused', {outcome: refused('sold_out')}, hour, undefined],
  ['accepted a while ago', {outcome: accepted}, hour, undefined],
  ['accepted longer ago than such goods may take', {outcome: accepted}, hour + 1, 'slow'],
  ['an apology', {outcome: {kind: 'charged_without_goods', orderId: 'x', charged, text: ''}}, hour, 'wrong'],
  ['bought, but not to be read', {outcome: {kind: 'bought_unreadable', text: ''}}, hour, 'unreadable'],
  [
    'called off',
    {outcome: {kind: 'refunded', orderId: 'x', charged, refunded: money('10', 'CNY'), text: ''}},
    hour,
    'refunded',
  ],
  ['lost', {outcome: lost}, hour, 'unknown'],
  ['on its way', {}, 85_000, undefined],
  ['on its way for longer than anybody waits', {}, 85_001, 'unknown'],
] as const satisfies readonly (readonly [string, Partial<AttemptRecord>, number, unknown])[]) {
  test(`a purchase that is ${what}: ${result ?? 'says nothing'}`, () => {
    assert.equal(resultOf(attempt(overrides), now), result);
  });
}

test('goods that a person sends may take a day', () => {
  const {request, ...rest} = attempt({outcome: cards, settledAt: 20 * hour});
  assert.equal(resultOf({...rest, request: {...request, delivery: 'manual'}}, 24 * hour), 'right');
});
