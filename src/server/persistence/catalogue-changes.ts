import type {CategoryRecord, ListingRecord} from './records.ts';

/** The `pausedFor` of a listing that its connection no longer offers. */
export const pausedForAbsence = 'absent';

/** What putting rows down writes. */
export interface CatalogueChanges {
  readonly categories: readonly CategoryRecord[];
  readonly listings: readonly ListingRecord[];
  /** Whether a reader could tell: false when nothing but times of observation moved. */
  readonly visible: boolean;
}

export interface CatalogueRows {
  readonly categories: readonly CategoryRecord[];
  readonly listings: readonly ListingRecord[];
}

/**
 * Compares rows with those that are there. Listings that differ in `updatedAt` only count as unchanged; listings that
 * differ only in when their stock was seen are written, but nobody has to read the catalogue again.
 */
export function catalogueChanges(before: CatalogueRows, after: CatalogueRows): CatalogueChanges {
  const earlierCategories = new Map(before.categories.map(category => [category.id, category]));
  const earlierListings = new Map(before.listings.map(listing => [listing.id, listing]));
  const categories = after.categories.filter(category => !isSame(earlierCategories.get(category.id), category));
  const listings = after.listings.filter(listing => !isSameListing(earlierListings.get(listing.id), listing));
  const visible =
    categories.length > 0 || listings.some(listing => isVisibleChange(earlierListings.get(listing.id), listing));
  return {categories, listings, visible};
}

/**
 * A listing off the shelf. It forgets what it was made of, so that it is made anew when it comes back.
 */
export function paused(listing: ListingRecord, pausedFor: string, now: number): ListingRecord {
  const {contentHash: _, ...rest} = listing;
  return {...rest, pausedFor, updatedAt: now};
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
  const {contentHash: _, ...rest} = listing;
  return {...rest, updatedAt: 0, product: {...listing.product, skus}};
}

/** Equality of plain JSON; a property that is undefined is the same as an absent one. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  return Object.keys(a).every(key => isSame(a[key], own(b, key))) && Object.keys(b).every(key => isKnown(a, b, key));
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether what `b` has under a key has been compared with `a`. */
function isKnown(a: object, b: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(a, key) || b[key] === undefined;
}
