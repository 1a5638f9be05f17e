/*
 * A shop process that places orders until it is killed: `node writer.ts <folder or postgres://…> <from> <at once>`.
 * Each order that was acknowledged is a line on stdout; `running <id>` says that a job's handler has begun.
 */
import {writeSync} from 'node:fs';
import {systemClock} from '../../../../src/server/clock.ts';
import {openStore} from '../../../../src/server/persistence/open.ts';
import {anOrder, aProcurement} from '../record-builders.ts';

const [target = '', from = '0', atOnce = '1'] = process.argv.slice(2);
const where = target.startsWith('postgres://') ? {databaseUrl: target} : {dataFolder: target};
const {store, jobs} = await openStore({...where, clock: systemClock});

const say = (line: string) => writeSync(1, `${line}\n`);
await jobs.start(async job => {
  if (job.type !== 'procure') return;
  say(`running ${job.procurementId}`);
  // A purchase whose answer does not come.
  await new Promise(() => {});
});
let next = Number(from);
async function place(index: number): Promise<void> {
  const order = anOrder({id: `order-${index}`});
  const procurement = aProcurement(order, {id: `procurement-${index}`});
  await store.transaction(async tx => {
    await tx.insertOrder(order);
    await tx.insertProcurement(procurement);
    await tx.enqueue({type: 'procure', procurementId: procurement.id});
  });
  say(`kept ${index}`);
}
async function placeOn(): Promise<never> {
  for (;;) await place(next++);
}
await Promise.all(Array.from({length: Number(atOnce)}, placeOn));
