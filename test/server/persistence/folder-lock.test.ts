import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, rm, utimes, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {lockFolder} from '../../../src/server/persistence/folder-lock.ts';

const module = new URL('../../../src/server/persistence/folder-lock.ts', import.meta.url).href;

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keystall-lock-'));
  });
  afterEach(() => rm(folder, {recursive: true}));

  /** A process that takes the lock, says so or that it could not, and stays. */
  function holder() {
    const code = `const {lockFolder} = await import(${JSON.stringify(module)});
      const outcome = await lockFolder(${JSON.stringify(folder)}).then(() => 'locked', () => 'refused');
      console.log(outcome); setInterval(() => {}, 1e9);`;
    return spawn(process.execPath, ['--input-type=module', '--eval', code], {stdio: ['ignore', 'pipe', 'inherit']});
  }

  async function outcomeOf(child: ReturnType<typeof holder>): Promise<string> {
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return said.toString().trim();
  }

  const leave = (lock: object) => writeFile(join(folder, 'lock'), JSON.stringify(lock));

  it('cannot be had where nothing can be written, and that is said', async () => {
    const inFile = join(folder, 'file', 'data');
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(lockFolder(inFile), error => {
      assert.ok(error instanceof Error && error.cause instanceof Error);
      assert.match(error.message, /^Nothing can be written in the data folder ".+data" .+Let dataFolder name/);
      return /ENOTDIR/.test(error.cause.message);
    });
    // Nothing is left of the attempt: the folder can be had as soon as it can be.
    await rm(join(folder, 'file'));
    await (await lockFolder(inFile)).release();
  });

  it('is refused while this process holds it, and free again after', async () => {
    const lock = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), {message: new RegExp(`in use by process ${process.pid} `)});
    await lock.release();
    await (await lockFolder(folder)).release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('is refused while another process holds it, and taken over when that one was killed', async () => {
    const child = holder();
    assert.equal(await outcomeOf(child), 'locked');
    await assert.rejects(lockFolder(folder), {message: /in use by process \d+ .*Stop that process/});
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await lockFolder(folder)).release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('is taken over from an earlier process with the number of a living one', async () => {
    await leave({pid: process.ppid, host: hostname(), startedAt: 'another boot 1', id: 'earlier'});
    await (await lockFolder(folder)).release();
  });

  it('of another machine holds while it shows signs of life', async () => {
    await leave({pid: 1, host: 'elsewhere', startedAt: '', id: 'foreign'});
    await assert.rejects(lockFolder(folder), {message: /in use by process 1 on elsewhere/});
    await utimes(join(folder, 'lock'), 0, 0);
    await (await lockFolder(folder)).release();
  });

  it('goes to one of many processes that find a dead one, and a dead successor of it', async () => {
    const dead = {pid: process.ppid, host: hostname(), startedAt: 'another boot 1'};
    await leave({...dead, id: 'first'});
    await writeFile(join(folder, 'lock.after.first'), JSON.stringify({...dead, id: 'second'}));
    const children = Array.from({length: 5}, holder);
    const outcomes = await Promise.all(children.map(outcomeOf));
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map(child => once(child, 'exit')));
    assert.deepEqual(outcomes.sort(), ['locked', 'refused', 'refused', 'refused', 'refused']);
    assert.deepEqual(await readdir(folder), ['lock']);
  });
});
