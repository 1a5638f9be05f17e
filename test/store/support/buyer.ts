import assert from 'node:assert/strict';
import type {CheckoutState, Shop} from '../../../src/store/shop.ts';
import {createShop} from '../../../src/store/create-shop.ts';
// Loaded on first use otherwise, which takes turns that a test would have to wait for.
import '../../../src/store/buying.ts';
import '../../../src/client/order-stream.ts';
import {form, newLine} from './builders.ts';
import {FakeDevice, turns, type Tab} from './fake-device.ts';
import {FakeServer} from './fake-server.ts';

/** A buyer with one device, the shop they buy in, and the tabs they have open. */
export class Buyer {
  readonly device = new FakeDevice();
  readonly server = new FakeServer();

  constructor() {
    this.server.now = () => this.device.time;
  }

  open(reach: typeof fetch = this.server.fetch, tab: Tab = this.device.tab()): OpenTab {
    return new OpenTab(this, tab, reach);
  }

  /** A tab with something in the cart and its form on the screen. */
  async atTheForm(): Promise<OpenTab> {
    const tab = this.open();
    await tab.shop.cart.add(newLine());
    await tab.shop.checkout.begin();
    tab.expect('filling');
    return tab;
  }

  /** The clock moves on until `done`, two minutes at the most. */
  async until(done: () => boolean, what: () => string): Promise<void> {
    for (let waited = 0; waited < 240; waited++) {
      await turns();
      if (done()) return;
      await this.device.advance(500);
    }
    assert.fail(`Waited in vain for: ${what()}.`);
  }
}

export class OpenTab {
  readonly shop: Shop;
  /** Every step that was shown, in order. */
  readonly steps: string[] = [];
  private readonly buyer: Buyer;
  private readonly tab: Tab;

  constructor(buyer: Buyer, tab: Tab, reach: typeof fetch) {
    this.buyer = buyer;
    this.tab = tab;
    this.shop = createShop({address: buyer.server.address, fetch: reach, environment: tab.environment});
    this.shop.checkout.subscribe(() => {
      const step = stepName(this.state);
      if (step !== this.steps.at(-1)) this.steps.push(step);
    });
  }

  get state(): CheckoutState {
    return this.shop.checkout.value;
  }

  expect<Step extends CheckoutState['step']>(step: Step): Extract<CheckoutState, {step: Step}> {
    assert.equal(this.state.step, step, JSON.stringify(this.state));
    return this.state as Extract<CheckoutState, {step: Step}>;
  }

  place(overrides: Partial<typeof form> = {}): Promise<void> {
    return this.shop.checkout.place({...form, ...overrides}, {});
  }

  until(step: CheckoutState['step']): Promise<void> {
    return this.buyer.until(
      () => this.state.step === step,
      () => `${step}; it is ${JSON.stringify(this.state)}`,
    );
  }

  /** The page goes away without a word, as in a reload, a crash or a battery that ran out. */
  vanish(): void {
    this.tab.crash();
    this.shop.dispose();
  }
}

function stepName(state: CheckoutState): string {
  return state.step === 'placing' && state.uncertain ? 'placing (uncertain)' : state.step;
}
