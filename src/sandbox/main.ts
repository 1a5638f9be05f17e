/** The simulated card platform as a process of its own: `node src/sandbox/main.ts`, as `keystall sandbox` runs it. */
import {runSandbox} from './node/run.ts';

await runSandbox(process.argv.slice(2), process.env);
