/**
 * Runs every test step, two at a time: what waits for a browser or a process leaves the machine to what does not. Goes on
 * after a failure so that one run shows all of them; each step's output stands together, printed when it has ended. The
 * last line says how many steps passed and failed. Name steps to run only those: `npm test -- lint unit`. What Node has
 * compiled for one process is kept for the hundreds that come after it.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {resolve} from 'node:path';
import {text} from 'node:stream/consumers';

interface Step {
  readonly name: string;
  /** A step that must have ended, because both write or read the same built files. */
  readonly after?: string;
}

interface Outcome {
  readonly step: string;
  readonly passed: boolean;
  readonly seconds: number;
}

/** In the order of their starts: what others wait for, what tells of a mistake soon, and then the longest. */
const steps: readonly Step[] = [
  {name: 'size'},
  {name: 'lint'},
  {name: 'types'},
  {name: 'flows', after: 'size'},
  {name: 'intents', after: 'size'},
  {name: 'unit'},
  {name: 'components'},
  {name: 'docs'},
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !steps.some(step => step.name === name));
if (unknown.length > 0) {
  throw new Error(`No such test step: ${unknown.join(', ')}. There are: ${steps.map(({name}) => name).join(', ')}.`);
}
const chosen = wanted.length > 0 ? steps.filter(({name}) => wanted.includes(name)) : steps;
const lanes = Math.min(2, availableParallelism(), chosen.length);

const waiting = [...chosen];
const ended = new Map<string, Outcome>();
const awaited = ({after}: Step) => after !== undefined && chosen.some(({name}) => name === after) && !ended.has(after);

async function work(): Promise<void> {
  for (;;) {
    // A step that another one holds back is passed over; the lane that runs the other one comes back to it.
    const index = waiting.findIndex(step => !awaited(step));
    if (index < 0) return;
    const [{name}] = waiting.splice(index, 1) as [Step];
    const outcome = await run(name);
    ended.set(name, outcome);
  }
}

async function run(step: string): Promise<Outcome> {
  console.log(`── test:${step} begins`);
  const startedAt = performance.now();
  // On its own a step says at once what it does.
  const child = spawn('npm', ['run', '--silent', `test:${step}`], {
    stdio: lanes > 1 ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: {NODE_COMPILE_CACHE: resolve('node_modules/.cache/keystall/code'), ...process.env},
    shell: process.platform === 'win32',
  });
  const [printed, complained, [status]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const seconds = (performance.now() - startedAt) / 1000;
  const passed = status === 0;
  if (lanes > 1) process.stdout.write(`\n── test:${step}\n${printed}${complained}\n`);
  console.log(summary({step, passed, seconds}));
  return {step, passed, seconds};
}

function summary({step, passed, seconds}: Outcome): string {
  return `${passed ? 'passed' : 'FAILED'}  test:${step}  ${seconds.toFixed(1)} s`;
}

const startedAt = performance.now();
await Promise.all(Array.from({length: lanes}, work));

console.log('\n── all');
const outcomes = chosen.map(({name}) => ended.get(name)!);
for (const outcome of outcomes) console.log(summary(outcome));
const failed = outcomes.filter(({passed}) => !passed).length;
const seconds = (performance.now() - startedAt) / 1000;
console.log(`steps: ${outcomes.length - failed} passed, ${failed} failed, ${seconds.toFixed(1)} s`);
process.exitCode = failed > 0 ? 1 : 0;
