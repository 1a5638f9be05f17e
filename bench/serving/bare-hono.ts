/**
 * hono as a server with nothing behind it: answers everything with the JSON of the value it is sent first. Tells its
 * address, and to every further message how long it has computed, as {@link process.cpuUsage} does.
 */
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {serve} from '@hono/node-server';
import {Hono} from 'hono';

const [value] = (await once(process, 'message')) as [object];
const app = new Hono();
app.all('*', c => c.json(value));
serve({fetch: app.fetch, port: 0, hostname: '127.0.0.1'}, ({port}: AddressInfo) => {
  process.send!({url: `http://127.0.0.1:${port}`});
});
process.on('message', () => process.send!(process.cpuUsage()));
process.on('disconnect', () => process.exit());
