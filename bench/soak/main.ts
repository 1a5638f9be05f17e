/**
 * Two shop processes on one PostgreSQL, and buyers who all buy at once: first in peace, then as one process after the other
 * is killed with -9 and database connections are cut at random. At the end the books of the buyers, the shop, the payment
 * provider and the platform are held against each other: `npm run soak`.
 *
 *   --buyers N   how many at once; 200 unless told
 *   --seconds N  how long each of the two runs is; 60 unless told, with a kill every sixth of it
 *   --each N     how many orders each places at most in a run; as many as it has time for unless told
 *   --seed N     what the buyers choose, and when what is cut
 *   --json       one JSON object per line instead of the table: the storm's figures, and the quiet ones as their floor
 *
 * A run is over when no purchase is pending any more: each is delivered, paid back, or waits for a person who was called.
 *
 * Exits with 1, and names what it found, when anything was lost, doubled or not delivered.
 */
import {parseArgs} from 'node:util';
import {percentile, report, type Figure} from '../report.ts';
import {steps} from './purchase.ts';
import {soak, type Run} from './soak.ts';

const {values} = parseArgs({
  options: {
    buyers: {type: 'string', default: '200'},
    seconds: {type: 'string', default: '60'},
    each: {type: 'string', default: String(Number.MAX_SAFE_INTEGER)},
    seed: {type: 'string'},
    json: {type: 'boolean', default: false},
  },
});
const buyers = Number(values.buyers);
const seconds = Number(values.seconds);
const each = Number(values.each);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (![buyers, seconds, each, seed].every(Number.isSafeInteger) || buyers < 1 || seconds < 1 || each < 1) {
  console.error('Usage: npm run soak -- [--buyers 200] [--seconds 60] [--each 5] [--seed 1] [--json]');
  process.exit(2);
}

const {quiet, storm, kills, cuts, failures, audited} = await soak({
  buyers,
  seconds,
  each,
  seed,
  tell: news => console.error(news),
});
const {waiting, ...findings} = audited;
const counts: readonly (readonly [string, number])[] = [
  ...Object.entries(findings).map(([what, found]) => [what, found.length] as const),
  ['waiting', waiting.length],
  ['failures', failures.length],
  ['kills', kills],
  ['cuts', cuts],
];
report([
  {name: 'soak/orders', value: storm.orders, floor: quiet.orders, unit: 'orders'},
  {name: 'soak/pace', value: storm.orders / storm.seconds, floor: quiet.orders / quiet.seconds, unit: 'per s'},
  {name: 'soak/busy', value: 100 * storm.busy, floor: 100 * quiet.busy, unit: '% of the cores'},
  ...steps.flatMap(step => latencies(step)),
  ...counts.map(([what, value]) => ({name: `soak/${what}`, value, unit: ''})),
]);
if (waiting.length > 0) console.error(waiting.join('\n'));
const mistakes = [...Object.values(findings).flat(), ...failures];
if (mistakes.length > 0) {
  console.error(mistakes.slice(0, 50).join('\n'));
  console.error(`${mistakes.length} in all: npm run soak -- --buyers ${buyers} --seconds ${seconds} --seed ${seed}`);
  process.exitCode = 1;
}

function latencies(step: (typeof steps)[number]): readonly Figure[] {
  const of = ({times}: Run, share: number) => percentile(times[step] ?? [], share);
  return (
    [
      ['p50', 0.5],
      ['p99', 0.99],
      ['slowest', 1],
    ] as const
  ).map(([name, share]) => ({
    name: `soak/${step}/${name}`,
    value: of(storm, share),
    floor: of(quiet, share),
    unit: 'ms',
  }));
}
