import {sql, type Kysely, type RawBuilder} from 'kysely';
import type {KnownFingerprint, OwnCardRecord, OwnSaleRecord} from '../records.ts';
import type {OwnOrder, OwnSale, Queries} from '../store.ts';
import {insertRow} from './insert-row.ts';
import {ownCardRow, ownSaleRow} from './rows.ts';
import {schemaName, type Tables} from './tables.ts';

/* Own stock: the counts of a good are one row, and whoever takes cards holds it, so that what is counted is what is there. */

export function ownStockQueries(database: Kysely<Tables>): Pick<Queries, 'ownStock' | 'ownSale' | 'knownFingerprints'> {
  return {
    async ownStock(connectionId) {
      const rows = await database
        .selectFrom('own_good')
        .select(['good_code', 'unsold', 'sold'])
        .where('connection_id', '=', connectionId)
        .orderBy('good_code')
        .execute();
      return rows.map(({good_code: goodCode, unsold, sold}) => ({goodCode, unsold, sold}));
    },
    ownSale: (connectionId, reference) => ownSale(database, connectionId, reference),
    async knownFingerprints(fingerprints) {
      const isAsked = sql<boolean>`fingerprint = any(${[...fingerprints]}::text[])`;
      const own = await database.selectFrom('own_card').select('record').where(isAsked).execute();
      const delivered = await database.selectFrom('card').select('fingerprint').distinct().where(isAsked).execute();
      const known = new Map<string, KnownFingerprint>(delivered.map(({fingerprint}) => [fingerprint, {fingerprint}]));
      for (const {record} of own) known.set(record.fingerprint, {fingerprint: record.fingerprint, ownCard: record});
      return [...known.values()];
    },
  };
}

const ownCardTable = sql.table(`${schemaName}.own_card`);

/** Any number; imports alone use it. */
const importLock = 7_013_206;

/** Two imports at once would not see each other's cards, and wait for each other where they have the same. */
export async function claimImport(database: Kysely<Tables>): Promise<void> {
  const {rows} = await sql<{patience: string}>`select current_setting('lock_timeout') as patience`.execute(database);
  // The one before takes as long as its file is.
  await sql`select set_config('lock_timeout', '0', true)`.execute(database);
  await sql`select pg_advisory_xact_lock(${sql.lit(importLock)})`.execute(database);
  await sql`select set_config('lock_timeout', ${rows[0]!.patience}, true)`.execute(database);
}

export async function insertOwnCards(database: Kysely<Tables>, cards: readonly OwnCardRecord[]): Promise<void> {
  if (cards.length === 0) return;
  await sql`
    insert into ${ownCardTable} (id, connection_id, good_code, fingerprint, sold_by, record)
    select id, connection_id, good_code, fingerprint, sold_by, record::json from ${given(cards)}`.execute(database);
  const goods = Map.groupBy(cards, ({connectionId, goodCode}) => JSON.stringify([connectionId, goodCode]));
  for (const [{connectionId, goodCode}, count] of [...goods.values()].map(each => [each[0]!, each.length] as const)) {
    await database
      .insertInto('own_good')
      .values({connection_id: connectionId, good_code: goodCode, unsold: count, sold: 0})
      .onConflict(conflict =>
        conflict
          .columns(['connection_id', 'good_code'])
          .doUpdateSet({unsold: sql<number>`own_good.unsold + excluded.unsold`}),
      )
      .execute();
  }
}

export async function sellOwnCards(
  database: Kysely<Tables>,
  {reusable, stockCap = Number.MAX_SAFE_INTEGER, ...order}: OwnOrder,
): Promise<OwnSale | 'sold_out'> {
  const {connectionId, reference, goodCode, quantity} = order;
  const good = await database
    .selectFrom('own_good')
    .select(['unsold', 'sold'])
    .where('connection_id', '=', connectionId)
    .where('good_code', '=', goodCode)
    .forUpdate()
    .executeTakeFirst();
  const earlier = await ownSale(database, connectionId, reference);
  if (earlier) return earlier;
  if (!good || good.unsold < (reusable ? 1 : quantity) || good.sold + quantity > stockCap) return 'sold_out';
  const rows = await database
    .selectFrom('own_card')
    .select('record')
    .where('connection_id', '=', connectionId)
    .where('good_code', '=', goodCode)
    .where('sold_by', 'is', null)
    .orderBy('seq', reusable ? 'desc' : 'asc')
    .limit(reusable ? 1 : quantity)
    .forNoKeyUpdate()
    .execute();
  const cards = rows.map(({record}) => (reusable ? record : {...record, soldBy: reference}));
  const sale: OwnSaleRecord = {...order, cardIds: cards.map(({id}) => id)};
  await insertRow(database, 'own_sale', ownSaleRow(sale));
  if (!reusable) await takeFromSale(database, cards);
  await database
    .updateTable('own_good')
    .set({unsold: good.unsold - (reusable ? 0 : quantity), sold: good.sold + quantity})
    .where('connection_id', '=', connectionId)
    .where('good_code', '=', goodCode)
    .execute();
  return {sale, cards};
}

async function ownSale(
  database: Kysely<Tables>,
  connectionId: string,
  reference: string,
): Promise<OwnSale | undefined> {
  const found = await database
    .selectFrom('own_sale')
    .select('record')
    .where('connection_id', '=', connectionId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (!found) return undefined;
  const sale = found.record;
  const rows = await database
    .selectFrom('own_card')
    .select('record')
    .where(sql<boolean>`id = any(${[...sale.cardIds]}::text[])`)
    .execute();
  const cards = new Map(rows.map(({record}) => [record.id, record]));
  return {sale, cards: sale.cardIds.map(id => cards.get(id)!)};
}

async function takeFromSale(database: Kysely<Tables>, cards: readonly OwnCardRecord[]): Promise<void> {
  await sql`
    update ${ownCardTable} card set sold_by = given.sold_by, record = given.record::json
    from ${given(cards)} where card.id = given.id`.execute(database);
}

/** Rows as arrays, one per column: few parameters, however many the rows. */
function given(cards: readonly OwnCardRecord[]): RawBuilder<unknown> {
  const rows = cards.map(ownCardRow);
  const column = (name: keyof (typeof rows)[number]) => sql`${rows.map(row => row[name] ?? null)}::text[]`;
  const names = ['id', 'connection_id', 'good_code', 'fingerprint', 'sold_by', 'record'] as const;
  return sql`unnest(${sql.join(names.map(column))}) as given (${sql.join(names.map(name => sql.ref(name)))})`;
}
