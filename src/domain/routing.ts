import {add, compare, type Money} from './money.ts';
import {covers, type Stock} from './stock.ts';

/**
 * By what a listing with several sources picks the one to buy from. `by_hand`: in the order the merchant wrote them down;
 * `weighted`: orders are spread in proportion to the weights, the same order always in the same way.
 */
export type RoutingPolicy = 'cheapest' | 'most_trusted' | 'fastest' | 'weighted' | 'by_hand';

export const routingPolicies: readonly RoutingPolicy[] = ['cheapest', 'most_trusted', 'fastest', 'weighted', 'by_hand'];

/** How a connection has behaved lately, as far as anybody knows. */
export interface SourceHealth {
  /** Calls that got an answer, whatever it said. */
  readonly answered: number;
  readonly calls: number;
  /** Milliseconds to an answer, on average; absent when there was none. */
  readonly latency?: number;
}

/** Everything a choice looks at. Sources stand in the merchant's order. */
export interface SourceState {
  readonly connectionId: string;
  /** What the pieces would cost there now, in total; `silent`: it did not say; `refused`: it does not sell them. */
  readonly cost: Money | 'silent' | 'refused';
  readonly stock: Stock;
  /** Prepaid money there; absent when nobody knows. */
  readonly balance?: Money;
  /** What lies in purchases there that have not come to an end. */
  readonly exposure: Money;
  /** Most that may. */
  readonly exposureCap?: Money;
  /** 0 to 100: how far it is to be relied on, see `Scorecard.score`. */
  readonly trust: number;
  /** Most that may lie there as long as the platform has not proven itself; absent when it has, or nobody asks it to. */
  readonly trialCap?: Money;
  readonly weight: number;
  readonly health: SourceHealth;
  /** Has refused this purchase for good, or not long ago for a reason that passes. */
  readonly refusal?: 'final' | 'passing';
}

/** Why a source was passed over. The first group stays as it is; the second may look different in a while. */
export type PassedReason =
  | 'tried'
  | 'not_sold'
  | 'sold_out'
  | 'too_dear'
  | 'silent'
  | 'resting'
  | 'wallet_too_small'
  | 'exposure_too_high'
  | 'on_trial';

export interface PassedSource {
  readonly connectionId: string;
  readonly reason: PassedReason;
}

const passing: ReadonlySet<PassedReason> = new Set([
  'silent',
  'resting',
  'wallet_too_small',
  'exposure_too_high',
  'on_trial',
]);

/** Where to buy, and why there. */
export type Route =
  | {
      readonly kind: 'buy';
      readonly connectionId: string;
      readonly cost: Money;
      readonly passed: readonly PassedSource[];
    }
  /** No source has all of it, some have a part: the most that one of them has. */
  | {readonly kind: 'split'; readonly quantity: number; readonly passed: readonly PassedSource[]}
  /** `later`: a source was passed over for a reason that may pass. */
  | {readonly kind: 'nowhere'; readonly later: boolean; readonly passed: readonly PassedSource[]};

export interface RouteRequest {
  readonly quantity: number;
  /** Most that all the pieces may cost. */
  readonly ceiling: Money;
  readonly policy: RoutingPolicy;
  readonly splits: boolean;
  /** Spreads `weighted` choices: the purchase's own id. */
  readonly seed: string;
}

/** Picks the source of a purchase. Same states, same choice. */
export function routePurchase(request: RouteRequest, sources: readonly SourceState[]): Route {
  const judged = sources.map(source => ({source, reason: objection(request, source)}));
  const passed = judged.flatMap(({source: {connectionId}, reason}) => (reason ? [{connectionId, reason}] : []));
  const [best] = rankSources(
    request,
    judged.filter(({reason}) => reason === undefined).map(({source}) => source),
  );
  if (best) return {kind: 'buy', connectionId: best.connectionId, cost: best.cost as Money, passed};
  const parts = request.splits ? judged.map(({source, reason}) => partOf(request, source, reason)) : [];
  const quantity = Math.max(0, ...parts);
  if (quantity > 0) return {kind: 'split', quantity, passed};
  return {kind: 'nowhere', later: passed.some(({reason}) => passing.has(reason)), passed};
}

function objection({quantity, ceiling}: RouteRequest, source: SourceState): PassedReason | undefined {
  const {cost, stock, balance, exposure, exposureCap, trialCap, refusal} = source;
  if (refusal) return refusal === 'final' ? 'tried' : 'resting';
  if (stock.kind === 'counted' && !covers(stock, quantity)) return 'sold_out';
  if (cost === 'silent') return 'silent';
  if (cost === 'refused') return 'not_sold';
  if (compare(cost, ceiling) > 0) return 'too_dear';
  if (balance && balance.currency === cost.currency && compare(balance, cost) < 0) return 'wallet_too_small';
  if (exposureCap && compare(add(exposure, cost), exposureCap) > 0) return 'exposure_too_high';
  if (trialCap && compare(add(exposure, cost), trialCap) > 0) return 'on_trial';
  return undefined;
}

/** How much of it a source without enough has. */
function partOf({quantity}: RouteRequest, {stock}: SourceState, reason: PassedReason | undefined): number {
  return reason === 'sold_out' && stock.kind === 'counted' && stock.count < quantity ? stock.count : 0;
}

/** Sources in the order they would be asked. One that is not well comes after all that are, except by hand. */
export function rankSources(
  {policy, seed}: Pick<RouteRequest, 'policy' | 'seed'>,
  sources: readonly SourceState[],
): readonly SourceState[] {
  const lot = new Map(sources.map(source => [source, lotOf(seed, source)]));
  const orders: Readonly<Record<RoutingPolicy, (left: SourceState, right: SourceState) => number>> = {
    cheapest: (left, right) => compare(left.cost as Money, right.cost as Money),
    most_trusted: (left, right) => right.trust - left.trust,
    fastest: (left, right) => (left.health.latency ?? slowest) - (right.health.latency ?? slowest),
    weighted: (left, right) => lot.get(right)! - lot.get(left)!,
    by_hand: () => 0,
  };
  const illness = (source: SourceState) => (policy !== 'by_hand' && isIll(source.health) ? 1 : 0);
  // Sorting is stable: what is equal stays in the merchant's order.
  return [...sources].sort((left, right) => illness(left) - illness(right) || orders[policy](left, right));
}

const fewestCalls = 5;
/** Nobody knows how fast it is: after those that are known. */
const slowest = Number.MAX_SAFE_INTEGER;

/** Answers less than every other call. */
export function isIll({answered, calls}: SourceHealth): boolean {
  return calls >= fewestCalls && answered * 2 < calls;
}

/**
 * Weighted rendezvous hashing (Schindelhauer, Schomaker 2005): a source wins in proportion to its weight, and when it
 * falls away, only what it would have got goes elsewhere.
 */
function lotOf(seed: string, {connectionId, weight}: SourceState): number {
  if (weight <= 0) return -Infinity;
  const unit = (hash(`${seed} ${connectionId}`) + 1) / 4_294_967_298;
  return -weight / Math.log(unit);
}

/** FNV-1a over UTF-16 units, stirred at the end (the finalizer of MurmurHash3): 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** What of several sources can really be sold: all together if a line may be split, else what the fullest has. */
export function sellableStock(stocks: readonly Stock[], splits: boolean): Stock {
  const known = stocks.filter(stock => stock.kind !== 'unknown');
  const unlimited = known.find(({kind}) => kind === 'unlimited');
  if (unlimited) return unlimited;
  const counted = known.filter(stock => stock.kind === 'counted');
  const counts = counted.map(({count}) => Math.max(0, count));
  const count = splits ? counts.reduce((left, right) => left + right, 0) : Math.max(0, ...counts);
  const isSure = known.length === stocks.length && stocks.length > 0;
  if (counted.length === 0 || (count === 0 && !isSure)) return {kind: 'unknown'};
  return {kind: 'counted', count, at: Math.min(...counted.map(({at}) => at))};
}
