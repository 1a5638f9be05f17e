/** `fill` lists the goods of the shop, `serve` serves them until its parent lets go of it, and tells its address. */
import {once} from 'node:events';
import type {Server as NodeServer} from 'node:http';
import {serve} from '@hono/node-server';
import {freePort} from '../../scripts/start/free-port.ts';
import {money} from '../../src/domain/money.ts';
import {createServer} from '../../src/server/app.ts';
import {systemClock} from '../../src/server/clock.ts';
import {checkConfig} from '../../src/server/config/config.ts';
import {createHttpApp} from '../../src/server/http-app.ts';
import {silentLog} from '../../src/server/log.ts';
import {openStore} from '../../src/server/persistence/open.ts';
import {createKeyRing} from '../../src/server/security/key-ring.ts';
import type {Good} from '../../src/upstreams/port.ts';
import {fakeUpstream} from '../../test/support/fake-upstream.ts';
import {aGood} from '../../test/support/upstream-goods.ts';

const [task, count, pages, databaseUrl] = process.argv.slice(2) as [string, string, string, string];
const url = `http://127.0.0.1:${await freePort(0)}`;
const {config} = checkConfig(
  {
    shop: {name: 'Bench', currency: 'CNY', reveal: 'in-page'},
    address: url,
    origins: [pages],
    connections: [
      {
        id: 'main',
        protocol: 'acg-faka',
        url: 'https://platform.example',
        credentials: {appId: {env: 'ID'}, appKey: {env: 'KEY'}},
        listing: {price: {markup: {percent: '8'}, step: '0.1'}},
      },
    ],
    payments: [
      {provider: 'sandbox', url: 'https://pay.example', merchantKey: {env: 'KEY'}, webhookSecret: {env: 'KEY'}},
    ],
  },
  {ID: 'bench', KEY: 'bench'},
);
const {store, presence, close} = await openStore({databaseUrl, clock: systemClock});
const goods = task === 'fill' ? Array.from({length: Number(count)}, (_, index) => good(index)) : [];
const server = createServer({
  config,
  store,
  presence,
  upstreams: new Map([['main', fakeUpstream({goods})]]),
  payments: [],
  keys: await createKeyRing([{id: 'bench', bytes: new Uint8Array(32)}]),
  clock: systemClock,
  log: silentLog,
});

if (task === 'fill') {
  await server.runJob({type: 'sync_catalogue', connectionId: 'main'}, new AbortController().signal);
  await close();
  process.disconnect();
} else {
  const app = createHttpApp(config, server.fetch, {scripts: 'dist/cdn'});
  const http = serve({fetch: app.fetch, port: Number(new URL(url).port), hostname: '127.0.0.1'}) as NodeServer;
  await once(http, 'listening');
  process.once('disconnect', () => {
    http.close();
    http.closeAllConnections();
    void close();
  });
  process.send!({url});
}

function good(index: number): Good {
  const brands = ['Steam 钱包', '王者荣耀', 'PlayStation 港服', '网易云音乐', 'Xbox Game Pass', '爱奇艺黄金会员'];
  const categories = ['games', 'steam', 'software'];
  return aGood({
    code: `G${index}`,
    title: `${brands[index % brands.length]} ${10 + (index % 490)} 元（第 ${index + 1} 号）`,
    categoryId: categories[index % categories.length]!,
    delivery: index % 5 === 0 ? 'manual' : 'automatic',
    offers: [
      {
        choices: {},
        costs: [{from: 1, price: money(`${5 + (index % 200)}.${index % 10}0`, 'CNY')}],
        stock: {kind: 'counted', count: 40 + (index % 60), at: systemClock.now()},
      },
    ],
  });
}
