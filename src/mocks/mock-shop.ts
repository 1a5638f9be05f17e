import {delay, http, type HttpHandler} from 'msw';
import {systemClock as sandboxClock} from '../sandbox/clock.ts';
import {createSandbox, type Sandbox} from '../sandbox/index.ts';
import {seedTranslations} from '../sandbox/catalogue/seed-translations.ts';
import {createServer, type Server} from '../server/app.ts';
import {systemClock, type Clock} from '../server/clock.ts';
import {checkConfig, env} from '../server/config/config.ts';
import {createMemoryJobs} from '../server/jobs/memory-jobs.ts';
import {silentLog} from '../server/log.ts';
import {createBankTransferProvider} from '../server/payments/bank-transfer/bank-transfer-provider.ts';
import {createSandboxProvider} from '../server/payments/sandbox/sandbox-provider.ts';
import {createMemoryStore} from '../server/persistence/memory-store.ts';
import type {ServerPorts} from '../server/ports.ts';
import {alone} from '../server/presence.ts';
import {createKeyRing} from '../server/security/key-ring.ts';
import {createAcgFaka} from '../upstreams/acg-faka/index.ts';
import {createShopAssistant, type ShopAssistant} from './shop-assistant.ts';
import {scenarioCatalogue, scenarios, type Scenario, type ScenarioName} from './scenario.ts';

export interface MockShopOptions {
  /** Where the elements and the client look for the shop. Default `https://shop.mock`. */
  readonly address?: string;
  /** Default `default`. */
  readonly scenario?: ScenarioName;
  /** Decides goods and cards. Default `keystall`. */
  readonly seed?: string;
  /** Tells the shop and the platform what time it is. Default: this machine's. */
  readonly clock?: Clock;
}

/** The real shop server on a store in memory, with a sandbox platform behind it. */
export interface MockShop {
  readonly address: string;
  /** For `setupWorker` in a page or `setupServer` in Node. Whatever the server has no answer for, it says so loudly. */
  readonly handlers: readonly HttpHandler[];
  /** The platform and the payment provider: pay, decline, deliver, arm faults, read the ledger. */
  readonly sandbox: Sandbox;
  /** Plays the people of the shop. */
  readonly assistant: ShopAssistant;
  /** Resolves when the server has nothing left to do at once. */
  idle(): Promise<void>;
  /** Stops every timer. */
  close(): Promise<void>;
}

const platformAddress = 'https://platform.mock';

/** What stands behind an official source: of nobody, for a platform that is nobody's. */
const paper = {
  statement: '品牌授权书（演示），编号 DEMO-2026-014，授权本店销售充值卡与会员。',
  statements: {
    en: 'Brand authorisation (demo), no. DEMO-2026-014: this shop may sell its top-up cards and memberships.',
  },
  url: `${platformAddress}/papers/demo-2026-014`,
  validUntil: '2099-12-31',
};
const declineAfterMs = 1500;

/** Nobody's account: it fails the check that every real number passes. */
const account = {payee: 'Keystall 演示店', bank: '演示银行 成都高新支行', account: '6200 0000 0000 0000 001'};
const transfer = {
  ...account,
  id: 'bank-transfer',
  labels: {'zh-CN': '银行转账', 'zh-TW': '銀行轉帳', en: 'Bank transfer'},
  note: {
    'zh-CN': '工作日 9:00 至 18:00 对账，到账后一般半小时内发货。',
    'zh-TW': '工作日 9:00 至 18:00 對帳，入帳後一般半小時內出貨。',
    en: 'We check the account on working days, 9:00 to 18:00, and deliver within half an hour of the money’s arrival.',
  },
  windowMs: 3 * 24 * 3_600_000,
};

/** Opens a shop that lives in this page or process. Its catalogue is read before this resolves. */
export async function createMockShop(options: MockShopOptions = {}): Promise<MockShop> {
  const {address = 'https://shop.mock', seed = 'keystall', clock = systemClock} = options;
  const scenario = scenarios[options.scenario ?? 'default'];
  let isPlatformDown = false;
  const sandbox = createSandbox({
    seed,
    clock: {...sandboxClock, now: () => clock.now()},
    catalogue: scenarioCatalogue(scenario, seed),
    fetch: request => server.fetch(request),
    onChange: () => declineIfAsked(scenario, sandbox),
  });
  const {isOfficial, payments} = scenario;
  const ports = await mockPorts({address, seed, clock, isOfficial, payments}, sandbox, request =>
    isPlatformDown ? Promise.reject(new TypeError('The platform is down.')) : sandbox.fetch(request),
  );
  const server: Server = createServer(ports);
  const {jobs} = ports;
  await jobs.start(server.runJob);
  await jobs.send({type: 'sync_catalogue', connectionId: 'sandbox'});
  await jobs.idle();
  isPlatformDown = scenario.platformGoesDown;

  return {
    address,
    sandbox,
    assistant: createShopAssistant(ports),
    handlers: [
      http.all(`${address}/*`, async ({request}) => {
        if (scenario.latencyMs > 0) await delay(scenario.latencyMs);
        const response = await server.fetch(request);
        if (response.status === 404 && !new URL(request.url).pathname.startsWith('/v1/')) {
          throw new Error(`The mock shop has no answer for ${request.method} ${request.url}. Only /v1 is mocked.`);
        }
        return response;
      }),
    ],
    idle: () => jobs.idle(),
    async close() {
      sandbox.close();
      await jobs.stop();
    },
  };
}

async function mockPorts(
  {
    address,
    seed,
    clock,
    isOfficial,
    payments,
  }: Required<Pick<MockShopOptions, 'address' | 'seed' | 'clock'>> & Pick<Scenario, 'isOfficial' | 'payments'>,
  sandbox: Sandbox,
  platformFetch: (request: Request) => Promise<Response>,
): Promise<ServerPorts & {readonly jobs: ReturnType<typeof createMemoryJobs>}> {
  const page = globalThis.location?.origin;
  const {appId, appKey, payKey: merchantKey, webhookSecret} = sandbox.credentials;
  const cashier = {
    url: `${platformAddress}/pay`,
    merchantKey,
    webhookSecret,
    methods: payments.filter(method => method !== 'transfer'),
    codeSeconds: 120,
  };
  const takesTransfers = payments.includes('transfer');
  const {config} = checkConfig(
    {
      // No frame of another origin can be served from within a page.
      shop: {name: 'Keystall', currency: 'CNY', reveal: 'in-page'},
      address,
      origins: page === undefined || page === 'null' ? [] : [page],
      connections: [
        {
          id: 'sandbox',
          protocol: 'acg-faka',
          url: platformAddress,
          credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
          ...(isOfficial && {source: {kind: 'official' as const, evidence: paper}}),
          listing: {price: {markup: {percent: '8'}, step: '0.1'}, ...seedTranslations(seed)},
        },
      ],
      coupons: [
        {code: 'WELCOME', discount: {percent: '10'}, usesPerContact: 1},
        {code: 'MINUS5', discount: {fixed: '5'}, minimum: '50'},
      ],
      payments: [
        {
          provider: 'sandbox',
          url: cashier.url,
          methods: [...cashier.methods],
          codeSeconds: cashier.codeSeconds,
          merchantKey: env('PAY_KEY'),
          webhookSecret: env('WEBHOOK_SECRET'),
        },
        ...(takesTransfers ? [{provider: 'bank-transfer' as const, id: transfer.id, ...account}] : []),
      ],
    },
    {
      APP_ID: appId,
      APP_KEY: appKey,
      PAY_KEY: merchantKey,
      WEBHOOK_SECRET: webhookSecret,
    },
  );
  const fetchPlatform: typeof fetch = (input, init) => platformFetch(new Request(input, init));
  const jobs = createMemoryJobs({clock});
  return {
    config,
    jobs,
    store: createMemoryStore({clock, queue: jobs}),
    presence: alone(),
    // Not by way of the configuration: that would bring along every platform and provider there is, and what they need.
    upstreams: new Map([
      ['sandbox', createAcgFaka({url: platformAddress, appId, appKey, fetch: fetchPlatform, clock})],
    ]),
    payments: [
      createSandboxProvider({...cashier, fetch: fetchPlatform}),
      ...(takesTransfers ? [createBankTransferProvider(transfer)] : []),
    ],
    keys: await createKeyRing([{id: 'mock', bytes: crypto.getRandomValues(new Uint8Array(32))}]),
    clock,
    log: silentLog,
  };
}

function declineIfAsked({declinesPayments}: Scenario, sandbox: Sandbox): void {
  if (!declinesPayments) return;
  for (const {id, status} of sandbox.payments.list()) {
    if (status === 'pending')
      setTimeout(() => void sandbox.payments.decline(id).catch(() => undefined), declineAfterMs);
  }
}
