/* npm run fuzz [cases]: sends every operation of openapi.yaml more hostile input than npm test does; 100,000 if absent. */
import {spawnSync} from 'node:child_process';

const [cases = '100000'] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(cases)) {
  process.stderr.write(`"${cases}" is no number of cases: npm run fuzz -- 100000\n`);
  process.exit(2);
}
const args = [
  '--test',
  '--test-name-pattern',
  'is answered, and never by a fault of ours',
  'test/server/http/hostile-input.ts',
];
const {status} = spawnSync(process.execPath, args, {stdio: 'inherit', env: {...process.env, FUZZ_CASES: cases}});
process.exitCode = status ?? 1;
