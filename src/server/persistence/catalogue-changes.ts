import type {CategoryRecord, ListingRecord} from './records.ts';

/** The `pausedFor` of a listing that its connection no longer offers. */
export const pausedForAbsence = 'absent';

/** What replacing a catalogue writes. */
export interface CatalogueChanges {
  readonly categories: readonly CategoryRecord[];
  readonly listings: readonly ListingRecord[];
  /** Whether a reader could tell: false when nothing but times of observation moved. */
  readonly visible: boolean;
}

/**
 * Compares what a connection offered with what it offers. Listings that differ in `updatedAt` only count as unchanged;
 * listings that differ only in when their stock was seen are written, but nobody has to read the catalogue again.
 */
export function catalogueChanges(
  before: {readonly categories: readonly CategoryRecord[]; readonly listings: readonly ListingRecord[]},
  after: {readonly categories: readonly CategoryRecord[]; readonly listings: readonly ListingRecord[]},
  now: number,
): CatalogueChanges {
  const earlierCategories = new Map(before.categories.map(category => [category.id, category]));
  const earlierListings = new Map(before.listings.map(listing => [listing.id, listing]));
  const offered = new Set(after.listings.map(listing => listing.id));
  const categories = after.categories.filter(category => !isSame(earlierCategories.get(category.id), category));
  const gone = before.listings
    .filter(listing => !offered.has(listing.id) && listing.pausedFor === undefined)
    .map(listing => ({...listing, pausedFor: pausedForAbsence, updatedAt: now}));
  const listings = [
    ...after.listings.filter(listing => !isSameListing(earlierListings.get(listing.id), listing)),
    ...gone,
  ];
  const visible =
    categories.length > 0 || listings.some(listing => isVisibleChange(earlierListings.get(listing.id), listing));
  return {categories, listings, visible};
}

export function isSameListing(left: ListingRecord | undefined, right: ListingRecord): boolean {
  return left !== undefined && isSame({...left, updatedAt: 0}, {...right, updatedAt: 0});
}

/** Whether a reader of the catalogue could tell two states of a listing apart. */
export function isVisibleChange(left: ListingRecord | undefined, right: ListingRecord): boolean {
  return left === undefined || !isSame(withoutTimes(left), withoutTimes(right));
}

function withoutTimes(listing: ListingRecord): ListingRecord {
  const skus = listing.product.skus.map(sku => ({
    ...sku,
    stock: sku.stock.kind === 'unknown' ? sku.stock : {...sku.stock, at: 0},
  }));
  return {...listing, updatedAt: 0, product: {...listing.product, skus}};
}

/** Equality of plain JSON; a property that is undefined is the same as an absent one. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [definedEntries(left), definedEntries(right)];
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
}

function definedEntries(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
