import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {defineConfig, env} from '../../../src/server/config/config.ts';
import {createPinoLog} from '../../../src/server/operations/pino-log.ts';
import {workContext} from '../../../src/server/operations/work-context.ts';
import {StoreUnavailableError} from '../../../src/server/persistence/store-unavailable-error.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {serve, type RunningServer} from '../../../src/server/serve.ts';
import {collectTraces, type CollectedTraces} from '../../support/collected-traces.ts';
import {prepareDatabase} from '../../support/prepared-database.ts';

const token = 'metrics-token-canary';
const config = defineConfig({
  shop: {name: '卡铺', currency: 'CNY'},
  address: 'https://shop.example',
  port: 0,
  origins: ['https://page.example'],
  connections: [
    {
      id: 'main',
      protocol: 'acg-faka',
      // Nobody listens there: a shop whose platform is away.
      url: 'http://127.0.0.1:9',
      credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
      listing: {price: {markup: {percent: '10'}}},
    },
  ],
  payments: [
    {
      provider: 'sandbox',
      url: 'http://127.0.0.1:9',
      merchantKey: env('PAY_KEY'),
      webhookSecret: env('WEBHOOK_SECRET'),
    },
  ],
  metricsToken: env('METRICS_TOKEN'),
});
const environment = {
  KEYSTALL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  APP_ID: '1000',
  APP_KEY: 'app-key-canary',
  PAY_KEY: 'pay-key-canary',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 5).toString('base64')}`,
  METRICS_TOKEN: token,
};

describe('a shop server in operation', {timeout: 120_000}, () => {
  let folder: string;
  let running: RunningServer;
  let traces: CollectedTraces;
  let databaseIsAway = false;
  let connectionsAreBusy = false;
  const lines: string[] = [];
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${running.port}${path}`, {headers});

  before(async () => {
    traces = collectTraces();
    folder = await mkdtemp(join(tmpdir(), 'keystall-operations-'));
    await prepareDatabase(join(folder, 'shop'));
    const log = createPinoLog({write: line => lines.push(line)});
    running = await serve({...config, dataFolder: join(folder, 'shop')}, environment, log, async options => {
      const opened = await openStore(options);
      const connect = () => {
        if (databaseIsAway) throw new Error('the database is away');
        if (connectionsAreBusy) throw new StoreUnavailableError('busy');
      };
      const store: Store = {
        ...opened.store,
        async transaction(work) {
          connect();
          return opened.store.transaction(work);
        },
        async catalogueVersion() {
          connect();
          return opened.store.catalogueVersion();
        },
      };
      return {...opened, store};
    });
  });

  after(async () => {
    await running.stop({hurry: true});
    await rm(folder, {recursive: true, force: true});
    traces.unregister();
  });

  it('says that it lives, and whether it can serve', async () => {
    const [health, ready] = await Promise.all([get('/healthz'), get('/readyz')]);
    assert.deepEqual([health.status, ready.status], [200, 200]);
    assert.equal(ready.headers.get('Cache-Control'), 'no-store');
    assert.match((await get('/v1/shop')).headers.get('Cache-Control')!, /max-age/);
    databaseIsAway = true;
    const away = await get('/readyz');
    assert.deepEqual([away.status, (await get('/healthz')).status], [503, 200]);
    assert.equal(await away.text(), 'the database does not answer');
    databaseIsAway = false;
    connectionsAreBusy = true;
    assert.equal(await (await get('/readyz')).text(), 'no connection to the database is free');
    connectionsAreBusy = false;
    assert.equal((await get('/readyz')).status, 200);
  });

  it('shows its figures to whoever has the token', async () => {
    for (const headers of [{}, {Authorization: 'Bearer wrong'}, {Authorization: token}, {Authorization: 'Bearer '}]) {
      assert.equal((await get('/metrics', headers as Record<string, string>)).status, 401);
    }
    await get('/v1/products/unknown');
    await get('/v1/nothing/here');
    connectionsAreBusy = true;
    const busy = await get('/v1/products');
    connectionsAreBusy = false;
    assert.deepEqual([busy.status, busy.headers.get('Retry-After')], [503, '1']);
    const read = () => get('/metrics', {Authorization: `Bearer ${token}`});
    assert.match((await read()).headers.get('Content-Type')!, /^text\/plain; version=/);
    let text = '';
    const count = (line: string) =>
      Number(
        text
          .split('\n')
          .find(each => each.startsWith(line))
          ?.split(' ')
          .at(-1),
      );
    const sweeps = 'keystall_job_duration_seconds_count{type="sweep",outcome="done"}';
    // The first jobs run beside the first requests.
    while (!(count(sweeps) >= 1)) text = await (await read()).text();
    const requests = 'keystall_http_request_duration_seconds_count';
    assert.equal(count(`${requests}{method="GET",route="/v1/products/:productId",status="404"}`), 1);
    assert.equal(count(`${requests}{method="GET",route="*",status="404"}`), 1);
    assert.equal(count('keystall_database_unavailable_total{reason="busy"}'), 1);
    assert.ok(count('process_resident_memory_bytes') > 1e6);
    assert.doesNotMatch(text, /canary|unknown/);
  });

  it('is traced where the process registered OpenTelemetry: by spans of its own, and by none of its job queue', async () => {
    const asked = () => traces.spans().find(({attributes}) => attributes['keystall.protocol'] === 'acg-faka');
    // The catalogue is read beside the first requests.
    while (!asked()) await get('/v1/shop');
    assert.equal(asked()!.attributes['server.address'], '127.0.0.1');
    const names = new Set(traces.spans().map(({name}) => name));
    for (const name of ['GET /v1/shop', 'job sweep']) assert.ok(names.has(name), name);
    assert.deepEqual([...new Set(traces.spans().map(span => span.instrumentationScope.name))], ['keystall']);
    assert.doesNotMatch(traces.text(), /canary/);
  });

  it('names each request in its answer and in the log', async () => {
    const given = await get('/v1/shop', {'X-Request-Id': 'from-the-proxy-1'});
    assert.equal(given.headers.get('X-Request-Id'), 'from-the-proxy-1');
    for (const bad of ['short', 'with space in it', 'x'.repeat(65)]) {
      const answer = await get('/v1/shop', {'X-Request-Id': bad});
      assert.match(answer.headers.get('X-Request-Id')!, /^[\da-f-]{36}$/);
    }
    databaseIsAway = true;
    const failed = await get('/v1/products', {'X-Request-Id': 'the-failing-one'});
    databaseIsAway = false;
    assert.equal(failed.status, 500);
    const logged = lines.map(line => JSON.parse(line) as Record<string, unknown>);
    const entry = logged.find(({event}) => event === 'request failed')!;
    assert.deepEqual([entry['level'], entry['requestId']], ['error', 'the-failing-one']);
    assert.ok(!Number.isNaN(Date.parse(entry['time'] as string)));
    assert.doesNotMatch(lines.join(''), /canary/);
  });
});

describe('the log', () => {
  it('is a line of JSON per event, with what was at work', () => {
    const lines: string[] = [];
    const log = createPinoLog({write: line => lines.push(line)});
    log.info('outside');
    workContext.run({requestId: 'r-1'}, () => log.warn('inside', {orderId: 'ord_1', left: undefined}));
    const [outside, inside] = lines.map(line => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(Object.keys(outside!), ['level', 'time', 'event']);
    const {time: _, ...rest} = inside!;
    assert.deepEqual(rest, {level: 'warn', requestId: 'r-1', orderId: 'ord_1', event: 'inside'});
    assert.ok(lines.every(line => line.endsWith('\n')));
  });
});
