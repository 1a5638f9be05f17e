import pg from 'pg';
import {createSerialQueue} from '../../../upstreams/serial-queue.ts';

/** A connection of its own that answers one question after the other: pg will not keep a queue for them any more. */
export interface SerialClient {
  connect(): Promise<void>;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * Waits for an answer to a question that is sent after this call: the server was there until now. All who call before
   * it is sent share it.
   */
  hear(): Promise<unknown>;
  end(): Promise<void>;
}

/** @param onLost called when the connection ends, or fails while nothing is asked */
export function createSerialClient(options: pg.ClientConfig, onLost: (error: unknown) => void): SerialClient {
  const client = new pg.Client(options);
  client.on('error', onLost);
  client.on('end', () => onLost(new Error('The server has closed it.')));
  const inTurn = createSerialQueue();
  // The client bounds how long an answer is waited for.
  const {signal} = new AbortController();
  let unsent: Promise<unknown> | undefined;

  return {
    async connect() {
      await client.connect();
    },
    query: <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      inTurn(signal, async () => (await client.query<Row>(text, [...values])).rows),
    hear() {
      unsent ??= inTurn(signal, () => {
        unsent = undefined;
        return client.query('select');
      });
      return unsent;
    },
    end: () => client.end(),
  };
}
