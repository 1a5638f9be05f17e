import {createMemoryJobs} from '../../../src/server/jobs/memory-jobs.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {createMemoryStore} from '../../../src/server/persistence/memory-store.ts';
import {storeContract} from './store-contract.ts';

storeContract(
  'memory',
  async () => {
    const jobs = createMemoryJobs({clock: systemClock});
    const store = createMemoryStore({clock: systemClock, queue: jobs});
    return {store, rival: store, jobs, close: () => jobs.stop()};
  },
  {concurrent: false},
);
