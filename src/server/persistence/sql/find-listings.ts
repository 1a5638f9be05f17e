import {sql, type Kysely, type RawBuilder} from 'kysely';
import {money} from '../../../domain/money.ts';
import {searchRanks, wantedBy, type Typed, type Wanted} from '../listing-search.ts';
import type {ListingPage, ListingQuery} from '../records.ts';
import {spellingPattern} from '../spelling.ts';
import type {Tables} from './tables.ts';

/** A page of listings, how many there are and what each filter would leave, all of one moment. */
export async function findListings(database: Kysely<Tables>, query: ListingQuery): Promise<ListingPage> {
  const wanted = query.q === undefined ? undefined : wantedBy(query.q);
  const {price, inStock, delivery, official} = filters(query);
  const sort = wanted || query.sort !== 'relevance' ? query.sort : 'featured';
  const order = (table = '') => sql.join(orders[sort].map(key => sql.raw(table + key)));

  const rows = await database
    .with(
      // What was searched for is looked for once. Without a search, the page comes by an index instead.
      name => (wanted ? name('sought').materialized() : name('sought').notMaterialized()),
      given =>
        given
          .selectFrom('listing')
          .where(isSought(query, wanted))
          .select([
            'id',
            'position',
            'price_currency',
            'price_amount',
            'title_key',
            'delivery',
            'in_stock',
            'connection_id',
          ])
          .select(rank(wanted).as('rank')),
    )
    .with('figures', given =>
      given
        .selectFrom('sought')
        .select([
          sql<unknown>`count(*) filter (where ${price} and ${inStock} and ${delivery} and ${official})`.as('total'),
          sql<unknown>`count(*) filter (where ${price} and in_stock and ${delivery} and ${official})`.as('stocked'),
          sql<unknown>`count(*) filter (where ${price} and ${inStock} and ${official} and delivery = 'automatic')`.as(
            'automatic',
          ),
          sql<unknown>`count(*) filter (where ${price} and ${inStock} and ${official} and delivery = 'manual')`.as(
            'manual',
          ),
          sql<unknown>`count(*) filter (where ${price} and ${inStock} and ${delivery} and ${isOfficial(query)})`.as(
            'official',
          ),
          sql<string | null>`(min(price_amount) filter (where ${inStock} and ${delivery} and ${official}))::text`.as(
            'lowest',
          ),
          sql<string | null>`(max(price_amount) filter (where ${inStock} and ${delivery} and ${official}))::text`.as(
            'highest',
          ),
          sql<string>`min(price_currency)`.as('currency'),
        ]),
    )
    .with('page', given =>
      given
        .selectFrom('sought')
        .select(['id', 'position', 'price_amount', 'title_key', 'rank'])
        .where(sql<boolean>`${price} and ${inStock} and ${delivery} and ${official}`)
        .orderBy(order())
        .offset(query.offset)
        .limit(query.limit),
    )
    .selectFrom('figures')
    .leftJoin('page', join => join.onTrue())
    .leftJoin('listing', 'listing.id', 'page.id')
    .selectAll('figures')
    .select('listing.record')
    .orderBy(order('page.'))
    .execute();

  const figures = rows[0]!;
  const {lowest, highest, currency} = figures;
  return {
    items: rows.flatMap(({record}) => record ?? []),
    total: Number(figures.total),
    ...(query.facets && {
      facets: {
        inStock: Number(figures.stocked),
        delivery: {automatic: Number(figures.automatic), manual: Number(figures.manual)},
        ...(query.official && {official: Number(figures.official)}),
        ...(lowest !== null &&
          highest !== null && {price: {lowest: money(lowest, currency), highest: money(highest, currency)}}),
      },
    }),
  };
}

const orders: Readonly<Record<ListingQuery['sort'], readonly string[]>> = {
  featured: ['position', 'id'],
  relevance: ['rank', 'position', 'id'],
  price_ascending: ['price_amount', 'position', 'id'],
  price_descending: ['price_amount desc', 'position', 'id'],
  title: ['title_key', 'position', 'id'],
};

/** What is the same for every facet. */
function isSought({categoryIds}: ListingQuery, wanted: Wanted | undefined): RawBuilder<boolean> {
  return all([
    sql`paused_for is null`,
    ...(categoryIds === undefined ? [] : [sql`category_id = any(${[...categoryIds]}::text[])`]),
    ...(wanted?.words ?? []).map(isFound),
  ]);
}

/** What facets are counted for. */
function filters(query: ListingQuery) {
  const {minPrice, maxPrice, inStock, delivery, official} = query;
  return {
    official: all(official?.only ? [isOfficial(query)] : []),
    price: all([
      ...(minPrice === undefined ? [] : [sql`price_amount >= ${minPrice}::numeric`]),
      ...(maxPrice === undefined ? [] : [sql`price_amount <= ${maxPrice}::numeric`]),
    ]),
    inStock: all(inStock ? [sql`in_stock`] : []),
    delivery: all(delivery === undefined ? [] : [sql`delivery = ${delivery}`]),
  };
}

function isOfficial({official}: ListingQuery): RawBuilder<boolean> {
  return sql`connection_id = any(${[...(official?.connectionIds ?? [])]}::text[])`;
}

/** A substring, not a pattern: nothing a buyer types has a meaning of its own. */
function isFound({text, spelled}: Typed): RawBuilder<boolean> {
  const asItStands = sql<boolean>`position(${text} in search) > 0`;
  return spelled === undefined ? asItStands : sql`(${asItStands} or spelling ~ ${spellingPattern(spelled)})`;
}

function rank(wanted: Wanted | undefined): RawBuilder<number> {
  if (!wanted) return sql`0`;
  const {text, spelled} = wanted.whole;
  const begins = spelled === undefined ? sql`false` : sql`spelling ~ ${spellingPattern(spelled, {atStart: true})}`;
  return sql`case
    when position(${`\n${text}`} in ${'\n'} || search) > 0 then ${sql.lit(searchRanks.titleBegins)}
    when position(${text} in search) > 0 then ${sql.lit(searchRanks.titleHolds)}
    when ${begins} then ${sql.lit(searchRanks.spellingBegins)}
    else ${sql.lit(searchRanks.other)}
  end`;
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}
