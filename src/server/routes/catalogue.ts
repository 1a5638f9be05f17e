import {Hono, type Context} from 'hono';
import * as v from 'valibot';
import {cardQuerySchema, type CardPage} from '../../contract/card.ts';
import {productQuerySchema} from '../../contract/product.ts';
import {choicesWithCard, offerCard} from '../catalogue/cards.ts';
import {countedWithDescendants, withDescendants} from '../catalogue/category-tree.ts';
import type {CoverCache} from '../catalogue/covers.ts';
import {categoriesNamed} from '../catalogue/category-name.ts';
import type {Freshness} from '../catalogue/freshness.ts';
import {priceRuleOf} from '../catalogue/good-rule.ts';
import {categoryNameIn} from '../catalogue/language.ts';
import {catalogueAnswer, rememberAnswers, type CatalogueAnswer} from '../catalogue/remembered-answers.ts';
import {rememberCatalogue} from '../catalogue/remembered-catalogue.ts';
import {ownOffer} from '../catalogue/join-sources.ts';
import type {LiveOffers} from '../catalogue/live-offers.ts';
import {officialBadge, officialConnections} from '../catalogue/official.ts';
import type {Shelves} from '../catalogue/shelves.ts';
import type {CategoryRecord, ListingRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {isId} from '../security/ids.ts';
import {categoryView, productView, shopView, summaryView} from '../views/catalogue-view.ts';
import {readQuery} from './input.ts';

const langSchema = v.object({lang: v.exactOptional(v.pipe(v.string(), v.maxLength(35)))});
const defaultLimit = 24;
const cardsPerPage = 24;

/** What is for sale: cacheable by anybody, the same for everybody. */
export function catalogueRoutes(
  ports: ServerPorts,
  live: LiveOffers,
  shelves: Shelves,
  covers: CoverCache,
  freshness: Freshness,
): Hono {
  const {store} = ports;
  const catalogue = rememberCatalogue(store);
  const answers = rememberAnswers();
  const connectionIds = ports.config.connections.map(({id}) => id);
  const app = new Hono();

  app.get('/shop', c => {
    const {lang} = readQuery(c, langSchema);
    return cacheable(c, catalogueAnswer(shopView(ports, lang)));
  });

  app.get('/categories', c =>
    remembered(c, async () => {
      const {lang} = readQuery(c, langSchema);
      const categories = await catalogue.categories();
      return {items: countedWithDescendants(categories).map(category => categoryView(category, lang))};
    }),
  );

  app.get('/products', c =>
    remembered(c, async () => {
      const {
        q: typed,
        category,
        cursor,
        lang,
        limit = defaultLimit,
        official,
        ...filters
      } = readQuery(c, productQuerySchema);
      const officialIds = officialConnections(ports);
      const q = typed?.trim();
      const offset = cursor === undefined ? 0 : readCursor(cursor);
      const categories = await catalogue.categories();
      const {items, total, facets} = await catalogue.listings({
        ...filters,
        sort: filters.sort ?? (q ? 'relevance' : 'featured'),
        ...(q && {q}),
        ...(category !== undefined && {
          categoryIds: categoriesNamed(categories, category).flatMap(({id}) => [...withDescendants(categories, id)]),
        }),
        ...((officialIds.length > 0 || official) && {
          official: {connectionIds: officialIds, only: official ?? false},
        }),
        offset,
        limit,
        facets: cursor === undefined,
      });
      const end = offset + items.length;
      const seenSince = await freshness.of(items.map(({connectionId}) => connectionId));
      return {
        items: items.map(listing =>
          summaryView(
            listing,
            nameOf(categories, listing.categoryId, lang),
            officialIds.includes(listing.connectionId),
            seenSince,
            lang,
          ),
        ),
        total,
        ...(end < total && items.length > 0 && {nextCursor: writeCursor(end)}),
        ...(facets && {facets}),
      };
    }),
  );

  app.get('/products/:productId', async c => {
    const {lang} = readQuery(c, langSchema);
    const id = c.req.param('productId');
    const listing = isId(id) ? await shelves.fresh(id) : undefined;
    if (!listing) throw new ProblemError('product_not_found', 'The product is not for sale here, or not any more.');
    const name = nameOf(await catalogue.categories(), listing.categoryId, lang);
    const seenSince = await freshness.of([listing.connectionId]);
    const badge = officialBadge(ports, listing.connectionId, lang);
    return cacheable(c, catalogueAnswer(productView(listing, name, badge, seenSince, lang)));
  });

  app.get('/products/:productId/cards', async c => {
    const {sku: skuId, cursor, lang} = readQuery(c, cardQuerySchema);
    const id = c.req.param('productId');
    const listing = isId(id) ? await store.listing(id) : undefined;
    const sku = listing?.product.skus.find(candidate => candidate.id === skuId);
    if (!listing || listing.pausedFor !== undefined || !sku)
      throw new ProblemError('product_not_found', 'The product is not for sale here, or has no such SKU.');
    const page = Math.floor((cursor === undefined ? 0 : readCursor(cursor)) / cardsPerPage) + 1;
    const {connectionId, product} = listing;
    const listed = ownOffer(listing, sku.id);
    const found =
      product.cards && listed
        ? await live.cards(connectionId, listed.offer, {page, limit: cardsPerPage})
        : {total: 0, cards: []};
    if (found === 'unknown')
      throw new ProblemError('cards_unavailable', 'The platform does not say now which cards there are. Try again.');
    const {config} = connectionOf(ports, connectionId);
    const rule = listed && priceRuleOf(config.listing, listing.goodCode, sku.choices, listed);
    const items = found.cards.flatMap(card => {
      const offered = rule && offerCard(listing, listed, card, rule, lang);
      if (!offered) return [];
      const {skuId, label, price, premium} = offered;
      return {skuId, label, choices: choicesWithCard(sku.choices, label, lang), price, premium};
    });
    const isMore = found.cards.length > 0 && page * cardsPerPage < found.total;
    const body: CardPage = {items, total: found.total, ...(isMore && {nextCursor: writeCursor(page * cardsPerPage)})};
    return c.json(body, 200, {'Cache-Control': 'no-store'});
  });

  app.get('/products/:productId/cover', async c => {
    const id = c.req.param('productId');
    const listing = isId(id) ? await store.listing(id) : undefined;
    return picture(c, listing, listing?.coverUrl);
  });

  app.get('/products/:productId/pictures/:position{[0-9]{1,2}}', async c => {
    const id = c.req.param('productId');
    const listing = isId(id) ? await store.listing(id) : undefined;
    return picture(c, listing, listing?.pictureUrls?.[Number(c.req.param('position'))]);
  });

  return app;

  /** What is listed, as it was answered last while the catalogue, its freshness and the papers behind it are the same. */
  async function remembered(c: Context, make: () => Promise<object>): Promise<Response> {
    const [version, seenSince] = await Promise.all([catalogue.catalogueVersion(), freshness.of(connectionIds)]);
    const asked = c.req.url.slice(c.req.url.indexOf('/', 'https://'.length));
    return cacheable(c, await answers.get([asked, version, [...seenSince], officialConnections(ports)], make));
  }

  async function picture(
    c: Context,
    listing: ListingRecord | undefined,
    address: string | undefined,
  ): Promise<Response> {
    const found = listing && address !== undefined ? await covers.get(listing.connectionId, address) : undefined;
    if (!found)
      throw new ProblemError(
        'cover_not_found',
        'The product has no such picture, or its platform does not hand it out now.',
      );
    const headers = {'Cache-Control': 'public, max-age=86400, stale-while-revalidate=604800', ETag: found.etag};
    if (matchesEtag(c, found.etag)) return c.body(null, 304, headers);
    return c.body(found.bytes, 200, {
      ...headers,
      'Content-Type': found.mediaType,
      // A picture of a stranger: even opened on its own it may do nothing.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  }
}

function cacheable(c: Context, {text, etag}: CatalogueAnswer): Response {
  const headers = {'Cache-Control': 'public, max-age=10, stale-while-revalidate=300', ETag: etag};
  if (matchesEtag(c, etag)) return c.body(null, 304, headers);
  return c.body(text, 200, {...headers, 'Content-Type': 'application/json'});
}

function matchesEtag(c: Context, etag: string): boolean {
  const asked = c.req.header('If-None-Match');
  return asked !== undefined && asked.split(',').some(candidate => candidate.trim().replace(/^W\//, '') === etag);
}

function nameOf(categories: readonly CategoryRecord[], id: string, lang: string | undefined): string {
  const category = categories.find(candidate => candidate.id === id);
  return category ? categoryNameIn(category, lang) : '';
}

function writeCursor(offset: number): string {
  return `o${offset}`;
}

function readCursor(cursor: string): number {
  const match = /^o(\d{1,9})$/.exec(cursor);
  if (!match) {
    throw new ProblemError('validation_failed', 'The cursor was not given out by this shop.', {
      errors: [{path: 'cursor', message: 'not one of ours'}],
    });
  }
  return Number(match[1]);
}
