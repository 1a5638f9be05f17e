import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import type {OpenedStore} from '../../../src/server/persistence/open.ts';

export const writer = fileURLToPath(new URL('children/writer.ts', import.meta.url));

/** Starts a shop process that writes; answers with what it said, once it was killed after `lines` lines. */
export async function writeAndKill(
  target: string,
  from: number,
  lines: number,
  atOnce = 1,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, target, `${from}`, `${atOnce}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({input: child.stdout})) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return said;
}

export const numbers = (said: readonly string[], word: string) =>
  said.filter(line => line.startsWith(`${word} `)).map(line => Number(/\d+$/.exec(line)?.[0]));

/** Checks that every order is there with its procurement, or neither, and answers which are. */
export async function keptOrders({store}: OpenedStore): Promise<ReadonlySet<number>> {
  const {pendingOrderIds, openProcurementIds} = await store.unfinished(Date.now());
  const orders = pendingOrderIds.map(id => Number(id.replace('order-', '')));
  assert.deepEqual(
    openProcurementIds.map(id => Number(id.replace('procurement-', ''))),
    orders,
  );
  return new Set(orders);
}

/** Runs every waiting job and answers, once all of `wanted` were run, how long the last took in milliseconds. */
export async function runAll({jobs}: OpenedStore, wanted: ReadonlySet<number>): Promise<number> {
  const missing = new Set(wanted);
  const begun = performance.now();
  const {promise, resolve} = Promise.withResolvers<number>();
  await jobs.start(async job => {
    if (job.type === 'procure') missing.delete(Number(job.procurementId.replace('procurement-', '')));
    if (missing.size === 0) resolve(performance.now() - begun);
  });
  return promise;
}
