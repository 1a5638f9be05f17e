import {freePort} from '../../scripts/start/free-port.ts';
import {servePages, type PageServer} from '../../scripts/start/page-server.ts';
import {buildPages} from '../support/built-pages.ts';

/** The demo, as the sources are, on an origin of its own. */
export async function buildAndServeDemo(): Promise<PageServer> {
  buildPages();
  return servePages({root: 'dist/demo', port: await freePort(0)});
}
