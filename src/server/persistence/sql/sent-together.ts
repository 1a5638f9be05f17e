import type {Writable} from 'node:stream';
import type pg from 'pg';
import {isBegin, isEnd} from './statement-names.ts';

/**
 * Lets statements of a transaction leave together where nobody waits for what they answer: `begin` with the first one, and
 * plain inserts with the one after them. A packet costs a process more than most statements do, and a database elsewhere
 * answers once where it answered five times. The connection has to be in pipeline mode.
 *
 * An insert counts as done at once. What the database says against it is the answer of the next statement that is waited
 * for, the commit at the latest: by then nothing of the transaction counts, and nothing is kept.
 */
export function sendTogether(client: pg.PoolClient, beginning = () => 'begin'): void {
  const send = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
  const {connection} = client as unknown as {readonly connection: {readonly stream: Writable}};
  let stage: 'outside' | 'begin is due' | 'inside' = 'outside';
  /** What is on its way, and has been answered for already. */
  let ahead: Promise<unknown>[] = [];

  function sendAhead(...given: unknown[]): Promise<unknown> {
    if (ahead.length === 0) connection.stream.cork();
    const answer = send(...given);
    answer.catch(() => undefined);
    ahead.push(answer);
    return answer;
  }

  function begin(): void {
    stage = 'inside';
    // Whatever comes after it would be kept at once.
    sendAhead(beginning()).catch(() => void (client as unknown as pg.Client).end());
  }

  client.query = ((...given: unknown[]) => {
    const [text] = given;
    if (text === 'begin') {
      stage = 'begin is due';
      return Promise.resolve(answered());
    }
    // With an isolation level of its own: it leaves at once.
    if (typeof text === 'string' && isBegin(text)) {
      stage = 'inside';
      return send(...given);
    }
    const ends = typeof text === 'string' && isEnd(text);
    if (ends && stage !== 'inside') {
      stage = 'outside';
      return Promise.resolve(answered());
    }
    if (stage === 'begin is due') begin();
    if (stage === 'inside' && ahead.length < mostAhead && isPlainInsert(text)) {
      void sendAhead(...given);
      return Promise.resolve(answered());
    }
    const answer = send(...given);
    if (ends) stage = 'outside';
    if (ahead.length === 0) return answer;
    const before = ahead;
    ahead = [];
    connection.stream.uncork();
    if (text === 'rollback') return answer;
    // Whoever has the connection next must not send among what is still being answered: after an error, too, the last comes last.
    const all = [...before, answer];
    return Promise.allSettled(all).then(async () => (await Promise.all(all)).at(-1));
  }) as typeof client.query;
}

/** Says of an insert that nobody needs to know what it answers, where its text does not show that. */
export const unawaited = (text: string) => `${mark}${text}`;

const mark = '/* unawaited */ ';

const answered = () => ({command: '', rowCount: null, rows: []});

/* What has not left takes memory: an import's thousands of rows are waited for, a part after the other. */
const mostAhead = 16;
const longestText = 4_000;

function isPlainInsert(text: unknown): boolean {
  if (typeof text !== 'string' || text.length > longestText) return false;
  if (text.startsWith(mark)) return true;
  return text.startsWith('insert into ') && !/ (on conflict|returning) /.test(text);
}
