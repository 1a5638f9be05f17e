import {compare, money, multiply, type Money} from '../../domain/money.ts';
import {covers, type Stock} from '../../domain/stock.ts';
import {withDeadline} from '../../upstreams/deadline.ts';
import type {UpstreamWith} from '../../upstreams/optional-calls.ts';
import {
  UpstreamError,
  type BuyOutcome,
  type BuyRequest,
  type Capabilities,
  type Good,
  type RefusalReason,
} from '../../upstreams/port.ts';
import {askForSync} from '../catalogue/sync-run.ts';
import type {Clock} from '../clock.ts';
import type {OwnGoodConfig} from '../config/own-stock-config.ts';
import type {OwnStockCount} from '../persistence/records.ts';
import type {OwnSale, Store} from '../persistence/store.ts';
import type {KeyRing} from '../security/key-ring.ts';
import {openOwnCard, OwnCardError} from './seal-own-card.ts';

/** What the shop's own stock can do. There is no wire in between: what is taken and what is written down is one step. */
export const capabilities = {
  webhook: false,
  webhookSigned: false,
  cancel: false,
  refund: false,
  delta: false,
  orders: false,
  search: false,
  pages: false,
  countsStock: true,
  deliveryKinds: true,
  queryByReference: false,
  idempotency: 'replay',
  claimsReference: true,
  quote: true,
  costCeiling: true,
  refusalReasons: true,
  refundStatus: false,
  refundsInPart: false,
  cardsOutliveRefund: true,
  pickCard: false,
  maximumReferenceLength: 64,
  /** Each holds a connection to the database. */
  parallelPurchases: 4,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

export type OwnStock = UpstreamWith<typeof capabilities>;

export interface OwnStockOptions {
  readonly connectionId: string;
  readonly goods: readonly OwnGoodConfig[];
  /** The shop's: costs are in it. */
  readonly currency: string;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** Shows what is left of a good after a sale. */
  readonly onSold?: ((good: OwnGoodConfig) => Promise<void>) | undefined;
}

const patienceMs = 20_000;

/** The shop's own stock (自营) as one more source beside the platforms, over the shop's own database. */
export function createOwnStock(options: OwnStockOptions): OwnStock {
  const {connectionId, goods, currency, store, keys, clock, onSold} = options;
  return {
    protocol: 'own-stock',
    capabilities,
    connect: async () => ({name: connectionId}),
    async catalogue(signal) {
      const counts = await read(signal, () => store.ownStock(connectionId));
      const categories = [...new Set(goods.map(({category}) => category))].map(name => ({id: name, name}));
      return {categories, goods: goods.map(good => asGood(good, counts)), rejected: []};
    },
    async good(code, signal) {
      return asGood(goodOf(code), await read(signal, () => store.ownStock(connectionId)));
    },
    async stock({code}, signal) {
      const good = goodOf(code);
      return stockOf(good, await read(signal, () => store.ownStock(connectionId)));
    },
    async quote({code}, quantity) {
      if (!Number.isSafeInteger(quantity) || quantity < 1) {
        throw new RangeError(`A whole quantity from 1 is needed, got ${quantity}.`);
      }
      return multiply(costOf(goodOf(code)), quantity);
    },
    buy,
    /** The same reference never takes a second card, so asking again is how a lost answer is found. */
    reconcile: buy,
    async follow({orderId}, signal) {
      const sale = await read(signal, () => store.ownSale(connectionId, orderId));
      if (!sale) return {kind: 'absent', text: `Nothing was taken from stock under ${orderId}.`};
      return {kind: 'delivered', secret: await secretOf(sale)};
    },
    picture: async url => {
      throw new UpstreamError('absent', `Own stock has no picture ${url}.`);
    },
  };

  async function buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome> {
    const {offer, quantity, reference, costCeiling} = request;
    const good = goods.find(({code}) => code === offer.code);
    if (!good) return refused('not_for_sale', `There is no good ${offer.code} in the configuration.`);
    if (Object.keys(offer.choices).length > 0) return refused('choice_not_allowed', 'Own stock has no variants.');
    const {minimum, maximum = Infinity} = limitsOf(good);
    if (!Number.isSafeInteger(quantity) || quantity < minimum || quantity > maximum) {
      return refused('quantity_not_allowed', `From ${minimum} to ${maximum} pieces, got ${quantity}.`);
    }
    const charged = multiply(costOf(good), quantity);
    if (costCeiling && compare(charged, costCeiling) > 0) {
      return refused('price_too_high', `It costs ${charged.amount} and may cost ${costCeiling.amount}.`);
    }
    try {
      const outcome = await withDeadline(signal, patienceMs, () => take(good, {reference, quantity, charged}));
      if (outcome.kind === 'delivered') await show(good, signal);
      return outcome;
    } catch (error) {
      if (error instanceof OwnCardError) return refused('credentials', error.message);
      const isLate = error instanceof Error && ['DeadlineError', 'AbortedError'].includes(error.name);
      const text = `The database did not say whether the cards were taken (${error instanceof Error ? error.name : 'error'}).`;
      return {kind: 'unknown', reason: isLate ? 'timeout' : 'connection', text};
    }
  }

  /** What was sold is sold, also when it cannot be shown: the next reading shows it, and a quote counts for itself. */
  async function show(good: OwnGoodConfig, signal: AbortSignal): Promise<void> {
    await withDeadline(signal, patienceMs, async () => onSold?.(good)).catch(() => {});
  }

  /** A card that does not open is not taken: nobody would get it, and it would be gone. */
  async function take(
    good: OwnGoodConfig,
    order: {readonly reference: string; readonly quantity: number; readonly charged: Money},
  ): Promise<BuyOutcome> {
    return store.transaction(async tx => {
      const sale = await tx.sellOwnCards({
        ...order,
        connectionId,
        goodCode: good.code,
        at: clock.now(),
        reusable: isReusable(good),
        stockCap: good.stockCap,
      });
      if (sale === 'sold_out') return refused('sold_out', `Fewer than ${order.quantity} are left of ${good.code}.`);
      const {goodCode, quantity, charged} = sale.sale;
      if (goodCode !== good.code || quantity !== order.quantity) {
        return refused('other', `The reference was used for ${quantity} of ${goodCode}.`);
      }
      const secret = await secretOf(sale);
      // Nobody is to wait for the next reading should this process end before it has shown that nothing is left.
      if (!covers(stockOf(good, await tx.ownStock(connectionId)), 1)) {
        await askForSync(tx, connectionId);
        await tx.enqueue({type: 'sync_catalogue', connectionId});
      }
      return {
        kind: 'delivered',
        orderId: order.reference,
        charged,
        secret,
        ...(good.usage !== undefined && {note: good.usage}),
        ...(isReusable(good) && {reusable: true}),
      };
    });
  }

  async function secretOf({sale: {quantity}, cards}: OwnSale): Promise<string> {
    const texts = await Promise.all(cards.map(card => openOwnCard(keys, card)));
    return Array.from({length: quantity}, (_, index) => texts[index % texts.length]!).join('\n');
  }

  function goodOf(code: string): OwnGoodConfig {
    const good = goods.find(candidate => candidate.code === code);
    if (!good) throw new UpstreamError('absent', `There is no good ${code} in the configuration.`);
    return good;
  }

  function costOf({cost}: OwnGoodConfig): Money {
    return money(cost, currency);
  }

  function stockOf(good: OwnGoodConfig, counts: readonly OwnStockCount[]): Stock {
    return ownStockOf(good, counts, clock.now());
  }

  function asGood(good: OwnGoodConfig, counts: readonly OwnStockCount[]): Good {
    const {code, title, category, description = '', contact} = good;
    return {
      code,
      title,
      categoryId: category,
      description,
      delivery: 'automatic',
      contact,
      ...limitsOf(good),
      fields: [],
      options: [],
      offers: [{choices: {}, costs: [{from: good.minimum, price: costOf(good)}], stock: stockOf(good, counts)}],
      nested: false,
    };
  }
}

/** What can be had of a good: what is in stock, and no more than what its cap leaves. */
export function ownStockOf(good: OwnGoodConfig, counts: readonly OwnStockCount[], at: number): Stock {
  const {unsold, sold} = counts.find(({goodCode}) => goodCode === good.code) ?? {unsold: 0, sold: 0};
  const left = Math.max(0, (good.stockCap ?? Infinity) - sold);
  const count = Math.min(isReusable(good) && unsold > 0 ? Infinity : unsold, left);
  return count === Infinity ? {kind: 'unlimited', at} : {kind: 'counted', count, at};
}

export function isReusable({cards}: OwnGoodConfig): boolean {
  return cards === 'reusable';
}

function limitsOf(good: OwnGoodConfig): Pick<Good, 'minimum' | 'maximum'> {
  const maximum = good.maximum ?? (isReusable(good) ? good.minimum : undefined);
  return {minimum: good.minimum, ...(maximum !== undefined && {maximum})};
}

function refused(reason: RefusalReason, text: string): BuyOutcome {
  return {kind: 'refused', reason, text};
}

/** A question to the database. @throws {UpstreamError} when it is not answered */
async function read<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await withDeadline(signal, patienceMs, ask);
  } catch (error) {
    throw new UpstreamError('connection', 'The database did not say what is in stock.', {cause: error});
  }
}
