import {sql, type Kysely} from 'kysely';
import {keyIdsOf, sealedKinds} from '../../security/rotate-key.ts';
import type {SealedKind, SealedRow} from '../records.ts';
import {schemaName, type Tables} from './tables.ts';

/*
 * A backup is text, a line per row: the table's name, a tab, and the columns as PostgreSQL writes them, in a JSON array of
 * texts. No value passes through a type of JavaScript's, so decimals and odd texts come back to the letter, and either
 * kind of database reads the other's. What is encrypted stays encrypted. Jobs are left out: they are hints, and a server
 * finds what is to be done by itself.
 */

const formatName = 'keystall backup 1';
const rowsPerFetch = 200;
/** Files are large. */
const filesPerFetch = 2;
/** What one statement of a restoration carries at most, give or take a row, in characters. */
const mostPerStatement = 8_000_000;
/** Kept by the migrations themselves. */
const ownTables = ['migration', 'migration_lock'];

export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export interface BackupHeader {
  readonly format: string;
  readonly createdAt: string;
  readonly migrations: readonly string[];
}

export interface BackupEnd {
  readonly rows: number;
  readonly keyIds: readonly string[];
}

/**
 * The lines of a backup: a header, every row as of one moment, and an end by which a backup that was cut off is told.
 * @returns how many rows it holds, and the ids of the master keys that it cannot be used without
 */
export async function writeBackup(
  kysely: Kysely<Tables>,
  createdAt: string,
  write: (line: string) => Promise<void>,
): Promise<BackupEnd> {
  return kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async database => {
      const header: BackupHeader = {format: formatName, createdAt, migrations: await appliedMigrations(database)};
      await write(JSON.stringify(header));
      let rows = 0;
      const keyIds = new Set<string>();
      for (const table of await tablesInOrder(database)) {
        const cursor = sql.ref(`backup_of_${table}`);
        const columns = await columnsOf(database, table);
        const texts = sql.join(columns.map(({name}) => sql`${sql.ref(name)}::text`));
        const perFetch = table === 'evidence' ? filesPerFetch : rowsPerFetch;
        await sql`
          declare ${cursor} no scroll cursor for
          select json_build_array(${texts})::text as row from ${sql.table(`${schemaName}.${table}`)}`.execute(database);
        const recordAt = columns.findIndex(({name}) => name === 'record');
        for (;;) {
          const page = await sql<{row: string}>`fetch ${sql.lit(perFetch)} from ${cursor}`.execute(database);
          for (const {row} of page.rows) {
            await write(`${table}\t${row}`);
            if (isSealedKind(table)) for (const id of keyIdsOf(sealedRow(table, row, recordAt))) keyIds.add(id);
          }
          rows += page.rows.length;
          if (page.rows.length < perFetch) break;
        }
        await sql`close ${cursor}`.execute(database);
      }
      const end: BackupEnd = {rows, keyIds: [...keyIds].sort()};
      await write(`end\t${JSON.stringify(end)}`);
      return end;
    });
}

/**
 * Reads a backup into a database that has the tables of the same version and no rows: all of it, or nothing.
 * @throws {BackupError} when the database is not empty, or the backup is cut off, or of another version
 */
export async function readBackup(
  kysely: Kysely<Tables>,
  lines: AsyncIterable<string>,
  /** Looks at what was read before it is kept; what it throws leaves the database as it was. */
  check: (database: Kysely<Tables>, end: BackupEnd) => Promise<void> = async () => {},
): Promise<BackupEnd> {
  return kysely.transaction().execute(async database => {
    const tables = await tablesInOrder(database);
    await emptyOrRefuse(database, tables);
    const reading = lines[Symbol.asyncIterator]();
    await checkHeader(database, (await reading.next()).value as string | undefined);
    let rows = 0;
    let end: BackupEnd;
    let [table, waiting, size] = ['', [] as string[], 0];
    for (;;) {
      const {done, value: line} = await reading.next();
      if (done) throw new BackupError('The backup is cut off: its end is missing. Nothing was changed.');
      const tab = line.indexOf('\t');
      const name = line.slice(0, tab);
      const isFull = waiting.length === rowsPerFetch || size > mostPerStatement;
      if (isFull || (name !== table && waiting.length > 0)) {
        await insertRows(database, table, waiting);
        [waiting, size] = [[], 0];
      }
      if (name === 'end') {
        end = JSON.parse(line.slice(tab + 1)) as BackupEnd;
        if (end.rows !== rows) throw new BackupError('The backup is damaged: rows are missing.');
        break;
      }
      if (!tables.includes(name))
        throw new BackupError(`The backup is damaged: it has a row of "${name.slice(0, 40)}".`);
      table = name;
      waiting.push(line.slice(tab + 1));
      size += line.length;
      rows++;
    }
    for (const each of tables) await advanceSequence(database, each);
    await check(database, end);
    return end;
  });
}

function isSealedKind(table: string): table is SealedKind {
  return (sealedKinds as readonly string[]).includes(table);
}

/** The row as far as it tells its key: the bytes of a file are not needed for that. */
function sealedRow(kind: SealedKind, row: string, recordAt: number): SealedRow {
  const record = JSON.parse((JSON.parse(row) as string[])[recordAt]!) as never;
  return {kind, record, sealed: new Uint8Array()};
}

async function checkHeader(database: Kysely<Tables>, line: string | undefined): Promise<void> {
  let header: Partial<BackupHeader> = {};
  try {
    header = JSON.parse(line ?? '') as Partial<BackupHeader>;
  } catch {
    // Told below.
  }
  if (header.format !== formatName || !header.migrations)
    throw new BackupError('This is no backup of a Keystall shop.');
  const here = await appliedMigrations(database);
  if (header.migrations.join() !== here.join()) {
    throw new BackupError(
      `The backup is of another version (its last tables are ${header.migrations.at(-1)}, here ${here.at(-1)}). ` +
        'Restore it with the version that made it, then start this one with the database.',
    );
  }
}

async function appliedMigrations(database: Kysely<Tables>): Promise<readonly string[]> {
  const names = await sql<{
    name: string;
  }>`select name from ${sql.table(`${schemaName}.migration`)} order by name`.execute(database);
  return names.rows.map(({name}) => name);
}

/** The catalogue's version is there from the beginning, and comes with the backup. */
async function emptyOrRefuse(database: Kysely<Tables>, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    if (table === 'catalogue') continue;
    const found = await sql`select 1 from ${sql.table(`${schemaName}.${table}`)} limit 1`.execute(database);
    if (found.rows.length > 0) {
      throw new BackupError('The database holds a shop already. Restore into an empty one, then point the shop at it.');
    }
  }
  await database.withSchema(schemaName).deleteFrom('catalogue').execute();
}

/** All tables, each after those it refers to. */
async function tablesInOrder(database: Kysely<Tables>): Promise<readonly string[]> {
  const names = await sql<{name: string}>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = ${schemaName}::regnamespace
    order by relname`.execute(database);
  const references = await sql<{source: string; target: string}>`
    select source.relname as source, target.relname as target from pg_constraint
    join pg_class source on source.oid = conrelid join pg_class target on target.oid = confrelid
    where contype = 'f' and source.relnamespace = ${schemaName}::regnamespace`.execute(database);
  const waiting = new Set(names.rows.map(({name}) => name).filter(name => !ownTables.includes(name)));
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter(
      name => !references.rows.some(({source, target}) => source === name && target !== name && waiting.has(target)),
    );
    if (free.length === 0) throw new Error('Tables refer to each other in a circle.');
    for (const name of free) waiting.delete(name);
    ordered.push(...free);
  }
  return ordered;
}

interface Column {
  readonly name: string;
  /** As a cast names it. */
  readonly type: string;
}

/** The columns that are stored as they were given; the others follow from them. */
async function columnsOf(database: Kysely<Tables>, table: string): Promise<readonly Column[]> {
  const {rows} = await sql<Column>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${`${schemaName}.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`.execute(database);
  return rows;
}

async function insertRows(database: Kysely<Tables>, table: string, lines: readonly string[]): Promise<void> {
  const columns = await columnsOf(database, table);
  const rows = lines.map(line => JSON.parse(line) as readonly (string | null)[]);
  if (rows.some(row => row.length !== columns.length)) throw new BackupError(`The backup is damaged in "${table}".`);
  const names = sql.join(columns.map(({name}) => sql.ref(name)));
  const values = sql.join(columns.map(({name, type}) => sql`${sql.ref(name)}::${sql.raw(type)}`));
  const texts = sql.join(columns.map((_, index) => sql`${rows.map(row => row[index])}::text[]`));
  await sql`
    insert into ${sql.table(`${schemaName}.${table}`)} (${names}) overriding system value
    select ${values} from unnest(${texts}) as given (${names})`.execute(database);
}

/** New rows go on after those that were read. */
async function advanceSequence(database: Kysely<Tables>, table: string): Promise<void> {
  const name = `${schemaName}.${table}`;
  const found = await sql<{column: string; sequence: string}>`
    select attname as column, pg_get_serial_sequence(${name}, attname) as sequence from pg_attribute
    where attrelid = ${name}::regclass and attidentity <> ''`.execute(database);
  for (const {column, sequence} of found.rows) {
    const next = sql`coalesce(max(${sql.ref(column)}), 0) + 1`;
    await sql`select setval(${sequence}::regclass, ${next}, false) from ${sql.table(name)}`.execute(database);
  }
}
