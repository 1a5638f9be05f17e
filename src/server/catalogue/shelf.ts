import type {Good, UpstreamCategory} from '../../upstreams/port.ts';
import type {ListingRule} from '../config/config.ts';
import type {CategoryRecord, KnownListing, LeftGood, ListingRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {contentHash, hash} from './content-hash.ts';
import {featuredOrder, placeAtTheEnd, type FeaturedOrder} from './featured-order.ts';
import {pausedForJoining} from './join-sources.ts';
import {isLegible, legible} from './legible.ts';
import {categoriesOf, listGood, type ListingRefusal} from './listing.ts';
import type {Speller} from './speller.ts';

/** The `pausedFor` of a listing whose platform sends something of it that cannot be read. */
export const pausedForUnreadable = 'unreadable';

/** Goods of a connection on their way to the shelf. */
export interface Shelf {
  categories(found: readonly UpstreamCategory[]): readonly CategoryRecord[];
  /**
   * What has to be written so that these goods, just read, are on the shelf. Reads the store, and writes nothing.
   * @param how whether they came in the order of the catalogue, or one by one; `known_only`: out of nowhere, so that those
   * the shop does not list yet stay out
   */
  prepare(
    goods: readonly Good[],
    rejected: readonly LeftGood[],
    signal: AbortSignal,
    how?: 'in_order' | 'singly' | 'known_only',
  ): Promise<PreparedGoods>;
  turns(): Readonly<Record<string, number>>;
}

export interface PreparedGoods {
  /** Ids of everything that the platform offers, written or not. */
  readonly seen: readonly string[];
  readonly listings: readonly ListingRecord[];
  /** By id. */
  readonly pauses: ReadonlyMap<string, ListingRefusal | typeof pausedForUnreadable>;
  readonly left: readonly LeftGood[];
  /** Ids of listings whose catalogue does not tell their stock. */
  readonly unknown: readonly string[];
}

/**
 * @param turns how far a reading of everything has got; absent: only some goods are read, which keep their places
 */
export function createShelf(
  ports: ServerPorts,
  connectionId: string,
  speller: Speller,
  turns: Readonly<Record<string, number>> | undefined,
): Shelf {
  const {store, clock} = ports;
  const {listing: rule} = connectionOf(ports, connectionId).config;
  const {currency} = ports.config.shop;
  const order: FeaturedOrder | undefined = turns && featuredOrder(turns);
  const ruleHashes = hashesOf(ports, connectionId, rule);
  const excluded = new Set(rule.exclude);
  let categories: {readonly found: readonly UpstreamCategory[]; readonly listed: ReturnType<typeof categoriesOf>} = {
    found: [],
    listed: {chosen: new Set(), records: []},
  };

  return {
    categories(found) {
      // A page names the categories of the page before, as a rule.
      if (found !== categories.found) categories = {found, listed: categoriesOf(connectionId, found, rule)};
      return categories.listed.records;
    },
    prepare,
    turns: () => order?.turns() ?? {},
  };

  async function prepare(
    goods: readonly Good[],
    rejected: readonly LeftGood[],
    signal: AbortSignal,
    how: 'in_order' | 'singly' | 'known_only' = 'in_order',
  ): Promise<PreparedGoods> {
    const left = [...rejected];
    const wanted = new Map<string, {readonly good: Good; readonly hash: string; readonly place: number | undefined}>();
    for (const good of goods) {
      const isChosen = how === 'known_only' || categories.listed.chosen.has(good.categoryId);
      if (!isChosen || excluded.has(good.code)) continue;
      const id = listingIdOf(good.code);
      if (wanted.has(id)) {
        left.push({code: good.code, reason: 'its code stands in the catalogue a second time'});
        continue;
      }
      wanted.set(id, {
        good,
        hash: contentHash(good, ruleHashes(good.code)),
        place: how === 'in_order' ? order?.place(good.categoryId) : undefined,
      });
    }
    const unreadable = rejected
      .filter(({code}) => code !== '')
      .map(({code}) => listingIdOf(code))
      .filter(id => !wanted.has(id));
    const known = new Map(
      (await store.knownListings([...wanted.keys(), ...unreadable])).map(listing => [listing.id, listing]),
    );
    const pauses: [string, ListingRefusal | typeof pausedForUnreadable][] = unreadable
      .filter(id => known.has(id))
      .map(id => [id, pausedForUnreadable]);
    const changed: ListingRecord[] = [];
    for (const [id, {good, hash: content, place}] of wanted) {
      const before = known.get(id);
      if (how === 'known_only' && !before) continue;
      const position = place ?? before?.position ?? placeAtTheEnd;
      if (isOnShelf(before, content, position)) continue;
      const readable = {...good, title: legible(good.title), description: legible(good.description)};
      const made = listGood(connectionId, readable, rule, currency, position, clock.now());
      if (made.kind === 'refused') {
        left.push({code: good.code, reason: made.reason});
        if (before) pauses.push([id, made.refusal]);
        continue;
      }
      if (!isLegible(made.listing)) {
        left.push({code: legible(good.code), reason: 'it has a text with characters that no database keeps'});
        if (before) pauses.push([id, pausedForUnreadable]);
        continue;
      }
      changed.push({...made.listing, contentHash: content});
      left.push(...made.left.map(reason => ({code: good.code, reason})));
    }
    return {
      seen: [...wanted.keys(), ...unreadable],
      listings: await speller.spell(await withKnownStock(changed, known), signal),
      pauses: new Map(pauses),
      left,
      unknown: [...wanted].filter(([, {good}]) => hasUnknownStock(good)).map(([id]) => id),
    };
  }

  /** What was asked for singly is better than that the list does not tell it. */
  async function withKnownStock(
    listings: readonly ListingRecord[],
    known: ReadonlyMap<string, KnownListing>,
  ): Promise<readonly ListingRecord[]> {
    const silent = listings.filter(
      ({id, product}) => known.has(id) && product.skus.some(({stock}) => stock.kind === 'unknown'),
    );
    if (silent.length === 0) return listings;
    const before = new Map((await store.listingsById(silent.map(({id}) => id))).map(listing => [listing.id, listing]));
    return listings.map(listing => {
      const earlier = new Map(before.get(listing.id)?.product.skus.map(sku => [sku.id, sku.stock]));
      const skus = listing.product.skus.map(sku => ({
        ...sku,
        stock: sku.stock.kind === 'unknown' ? (earlier.get(sku.id) ?? sku.stock) : sku.stock,
      }));
      return earlier.size === 0 ? listing : {...listing, product: {...listing.product, skus}};
    });
  }

  function listingIdOf(code: string): string {
    return stableId('prd', connectionId, code);
  }
}

/** There, for sale or as a source of another listing, as it would be made now. */
function isOnShelf(before: KnownListing | undefined, content: string, position: number): boolean {
  return (
    before?.contentHash === content &&
    before.position === position &&
    (before.pausedFor === undefined || before.pausedFor === pausedForJoining)
  );
}

function hasUnknownStock({offers}: Good): boolean {
  return offers.some(({stock}) => stock.kind === 'unknown');
}

/** Raised whenever the same good and rule make another listing than before. */
const listingVersion = 1;

/** For each good a hash of what the configuration says of it. */
function hashesOf({config}: ServerPorts, connectionId: string, rule: ListingRule): (code: string) => string {
  const common = hash(JSON.stringify([listingVersion, config.shop.currency, rule.price]));
  const special = new Map<string, unknown[]>();
  const note = (code: string, said: unknown) => special.set(code, [...(special.get(code) ?? []), said]);
  for (const good of rule.goods ?? []) note(good.code, good);
  for (const [lang, titles] of Object.entries(rule.titles ?? {})) {
    for (const [code, title] of Object.entries(titles)) note(code, [lang, title]);
  }
  for (const joined of config.listings) {
    const own = joined.sources.find(({connection}) => connection === connectionId);
    if (own) note(own.good, joined);
  }
  const hashes = new Map([...special].map(([code, said]) => [code, hash(`${common} ${JSON.stringify(said)}`)]));
  return code => hashes.get(code) ?? common;
}
