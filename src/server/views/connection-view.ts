import type {CatalogueReading, Connection} from '../../contract/connection.ts';
import {money, subtract} from '../../domain/money.ts';
import {priceFor} from '../../domain/pricing.ts';
import {can} from '../../upstreams/optional-calls.ts';
import {priceRuleOf} from '../catalogue/good-rule.ts';
import {ownOffers} from '../catalogue/join-sources.ts';
import type {CatalogueSyncRecord, SyncCounts} from '../persistence/records.ts';
import {noticesAddress} from '../notices-address.ts';
import {readScorecard} from '../procurement/read-scorecard.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';

/** Reads how a connection stands, for the people of the shop. */
export async function readConnectionView(ports: ServerPorts, connectionId: string): Promise<Connection> {
  const {store, clock, config} = ports;
  const {
    upstream,
    config: {trial},
  } = connectionOf(ports, connectionId);
  const [counts, sync = {connectionId, failures: 0}, pinned, scorecard] = await Promise.all([
    store.listingCounts(connectionId),
    store.catalogueSync(connectionId),
    readPinned(ports, connectionId),
    readScorecard(ports, connectionId),
  ]);
  const {'': onSale = 0, ...paused} = counts;
  const {run, lastFull, lastChanges, lastFailure, notBefore} = sync;
  const last = [lastFull, lastChanges].filter(each => each !== undefined).toSorted((a, b) => b.endedAt - a.endedAt)[0];
  const address = can(upstream, 'webhook') ? noticesAddress(config, connectionId) : undefined;
  return {
    id: connectionId,
    protocol: upstream.protocol,
    onSale,
    paused: Object.entries(paused).map(([reason, count]) => ({reason, count})),
    state: stateOf(sync, clock.now()),
    ...(run && {reading: readingView(run)}),
    ...(lastFull && {lastFull: readingView(lastFull)}),
    ...(lastChanges && {lastChanges: readingView(lastChanges)}),
    ...(lastFailure && {lastFailure: {at: instant(lastFailure.at), text: lastFailure.text}}),
    ...(notBefore !== undefined && notBefore > clock.now() && {notBefore: instant(notBefore)}),
    // What a reading that is under way has found so far is only a part of it.
    left: [...(last?.left ?? run?.left ?? [])],
    pinned,
    scorecard: {
      ...scorecard,
      ...(trial && scorecard.standing !== 'proven' && {exposureCap: money(trial.exposureCap, config.shop.currency)}),
    },
    ...(upstream.endpoints && {endpoints: [...upstream.endpoints()]}),
    ...(address !== undefined && {noticesAddress: address}),
  };
}

function stateOf({run, notBefore = 0}: CatalogueSyncRecord, now: number): Connection['state'] {
  if (run && run.leaseUntil > now) return 'reading';
  if (notBefore > now) return 'failing';
  return run ? 'interrupted' : 'resting';
}

function readingView(reading: {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly counts: SyncCounts;
}): CatalogueReading {
  const {startedAt, endedAt, counts} = reading;
  return {startedAt: instant(startedAt), ...(endedAt !== undefined && {endedAt: instant(endedAt)}), ...counts};
}

async function readPinned(ports: ServerPorts, connectionId: string): Promise<Connection['pinned']> {
  const rule = connectionOf(ports, connectionId).config.listing;
  const codes = new Set((rule.goods ?? []).filter(({price}) => price !== undefined).map(({code}) => code));
  const listings = await ports.store.listingsById([...codes].map(code => stableId('prd', connectionId, code)));
  return listings.flatMap(listing =>
    ownOffers(listing).flatMap(({offer, costs}) => {
      const {pinned} = priceRuleOf(rule, listing.goodCode, offer.choices, {});
      if (pinned === undefined) return [];
      const cost = costs[0]!.price;
      const price = money(pinned, cost.currency);
      const byRule = priceFor(cost, rule.price);
      return {
        code: listing.goodCode,
        choices: offer.choices,
        productId: listing.id,
        price,
        cost,
        ...(byRule.kind === 'priced' && {byRule: byRule.price, drift: subtract(price, byRule.price)}),
      };
    }),
  );
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
