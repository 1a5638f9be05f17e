import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {prepareDatabase} from '../../support/prepared-database.ts';
import {jobsContract} from './jobs-contract.ts';

jobsContract('PGlite', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'keystall-jobs-'));
  await prepareDatabase(dataFolder);
  const {store, jobs, close} = await openStore({dataFolder, clock: systemClock});
  return {store, jobs, close: () => close().then(() => rm(dataFolder, {recursive: true}))};
});
