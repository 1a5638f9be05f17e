import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
} from 'kysely';
import type {Migration} from 'kysely/migration';
import {migrations} from '../../src/server/persistence/sql/migrate.ts';
import {contractions} from '../support/contractions.ts';

const stillDerived = 'A trigger derives it in whatever the version before writes.';
const derives = 'It refuses nothing, and derives what expressions did.';

/** What migrations may take away all the same, and why nobody is harmed. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '0005-procurement-parts': {
    'add constraint "one procurement per order line and part" unique (order_id, line_id, part)':
      'Weaker than the constraint on order and line that it replaces: whatever the version before writes, fits.',
    'drop constraint "one procurement per order line"':
      'The version before writes first parts only, and the constraint that replaces it keeps those unique.',
  },
  '0017-derived-listing-columns': {
    'alter column spelling drop expression': stillDerived,
    'alter column delivery drop expression': stillDerived,
    'alter column in_stock drop expression': stillDerived,
    'alter column content_hash drop expression': stillDerived,
    'create trigger derive_inserted before insert on listing for each row when (new.revision = 0) execute function derive_listing_columns()':
      derives,
    'create trigger derive_updated before update on listing for each row when (new.revision = old.revision) execute function derive_listing_columns()':
      derives,
  },
};

/** Keeps the statements as the database would get them, and answers each with nothing. */
class RecordingDriver extends DummyDriver {
  readonly statements: string[] = [];

  override async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: async ({sql}) => {
        this.statements.push(sql);
        return {rows: []};
      },
      async *streamQuery() {},
    };
  }
}

async function statementsOf({up}: Migration): Promise<readonly string[]> {
  const driver = new RecordingDriver();
  await up(
    new Kysely<unknown>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => driver,
        createIntrospector: database => new PostgresIntrospector(database),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    }),
  );
  return driver.statements;
}

describe('migrations', () => {
  for (const [name, migration] of Object.entries<Migration>(migrations)) {
    it(`leave the version before what it uses: ${name}`, async () => {
      const statements = await statementsOf(migration);
      assert.ok(statements.length > 1, 'it does nothing');
      assert.deepEqual(contractions(statements), Object.keys(allowed[name] ?? {}));
    });
  }

  it('that may take something away are migrations of this version', () => {
    assert.deepEqual(
      Object.keys(allowed).filter(name => !(name in migrations)),
      [],
    );
  });

  it('stand in the order in which they are applied', () => {
    assert.deepEqual(Object.keys(migrations), Object.keys(migrations).toSorted());
  });
});

describe('what takes something from the version before', () => {
  for (const statement of [
    'drop table listing',
    'drop index listing_on_sale',
    'drop function has_stock',
    'truncate listing',
    'delete from listing',
    'update listing set position = 0',
    'insert into catalogue (version) values (0)',
    'create unique index one_title on listing (title_key)',
    'create trigger refusing before insert on listing for each row execute function refuse_change()',
    'create or replace function has_stock(listing json) returns boolean language sql return true',
    "alter type mood add value 'new'",
    'do $$ begin drop table listing; end $$',
  ]) {
    it(`is found: ${statement}`, () => assert.deepEqual(contractions([statement]), [statement]));
  }

  for (const action of [
    'drop column position',
    'rename to good',
    'rename column position to place',
    'alter column position type bigint',
    'alter column paused_for set not null',
    'alter column position drop default',
    'add column note text not null',
    'add column note text unique',
    "add column note text default '' check (note <> 'x')",
    'add column ticket_id text references ticket',
    'add constraint "a price" check (price_amount > 0)',
    'add column a text, drop column position',
  ]) {
    it(`is found in a table that was there: ${action}`, () => {
      assert.equal(contractions([`alter table listing\n  ${action}`]).length, 1);
      assert.deepEqual(contractions([`create table listing (id text)`, `alter table listing ${action}`]), []);
    });
  }

  it('is not a column that the version before need not know', () => {
    const columns = [
      'add column note text',
      "add column note text not null default 'drop table, not null'",
      "add column hash text generated always as (coalesce(record ->> 'a', 'b')) stored, add column part integer",
      'add column delivery text not null generated always as (record) stored',
    ];
    for (const column of columns) assert.deepEqual(contractions([`alter table listing ${column}`]), []);
  });

  it('is not what is said of tables, indexes and functions that are new', () => {
    const statements = [
      'create table note (id text primary key)',
      'create unique index note_once on note (id)',
      'insert into note values (1)',
      'create index listing_by_note on listing (position)',
      'create function f() returns trigger language plpgsql as $$ begin drop table listing; end $$',
    ];
    assert.deepEqual(contractions(statements), []);
  });
});
