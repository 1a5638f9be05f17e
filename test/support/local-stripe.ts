import {serve} from '@hono/node-server';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import type {Server} from 'node:http';
import {playStripe, publishableKey, stripeKey, stripeWebhookSecret, type PlayedStripe} from './played-stripe.ts';

/** Stripe on an origin of its own, as the shop server and browsers reach it: its API, its script, and a bank behind it. */
export class LocalStripe {
  readonly url: string;
  /** While it is, the API answers pages, and no server's question. */
  isDeafToServers = false;
  readonly #server: Server;
  readonly #played: PlayedStripe;
  #shop = '';
  #hold: {readonly caught: () => void; readonly released: Promise<void>} | undefined;

  private constructor(server: Server, played: PlayedStripe) {
    this.#server = server;
    this.#played = played;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<LocalStripe> {
    const played = playStripe({
      now: () => Date.now(),
      notify: (body, signature) => stripe.#notify(body, signature),
    });
    const server = serve({fetch: request => stripe.#answer(request), port: 0, hostname: '127.0.0.1'}) as Server;
    await once(server, 'listening');
    const stripe = new LocalStripe(server, played);
    return stripe;
  }

  /** What a shop server's environment says of this account. */
  get environment(): NodeJS.ProcessEnv {
    return {
      STRIPE_URL: this.url,
      STRIPE_PUBLISHABLE_KEY: publishableKey,
      STRIPE_SECRET_KEY: stripeKey,
      STRIPE_WEBHOOK_SECRET: stripeWebhookSecret,
    };
  }

  /** Notifies this shop server from now on. */
  tell(shop: string): void {
    this.#shop = shop;
  }

  /** The next notification is kept back: `caught` when there is one, until `release` is called. */
  holdNotification(): {readonly caught: Promise<void>; release(): void} {
    const caught = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.#hold = {caught: caught.resolve, released: released.promise};
    return {caught: caught.promise, release: released.resolve};
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: Request): Promise<Response> {
    const isServers = request.headers.get('Authorization') === `Bearer ${stripeKey}`;
    if (this.isDeafToServers && isServers) return Response.json({error: {type: 'api_error'}}, {status: 503});
    return this.#played.handle(request);
  }

  async #notify(body: string, signature: string): Promise<void> {
    const hold = this.#hold;
    this.#hold = undefined;
    hold?.caught();
    await hold?.released;
    const answer = await fetch(`${this.#shop}/v1/payments/stripe/notifications`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Stripe-Signature': signature},
      body,
    });
    if (!answer.ok) throw new Error(`The shop answered Stripe with ${answer.status}: ${await answer.text()}`);
  }
}
