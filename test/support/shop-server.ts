import assert from 'node:assert/strict';
import type {Keys} from '../../src/contract/keys.ts';
import type {Order, PlacedOrder} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {Problem} from '../../src/contract/problem.ts';
import type {ProductPage} from '../../src/contract/product.ts';
import type {Product} from '../../src/contract/product-details.ts';
import type {Quote} from '../../src/contract/quote.ts';
import {createServer, type Server} from '../../src/server/app.ts';
import {checkConfig, env, type CheckedConfig, type ShopConfig} from '../../src/server/config/config.ts';
import {createUpstream} from '../../src/server/connections.ts';
import {askForSync} from '../../src/server/catalogue/sync-run.ts';
import type {DeliveryChannel} from '../../src/server/delivery/port.ts';
import type {PaymentProvider, PaymentStatus} from '../../src/server/payments/port.ts';
import type {AttemptRecord, PaymentRecord, ProcurementRecord} from '../../src/server/persistence/records.ts';
import type {Upstream} from '../../src/upstreams/port.ts';
import type {ServerPorts} from '../../src/server/ports.ts';
import {alone} from '../../src/server/presence.ts';
import {createKeyRing, type MasterKey} from '../../src/server/security/key-ring.ts';
import {sealToKey} from '../../src/server/security/seal-to-key.ts';
import {admit} from './console-people.ts';
import {checkAnswer} from './contract-check.ts';
import {fakeClock, type FakeClock} from './fake-clock.ts';
import {fakeLog, type FakeLog} from './fake-log.ts';
import {fakePaymentProvider, notification, referenceOf, type FakePaymentProvider} from './fake-payment-provider.ts';
import {fakeUpstream, type FakeUpstream} from './fake-upstream.ts';
import {handDrivenJobs, type HandDrivenJobs} from './hand-driven-jobs.ts';
import {createWatchedStore, type WatchedStore} from './watched-store.ts';

export const shopAddress = 'https://shop.example';
export {consoleToken} from './console-people.ts';
export const pageOrigin = 'https://page.example';

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly key?: string;
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown;
  /** Address of the caller; unknown if absent. */
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A shop server on fakes, and the moves of a buyer. Every answer it gives is checked against openapi.yaml. */
export interface TestShop {
  readonly ports: ServerPorts;
  readonly server: Server;
  readonly store: WatchedStore;
  readonly jobs: HandDrivenJobs;
  readonly clock: FakeClock;
  readonly log: FakeLog;
  readonly upstream: FakeUpstream;
  readonly provider: FakePaymentProvider;
  readonly otherProvider: FakePaymentProvider;
  fetch(path: string, call?: Call): Promise<Response>;
  /** Does what is due; with milliseconds, after that time has passed. */
  work(milliseconds?: number): Promise<void>;
  /** Reads a connection's whole catalogue now. Default: that of `upstream`. */
  sync(connectionId?: string): Promise<void>;
  /** The only SKU of the good with this code. */
  skuOf(code?: string): Promise<string>;
  quote(lines: readonly {skuId: string; quantity: number}[], coupon?: string): Promise<Quote>;
  /** A quote for so many pieces of the first good that can be bought. */
  agree(quantity?: number, code?: string, coupon?: string): Promise<Quote & {intent: string; token: string}>;
  place(quantity?: number, code?: string): Promise<PlacedOrder>;
  order(placed: PlacedOrder): Promise<Order>;
  openPayment(placed: PlacedOrder, method?: string): Promise<Payment>;
  /** What the provider sends when a payment changed. */
  notify(payment: Pick<Payment, 'id' | 'amount'>, status?: Partial<PaymentStatus>, eventId?: string): Promise<Response>;
  /** Places an order, opens a payment and has it confirmed. Nothing is bought before {@link work}. */
  placePaid(quantity?: number, code?: string): Promise<PlacedOrder>;
  reveal(placed: PlacedOrder): Promise<Keys>;
  procurement(placed: PlacedOrder): Promise<ProcurementRecord>;
  attempts(placed: PlacedOrder): Promise<readonly AttemptRecord[]>;
  payments(placed: PlacedOrder): Promise<readonly PaymentRecord[]>;
}

export interface TestShopOptions {
  readonly config?: Partial<ShopConfig>;
  readonly listing?: Partial<ShopConfig['connections'][number]['listing']>;
  readonly upstream?: FakeUpstream;
  /** Further connections by id, beside `main`, and what their configuration says. */
  readonly others?: Readonly<Record<string, FakeUpstream>>;
  readonly connections?: Readonly<Record<string, Partial<ShopConfig['connections'][number]>>>;
  /** Goods of a connection `own` of the shop's own stock. */
  readonly ownGoods?: readonly Extract<ShopConfig['connections'][number], {protocol: 'own-stock'}>['goods'][number][];
  readonly masterKeys?: readonly [MasterKey, ...MasterKey[]];
  readonly delivery?: readonly DeliveryChannel[];
  /** Takes payments beside the fakes. */
  readonly paymentProvider?: (clock: FakeClock) => PaymentProvider;
}

export const masterKey = (id: string, byte: number): MasterKey => ({id, bytes: new Uint8Array(32).fill(byte)});

export async function openShop(options: TestShopOptions = {}): Promise<TestShop> {
  const {upstream = fakeUpstream(), masterKeys = [masterKey('k1', 1)]} = options;
  const clock = fakeClock();
  const log = fakeLog();
  const jobs = handDrivenJobs(clock);
  const store = createWatchedStore({clock, queue: jobs});
  const [provider, otherProvider] = [fakePaymentProvider(), fakePaymentProvider('otherpay')];
  const config = testConfig(options);
  const keys = await createKeyRing(masterKeys);
  const upstreams = new Map<string, Upstream>([['main', upstream], ...Object.entries(options.others ?? {})]);
  for (const connection of config.connections) {
    if (connection.protocol !== 'own-stock') continue;
    upstreams.set(
      connection.id,
      createUpstream(connection, {secrets: noSecrets, clock, fetch: noFetch, home: {config, store, keys}}),
    );
  }
  const ports: ServerPorts = {
    config,
    store,
    presence: alone(),
    upstreams,
    payments: [provider, otherProvider, ...(options.paymentProvider ? [options.paymentProvider(clock)] : [])],
    delivery: options.delivery,
    keys,
    sealToKey,
    passwordIterations: 1000,
    clock,
    log,
  };
  const server = createServer(ports);
  let events = 0;

  const shop: TestShop = {
    ports,
    server,
    store,
    jobs,
    clock,
    log,
    upstream,
    provider,
    otherProvider,
    async fetch(path, call = {}) {
      const request = requestOf(path, call);
      const response = await server.fetch(request, call.address === undefined ? {} : {address: call.address});
      await checkAnswer(request, response);
      return response;
    },
    async work(milliseconds = 0) {
      clock.advance(milliseconds);
      await jobs.runDue(server.runJob);
    },
    async sync(connectionId = 'main') {
      await store.transaction(tx => askForSync(tx, connectionId));
      await server.runJob({type: 'sync_catalogue', connectionId}, new AbortController().signal);
    },
    async skuOf(code = upstream.goods[0]!.code) {
      const {items} = await json<ProductPage>(await shop.fetch('/v1/products?limit=100'));
      const {title} = [...upstream.goods, ...(options.ownGoods ?? [])].find(good => good.code === code)!;
      const {id} = items.find(item => item.title === title)!;
      const {skus} = await json<Product>(await shop.fetch(`/v1/products/${id}`));
      return skus[0]!.id;
    },
    quote: async (lines, coupon) =>
      json<Quote>(await shop.fetch('/v1/quotes', {body: {lines, ...(coupon !== undefined && {coupon})}})),
    async agree(quantity = 1, code, coupon) {
      const quote = await shop.quote([{skuId: await shop.skuOf(code), quantity}], coupon);
      assert.ok(quote.intent !== undefined && quote.token !== undefined, `not for sale: ${JSON.stringify(quote)}`);
      return {...quote, intent: quote.intent, token: quote.token};
    },
    async place(quantity, code) {
      const {intent, token} = await shop.agree(quantity, code);
      const body = {quote: token, contact: 'buyer@example.com'};
      return json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent, body}), 201);
    },
    order: async ({order, token}) => json<Order>(await shop.fetch(`/v1/orders/${order.id}`, {token})),
    async openPayment({order, token}, method = 'fakepay-page') {
      const call = {token, key: 'payment-key-0001', body: {method}};
      return json<Payment>(await shop.fetch(`/v1/orders/${order.id}/payments`, call), 201);
    },
    async notify({id, amount}, status = {}, eventId = `event-${++events}`) {
      const whole: PaymentStatus = {state: 'paid', providerReference: referenceOf(id), amount, ...status};
      const {path, body, headers} = notification('fakepay', {eventId, paymentId: id, status: whole});
      return shop.fetch(path, {method: 'POST', body, headers});
    },
    async placePaid(quantity, code) {
      const placed = await shop.place(quantity, code);
      await shop.notify(await shop.openPayment(placed));
      assert.equal((await shop.order(placed)).state, 'paid');
      return placed;
    },
    reveal: async ({order, token}) =>
      json<Keys>(await shop.fetch(`/v1/orders/${order.id}/keys`, {method: 'POST', token})),
    async procurement({order}) {
      const [procurement] = await store.procurements(order.id);
      assert.ok(procurement, 'nothing is being bought for this order');
      return procurement;
    },
    attempts: async placed => store.attempts((await shop.procurement(placed)).id),
    payments: ({order}) => store.payments(order.id),
  };
  await admit(store);
  await shop.sync();
  for (const connectionId of [...upstreams.keys()].slice(1)) {
    await shop.sync(connectionId);
  }
  return shop;
}

const noSecrets = () => assert.fail('own stock has no secrets of a platform');
const noFetch = () => assert.fail('own stock asks nobody');

export function testConfig(options: TestShopOptions = {}): CheckedConfig {
  const {config = {}, listing = {}, others = {}, connections = {}, ownGoods = []} = options;
  return checkConfig(
    {
      shop: {name: '卡铺', currency: 'CNY', notices: ['欢迎'], reveal: 'in-page'},
      address: shopAddress,
      origins: [pageOrigin],
      connections: [
        ...['main', ...Object.keys(others)].map(id => ({
          id,
          protocol: 'acg-faka' as const,
          url: `https://${id}.example`,
          credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
          listing: {price: {markup: {percent: '20'}}, ...listing},
          ...connections[id],
        })),
        ...(ownGoods.length > 0
          ? [
              {
                id: 'own',
                protocol: 'own-stock' as const,
                goods: ownGoods,
                listing: {price: {markup: {percent: '20'}}, ...listing},
                ...connections['own'],
              },
            ]
          : []),
      ],
      payments: [
        {provider: 'sandbox', url: 'https://pay.example', merchantKey: env('PAY_KEY'), webhookSecret: env('HOOK')},
      ],
      ...config,
    },
    {APP_ID: '1000', APP_KEY: 'key', PAY_KEY: 'pay', HOOK: 'whsec_AAAA'},
  ).config;
}

export function requestOf(path: string, {method, token, key, body, headers = {}, signal}: Call): Request {
  return new Request(new URL(path, shopAddress), {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body !== undefined && {'Content-Type': 'application/json'}),
      ...(token !== undefined && {Authorization: `Bearer ${token}`}),
      ...(key !== undefined && {'Idempotency-Key': key}),
      ...headers,
    },
    ...(body !== undefined && {
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
    }),
    ...(signal && {signal}),
  });
}

/** The body of an answer that has this status. */
export async function json<Body>(response: Response, status = 200): Promise<Body> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text) as Body;
}

/** The problem that an answer is, and that it has this code. */
export async function problem(response: Response, code: string): Promise<Problem> {
  const body = (await response.json()) as Problem;
  assert.equal(body.code, code, JSON.stringify(body));
  return body;
}
