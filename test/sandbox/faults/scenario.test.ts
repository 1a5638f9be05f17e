import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {
  isConnectionDropped,
  ordersOf,
  parseScenario,
  callbackFaults,
  paymentFaults,
  platformFaults,
  sandboxProtocols,
  type FaultOrder,
} from '../../../src/sandbox/index.ts';
import {FaultBox} from '../../../src/sandbox/faults/fault-box.ts';
import type {ScenarioError} from '../../../src/sandbox/faults/scenario.ts';
import {openShop} from '../support/shop.ts';

const plain = {shared_code: 'PLAIN00000000001'};

function mistakesIn(scenario: unknown): string[] {
  try {
    parseScenario(typeof scenario === 'string' ? scenario : JSON.stringify(scenario), sandboxProtocols);
    return [];
  } catch (error) {
    assert.equal((error as Error).name, 'ScenarioError');
    return (error as ScenarioError).mistakes.map(({path, message}) => `${path} ${message}`);
  }
}

const paths = (scenario: unknown) => mistakesIn(scenario).map(mistake => mistake.split(' ')[0]);

test('every mistake is named with its place, all of them at once', () => {
  assert.deepEqual(
    paths({
      tittle: 'x',
      faults: [
        {fault: 'fire'},
        {fault: 'html', probability: 2, times: 0, from: 'soon'},
        {fault: 'html', nth: [1, 0]},
        {fault: 'wallet-spent-elsewhere', amount: '-1'},
        {probability: '0.5'},
      ],
    }).sort(),
    [
      'faults[0].fault',
      'faults[1].from',
      'faults[1].probability',
      'faults[1].times',
      'faults[2].nth[1]',
      'faults[3].amount',
      'faults[4].fault',
      'faults[4].probability',
      'tittle',
    ],
  );
  assert.deepEqual(paths({faults: []}), ['faults']);
  assert.deepEqual(paths({}), ['faults']);
  assert.match(mistakesIn('{"faults": [,]}')[0]!, /^ This is no JSON/);
});

test('what fits the schema and means nothing is a mistake as well', () => {
  const faults = (...list: unknown[]) => paths({faults: list});
  assert.deepEqual(
    faults(
      {fault: 'html', protocol: 'smtp'},
      {fault: 'html', protocol: 'acg-faka', endpoint: 'orders'},
      {fault: 'html', protocol: 'pay'},
      {fault: 'html', endpoint: 'notify'},
      {fault: 'notify-lost', protocol: 'acg-faka'},
      {fault: 'oversold', endpoint: 'stock'},
      {fault: 'slow', percent: 5},
      {fault: 'html', delayMs: 5, extra: 1},
      {fault: 'html', nth: 1, every: 2},
      {fault: 'html', from: '2m', until: '2m'},
      {fault: 'html', from: '2026-12-01T00:00:00Z', until: '2026-12-01T00:00:00+08:00'},
    ),
    [
      'faults[0].protocol',
      'faults[1].endpoint',
      'faults[2].protocol',
      'faults[3].endpoint',
      'faults[4].protocol',
      'faults[5].endpoint',
      'faults[6].percent',
      'faults[7].delayMs',
      'faults[7].extra',
      'faults[8].every',
      'faults[9].until',
      'faults[10].until',
    ],
  );
});

function box(orders: readonly FaultOrder[], seed = 's') {
  let now = 0;
  const faults = new FaultBox({seed, now: () => now});
  for (const order of orders) faults.arm(order);
  return {faults, at: (time: number) => (now = time)};
}

function scripted(...faults: unknown[]): readonly FaultOrder[] {
  return ordersOf(parseScenario(JSON.stringify({faults}), sandboxProtocols), 0);
}

test('the n-th call, every n-th call, and never more than so many times', () => {
  const struck = (fault: unknown) => {
    const {faults} = box(scripted(fault));
    return Array.from({length: 12}, (_, index) => (faults.strike('trade').size > 0 ? index + 1 : 0)).filter(Boolean);
  };
  assert.deepEqual(struck({fault: 'html', nth: 3}), [3]);
  assert.deepEqual(struck({fault: 'html', nth: [2, 5]}), [2, 5]);
  assert.deepEqual(struck({fault: 'html', every: 5}), [5, 10]);
  assert.deepEqual(struck({fault: 'html', every: 3, times: 2}), [3, 6]);
  assert.equal(struck({fault: 'html'}).length, 12);
});

test('between its times, counted from the start or by the calendar; calls outside do not count', () => {
  const {faults, at} = box(scripted({fault: 'html', nth: 2, from: '1m', until: '1970-01-01T08:02:00+08:00'}));
  const strikes = (time: number) => {
    at(time);
    return faults.strike('trade').size > 0;
  };
  assert.deepEqual([0, 59_999, 60_000, 60_001, 60_002].map(strikes), [false, false, false, true, false]);
  const late = box(scripted({fault: 'html', from: '1m', until: '2m'}));
  late.at(120_000);
  assert.equal(late.faults.strike('trade').size, 0);
});

test('on one protocol and one endpoint only', () => {
  const {faults} = box(scripted({fault: 'html', protocol: 'dujiao-next', endpoint: 'query'}));
  assert.equal(faults.on('acg-faka').strike('query').size, 0);
  assert.equal(faults.on('dujiao-next').strike('trade').size, 0);
  assert.equal(faults.strike('query').size, 0);
  assert.equal(faults.on('dujiao-next').strike('query').size, 1);
});

test('same seed, same calls, same faults; and no fault sways another', () => {
  const fault = fc.record(
    {
      fault: fc.constantFrom('html', 'slow', 'oversold', 'commit-then-drop', 'price-moved' as const),
      probability: fc.constantFrom(0.05, 0.3, 0.9),
      endpoint: fc.constantFrom('trade', '*'),
      every: fc.integer({min: 1, max: 4}),
    },
    {requiredKeys: ['fault', 'probability']},
  );
  const calls = fc.array(fc.constantFrom('trade', 'stock', 'items'), {maxLength: 60});
  fc.assert(
    fc.property(fc.array(fault, {minLength: 1, maxLength: 5}), calls, fc.string(), (faults, endpoints, seed) => {
      const orders = faults.map(order => ({...order, times: null})) as FaultOrder[];
      const run = (list: readonly FaultOrder[]) => {
        const {faults: armed} = box(list, seed);
        return endpoints.map(endpoint => [...armed.strike(endpoint).values()].map(({id}) => id));
      };
      assert.deepEqual(run(orders), run(orders));
      // With one more behind them, the others strike where they struck before, if no namesake goes first.
      const more = run([...orders, {fault: 'bad-gateway-after-commit', probability: 0.5, times: null, endpoint: '*'}]);
      const added = `fault_${orders.length + 1}`;
      assert.deepEqual(
        more.map(ids => ids.filter(id => id !== added)),
        run(orders),
      );
    }),
  );
});

const files = globSync('docs/scenarios/*.json');

test('there are examples, and together they know every fault', () => {
  const faults = files.flatMap(file => parseScenario(readFileSync(file, 'utf8'), sandboxProtocols).faults);
  assert.ok(files.length >= 3);
  assert.deepEqual(
    [...new Set(faults.map(({fault}) => fault))].sort(),
    [...platformFaults, ...callbackFaults, ...paymentFaults].sort(),
  );
});

for (const file of files) {
  test(`played twice, it goes wrong the same way twice, and the books are right: ${file}`, async () => {
    const scenario = parseScenario(readFileSync(file, 'utf8'), sandboxProtocols);
    const play = async (seed: string) => {
      const shop = openShop({seed, deliverManualAfterMs: 1000});
      for (const order of ordersOf(scenario, shop.clock.now())) shop.sandbox.faults.arm(order);
      const heard: string[] = [];
      for (let call = 0; call < 40; call += 1) {
        const answer = shop.trade(plain).then(
          ({code, msg, data}: {code?: number; msg?: string; data?: {secret: string}}) =>
            `${code} ${msg} ${data?.secret.length}`,
          (error: unknown) => (isConnectionDropped(error) ? 'dropped' : (error as Error).message),
        );
        await shop.clock.advance(30_000);
        heard.push(await answer);
      }
      const {orders, balances} = shop.sandbox.platform.ledger();
      const movements = shop.sandbox.platform.movementsOf(1000);
      assert.equal(movements.at(-1)?.balance.amount, balances['1000']);
      const cards = orders.flatMap(order => order.cardIds);
      assert.equal(new Set(cards).size, cards.length);
      shop.sandbox.close();
      return {heard, orders, balances};
    };
    const first = await play('n');
    assert.deepEqual(await play('n'), first);
    assert.ok(new Set(first.heard).size > 1, 'something went wrong');
    assert.notDeepEqual((await play('m')).heard, first.heard);
  });
}
