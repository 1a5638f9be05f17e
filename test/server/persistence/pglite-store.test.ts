import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {prepareDatabase} from '../../support/prepared-database.ts';
import {storeContract} from './store-contract.ts';

storeContract(
  'PGlite',
  async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'keystall-store-'));
    await prepareDatabase(dataFolder);
    const {store, jobs, close} = await openStore({dataFolder, clock: systemClock});
    return {store, rival: store, jobs, close: () => close().then(() => rm(dataFolder, {recursive: true}))};
  },
  {concurrent: false},
);
