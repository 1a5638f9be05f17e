import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {rollup} from 'rollup';
import {loadConfigFile} from 'rollup/loadConfigFile';
import {freePort} from '../../scripts/start/free-port.ts';
import {servePages} from '../../scripts/start/page-server.ts';

/** The demo, built from the sources as they are and served on an origin of its own. */
export interface BuiltDemo {
  readonly url: string;
  close(): void;
}

export async function buildAndServeDemo(): Promise<BuiltDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-demo-'));
  try {
    await buildDemo(folder);
    const server = await servePages({root: folder, port: await freePort(0)});
    return {
      url: server.url,
      close() {
        server.close();
        rmSync(folder, {recursive: true});
      },
    };
  } catch (error) {
    rmSync(folder, {recursive: true});
    throw error;
  }
}

async function buildDemo(folder: string): Promise<void> {
  const {options} = await loadConfigFile('rollup.config.mjs', {configOnly: 'demo'});
  for (const {output, ...input} of options) {
    const built = await rollup(input);
    for (const each of [output].flat()) await built.write({...each, dir: folder});
    await built.close();
  }
}
