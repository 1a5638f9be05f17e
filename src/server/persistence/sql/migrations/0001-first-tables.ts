import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/*
 * Ids are compared byte by byte (collation "C"), so that order does not depend on the server's locale.
 * Foreign keys point at rows that are never deleted; intents have none, because an intent is claimed before its order
 * is written.
 */
const statements = [
  `create table category (
     id text collate "C" primary key,
     connection_id text not null,
     position integer not null,
     record json not null
   )`,
  `create index category_of_connection on category (connection_id)`,

  `create table listing (
     id text collate "C" primary key,
     connection_id text not null,
     good_code text not null,
     category_id text not null,
     position integer not null,
     price_currency text not null,
     price_amount numeric(19, 4) not null,
     title_key text collate "C" not null,
     search text not null,
     sku_ids text[] not null,
     paused_for text,
     updated_at bigint not null,
     record json not null
   )`,
  `create index listing_of_connection on listing (connection_id)`,
  `create index listing_on_sale on listing (category_id) where paused_for is null`,
  `create index listing_by_sku on listing using gin (sku_ids)`,

  `create table catalogue (
     singleton boolean primary key default true check (singleton),
     version bigint not null
   )`,
  `insert into catalogue (version) values (0)`,

  `create table intent (
     intent text primary key,
     order_id text not null,
     claimed_at bigint not null,
     record json not null
   )`,

  `create table shop_order (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     number text not null constraint "order number" unique,
     version integer not null,
     state text not null,
     currency text not null,
     total numeric(19, 4) not null,
     refund_due numeric(19, 4) not null,
     created_at bigint not null,
     expires_at bigint not null,
     paid_at bigint,
     record json not null
   )`,
  `create index order_waiting_for_payment on shop_order (created_at, seq) where state = 'pending_payment'`,
  `create index order_by_age on shop_order (created_at)`,

  `create table payment (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     order_id text collate "C" not null constraint "payment of an order" references shop_order,
     version integer not null,
     provider text not null,
     provider_reference text,
     state text not null,
     currency text not null,
     amount numeric(19, 4) not null,
     created_at bigint not null,
     record json not null,
     constraint "provider reference" unique (provider, provider_reference)
   )`,
  `create index payment_of_order on payment (order_id)`,
  `create index payment_open on payment (created_at, seq) where state in ('opening', 'pending')`,

  `create table payment_event (
     provider text not null,
     event_id text not null,
     at bigint not null,
     primary key (provider, event_id)
   )`,

  `create table procurement (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     order_id text collate "C" not null constraint "procurement of an order" references shop_order,
     line_id text collate "C" not null,
     connection_id text not null,
     version integer not null,
     state text not null,
     needs_attention boolean not null,
     created_at bigint not null,
     record json not null,
     constraint "one procurement per order line" unique (order_id, line_id)
   )`,
  `create index procurement_open on procurement (created_at, seq)
     where not needs_attention
       and state not in ('delivered', 'completed', 'failed', 'canceled', 'partially_refunded', 'refunded')`,

  `create table attempt (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     procurement_id text collate "C" not null constraint "attempt of a procurement" references procurement,
     connection_id text not null,
     reference text not null,
     version integer not null,
     sent_at bigint not null,
     record json not null,
     constraint "one attempt per connection and reference" unique (connection_id, reference)
   )`,
  `create index attempt_of_procurement on attempt (procurement_id)`,

  `create table card (
     id text collate "C" primary key,
     order_id text collate "C" not null constraint "card of an order" references shop_order,
     line_id text collate "C" not null,
     procurement_id text collate "C" not null constraint "card of a procurement" references procurement,
     position integer not null,
     key_id text not null,
     fingerprint text not null,
     record json not null,
     constraint "one card per place in a line" unique (order_id, line_id, position)
   )`,
  `create index card_by_fingerprint on card (fingerprint)`,

  `create table reveal (
     order_id text collate "C" not null constraint "reveal of an order" references shop_order,
     ordinal integer not null,
     at bigint not null,
     primary key (order_id, ordinal)
   )`,
];

export const firstTables: Migration = {
  async up(database: Kysely<unknown>) {
    // Only for this transaction: the connection goes back to the pool as it was.
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
