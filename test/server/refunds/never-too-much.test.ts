import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {add, compare, money, sum} from '../../../src/domain/money.ts';
import {allocateRefund} from '../../../src/domain/refund.ts';
import {doubtPausesMs} from '../../../src/server/refunds/send-refund.ts';
import {fakeRefunds, type RefundFate} from '../../support/fake-refunds.ts';
import {askBack, payBack} from '../../support/pay-back.ts';
import {openShop} from '../../support/shop-server.ts';

const yuan = (cents: number) => money((cents / 100).toFixed(2), 'CNY');

describe('parts of a refund', () => {
  it('are never more than what is left of any payment, and together with what is missing the whole', () => {
    const cents = fc.integer({min: 0, max: 5000});
    const payment = fc.tuple(cents, cents).map(([one, other]) => ({paid: one + other, promised: other}));
    fc.assert(
      fc.property(fc.integer({min: 1, max: 9000}), fc.array(payment, {maxLength: 4}), (amount, payments) => {
        const {parts, missing} = allocateRefund(
          yuan(amount),
          payments.map(({paid, promised}, index) => ({
            paymentId: String(index),
            paid: yuan(paid),
            promised: yuan(promised),
          })),
        );
        const whole = add(
          sum(
            parts.map(part => part.amount),
            'CNY',
          ),
          missing,
        );
        assert.equal(compare(whole, yuan(amount)), 0);
        for (const part of parts) {
          const {paid, promised} = payments[Number(part.paymentId)]!;
          assert.ok(compare(part.amount, yuan(paid - promised)) <= 0);
        }
      }),
    );
  });
});

describe('refunds', () => {
  it('never give back more than was paid, nor what the shop does not know, whatever is asked and lost', async () => {
    const fate = fc.constantFrom<RefundFate>('done', 'lost on its way', 'lost on its way back', 'taken in', 'refused');
    const move = fc.oneof(
      fc.record({what: fc.constant('ask' as const), cents: fc.integer({min: 1, max: 1500})}),
      fc.record({what: fc.constant('wait' as const), step: fc.integer({min: 0, max: doubtPausesMs.length - 1})}),
      fc.constant({what: 'by hand' as const}),
    );
    const run = fc.tuple(fc.array(fate, {maxLength: 6}), fc.array(move, {minLength: 1, maxLength: 8}));
    await fc.assert(
      fc.asyncProperty(run, async ([fates, moves]) => {
        const shop = await openShop();
        const refunds = fakeRefunds();
        refunds.fates.push(...fates);
        shop.provider.refunds = refunds;
        const placed = await shop.placePaid();
        await shop.work();
        const [payment] = await shop.payments(placed);
        for (const each of moves) {
          if (each.what === 'ask') await askBack(shop.ports, placed.order.id, yuan(each.cents)).catch(isTooMuch);
          if (each.what === 'by hand') await payBack(shop.ports, placed.order.id);
          await shop.work(each.what === 'wait' ? doubtPausesMs[each.step] : 0);
          const kept = await shop.store.refunds(placed.order.id);
          const byHand = kept.filter(({decisions}) => decisions !== undefined).map(({amount}) => amount);
          const gone = add(refunds.givenBack(payment!.id), sum(byHand, 'CNY'));
          assert.ok(compare(gone, placed.order.total) <= 0, `${gone.amount} went back`);
          const order = await shop.order(placed);
          assert.ok(compare(order.refunded ?? yuan(0), gone) <= 0, 'nothing is called done that is not');
          assert.equal(order.state === 'refunded', compare(order.refunded ?? yuan(0), order.total) === 0);
        }
        for (const {reference} of refunds.sent) {
          const sends = refunds.sent.filter(each => each.reference === reference);
          assert.equal(new Set(sends.map(({amount}) => amount.amount)).size, 1);
        }
      }),
      {numRuns: 40},
    );
  });
});

function isTooMuch(error: {readonly code?: string}): void {
  assert.equal(error.code, 'validation_failed');
}
