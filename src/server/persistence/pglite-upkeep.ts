import type pg from 'pg';
import type {Log} from '../log.ts';

/** How often it is looked which tables need it, in milliseconds: as often as a server's own daemon looks. */
const lookEveryMs = 60_000;

/**
 * So much has to have happened, besides a share of the table. Fewer rows than these are found quickly however they are
 * looked for; and as long as nobody has counted them, PostgreSQL expects more.
 */
const leastChanges = 1_000;

/** The shares are the daemon's. Source: PostgreSQL, Routine Vacuuming, The Autovacuum Daemon */
const tablesInNeed = `
  select relid::regclass::text as name,
         n_mod_since_analyze > ${leastChanges} + 0.1 * greatest(reltuples, 0) as grown,
         greatest(n_dead_tup, n_ins_since_vacuum) > ${leastChanges} + 0.2 * greatest(reltuples, 0) as littered
  from pg_stat_user_tables join pg_class on pg_class.oid = relid`;

interface TableInNeed {
  readonly name: string;
  readonly grown: boolean;
  readonly littered: boolean;
}

/**
 * Does once what a server's autovacuum daemon does all the time; PGlite has no process for it. Without that, rows that are
 * gone keep their room, and statements that were planned when their tables were small are never planned anew.
 */
export async function tidyTables(pool: pg.Pool): Promise<void> {
  // Of so many rows a count takes a moment, whatever a table has; nobody else is answered meanwhile.
  await pool.query('set default_statistics_target = 10');
  const {rows} = await pool.query<TableInNeed>(tablesInNeed);
  // One by one: whoever waits for the only connection has their turn in between.
  for (const {name, grown, littered} of rows) {
    if (littered) await pool.query(`vacuum ${grown ? '(analyze) ' : ''}${name}`);
    else if (grown) await pool.query(`analyze ${name}`);
  }
}

/** Keeps the tables of a PGlite tidy from now on. Answers what ends it. */
export function keepTidy(pool: pg.Pool, log: Log): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = last
      .then(() => tidyTables(pool))
      .catch((error: unknown) => log.error('database_upkeep_failed', {error: String(error)}));
  }, lookEveryMs);
  return () => {
    clearInterval(timer);
    return last;
  };
}
