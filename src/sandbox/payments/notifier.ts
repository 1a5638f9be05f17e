import {Webhook} from 'standardwebhooks';
import type {Clock} from '../clock.ts';
import type {Strike} from '../faults/fault-box.ts';
import type {Notice, PaymentEvent} from './payment.ts';

/** Waits between tries; after the last one the notice is given up. */
const retryAfterSeconds = [1, 3, 10, 30, 60] as const;
const answerTimeoutMs = 15_000;
const defaultDelayMs = 5_000;

export interface NotifierOptions {
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<Response>;
  /** `whsec_…` */
  readonly webhookSecret: string;
  readonly onChange: () => void;
}

/** Tells shops about payments, signed by Standard Webhooks, until they answer 2xx. Source: standardwebhooks.com. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #webhook: Webhook;
  readonly #notices: Notice[] = [];
  readonly #timers = new Set<() => void>();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: NotifierOptions, notices: readonly Notice[] = []) {
    this.#options = options;
    this.#webhook = new Webhook(options.webhookSecret);
    for (const notice of notices) {
      const index = this.#notices.push(notice) - 1;
      if (notice.state === 'pending') this.#schedule(index, 0);
    }
  }

  notices(): readonly Notice[] {
    return [...this.#notices];
  }

  /** Starts telling a shop. The promise is that of the first try; retries follow by themselves. */
  async tell(event: PaymentEvent, url: string, strike: Strike): Promise<void> {
    const isLost = strike.has('notify-lost');
    const index = this.#notices.push({event, url, state: isLost ? 'lost' : 'pending', tries: []}) - 1;
    this.#options.onChange();
    if (isLost) return;
    const delayed = strike.get('notify-delayed');
    if (delayed) this.#schedule(index, delayed.delayMs ?? defaultDelayMs);
    else await this.#track(this.#try(index));
  }

  /** Resolves once no try is under way; retries that wait for their time do not count. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  close(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #schedule(index: number, milliseconds: number): void {
    const cancel = this.#options.clock.after(milliseconds, () => {
      this.#timers.delete(cancel);
      void this.#track(this.#try(index));
    });
    this.#timers.add(cancel);
  }

  async #try(index: number): Promise<void> {
    const notice = this.#notices[index];
    if (!notice || notice.state !== 'pending') return;
    const at = this.#options.clock.now();
    const outcome = await this.#post(notice, at);
    const tries = [...notice.tries, {at, outcome}];
    const isDelivered = outcome !== 'unreachable' && outcome >= 200 && outcome < 300;
    const wait = retryAfterSeconds[tries.length - 1];
    const state = isDelivered ? 'delivered' : wait === undefined ? 'given_up' : 'pending';
    this.#notices[index] = {...notice, tries, state};
    this.#options.onChange();
    if (state === 'pending' && wait !== undefined) this.#schedule(index, wait * 1000);
  }

  async #post({event, url}: Notice, at: number): Promise<number | 'unreachable'> {
    const body = JSON.stringify(event);
    const abort = new AbortController();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': this.#webhook.sign(event.id, new Date(at), body),
    };
    const cancel = this.#options.clock.after(answerTimeoutMs, () => abort.abort());
    try {
      const request = new Request(url, {method: 'POST', headers, body, redirect: 'manual', signal: abort.signal});
      const response = await this.#options.fetch(request);
      await response.body?.cancel();
      return response.status;
    } catch {
      return 'unreachable';
    } finally {
      cancel();
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    try {
      await work;
    } finally {
      this.#running.delete(work);
    }
  }
}
