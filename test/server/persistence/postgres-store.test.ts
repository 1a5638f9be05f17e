import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {startPostgres} from '../../support/postgres.ts';
import {storeContract} from './store-contract.ts';

storeContract(
  'PostgreSQL',
  async () => {
    const postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase();
    // Together, on an empty database: both bring the tables up to date.
    const [first, second] = await Promise.all([1, 2].map(() => openStore({databaseUrl, clock: systemClock})));
    return {
      store: first!.store,
      rival: second!.store,
      jobs: first!.jobs,
      async close() {
        await first!.close();
        await second!.close();
        await postgres.stop();
      },
    };
  },
  {concurrent: true},
);
