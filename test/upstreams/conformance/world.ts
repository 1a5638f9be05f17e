import assert from 'node:assert/strict';
import {checkDelivery} from '../../../src/domain/fulfilment.ts';
import {secretText} from '../../../src/domain/card-secret.ts';
import {beginLook, endLook, type Looks} from '../../../src/domain/looks.ts';
import type {Money} from '../../../src/domain/money.ts';
import {createSandbox, systemClock, type Good, type PlatformOrder, type Sandbox} from '../../../src/sandbox/index.ts';
import type {BuyOutcome, BuyRequest, FollowOutcome, FollowRequest, Upstream} from '../../../src/upstreams/port.ts';
import {cardsOf, catalogueOf, makeGood} from '../../sandbox/support/goods.ts';
import {startMeddler, type Meddler} from './meddler.ts';
import type {Opening, PlatformFixture} from './platform-fixture.ts';

/** One platform with its adapter, fresh for each case. */
export interface World {
  readonly fixture: PlatformFixture;
  readonly sandbox: Sandbox;
  readonly meddler: Meddler;
  readonly upstream: Upstream;
  readonly account: Opening['account'];
  /** Moves the platform's clock, and with it the adapter's. */
  passTime(milliseconds: number): void;
  /** The adapter again, opened differently. */
  reopen(change: Partial<Opening>): Upstream;
  now(): number;
  /** A purchase of the good's first offer. */
  request(code: string, overrides?: Partial<BuyRequest>): Promise<BuyRequest>;
  /** The code the adapter knows one of the world's goods by. */
  codeOf(code: string): string;
  /** The codes of its kinds, where each kind is a good of its own there; else its only one. */
  codesOf(code: string): readonly string[];
  /** Whether its goods come in variants. */
  readonly hasVariants: boolean;
  goods(): readonly Pick<Good, 'code' | 'title' | 'delivery'>[];
  /** Makes it so that so many pieces of a good are left. */
  setStock(code: string, count: number): Promise<void>;
  raisePrices(code: string, percent: number): void;
  /** Orders that the platform has made for a reference. */
  ordersOf(request: BuyRequest): readonly PlatformOrder[];
  /** What is in our wallet, as a decimal text. */
  balance(): string;
  close(): Promise<void>;
}

export const patient = new AbortController().signal;
export const plainCode = 'PLAIN00000000001';
export const kindsCode = 'KINDS00000000001';
export const manualCode = 'MANUAL0000000001';
const goodsOnFurtherPages = 120;

let references = 0;

export async function openWorld(fixture: PlatformFixture): Promise<World> {
  return fixture.openWorld ? fixture.openWorld() : openPlatform(fixture);
}

async function openPlatform(fixture: PlatformFixture): Promise<World> {
  let passed = 0;
  const clock = {...systemClock, now: () => Date.now() + passed};
  const sandbox = createSandbox({clock, catalogue: catalogue(), merchants: [{appId: 1000}, {appId: 2000}]});
  const meddler = await startMeddler(sandbox);
  const account = {id: sandbox.credentials.appId, key: sandbox.credentials.appKey};
  const pause = async (milliseconds: number) => void (passed += milliseconds);
  /** Orders without a reference, by the purchase that was on its way when they appeared. */
  const madeFor = new Map<string, string>();
  const reopen = (change: Partial<Opening>): Upstream => {
    const opened = fixture.open({url: meddler.url, account, clock: {now: clock.now, pause}, ...change});
    return {
      ...opened,
      async buy(request, signal) {
        const before = new Set(sandbox.platform.orders().map(({tradeNo}) => tradeNo));
        try {
          return await opened.buy(request, signal);
        } finally {
          for (const {tradeNo} of sandbox.platform.orders()) {
            if (!before.has(tradeNo)) madeFor.set(tradeNo, request.reference);
          }
        }
      },
    };
  };
  const upstream = reopen({});
  const codeOf = (code: string) => fixture.codeOf(sandbox.platform.good(code)!);
  const ordersOf = ({reference}: BuyRequest) =>
    sandbox.platform.orders().filter(({requestNo, tradeNo}) => (requestNo ?? madeFor.get(tradeNo)) === reference);
  return {
    fixture,
    sandbox,
    meddler,
    upstream,
    account,
    passTime(milliseconds) {
      passed += milliseconds;
    },
    reopen,
    now: clock.now,
    request: (code, overrides) => requestFor(upstream, codeOf(code), overrides),
    codeOf,
    codesOf(code) {
      const good = sandbox.platform.good(code)!;
      return fixture.kindCodes?.(good) ?? [fixture.codeOf(good)];
    },
    hasVariants: true,
    goods: () => sandbox.platform.goods(),
    setStock: async (code, count) => sandbox.platform.setStock(code, count),
    raisePrices: (code, percent) => sandbox.platform.raisePrices(code, percent),
    ordersOf,
    balance: () => sandbox.platform.merchant(1000)!.balance.amount,
    async close() {
      sandbox.close();
      await meddler.close();
    },
  };
}

/** A purchase of a good's first offer. */
export async function requestFor(
  upstream: Upstream,
  code: string,
  overrides: Partial<BuyRequest> = {},
): Promise<BuyRequest> {
  const good = await upstream.good(code, patient);
  const [offer] = good.offers;
  references += 1;
  return {
    reference: `c${references}`.padEnd(Math.min(12, upstream.capabilities.maximumReferenceLength), '0'),
    offer: {
      code: good.code,
      choices: offer!.choices,
      nested: good.nested,
      ...(offer!.sku !== undefined && {sku: offer!.sku}),
    },
    quantity: 1,
    fields: {},
    contact: 'keystall',
    password: 'q7Zr0pW2',
    delivery: good.delivery,
    ...overrides,
  };
}

function catalogue() {
  const plain = makeGood({id: 100, code: plainCode, memberPrice: '0.15', price: '0.20'});
  const kinds = makeGood({
    id: 101,
    code: kindsCode,
    title: '腾讯视频 会员 & "年卡"',
    races: [
      {name: '月卡', price: '10.01', tiers: []},
      {name: '季卡', price: '27.50', tiers: []},
    ],
  });
  const manual = makeGood({id: 102, code: manualCode, title: '代充', delivery: 'manual', manualStock: 20});
  const more: Good[] = Array.from({length: goodsOnFurtherPages}, (_, index) =>
    makeGood({id: 200 + index, code: `MORE${String(index).padStart(12, '0')}`, title: `礼品卡 ${index}`}),
  );
  const secrets = Array.from({length: 40}, (_, index) => `PLAIN-${String(index).padStart(4, '0')}-AAAA`);
  return catalogueOf(
    [plain, kinds, manual, ...more],
    [
      ...cardsOf(plain, secrets),
      ...cardsOf(kinds, ['KIND-1-AAAA', 'KIND-2-AAAA'], {race: '月卡'}),
      ...more.flatMap(good => cardsOf(good, [`CARD-${good.id}-AAAA`])),
    ],
  );
}

/** What the server lets pass before it looks into a lost answer again, at its more patient. */
const pauseMs = 90_000;

/** Goes on as the server would: looks into a lost answer, follows an accepted order, a few times each. */
export async function settle(world: World, request: BuyRequest, first: BuyOutcome): Promise<BuyOutcome> {
  let outcome = first;
  let looks: Looks = {reconciliations: 0};
  for (let look = 0; look < 3 && outcome.kind === 'unknown'; look++) {
    world.passTime(pauseMs);
    const begun = beginLook(looks, world.now(), world.upstream.capabilities.absentAfterMs);
    outcome = await world.upstream.reconcile(request, patient, begun.isLongAbsent);
    if (outcome.kind === 'unknown') looks = endLook(begun.looks, looks, outcome.absent ?? false, world.now());
  }
  if (outcome.kind !== 'accepted') return outcome;
  const {orderId, placeholder} = outcome;
  let shortSince: number | undefined;
  for (let look = 0; look < 3; look++) {
    // Cards that are missing may be on their way at first.
    if (look === 2) world.passTime(3_600_000);
    const found = await world.upstream.follow(
      {orderId, placeholder, ...(shortSince !== undefined && {shortSince})},
      patient,
    );
    if (found.kind === 'pending' && found.short) shortSince ??= world.now();
    if (found.kind === 'delivered') return {...outcome, kind: 'delivered', secret: found.secret};
    if (found.kind === 'absent') return {kind: 'bought_unreadable', text: found.text};
  }
  return outcome;
}

/** Whether an accepted order is followed to these cards. Not every platform says again what it took; the same, if it does. */
export async function isDelivered(
  {upstream}: World,
  order: FollowRequest,
  secret: string,
  taken: Money,
): Promise<void> {
  const {charged = taken, ...found} = (await upstream.follow(order, patient)) as FollowOutcome & {charged?: Money};
  assert.deepEqual([found, charged], [{kind: 'delivered', secret}, taken]);
}

/** What the shop would hand to a buyer of it. */
export function handedOver(outcome: BuyOutcome, quantity: number): readonly string[] {
  if (outcome.kind !== 'delivered') return [];
  const fulfilment = checkDelivery(outcome.secret, quantity);
  return 'cards' in fulfilment ? fulfilment.cards.map(secretText) : [];
}
