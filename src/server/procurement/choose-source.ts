import {atLeastNothing, money, subtract, sum, type Money} from '../../domain/money.ts';
import type {ProcurementState} from '../../domain/procurement.ts';
import {routePurchase, type Route, type RoutingPolicy, type SourceState} from '../../domain/routing.ts';
import type {Stock} from '../../domain/stock.ts';
import {isRefusal, type ConnectionGuards} from '../connection-guards.ts';
import type {AttemptRecord, LineSource, OrderLineRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Queries} from '../persistence/store.ts';
import type {OfferKey} from '../../upstreams/port.ts';
import {pausedForChannel} from '../catalogue/listing.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {mendable, mendingPauseMs} from './consequence.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';
import {readScorecard} from './read-scorecard.ts';

const readPatienceMs = 10_000;

export interface ChosenRoute {
  readonly route: Route;
  /** Prepaid money at the chosen source. */
  readonly balance?: Money;
  /** What a person reads when there was nowhere to buy. */
  readonly text: string;
}

/** Where a line may be bought: its sources in the merchant's order. */
export function sourcesOf({source, routing}: OrderLineRecord): readonly LineSource[] {
  return routing?.sources ?? [{connectionId: source.connectionId, offer: source.offer, weight: 1}];
}

/** Asks all sources that have not refused for good, and picks one of them. */
export async function chooseSource(
  ports: ServerPorts,
  guards: ConnectionGuards,
  procurement: ProcurementRecord,
  line: OrderLineRecord,
): Promise<ChosenRoute> {
  const sources = sourcesOf(line);
  const isOneOfMany = sources.length > 1;
  const {policy, splits} = line.routing ?? ({policy: 'by_hand', splits: false} as const);
  const attempts = await triedForLine(ports.store, procurement);
  const read = await Promise.all(
    sources.map(source => readSource(ports, guards, procurement, source, attempts, {policy, isOneOfMany})),
  );
  const route = routePurchase(
    {
      quantity: procurement.quantity,
      ceiling: procurement.costCeiling,
      policy,
      splits: splits && isOneOfMany,
      seed: procurement.id,
    },
    read.map(({state}) => state),
  );
  const chosen = route.kind === 'buy' ? read.find(({state}) => state.connectionId === route.connectionId) : undefined;
  const texts = read.flatMap(({state, error}) =>
    error === undefined ? [] : [`${state.connectionId}: ${error instanceof Error ? error.message : String(error)}`],
  );
  const passed = route.passed.map(({connectionId, reason}) => `${connectionId} ${reason}`);
  return {
    route,
    ...(chosen?.state.balance && {balance: chosen.state.balance}),
    text: [...passed, ...texts].join('; '),
  };
}

/** One try of a line at a source, and where the part of the line it was for stands. */
interface LineAttempt {
  readonly attempt: AttemptRecord;
  readonly state: ProcurementState;
}

/** What was tried for a line so far, by all its parts: a source that refused one part for good is not asked for another. */
export async function triedForLine(
  store: Pick<Queries, 'procurements' | 'attempts'>,
  {orderId, lineId}: ProcurementRecord,
): Promise<readonly LineAttempt[]> {
  const parts = (await store.procurements(orderId)).filter(part => part.lineId === lineId);
  const tried: LineAttempt[] = [];
  for (const {id, state} of parts) {
    for (const attempt of await store.attempts(id)) tried.push({attempt, state});
  }
  return tried;
}

async function readSource(
  ports: ServerPorts,
  guards: ConnectionGuards,
  {quantity}: ProcurementRecord,
  {connectionId, offer, weight}: LineSource,
  attempts: readonly LineAttempt[],
  {policy, isOneOfMany}: {readonly policy: RoutingPolicy; readonly isOneOfMany: boolean},
): Promise<{readonly state: SourceState; readonly error?: unknown}> {
  const {config, upstream} = connectionOf(ports, connectionId);
  const {currency} = ports.config.shop;
  const known = {
    connectionId,
    trust: config.trust,
    weight,
    health: guards.health(connectionId),
    ...(config.exposureCap !== undefined && {exposureCap: money(config.exposureCap, currency)}),
  };
  const nothing = {stock: {kind: 'unknown'} as Stock, exposure: money('0', currency)};
  const refusal = isOneOfMany ? refusalOf(attempts, connectionId, ports.clock.now()) : undefined;
  if (refusal) return {state: {...known, ...nothing, cost: 'silent', refusal}};
  if (await isForbidden(ports, connectionId, offer)) {
    const error = new Error(`Its platform does not let ${offer.code} be resold on the shop's channels.`);
    return {state: {...known, ...nothing, cost: 'refused'}, error};
  }
  try {
    const [cost, {balance}, stock, exposure, reputation] = await Promise.all([
      guards.ask(connectionId, readPatienceMs, signal => upstream.quote(offer, quantity, signal)),
      guards.ask(connectionId, readPatienceMs, signal => upstream.connect(signal)),
      isOneOfMany ? guards.ask(connectionId, readPatienceMs, signal => upstream.stock(offer, signal)) : nothing.stock,
      exposureOf(ports, connectionId),
      // Only where it decides something.
      config.trial || (policy === 'most_trusted' && isOneOfMany) ? reputationOf(ports, connectionId) : {},
    ]);
    return {state: {...known, ...reputation, cost, stock, ...(balance && {balance}), exposure}};
  } catch (error) {
    return {state: {...known, ...nothing, cost: isRefusal(error) ? 'refused' : 'silent'}, error};
  }
}

/** What may not be resold by this shop is not bought, even if it was when the buyer paid. */
async function isForbidden({store}: ServerPorts, connectionId: string, {code}: OfferKey): Promise<boolean> {
  const [listing] = await store.knownListings([stableId('prd', connectionId, code)]);
  return listing?.pausedFor === pausedForChannel;
}

/** What a source that is one of many has said to this line before. */
function refusalOf(tried: readonly LineAttempt[], connectionId: string, now: number): SourceState['refusal'] {
  if (hasFailed(tried, connectionId)) return 'final';
  const isResting = tried.some(
    ({attempt: {connectionId: at, outcome, settledAt = 0}}) =>
      at === connectionId && outcome?.kind === 'refused' && settledAt + mendingPauseMs > now,
  );
  return isResting ? 'passing' : undefined;
}

const paidForNothing: ReadonlySet<PurchaseOutcome['kind']> = new Set(['charged_without_goods', 'refunded']);
const gaveTooLittle: ReadonlySet<ProcurementState> = new Set(['partial', 'failed', 'partially_refunded', 'refunded']);

/** Whether a source has refused for good, or was paid and gave nothing or too little: it is not asked again. */
export function hasFailed(tried: readonly LineAttempt[], connectionId: string): boolean {
  return tried.some(({attempt: {connectionId: at, outcome, refunded}, state}) => {
    if (at !== connectionId || !outcome) return false;
    if (outcome.kind === 'refused') return !mendable.has(outcome.reason);
    return paidForNothing.has(outcome.kind) || gaveTooLittle.has(state) || refunded !== undefined;
  });
}

/** How far a platform is to be relied on, and what it may hold while it has not proven itself. */
async function reputationOf(
  ports: ServerPorts,
  connectionId: string,
): Promise<Pick<SourceState, 'trust'> & Partial<Pick<SourceState, 'trialCap'>>> {
  const {trial} = connectionOf(ports, connectionId).config;
  const {score: trust, standing} = await readScorecard(ports, connectionId);
  if (!trial || standing === 'proven') return {trust};
  return {trust, trialCap: money(trial.exposureCap, ports.config.shop.currency)};
}

/** What lies in purchases at a platform that have not come to an end. */
async function exposureOf({store, config}: ServerPorts, connectionId: string): Promise<Money> {
  const attempts = await store.openAttempts(connectionId);
  return sum(
    attempts
      .filter(({outcome}) => outcome?.kind !== 'refused')
      .map(({expectedCost, refunded}) => (refunded ? atLeastNothing(subtract(expectedCost, refunded)) : expectedCost)),
    config.shop.currency,
  );
}
