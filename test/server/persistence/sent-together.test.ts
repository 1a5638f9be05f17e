import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import type pg from 'pg';
import {sendTogether, unawaited} from '../../../src/server/persistence/sql/sent-together.ts';

const insert = 'insert into "keystall"."shop_order" ("id") values ($1)';
const claim = `${insert} on conflict do nothing`;
const counted = `${insert} returning "id"`;
const select = 'select "record" from "keystall"."shop_order" where "id" = $1';

describe('what a transaction sends', () => {
  /** What left, and in which packet. */
  let packets: string[][];
  let answers: Map<string, () => Promise<unknown>>;
  let isEnded: boolean;
  let client: pg.PoolClient;

  beforeEach(() => {
    packets = [];
    answers = new Map();
    isEnded = false;
    let held: string[] | undefined;
    const stream = {
      cork: () => void (held = []),
      uncork() {
        packets.push(held!);
        held = undefined;
      },
    };
    const query = (text: string) => {
      if (held) held.push(text);
      else packets.push([text]);
      return answers.get(text)?.() ?? Promise.resolve({rows: [text]});
    };
    client = {query, connection: {stream}, end: async () => void (isEnded = true)} as unknown as pg.PoolClient;
    sendTogether(client);
  });

  const run = async (...texts: readonly string[]) => {
    for (const text of texts) await client.query(text, []);
  };

  it('leaves where an answer is waited for: begin with the first statement, plain inserts with the next', async () => {
    await run('begin', insert, insert, select, insert, 'commit');
    assert.deepEqual(packets, [
      ['begin', insert, insert, select],
      [insert, 'commit'],
    ]);
  });

  it('leaves at once where somebody wants to know what became of it', async () => {
    await run('begin', claim, counted, 'commit');
    assert.deepEqual(packets, [['begin', claim], [counted], ['commit']]);
    assert.deepEqual(await client.query(select, []), {rows: [select]});
  });

  it('leaves with the commit where the text alone does not show that nobody waits for it', async () => {
    const job = unawaited(counted);
    await run('begin', insert, job, 'commit');
    assert.deepEqual(packets, [['begin', insert, job, 'commit']]);
  });

  it('begins as the connection says', async () => {
    const another = {...client} as pg.PoolClient;
    sendTogether(another, () => 'begin; set local synchronous_commit = off');
    packets = [];
    await another.query('begin', []);
    await another.query(select, []);
    assert.match(packets.flat()[0]!, /^begin; set local/);
  });

  it('is never much at once: of many rows each part is waited for', async () => {
    const rows = `${insert}${', ($1)'.repeat(1_000)}`;
    await run('begin', rows, rows);
    assert.deepEqual(packets, [['begin', rows], [rows]]);
    packets = [];
    await run(...Array.from({length: 50}, () => insert), 'commit');
    assert.equal(packets.flat().length, 51);
    assert.ok(
      packets.every(({length}) => length <= 20),
      `${packets.map(({length}) => length).join()} left at once`,
    );
  });

  it('is nothing at all where the transaction does nothing', async () => {
    await run('begin', 'commit', 'begin', 'rollback');
    assert.deepEqual(packets, []);
  });

  it('is begun at once, and ended, where it has an isolation level of its own', async () => {
    const start = 'start transaction isolation level repeatable read';
    await run(start, insert, select, 'commit', start, 'rollback');
    assert.deepEqual(packets, [[start], [insert, select], ['commit'], [start], ['rollback']]);
  });

  it('is everything as it comes outside of one', async () => {
    await run('begin', select, 'commit', insert, 'commit');
    assert.deepEqual(packets.slice(2), [[insert]]);
  });

  it('fails by what an insert is answered, at the next statement that is waited for', async () => {
    const taken = new Error('duplicate key');
    answers.set(insert, () => Promise.reject(taken));
    answers.set(select, () => Promise.reject(new Error('current transaction is aborted')));
    await run('begin', insert);
    await assert.rejects(run(select), taken);
    await run('rollback', 'begin', insert);
    await assert.rejects(run('commit'), taken);
    // After a commit that kept nothing there is nothing left to take back.
    const sent = packets.length;
    await run('rollback');
    assert.equal(packets.length, sent);
    answers.clear();
    await run('begin', select, 'commit');
  });

  it('fails only when all that left with it is answered: the connection is free then', async () => {
    const taken = new Error('duplicate key');
    const last = Promise.withResolvers<unknown>();
    answers.set(insert, () => Promise.reject(taken));
    answers.set('commit', () => last.promise);
    await run('begin', insert);
    let isOver = false;
    const commit = client.query('commit').finally(() => (isOver = true));
    await new Promise(setImmediate);
    assert.equal(isOver, false);
    last.reject(new Error('current transaction is aborted'));
    await assert.rejects(commit, taken);
  });

  it('takes back what a transaction sent before it failed', async () => {
    await run('begin', insert, 'rollback');
    assert.deepEqual(packets, [['begin', insert, 'rollback']]);
  });

  it('goes nowhere on a connection that could not begin: what came after would be kept at once', async () => {
    const refused = new Error('canceling statement due to user request');
    answers.set('begin', () => Promise.reject(refused));
    await assert.rejects(run('begin', select), refused);
    assert.equal(isEnded, true);
  });
});
