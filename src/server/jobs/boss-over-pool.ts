import type {Db} from 'pg-boss';
import type pg from 'pg';

/** The connections of a pool, as pg-boss asks them. */
export function overPool(pool: pg.Pool): Db {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      try {
        const answers = [await client.query(text, values)].flat();
        return {rows: answers.flatMap(({rows}) => rows as unknown[])};
      } catch (error) {
        // Several statements in one text may have begun a transaction that nobody ends.
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
  };
}
