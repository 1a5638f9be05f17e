import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ProductPage, ProductQuery, ProductSummary} from '../../../src/contract/product.ts';
import type {GivenPage, ProductList} from '../../../src/store/shop.ts';
import {loadDrawing} from '../../shared/cover/cover-controller.ts';
import {firstGoods, type Awaiting} from '../../shared/first-goods.ts';
import {givenList} from '../../shared/given-list.ts';

/** How long they may take before places for them are drawn, in milliseconds. */
const patience = 100;

/** Has the goods that were asked for before the grid's code had come. */
export class FirstGoodsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #address: string | undefined;
  #page: ProductPage | undefined;
  #arrival: Promise<void> | undefined;
  #listed: GivenPage | undefined;
  #list: ProductList | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const host: Awaiting = this.#host;
    const left = host[firstGoods];
    if (!left) return;
    // Once: what is asked for later is the shop's business.
    host[firstGoods] = undefined;
    this.#address = left.address;
    this.#arrival = this.#read(left.answer).catch(() => {
      // The shop itself asks again, and says what went wrong.
    });
  }

  /** To be waited for before anything is drawn; undefined if none were asked for. */
  get arrival(): Promise<unknown> | undefined {
    return this.#arrival && Promise.race([this.#arrival, new Promise(resolve => setTimeout(resolve, patience))]);
  }

  /**
   * The first page, where it was this that it was asked for by.
   * @param shop the shop's address
   */
  page(shop: string, query: Omit<ProductQuery, 'cursor'>): ProductPage | undefined {
    const address = `${shop}/v1/products?${new URLSearchParams(query as Record<string, string>)}`;
    // A page may write its language in small letters.
    return address.toLowerCase() === this.#address?.toLowerCase() ? this.#page : undefined;
  }

  /** Goods as a list to show before the shop is there: the same one for the same goods. */
  list(goods: GivenPage | undefined): ProductList | undefined {
    if (goods !== this.#listed) {
      this.#listed = goods;
      this.#list = canBeShown(goods) ? givenList(goods) : undefined;
    }
    return this.#list;
  }

  async #read(answer: Promise<unknown>): Promise<void> {
    const page = (await answer) as ProductPage;
    this.#page = page;
    if (page.items.some(({cover}) => cover === undefined)) await loadDrawing().catch(() => {});
    this.#host.requestUpdate();
  }
}

/** The contract's schemas come with the shop's code, which checks the same answer; so much a card needs until then. */
function canBeShown(goods: Partial<GivenPage> | undefined): goods is GivenPage {
  const isGood = ({id, title, categoryName, price}: Partial<ProductSummary>) =>
    [id, title, categoryName, price?.amount, price?.currency].every(text => typeof text === 'string');
  return Array.isArray(goods?.items) && goods.items.every(item => item && isGood(item));
}
