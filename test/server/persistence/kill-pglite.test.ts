import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, watch} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {prepareDatabase} from '../../support/prepared-database.ts';
import {keptOrders, numbers, runAll, writeAndKill, writer} from './killed-writer.ts';

describe('a shop process on PGlite, killed while it writes', () => {
  let dataFolder: string;
  before(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'keystall-kill-'));
    await prepareDatabase(dataFolder);
  });
  after(() => rm(dataFolder, {recursive: true}));

  it('leaves everything it acknowledged, and jobs that run again at once', async () => {
    let from = 0;
    const acknowledged = new Set<number>();
    for (const lines of [5, 23, 61]) {
      const said = await writeAndKill(dataFolder, from, lines);
      for (const index of numbers(said, 'kept')) acknowledged.add(index);
      from += 1_000;
    }
    const opened = await openStore({dataFolder, clock: systemClock});
    const kept = await keptOrders(opened);
    for (const index of acknowledged) assert.ok(kept.has(index), `order ${index} was acknowledged and is gone`);
    // At most the one in flight at each kill is there without having been acknowledged.
    assert.ok(kept.size - acknowledged.size <= 3 && acknowledged.size > 20, `${kept.size} of ${acknowledged.size}`);
    const waited = await runAll(opened, kept);
    await opened.close();
    assert.ok(waited < 5_000, `the last job ran after ${waited} ms`);
  });

  it('leaves everything it acknowledged to eight at once, who share their flushes', async () => {
    const acknowledged = new Set<number>();
    for (const [index, lines] of [9, 40, 83].entries()) {
      const said = await writeAndKill(dataFolder, 10_000 + index * 1_000, lines, 8);
      for (const number of numbers(said, 'kept')) acknowledged.add(number);
    }
    const opened = await openStore({dataFolder, clock: systemClock});
    const kept = await keptOrders(opened);
    await opened.close();
    assert.ok(acknowledged.size > 20, `${acknowledged.size} were acknowledged`);
    for (const index of acknowledged) assert.ok(kept.has(index), `order ${index} was acknowledged and is gone`);
  });

  it('leaves no half-made database when it is killed at the very beginning', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keystall-kill-'));
    const child = spawn(process.execPath, [writer, folder], {stdio: 'ignore'});
    const {promise: begun, resolve} = Promise.withResolvers<void>();
    const watcher = watch(folder, (_, name) => name === 'pglite.new' && resolve());
    await begun;
    watcher.close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(existsSync(join(folder, 'pglite')), false);
    const {store, close} = await openStore({dataFolder: folder, clock: systemClock});
    assert.equal(await store.catalogueVersion(), 0);
    await close();
    await rm(folder, {recursive: true});
  });
});
