import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {compare, sum, zero} from '../../../src/domain/money.ts';
import {Wallets, yuan} from '../../../src/sandbox/platform/wallets.ts';

const cents = fc.integer({min: 1, max: 500_000}).map(value => yuan((value / 100).toFixed(2)));
const step = fc.record({
  kind: fc.constantFrom('topUp', 'charge', 'refund', 'spendElsewhere' as const),
  merchantId: fc.constantFrom(1, 2),
  amount: cents,
});

test('whatever happens to a wallet: its movements add up to its balance, each says what was left, none gives credit', () => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 30}), cents, (steps, opening) => {
      const accounts = [1, 2].map(id => ({id, name: `m${id}`, balance: id === 1 ? opening : yuan('0'), banned: false}));
      const wallets = new Wallets(accounts, [], 0);
      steps.forEach(({kind, merchantId, amount}, at) => {
        const before = wallets.must(merchantId).balance;
        try {
          if (kind === 'charge' || kind === 'refund') wallets[kind](merchantId, amount, `T${at}`, at);
          else wallets[kind](merchantId, amount, at);
        } catch (error) {
          assert.ok(kind === 'charge' && error instanceof RangeError && compare(before, amount) < 0);
          assert.deepEqual(wallets.must(merchantId).balance, before);
        }
      });
      for (const {id, balance} of wallets.merchants()) {
        const movements = wallets.statement(id);
        movements.forEach((movement, index) => {
          assert.deepEqual(
            sum(
              movements.slice(0, index + 1).map(({amount}) => amount),
              'CNY',
            ),
            movement.balance,
          );
        });
        assert.deepEqual(movements.at(-1)?.balance ?? zero('CNY'), balance);
        assert.ok(compare(balance, zero('CNY')) >= 0);
      }
      assert.equal(wallets.movements().length, [1, 2].flatMap(id => wallets.statement(id)).length);
    }),
  );
});

test('an account that comes with a balance is opened by a movement; what was written down is not opened again', () => {
  const account = {id: 1, name: 'm', balance: yuan('50'), banned: false};
  const first = new Wallets([account], [], 5);
  assert.deepEqual(first.statement(1), [
    {at: 5, merchantId: 1, amount: yuan('50'), balance: yuan('50'), reason: 'opening'},
  ]);
  first.charge(1, yuan('20'), 'T1', 6);
  const again = new Wallets(first.merchants(), first.movements(), 9);
  assert.deepEqual(again.movements(), first.movements());
  assert.throws(() => again.charge(1, yuan('30.01'), 'T2', 9), RangeError);
});
