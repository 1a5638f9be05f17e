import assert from 'node:assert/strict';
import {registerHooks} from 'node:module';
import {after, before, describe, it} from 'node:test';
import {SpanKind, SpanStatusCode} from '@opentelemetry/api';
import type {ReadableSpan} from '@opentelemetry/sdk-trace';
import {createClient, type Client} from '../../../src/client/index.ts';
import {createSandbox, type Sandbox} from '../../../src/sandbox/index.ts';
import {createServer, type Server} from '../../../src/server/app.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {checkConfig, env} from '../../../src/server/config/config.ts';
import {createPaymentProvider, createUpstream} from '../../../src/server/connections.ts';
import {createMemoryJobs, type MemoryJobs} from '../../../src/server/jobs/memory-jobs.ts';
import {createPinoLog} from '../../../src/server/operations/pino-log.ts';
import {createMemoryStore} from '../../../src/server/persistence/memory-store.ts';
import type {ServerPorts} from '../../../src/server/ports.ts';
import {alone} from '../../../src/server/presence.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {openTelemetryTracing} from '../../../src/server/operations/open-telemetry.ts';
import {tracedPorts} from '../../../src/server/tracing/traced-ports.ts';
import {collectTraces, type CollectedTraces} from '../../support/collected-traces.ts';

const address = 'https://shop.example';
const platform = 'https://platform.example';
const contact = 'contact-canary@example.com';
const lookupPassword = 'password canary';

describe('a process without @opentelemetry/api beside the server', () => {
  it('is not traced, whatever else is registered', async () => {
    const traces = collectTraces();
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        if (specifier !== '@opentelemetry/api') return next(specifier, context);
        throw Object.assign(new Error(`Cannot find package '${specifier}'`), {code: 'ERR_MODULE_NOT_FOUND'});
      },
    });
    try {
      assert.equal(await openTelemetryTracing(), undefined);
    } finally {
      hooks.deregister();
      traces.unregister();
    }
  });
});

describe('a process that registered nothing', () => {
  it('is not traced', async () => {
    assert.equal(await openTelemetryTracing(), undefined);
  });
});

describe('a shop that is traced', () => {
  let traces: CollectedTraces;
  let sandbox: Sandbox;
  let jobs: MemoryJobs;
  let server: Server;
  let client: Client;
  let platformIsDown = false;
  let storeIsDown = false;
  const lines: string[] = [];
  /** What the shop sent to its platform and its payment provider. */
  const sent: Request[] = [];

  before(async () => {
    traces = collectTraces();
    const tracing = (await openTelemetryTracing())!;
    sandbox = createSandbox({fetch: request => server.fetch(request)});
    jobs = createMemoryJobs({clock: systemClock});
    const ports = tracedPorts(await portsOf(sandbox), tracing);
    server = createServer(ports, {tracing});
    client = createClient({address, fetch: async (input, init) => server.fetch(new Request(input, init))});
    await jobs.start(server.runJob);
    await jobs.send({type: 'sync_catalogue', connectionId: 'main'});
    await jobs.idle();
  });

  after(async () => {
    traces.unregister();
    sandbox.close();
    await jobs.stop();
  });

  async function portsOf({credentials}: Sandbox): Promise<ServerPorts> {
    const {config, secrets} = checkConfig(
      {
        shop: {name: 'Keystall', currency: 'CNY', reveal: 'in-page'},
        address,
        origins: [],
        connections: [
          {
            id: 'main',
            protocol: 'acg-faka',
            url: platform,
            credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
            listing: {price: {markup: {percent: '8'}}},
          },
        ],
        payments: [
          {
            provider: 'sandbox',
            url: `${platform}/pay`,
            merchantKey: env('PAY_KEY'),
            webhookSecret: env('WEBHOOK_SECRET'),
          },
        ],
      },
      {
        APP_ID: credentials.appId,
        APP_KEY: credentials.appKey,
        PAY_KEY: credentials.payKey,
        WEBHOOK_SECRET: credentials.webhookSecret,
      },
    );
    const fetchPlatform: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      if (platformIsDown) throw new TypeError(`down, said ${request.url}?canary`);
      return sandbox.fetch(request);
    };
    const clock = systemClock;
    const store = createMemoryStore({clock, queue: jobs});
    return {
      config,
      store: {
        ...store,
        catalogueVersion: () => (storeIsDown ? Promise.reject(new RangeError('canary')) : store.catalogueVersion()),
      },
      presence: alone(),
      upstreams: new Map(
        config.connections.map(connection => [
          connection.id,
          createUpstream(connection, {secrets, clock, fetch: fetchPlatform}),
        ]),
      ),
      payments: await Promise.all(
        config.payments.map(payment => createPaymentProvider(payment, secrets, clock, fetchPlatform)),
      ),
      keys: await createKeyRing([{id: 'k1', bytes: new Uint8Array(32).fill(7)}]),
      passwordIterations: 1000,
      clock,
      log: createPinoLog({write: line => lines.push(line)}),
    };
  }

  const get = (path: string, headers: Record<string, string> = {}) =>
    server.fetch(new Request(`${address}${path}`, {headers}));
  const named = (name: string) => traces.spans().filter(span => span.name === name);
  const only = (name: string): ReadableSpan => {
    const [span, ...more] = named(name);
    assert.ok(
      span,
      `no span "${name}" among: ${traces
        .spans()
        .map(each => each.name)
        .join(', ')}`,
    );
    assert.deepEqual(more, []);
    return span;
  };
  const parentOf = ({parentSpanContext}: ReadableSpan) =>
    traces.spans().find(span => span.spanContext().spanId === parentSpanContext?.spanId);

  it('tells of a request by its route, and of nothing that the caller made up', async () => {
    traces.forget();
    await get('/v1/products/prd_canary?q=canary');
    const span = only('GET /v1/products/:productId');
    assert.equal(span.kind, SpanKind.SERVER);
    assert.deepEqual(span.attributes, {
      'http.request.method': 'GET',
      'http.route': '/v1/products/:productId',
      'http.response.status_code': 404,
    });
    assert.equal(span.status.code, SpanStatusCode.UNSET);
    await get('/v1/canary');
    assert.deepEqual(only('GET').attributes, {'http.request.method': 'GET', 'http.response.status_code': 404});
    await server.fetch(new Request(`${address}/v1/shop`, {method: 'CANARY'}));
    assert.equal(only('HTTP').attributes['http.request.method'], '_OTHER');
    assert.doesNotMatch(traces.text(), /canary/i);
  });

  it('marks a request that failed inside by the class of the error alone, and its line in the log by the trace', async () => {
    traces.forget();
    storeIsDown = true;
    const answer = await get('/v1/products?q=canary');
    storeIsDown = false;
    assert.equal(answer.status, 500);
    const span = only('GET /v1/products');
    assert.equal(span.attributes['error.type'], 'RangeError');
    assert.deepEqual([span.status, span.events], [{code: SpanStatusCode.ERROR}, []]);
    assert.doesNotMatch(traces.text(), /canary/);
    const failed = lines
      .map(line => JSON.parse(line) as Record<string, unknown>)
      .find(line => line['level'] === 'error')!;
    const {traceId, spanId} = span.spanContext();
    assert.deepEqual([failed['trace_id'], failed['span_id']], [traceId, spanId]);
  });

  it('is part of the trace its caller names, and of none that is malformed', async () => {
    traces.forget();
    const [traceId, callerId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    await get('/v1/shop', {traceparent: `00-${traceId}-${callerId}-01`, baggage: 'canary=1'});
    await get('/v1/categories', {traceparent: `00-${'0'.repeat(32)}-${callerId}-01`});
    const inside = only('GET /v1/shop');
    assert.equal(inside.spanContext().traceId, traceId);
    assert.deepEqual([inside.parentSpanContext?.spanId, inside.parentSpanContext?.isRemote], [callerId, true]);
    assert.equal(only('GET /v1/categories').parentSpanContext, undefined);
    assert.doesNotMatch(traces.text(), /canary/);
  });

  it('tells of a purchase from the order to the cards, and of no secret of it', async () => {
    traces.forget();
    sent.length = 0;
    const {items} = await client.listProducts({limit: 100});
    const item = items.find(
      ({skuId, stock, delivery, minimum}) => skuId && stock === 'in_stock' && delivery === 'automatic' && minimum === 1,
    )!;
    const quote = await client.createQuote({lines: [{skuId: item.skuId!, quantity: 1}]});
    const {order, token} = await client.placeOrder(
      {quote: quote.token!, contact, lookupPassword},
      {idempotencyKey: quote.intent!},
    );
    await client.openPayment(order.id, {method: 'sandbox-qr'}, {token, idempotencyKey: quote.intent!});
    await sandbox.payments.pay(sandbox.payments.list()[0]!.id);
    await jobs.idle();
    assert.equal((await client.getOrder(order.id, {token})).state, 'delivered');
    await client.revealKeys(order.id, {token});

    assert.equal(only('POST /v1/orders').attributes['http.response.status_code'], 201);
    const opened = only('sandbox open');
    assert.equal(opened.kind, SpanKind.CLIENT);
    assert.deepEqual(opened.attributes, {
      'keystall.provider': 'sandbox',
      'server.address': 'platform.example',
      'keystall.operation': 'open',
    });
    assert.equal(parentOf(opened)?.name, 'POST /v1/orders/:orderId/payments');
    const bought = only('acg-faka buy');
    assert.equal(bought.kind, SpanKind.CLIENT);
    assert.deepEqual(bought.attributes, {
      'keystall.protocol': 'acg-faka',
      'keystall.connection': 'main',
      'server.address': 'platform.example',
      'keystall.operation': 'buy',
      'keystall.outcome': 'delivered',
    });
    const job = parentOf(bought)!;
    assert.deepEqual(
      [job.name, job.kind, job.attributes],
      ['job procure', SpanKind.CONSUMER, {'keystall.job': 'procure'}],
    );
    assert.equal(job.parentSpanContext, undefined);

    const cards = sandbox.platform.ledger().orders.flatMap(each => each.cards);
    const {appKey, payKey, webhookSecret} = sandbox.credentials;
    const text = traces.text();
    const secrets = [
      token,
      quote.token!,
      quote.intent!,
      contact,
      lookupPassword,
      appKey,
      payKey,
      webhookSecret,
      ...cards,
    ];
    assert.ok(cards.length > 0);
    for (const secret of secrets) {
      assert.ok(secret.length > 4);
      assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1)), `"${secret}" is in a trace`);
    }
    assert.ok(!text.includes(order.id), 'an id of an order is in a trace');
    assert.ok(sent.length > 0);
    for (const {headers} of sent) {
      assert.deepEqual(
        [...headers.keys()].filter(name => /^(trace|baggage|b3)/.test(name)),
        [],
      );
    }
  });

  it('tells that a platform is away by what kind of failure it is', async () => {
    traces.forget();
    platformIsDown = true;
    await jobs.send({type: 'watch_stock', connectionId: 'main'});
    await jobs.send({type: 'look_at_good', connectionId: 'main', code: 'canary'});
    await jobs.idle();
    platformIsDown = false;
    const asked = only('acg-faka good');
    assert.deepEqual([asked.attributes['error.type'], asked.status.code], ['UpstreamError', SpanStatusCode.ERROR]);
    assert.equal(parentOf(asked)?.name, 'job look_at_good');
    assert.doesNotMatch(traces.text(), /canary|down/);
  });
});
