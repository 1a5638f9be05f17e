import {sql, type Kysely} from 'kysely';
import type {Migration} from 'kysely/migration';

/* A row per code exists to be locked: the uses of one code are counted and taken one after the other. */
const statements = [
  `create table coupon (
     code text collate "C" primary key
   )`,
  `create table coupon_use (
     order_id text collate "C" primary key constraint "coupon use of an order" references shop_order,
     code text collate "C" not null references coupon,
     contact text collate "C" not null,
     at bigint not null,
     returned boolean not null default false
   )`,
  `create index coupon_use_counting on coupon_use (code, contact) where not returned`,
];

export const couponUses: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`set local search_path to keystall`.execute(database);
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
