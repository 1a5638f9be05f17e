import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';

/** Brings what pages are made of up to date: the files of the script tag in `dist/cdn` and the demo in `dist/demo`. */
export function buildPages(): void {
  const {status} = spawnSync(process.execPath, ['scripts/build.ts', '--pages', '--if-stale'], {stdio: 'inherit'});
  assert.equal(status, 0, 'the pages can be built');
}
