import {safeParse} from 'valibot';
import {orderSchema, type Order} from '../contract/order.ts';
import {UnreadableAnswerError} from './errors.ts';
import type {Http} from './http.ts';
import {eventReader} from './server-sent-events.ts';

/**
 * Reads the server-sent events of one order (HTML Living Standard, 9.2). By fetch, because an `EventSource` cannot send
 * the order token in a header. Ends when the server ends it; leaving the loop closes the connection.
 */
export async function* orderStream(
  http: Http,
  path: string,
  {token, signal}: {readonly token: string; readonly signal?: AbortSignal | undefined},
): AsyncGenerator<Order, void> {
  const response = await http.response(path, {token, signal, accept: 'text/event-stream'});
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw unreadable(path, 'it has no body');
  const eventsOf = eventReader();
  try {
    for (;;) {
      const {done, value} = await reader.read().catch((error: unknown) => {
        throw http.explain(error, path, signal);
      });
      if (done) return;
      for (const {event, data} of eventsOf(value)) {
        if (event === 'order') yield readOrder(data, path);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function readOrder(data: string, path: string): Order {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    throw unreadable(path, 'an event is no JSON');
  }
  const order = safeParse(orderSchema, json);
  if (!order.success) throw unreadable(path, 'an event is no order');
  return order.output;
}

function unreadable(path: string, what: string): UnreadableAnswerError {
  return new UnreadableAnswerError('unreadable_answer', `The stream of ${path} cannot be read: ${what}.`);
}
