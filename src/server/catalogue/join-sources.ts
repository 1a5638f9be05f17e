import {compare, money, subtract} from '../../domain/money.ts';
import {mayBeSoldFor} from '../../domain/pricing.ts';
import {sellableStock} from '../../domain/routing.ts';
import type {Stock} from '../../domain/stock.ts';
import type {JoinedListing} from '../config/config.ts';
import {pausedForAbsence} from '../persistence/catalogue-changes.ts';
import type {ListedOffer, ListingRecord, OfferSource} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';

/** The `pausedFor` of a listing that is sold as a source of another one. */
export const pausedForJoining = 'joined';

type Source = JoinedListing['sources'][number];

/**
 * Listings of a connection as they are put down: those that lead a joined listing with all its sources, those that belong
 * to another one hidden.
 */
export async function joinListings(
  {config}: ServerPorts,
  tx: Transaction,
  connectionId: string,
  listings: readonly ListingRecord[],
): Promise<readonly ListingRecord[]> {
  const fresh = new Map(listings.map(listing => [listing.id, listing]));
  for (const rule of config.listings) {
    const own = rule.sources.find(({connection}) => connection === connectionId);
    const found = own && fresh.get(listingIdOf(own));
    if (!found) continue;
    if (own !== rule.sources[0]) {
      fresh.set(found.id, {...found, pausedFor: pausedForJoining});
      continue;
    }
    const joined = await joinListing(config, tx, rule, found, await tx.listing(found.id));
    if (joined) fresh.set(found.id, joined);
  }
  return [...fresh.values()];
}

/**
 * Brings the joined listings that a connection has a part in up to date with what lies on the shelves now; with `ids`, only
 * those that these listings are part of. A leader that its own platform does not offer stays for sale while another source
 * has it.
 */
export async function rejoinListings(
  {config}: Pick<ServerPorts, 'config'>,
  tx: Transaction,
  connectionId: string,
  ids?: readonly string[],
): Promise<void> {
  const rules = rulesOf(config, connectionId, ids && new Set(ids));
  await lockListings({config}, tx, connectionId, ids ?? rules.flatMap(idsOf));
  for (const rule of rules) {
    const stored = await tx.listing(listingIdOf(rule.sources[0]!));
    if (!stored) continue;
    const isOffered =
      stored.pausedFor === undefined &&
      stored.offers.some(offer => sourceOf(stored, offer).connectionId === stored.connectionId);
    const joined = await joinListing(config, tx, rule, isOffered ? stored : undefined, stored);
    await tx.saveListing(joined ?? {...stored, pausedFor: stored.pausedFor ?? pausedForAbsence});
  }
}

/**
 * Locks listings of a connection, and all that they are joined with, in one order. Whoever changes several in one
 * transaction does it before the first change, and after {@link Transaction.lockCatalogueSync} where it needs both, so
 * that nobody waits for each other.
 */
export async function lockListings(
  {config}: Pick<ServerPorts, 'config'>,
  tx: Transaction,
  connectionId: string,
  ids: readonly string[],
): Promise<void> {
  const joined = rulesOf(config, connectionId, new Set(ids)).flatMap(idsOf);
  const all = new Set([...ids, ...joined]);
  if (all.size > 0) await tx.knownListings([...all]);
}

/** What a connection's listings, or these of them, are joined by. */
function rulesOf(
  {listings}: ServerPorts['config'],
  connectionId: string,
  ids: ReadonlySet<string> | undefined,
): readonly JoinedListing[] {
  return listings.filter(({sources}) =>
    sources.some(source => source.connection === connectionId && (ids?.has(listingIdOf(source)) ?? true)),
  );
}

function idsOf({sources}: JoinedListing): readonly string[] {
  return sources.map(listingIdOf);
}

/**
 * @param found the leader as its platform offers it; absent when it does not
 * @param stored the joined listing as it was
 */
async function joinListing(
  config: ServerPorts['config'],
  tx: Transaction,
  {sources, policy, splits}: JoinedListing,
  found: ListingRecord | undefined,
  stored: ListingRecord | undefined,
): Promise<ListingRecord | undefined> {
  const base = found ?? stored;
  if (!base) return undefined;
  const offers: ListedOffer[] = [];
  for (const source of sources) {
    const member = source === sources[0] ? found : await tx.listing(listingIdOf(source));
    // A leader of its own right, or one that is gone, is no source.
    if (!member || (source !== sources[0] && member.pausedFor !== pausedForJoining)) continue;
    offers.push(...matchingOffers(base, member, source, stored));
  }
  if (offers.length === 0) return undefined;
  const joined = withOffers(config, {...base, offers, routing: {policy, splits}});
  const {pausedFor: _, ...onSale} = joined;
  return onSale;
}

/** The member's offers under the SKUs of the listing they join. */
function matchingOffers(
  base: ListingRecord,
  member: ListingRecord,
  {weight}: Source,
  stored: ListingRecord | undefined,
): ListedOffer[] {
  return base.product.skus.flatMap(sku => {
    const isOnly = base.product.skus.length === 1 && member.product.skus.length === 1;
    const match = member.product.skus.find(({choices}) => isOnly || isSameChoice(choices, sku.choices));
    const listed = match && ownOffer(member, match.id);
    if (!listed) return [];
    const own = sourceOf(member, listed);
    const before = stored?.offers.find(
      offer => offer.skuId === sku.id && offer.source?.connectionId === member.connectionId,
    );
    const source: OfferSource = {
      connectionId: member.connectionId,
      prices: own.prices,
      stock: newerStock(own.stock, before?.source?.stock),
      weight,
    };
    return [{...listed, skuId: sku.id, source}];
  });
}

/** A listing whose SKUs show the price and the stock that its sources come to. */
export function withOffers({shop, connections}: ServerPorts['config'], listing: ListingRecord): ListingRecord {
  const {splits} = listing.routing!;
  const skus = listing.product.skus.map(sku => {
    const offers = listing.offers.filter(({skuId}) => skuId === sku.id);
    const sources = offers.map(offer => ({offer, source: sourceOf(listing, offer)}));
    const lead = sources.find(({source: {stock}}) => !isSoldOut(stock)) ?? sources[0];
    if (!lead) return {...sku, stock: {kind: 'counted' as const, count: 0, at: listing.updatedAt}};
    const {price} = lead.source.prices[0]!;
    const rule = connections.find(({id}) => id === lead.source.connectionId)?.listing.price;
    const most = subtract(price, money(rule?.minimumMargin ?? '0', shop.currency));
    const affordable = sources.filter(
      ({offer}) => compare(offer.costs[0]!.price, most) <= 0 && mayBeSoldFor(price, offer.resaleFloor),
    );
    return {
      ...sku,
      prices: lead.source.prices,
      stock: sellableStock(
        affordable.map(({source: {stock}}) => stock),
        splits,
      ),
    };
  });
  const lowest = skus
    .map(({prices}) => prices[0]!.price)
    .reduce((left, right) => (compare(left, right) <= 0 ? left : right));
  return {
    ...listing,
    price: lowest,
    priceVaries: skus.some(({prices}) => compare(prices[0]!.price, lowest) !== 0),
    product: {...listing.product, skus},
  };
}

/** For sale, and not from its own connection any more: what that has or has not changes nothing about it. */
export function isOthersOnly(listing: ListingRecord): boolean {
  return (
    listing.pausedFor === undefined &&
    listing.offers.every(offer => sourceOf(listing, offer).connectionId !== listing.connectionId)
  );
}

/** Where an offer of a listing is bought, and what is known of it there. */
export function sourceOf(listing: ListingRecord, offer: ListedOffer): OfferSource {
  if (offer.source) return offer.source;
  const {prices, stock} = listing.product.skus.find(({id}) => id === offer.skuId)!;
  return {connectionId: listing.connectionId, prices, stock, weight: 1};
}

/** The offer of a SKU at the listing's own connection: what belongs to one source alone, such as a card of it, is there. */
export function ownOffer(listing: ListingRecord, skuId: string): ListedOffer | undefined {
  return listing.offers.find(
    offer => offer.skuId === skuId && sourceOf(listing, offer).connectionId === listing.connectionId,
  );
}

/** All offers of a listing at its own connection. */
export function ownOffers(listing: ListingRecord): readonly ListedOffer[] {
  return listing.offers.filter(offer => sourceOf(listing, offer).connectionId === listing.connectionId);
}

function newerStock(left: Stock, right: Stock | undefined): Stock {
  if (!right || right.kind === 'unknown') return left;
  return left.kind === 'unknown' || left.at < right.at ? right : left;
}

function isSoldOut(stock: Stock): boolean {
  return stock.kind === 'counted' && stock.count <= 0;
}

function isSameChoice(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every(name => left[name] === right[name]);
}

function listingIdOf({connection, good}: Source): string {
  return stableId('prd', connection, good);
}
