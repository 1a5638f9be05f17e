import type {Db} from 'pg-boss';
import type {EmbeddedPool} from '../persistence/sql/embedded-pool.ts';

/** The connection of an embedded pool, as pg-boss asks it. */
export function overPool({pool, groups}: EmbeddedPool): Db {
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
        await groups.endTurn(() => client.release());
      }
    },
  };
}
