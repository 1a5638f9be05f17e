import type {ProductSummary} from '../../../src/contract/product.ts';
import type {LineRequest} from '../../../src/domain/quote.ts';
import type {MockShop} from '../../../src/mocks/index.ts';
import type {FaultName} from '../../../src/sandbox/faults/fault.ts';
import type {CheckoutState, Shop} from '../../../src/store/shop.ts';
import {findWithin, waitFor} from './find.ts';
import type {Line} from './line.ts';
import type {StageClock} from './stage-clock.ts';

export interface StagedShopOptions {
  readonly shop: Shop;
  readonly mocks: MockShop;
  readonly line: Line;
  readonly clock: StageClock;
  /** Holds what is on the stage. */
  readonly root: HTMLElement;
}

export interface Purchase {
  readonly goods: readonly Wanted[];
  /** Default: the one that leads to a payment page. */
  readonly method?: 'sandbox-page' | 'sandbox-qr' | 'sandbox-element' | 'bank-transfer';
  readonly lookupPassword?: string;
}

export interface Wanted {
  /** As the sandbox platform writes it, in Chinese. */
  readonly title: string;
  /** Values of the options, where the good has some. */
  readonly choices?: readonly string[];
  readonly quantity?: number;
  /** Form fields by name. */
  readonly fields?: Readonly<Record<string, string>>;
}

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
}

export const contact = 'buyer@example.com';

/** The shop on the stage, with what its buyers, sellers and suppliers do to bring it into some state. */
export class StagedShop {
  readonly shop: Shop;
  readonly mocks: MockShop;
  readonly line: Line;
  readonly #clock: StageClock;
  readonly #root: HTMLElement;

  constructor({shop, mocks, line, clock, root}: StagedShopOptions) {
    this.#clock = clock;
    this.shop = shop;
    this.mocks = mocks;
    this.line = line;
    this.#root = root;
  }

  async good(title: string): Promise<ProductSummary> {
    const {items} = await this.shop.client.listProducts({q: title, limit: 100, lang: 'zh-CN'});
    const found = items.find(item => item.title === title);
    if (!found) throw new Error(`The sandbox sells no "${title}".`);
    return found;
  }

  async fillCart(...goods: readonly (Wanted | string)[]): Promise<void> {
    for (const good of goods) {
      const {title, quantity = 1} = typeof good === 'string' ? {title: good} : good;
      const {id, skuId, price, categoryName, cover} = await this.good(title);
      if (!skuId) throw new Error(`"${title}" comes in several kinds.`);
      const line = {skuId, productId: id, title, choices: {}, price, categoryName, quantity};
      await this.shop.cart.add({...line, ...(cover !== undefined && {cover})});
    }
  }

  /** Places an order and opens its payment; the checkout then shows it. */
  async placeOrder({goods, method = 'sandbox-page', lookupPassword}: Purchase): Promise<PlacedOrder> {
    const {checkout} = this.shop;
    const lines = await Promise.all(goods.map(good => this.#line(good)));
    checkout.select(lines);
    await checkout.begin();
    const fields = Object.fromEntries(lines.map(({skuId}, index) => [skuId, goods[index]?.fields ?? {}]));
    void checkout.place({contact, fields, method, ...(lookupPassword !== undefined && {lookupPassword})}, {});
    const {order} = await this.checkoutAt('paying', 'payment_failed', 'paid');
    return {id: order.id, number: order.number};
  }

  /** The buyer of the latest order pays, and what follows from it happens. */
  async pay(): Promise<void> {
    const {payments} = this.mocks.sandbox;
    const waiting = payments.list().findLast(({status}) => status === 'pending');
    if (!waiting) throw new Error('No payment is waiting.');
    await payments.pay(waiting.id);
    await payments.idle();
    await this.mocks.idle();
    await this.checkoutAt('paid');
  }

  /** A person of the shop sees the transfer come in that the checkout waits for, and what follows from it happens. */
  async confirmTransfer(): Promise<void> {
    const {payment} = await this.checkoutAt('paying');
    if (payment.instructions?.kind !== 'transfer') throw new Error('No transfer is awaited.');
    await this.mocks.assistant.confirmTransfer(payment.instructions.reference);
    await this.mocks.idle();
    await this.checkoutAt('paid');
  }

  /** An order from the choice of its goods to its delivery, or to what came in its place. */
  async buy(...goods: readonly Wanted[]): Promise<PlacedOrder> {
    const order = await this.placeOrder({goods});
    await this.pay();
    this.shop.checkout.close();
    return order;
  }

  /** The platform has this many of a good from now on. */
  restock(title: string, count: number): void {
    this.mocks.sandbox.platform.setStock(this.#supplied(title), count);
  }

  /** The platform wants more for a good from now on, by whole per cent. */
  raisePrice(title: string, percent: number): void {
    this.mocks.sandbox.platform.raisePrices(this.#supplied(title), percent);
  }

  /** Something goes wrong with the next purchase at the platform. */
  failNext(fault: FaultName): void {
    this.mocks.sandbox.faults.arm({fault});
  }

  /** It is this many milliseconds later for the shop and the platform. */
  passTime(milliseconds: number): void {
    this.#clock.advance(milliseconds);
  }

  /** A report on an order, as its buyer writes one. */
  async report(order: PlacedOrder, text: string): Promise<string> {
    const tickets = await this.shop.tickets();
    const keys = await tickets.keys(order.id);
    const keyIds = keys.slice(0, 1).map(({id}) => id);
    const {id} = await tickets.open(order.id, {reason: 'key_invalid', text, keyIds}, tickets.newKey());
    return id;
  }

  /** The checkout once it has come to one of these steps. */
  async checkoutAt<S extends CheckoutState['step']>(
    ...steps: readonly S[]
  ): Promise<Extract<CheckoutState, {step: S}>> {
    const {checkout} = this.shop;
    // Somebody has to listen, or the order would not be followed.
    const stop = checkout.subscribe(() => {});
    try {
      return await waitFor(
        () => {
          const state = checkout.value;
          return (steps as readonly string[]).includes(state.step) && (state as Extract<CheckoutState, {step: S}>);
        },
        `the checkout to be ${steps.join(' or ')}`,
      );
    } finally {
      stop();
    }
  }

  /** What the selector fits on the stage, in whatever shadow root, as soon as it is there. */
  find(selector: string): Promise<HTMLElement> {
    return waitFor(() => findWithin(this.#root, selector), selector);
  }

  async press(selector: string): Promise<void> {
    (await this.find(`${selector}:not(:disabled)`)).click();
  }

  async type(selector: string, text: string): Promise<void> {
    const field = (await this.find(selector)) as HTMLInputElement | HTMLTextAreaElement;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  }

  #supplied(title: string): string {
    const good = this.mocks.sandbox.platform.goods().find(good => good.title === title);
    if (!good) throw new Error(`The platform has no "${title}".`);
    return good.code;
  }

  async #line({title, choices = [], quantity = 1}: Wanted): Promise<LineRequest> {
    const {id, skuId} = await this.good(title);
    if (skuId) return {skuId, quantity};
    const {skus} = await this.shop.client.getProduct(id, {lang: 'zh-CN'});
    const sku = skus.find(sku => choices.every(choice => Object.values(sku.choices).includes(choice)));
    if (!sku) throw new Error(`"${title}" does not come as ${choices.join(', ')}.`);
    return {skuId: sku.id, quantity};
  }
}
