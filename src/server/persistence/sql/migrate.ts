import type {Kysely} from 'kysely';
import {Migrator} from 'kysely/migration';
import {firstTables} from './migrations/0001-first-tables.ts';
import {findListings} from './migrations/0002-find-listings.ts';
import {afterSales} from './migrations/0003-after-sales.ts';
import {couponUses} from './migrations/0004-coupon-uses.ts';
import {procurementParts} from './migrations/0005-procurement-parts.ts';
import {earnings} from './migrations/0006-earnings.ts';
import {catalogueSync} from './migrations/0007-catalogue-sync.ts';
import {ownStock} from './migrations/0008-own-stock.ts';
import {latestAttempts} from './migrations/0010-latest-attempts.ts';
import {deliveries} from './migrations/0012-deliveries.ts';
import {consoleAccess} from './migrations/0013-console-access.ts';
import {refunds} from './migrations/0014-refunds.ts';
import {looksAhead} from './migrations/0015-looks-ahead.ts';
import {reconciliations} from './migrations/0016-reconciliations.ts';
import {derivedListingColumns} from './migrations/0017-derived-listing-columns.ts';
import {schemaName} from './tables.ts';

/** In the order of their names; a migration that was released is never edited. */
export const migrations = {
  '0001-first-tables': firstTables,
  '0002-find-listings': findListings,
  '0003-after-sales': afterSales,
  '0004-coupon-uses': couponUses,
  '0005-procurement-parts': procurementParts,
  '0006-earnings': earnings,
  '0007-catalogue-sync': catalogueSync,
  '0008-own-stock': ownStock,
  '0010-latest-attempts': latestAttempts,
  '0012-deliveries': deliveries,
  '0013-console-access': consoleAccess,
  '0014-refunds': refunds,
  '0015-looks-ahead': looksAhead,
  '0016-reconciliations': reconciliations,
  '0017-derived-listing-columns': derivedListingColumns,
};

/**
 * Brings the database to this version's tables: all missing migrations, each once, in one transaction, under an
 * advisory lock so that processes that start together do not meet.
 * @throws {Error} when the database is newer than this version, or a migration fails; then nothing was changed.
 */
export async function migrate<Database>(database: Kysely<Database>): Promise<void> {
  const {error} = await migratorOf(database).migrateToLatest();
  if (error !== undefined) {
    throw new Error(
      'The database could not be brought to the tables of this version; it is as it was before. ' +
        'If a newer Keystall has used it, start that one.',
      {cause: error},
    );
  }
}

/** Names of this version's migrations that the database has not had; nothing is changed. */
export async function pendingMigrations<Database>(database: Kysely<Database>): Promise<readonly string[]> {
  const known = await migratorOf(database).getMigrations();
  return known.filter(({executedAt}) => executedAt === undefined).map(({name}) => name);
}

function migratorOf<Database>(database: Kysely<Database>): Migrator {
  return new Migrator({
    db: database,
    provider: {getMigrations: async () => migrations},
    migrationTableSchema: schemaName,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
}
