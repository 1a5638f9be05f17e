/**
 * Runs every test step, the quick ones first, and goes on after a failure so that one run shows all of them. The last
 * line says how many steps passed and failed. Name steps to run only those: `npm test -- lint unit`.
 */
import {spawnSync} from 'node:child_process';

const steps = ['lint', 'types', 'unit', 'size', 'docs', 'components', 'flows'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter(step => !steps.includes(step));
if (unknown.length > 0) {
  throw new Error(`No such test step: ${unknown.join(', ')}. There are: ${steps.join(', ')}.`);
}

const outcomes = (wanted.length > 0 ? wanted : steps).map(step => {
  console.log(`\n── test:${step}`);
  const startedAt = performance.now();
  const {status} = spawnSync('npm', ['run', '--silent', `test:${step}`], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return {step, passed: status === 0, seconds: (performance.now() - startedAt) / 1000};
});

console.log('\n── all');
for (const {step, passed, seconds} of outcomes) {
  console.log(`${passed ? 'passed' : 'FAILED'}  test:${step}  ${seconds.toFixed(1)} s`);
}
const failed = outcomes.filter(outcome => !outcome.passed).length;
console.log(`steps: ${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
