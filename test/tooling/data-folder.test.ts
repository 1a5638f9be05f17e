import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {spawnSync} from 'node:child_process';
import {dataFolder} from '../../scripts/start/data-folder.ts';

describe('the folder of npm start', () => {
  let parent: string;
  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'keystall-folder-'));
    writeFileSync(join(parent, 'file'), '');
  });
  after(() => rmSync(parent, {recursive: true}));

  it('is made where it is not there yet', () => {
    const folder = join(parent, 'new', 'inside');
    assert.equal(dataFolder(folder), folder);
    assert.ok(existsSync(folder));
    assert.equal(dataFolder(folder), folder);
  });

  for (const nothing of ['', '  ']) {
    it(`is not "${nothing}"`, () => {
      assert.throws(() => dataFolder(nothing), {
        name: 'DataFolderError',
        message: `KEYSTALL_FOLDER is "${nothing}", which names no folder. Unset it to use .keystall, or name one.`,
      });
    });
  }

  it('cannot lie in a file: what, where and what to do is said', () => {
    const folder = join(parent, 'file', 'data');
    assert.throws(() => dataFolder(folder), {
      message: /^KEYSTALL_FOLDER is ".+file\/data" .+nothing can be written: ENOTDIR.+Let KEYSTALL_FOLDER name/,
    });
  });

  it('ends npm start with the message alone, before anything is built', () => {
    const {status, stderr, stdout} = spawnSync(process.execPath, ['scripts/start.ts'], {
      env: {...process.env, KEYSTALL_FOLDER: ''},
      encoding: 'utf8',
    });
    assert.deepEqual(
      [status, stdout, stderr],
      [1, '', 'KEYSTALL_FOLDER is "", which names no folder. Unset it to use .keystall, or name one.\n'],
    );
  });
});
