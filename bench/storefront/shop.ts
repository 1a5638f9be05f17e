import {fork} from 'node:child_process';
import {once} from 'node:events';
import {startPostgres} from '../../test/support/postgres.ts';
import {endsWithUs} from '../serving/ends-with-us.ts';
import {addressOf} from '../serving/shop.ts';

export interface BenchShop {
  readonly url: string;
  close(): Promise<void>;
}

const main = new URL('shop-process.ts', import.meta.url);

/**
 * The shop server as it is, with so many goods in a PostgreSQL, in a process of its own: what it keeps in memory must not
 * make the process wait that drives the browser.
 * @param pages origin of the pages that it is shown in
 */
export async function openBenchShop(count: number, pages: string): Promise<BenchShop> {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const run = (task: 'fill' | 'serve') => {
    const child = fork(main, [task, String(count), pages, databaseUrl], {stdio: ['ignore', 2, 2, 'ipc']});
    endsWithUs(child);
    return child;
  };
  const [code] = (await once(run('fill'), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The shop's ${count} goods could not be listed: its process ended with ${code}.`);
  const server = run('serve');
  return {
    url: await addressOf(server),
    async close() {
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
      await postgres.stop();
    },
  };
}
