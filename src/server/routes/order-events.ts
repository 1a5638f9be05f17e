import {isAtRest} from '../../domain/order.ts';
import type {Store} from '../persistence/store.ts';
import {readOrderView, type WayBack} from '../views/order-view.ts';

/** How often the order is looked at without being told to: a process may die between its change and saying so. */
const lookEveryMs = 10_000;
/** How often a quiet stream says that it lives, so that proxies keep it. */
const heartbeatMs = 15_000;
/** When a reader shall come back whose stream the server ended; spread out, so that not all come at once. */
const comeBackMs = [500, 2_500] as const;

export interface OrderEventsOptions {
  /** The reader is gone. */
  readonly gone: AbortSignal;
  /** The process is about to end. */
  readonly leaving?: AbortSignal | undefined;
  readonly wayBack?: WayBack;
}

/**
 * One order as server-sent events (HTML Living Standard §9.2): at once, after every change, until it is settled. A process
 * that is about to end says the order as it is, when to come back, and no more.
 */
export function orderEvents(store: Store, orderId: string, {gone, leaving, wayBack}: OrderEventsOptions): Response {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const stop = () => ended.abort();
  gone.addEventListener('abort', stop, {signal: ended.signal});
  let isBegun = false;

  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (isBegun) return;
        isBegun = true;
        if (gone.aborted) return controller.close();
        let last = '';
        let reading: Promise<void> | undefined;
        let readAgain = false;
        const send = (text: string) => {
          if (!ended.signal.aborted) controller.enqueue(encoder.encode(text));
        };
        const look = () => {
          readAgain = true;
          reading ??= readWhileChanged();
        };
        const readWhileChanged = async () => {
          while (readAgain && !ended.signal.aborted) {
            readAgain = false;
            await readOnce().catch(stop);
          }
          // In the turn that found nothing more to read: what changes from now on begins anew.
          reading = undefined;
        };
        const readOnce = async () => {
          const view = await readOrderView(store, orderId, wayBack);
          if (!view) return stop();
          const text = JSON.stringify(view);
          if (text !== last) send(`event: order\ndata: ${text}\n\n`);
          last = text;
          if (isAtRest(view)) return stop();
          if (leaving?.aborted) leave();
        };
        const leave = () => {
          const [soonest, latest] = comeBackMs;
          send(`retry: ${Math.round(soonest + Math.random() * (latest - soonest))}\n\n`);
          stop();
        };

        const timers = [setInterval(look, lookEveryMs), setInterval(() => send(': still here\n\n'), heartbeatMs)];
        const unsubscribe = store.onOrderChanged(orderId, look);
        ended.signal.addEventListener('abort', () => {
          timers.forEach(clearInterval);
          unsubscribe();
          try {
            controller.close();
          } catch {
            // The reader was gone first.
          }
        });
        leaving?.addEventListener('abort', look, {signal: ended.signal});
        look();
      },
      cancel: stop,
    },
    // Begins with the first reading: what nobody reads, such as the answer to HEAD, costs nothing.
    {highWaterMark: 0},
  );

  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    },
  });
}
