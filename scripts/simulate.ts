/**
 * Sells many orders over five simulated platforms with every fault at 5 %, and holds the books of all sides against each
 * other: `npm run simulate`.
 *
 *   --orders N  how many orders; 10,000 unless told
 *   --seed N    which run; the same seed gives the same one
 *   --json      one line of JSON instead of the summary
 *
 * Exits with 1, and names the seed, when money, a card or an order is lost, doubled or in the wrong hands.
 */
import {parseArgs} from 'node:util';
import {simulate} from '../test/simulation/simulate.ts';

const {values} = parseArgs({
  options: {
    orders: {type: 'string', default: '10000'},
    seed: {type: 'string'},
    json: {type: 'boolean', default: false},
  },
});
const orders = Number(values.orders);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (![orders, seed].every(Number.isSafeInteger) || orders < 1) {
  console.error('Usage: npm run simulate -- [--orders 10000] [--seed 1] [--json]');
  process.exit(2);
}
const from = performance.now();
try {
  const run = await simulate(orders, seed);
  const seconds = (performance.now() - from) / 1000;
  if (values.json) console.log(JSON.stringify({name: 'simulate', seed, seconds, ...run}));
  else {
    console.log(`${run.orders} orders, seed ${seed}, ${run.virtualHours} h of the shop's time`);
    console.table(run.states);
    const {taken, kept, owed, spent} = run;
    console.log(`paid ${taken.amount} = kept ${kept.amount} + owed back ${owed.amount}; spent ${spent.amount} CNY`);
    console.log(
      `${run.purchases} purchases, ${run.cards} cards, ${run.deaths} deaths, ${run.decisions} decisions by people`,
    );
    console.log(`sent to the platforms: ${JSON.stringify(run.sent)}`);
    console.log(`lost answers found: ${JSON.stringify(run.found)}`);
    console.log(`Nothing was lost, doubled or in the wrong hands. ${seconds.toFixed(1)} s`);
  }
} catch (error) {
  console.error(
    `Seed ${seed} with ${orders} orders does not come out even: npm run simulate -- --orders ${orders} --seed ${seed}`,
  );
  throw error;
}
