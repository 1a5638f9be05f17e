import {createShopHandler} from './acg-faka/shop-handler.ts';
import {seedCatalogue} from './catalogue/seed-catalogue.ts';
import {systemClock, type Clock} from './clock.ts';
import type {SandboxSettings} from './control/control-handler.ts';
import {randomAppKey, randomToken, randomWebhookSecret, type SandboxCredentials} from './credentials.ts';
import {FaultBox} from './faults/fault-box.ts';
import type {FaultOrder} from './faults/fault.ts';
import {createCallbacks, type Callbacks} from './dujiao-next/callbacks.ts';
import {createOpenApiHandler, openApiPath} from './dujiao-next/open-api-handler.ts';
import {apiPath as kasushouPath, createKasushouHandler} from './kasushou/api-handler.ts';
import {apiPath as kayixinPath, createKayixinHandler} from './kayixin/api-handler.ts';
import {createV2Handler, v2Path} from './kakayun/v2-handler.ts';
import {createV3Handler, v3Path} from './kakayun/v3-handler.ts';
import {createEsaHandler, esaPath} from './kinguin/esa-handler.ts';
import {createPaymentHandler} from './payments/payment-handler.ts';
import {PaymentProvider, type PaymentsSnapshot} from './payments/payment-provider.ts';
import type {Merchant} from './platform/merchant.ts';
import {Platform} from './platform/platform.ts';
import {yuan} from './platform/wallets.ts';
import type {Catalogue, PlatformSnapshot} from './platform/platform-state.ts';
import {createGiftCardHandler, giftCardPath} from './reloadly/gift-card-handler.ts';
import {createRandom} from './random.ts';

/** An account on the platform. */
export interface SandboxMerchant {
  readonly appId: number;
  /** 16 characters; made up when absent. */
  readonly appKey?: string;
  readonly name?: string;
  /** Decimal text in CNY; `"10000"` when absent. Ignored for an account the snapshot already knows. */
  readonly balance?: string;
  /** Price group: 1 in the seeded catalogue has no discount, 2 has. `null`: none. Default 1. */
  readonly groupId?: number | null;
  readonly banned?: boolean;
}

export interface SandboxOptions extends Partial<SandboxCredentials> {
  /** Decides goods, cards, order numbers and which faults strike. Default `"keystall"`. */
  readonly seed?: string;
  readonly clock?: Clock;
  /** How notices reach the shop. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Gives unguessable text of at least 128 bits, for payment ids. */
  readonly token?: () => string;
  /** Default: one account, 1000, with ¥10,000. */
  readonly merchants?: readonly SandboxMerchant[];
  /** Default: the seeded catalogue. */
  readonly catalogue?: Catalogue;
  readonly shopName?: string;
  /** Faults that are armed from the beginning, such as `ordersOf` a scenario. */
  readonly armed?: readonly FaultOrder[];
  /** See {@link SandboxSettings}. Default 0. */
  readonly commitDelayMs?: number;
  /** Manual orders are delivered by themselves after this long. Default: never. */
  readonly deliverManualAfterMs?: number;
  /** Starts from what another sandbox left; `catalogue` is then ignored. */
  readonly snapshot?: SandboxSnapshot;
  /** Called after every change. */
  readonly onChange?: () => void;
}

/** Everything but keys and armed faults, as plain JSON. */
export interface SandboxSnapshot {
  readonly version: 1;
  readonly platform: PlatformSnapshot;
  readonly payments: PaymentsSnapshot;
}

export interface Sandbox {
  /**
   * Answers for the platform, `/pay` and `/control`.
   * Rejects with `ConnectionDropped` where a fault cuts the connection.
   */
  fetch(request: Request): Promise<Response>;
  readonly platform: Platform;
  readonly payments: PaymentProvider;
  readonly faults: FaultBox;
  readonly settings: SandboxSettings;
  readonly credentials: SandboxCredentials & {
    /** The first account's. */
    readonly appId: string;
    readonly appKey: string;
  };
  snapshot(): SandboxSnapshot;
  /** Stops every timer. */
  close(): void;
}

/** A simulated card platform that speaks several protocols, each on its own path, and a payment provider beside it. Runs in Node and in a page. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const seed = options.seed ?? 'keystall';
  const clock = options.clock ?? systemClock;
  const onChange = (): void => {
    callbacks.look();
    options.onChange?.();
  };
  const faults = new FaultBox({seed: `${seed}/faults`, now: () => clock.now()});
  for (const order of options.armed ?? []) faults.arm(order);
  const merchants = options.merchants ?? [{appId: 1000}];
  const keys = new Map(merchants.map(merchant => [merchant.appId, merchant.appKey ?? randomAppKey()]));
  const settings: SandboxSettings = {commitDelayMs: options.commitDelayMs ?? 0};
  const credentials = {
    payKey: options.payKey ?? randomToken(),
    webhookSecret: options.webhookSecret ?? randomWebhookSecret(),
    controlToken: options.controlToken ?? randomToken(),
    appId: String(merchants[0]?.appId ?? ''),
    appKey: keys.get(merchants[0]?.appId ?? 0) ?? '',
  };
  const platform = new Platform({
    snapshot: openingState(options, seed, merchants),
    clock,
    // The start is mixed in so that a restarted platform does not deal out the same order numbers again.
    random: createRandom(`${seed}/orders/${clock.now()}`),
    seed,
    ...(options.deliverManualAfterMs === undefined
      ? {}
      : {settings: {deliverManualAfterMs: options.deliverManualAfterMs}}),
    onChange,
  });
  const payments = new PaymentProvider({
    clock,
    fetch: options.fetch ?? (request => fetch(request)),
    token: options.token ?? randomToken,
    webhookSecret: credentials.webhookSecret,
    faults: faults.on('pay'),
    ...(options.snapshot === undefined ? {} : {snapshot: options.snapshot.payments}),
    onChange,
  });
  const callbacks: Callbacks = createCallbacks({
    platform,
    faults: faults.on('dujiao-next'),
    clock,
    fetch: options.fetch ?? (request => fetch(request)),
    secrets: keys,
  });
  const shop = createShopHandler({
    platform,
    faults: faults.on('acg-faka'),
    clock,
    keys,
    shopName: options.shopName ?? '异次元店铺',
    commitDelayMs: () => settings.commitDelayMs,
  });
  const openApi = createOpenApiHandler({
    platform,
    faults: faults.on('dujiao-next'),
    clock,
    secrets: keys,
    siteName: options.shopName ?? '独角数卡',
    commitDelayMs: () => settings.commitDelayMs,
    expectCallback: (order, url) => {
      callbacks.expect(order, url);
      callbacks.look();
    },
  });
  const kasushou = createKasushouHandler({
    platform,
    faults: faults.on('kasushou'),
    clock,
    keys,
    commitDelayMs: () => settings.commitDelayMs,
  });
  const kayixin = createKayixinHandler({
    platform,
    faults: faults.on('kayixin'),
    clock,
    secrets: keys,
    commitDelayMs: () => settings.commitDelayMs,
  });
  const dock = {platform, clock, keys, commitDelayMs: () => settings.commitDelayMs};
  const dockV3 = createV3Handler({...dock, faults: faults.on('kakayun-v3')});
  const dockV2 = createV2Handler({...dock, faults: faults.on('kakayun-v2')});
  const kinguin = createEsaHandler({
    platform,
    faults: faults.on('kinguin'),
    clock,
    keys,
    commitDelayMs: () => settings.commitDelayMs,
  });
  const reloadly = createGiftCardHandler({
    platform,
    faults: faults.on('reloadly'),
    clock,
    keys,
    commitDelayMs: () => settings.commitDelayMs,
  });
  const pay = createPaymentHandler(payments, credentials.payKey);
  // Loaded when it is first called: a page that holds the sandbox itself never does.
  let control: ((request: Request) => Promise<Response>) | undefined;
  const steer = async (request: Request): Promise<Response> => {
    const {createControlHandler} = await import('./control/control-handler.ts');
    control ??= createControlHandler({platform, payments, faults, settings, controlToken: credentials.controlToken});
    return control(request);
  };
  return {
    fetch: request => {
      const {pathname} = new URL(request.url);
      if (/^\/pay(\/|$)/.test(pathname)) return pay(request);
      if (pathname.startsWith(openApiPath)) return openApi(request);
      if (kasushouPath.test(pathname)) return kasushou(request);
      if (pathname.startsWith(kayixinPath)) return kayixin(request);
      if (pathname.startsWith(v3Path)) return dockV3(request);
      if (pathname.startsWith(v2Path)) return dockV2(request);
      if (pathname.startsWith(esaPath)) return kinguin(request);
      if (giftCardPath.test(pathname)) return reloadly(request);
      return /^\/control(\/|$)/.test(pathname) ? steer(request) : shop(request);
    },
    platform,
    payments,
    faults,
    settings,
    credentials,
    snapshot: () => ({version: 1, platform: platform.snapshot(), payments: payments.snapshot()}),
    close: () => {
      platform.close();
      payments.close();
      callbacks.close();
    },
  };
}

function openingState(options: SandboxOptions, seed: string, asked: readonly SandboxMerchant[]): PlatformSnapshot {
  const kept = options.snapshot?.platform;
  const base: PlatformSnapshot = kept ?? {
    ...(options.catalogue ?? seedCatalogue(seed)),
    version: 1,
    merchants: [],
    orders: [],
    movements: [],
    nestedStock: {},
  };
  const known = new Set(base.merchants.map(merchant => merchant.id));
  return {...base, merchants: [...base.merchants, ...asked.filter(({appId}) => !known.has(appId)).map(openAccount)]};
}

function openAccount(merchant: SandboxMerchant): Merchant {
  const groupId = merchant.groupId === undefined ? 1 : merchant.groupId;
  return {
    id: merchant.appId,
    name: merchant.name ?? `merchant-${merchant.appId}`,
    ...(groupId === null ? {} : {groupId}),
    balance: yuan(merchant.balance ?? '10000'),
    banned: merchant.banned ?? false,
  };
}
