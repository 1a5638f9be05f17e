import type {Client} from '../../src/client/client.ts';
import {KeystallError} from '../../src/client/errors.ts';
import type {LookupRequest, Order} from '../../src/contract/order.ts';
import type {KeyReference, Ticket, TicketRequest} from '../../src/contract/ticket.ts';
import type {Card} from '../../src/contract/card.ts';
import type {Category, ProductQuery, ProductSummary} from '../../src/contract/product.ts';
import type {Product, Sku} from '../../src/contract/product-details.ts';
import type {Shop as ShopInfo} from '../../src/contract/shop.ts';
import type {Keys} from '../../src/contract/keys.ts';
import {createFormDraft} from '../../src/store/form-draft.ts';
import {createBrowse} from '../../src/store/browse.ts';
import type {Readable} from '../../src/store/readable.ts';
import type {
  Cart,
  CartCoupon,
  CartLine,
  CartState,
  CardList,
  CardListState,
  Checkout,
  CheckoutState,
  KnownOrder,
  Loaded,
  NewCartLine,
  Orders,
  OrderPayment,
  OrderPaymentState,
  OrderView,
  ProductList,
  ProductListState,
  Shop,
  Tickets,
} from '../../src/store/shop.ts';
import {isDead} from '../../src/store/cart-reducer.ts';
import {money, multiply, sum} from '../../src/domain/money.ts';

/** A readable that a test changes by `set`. */
export interface Writable<T> extends Readable<T> {
  set(value: T): void;
  /** How many listen now. */
  readonly listeners: number;
}

export function writable<T>(value: T): Writable<T> {
  const listeners = new Set<() => void>();
  return {
    get value() {
      return value;
    },
    get listeners() {
      return listeners.size;
    },
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const ready = <T>(data: T): Loaded<T> => ({status: 'ready', data, refreshing: false});

/** A failure as the elements see it; `retries` counts how often somebody asked to try again. */
export function failed(code = 'connection'): {
  readonly status: 'failed';
  readonly error: KeystallError;
  retries: number;
  retry(): void;
} {
  const error = new KeystallError(code, 'The shop server did not answer.');
  return {
    status: 'failed',
    error,
    retries: 0,
    retry() {
      this.retries++;
    },
  };
}

export const aProductSummary = (overrides: Partial<ProductSummary> = {}): ProductSummary => ({
  id: 'steam-50',
  title: 'Steam 钱包充值码 50 元',
  categoryId: 'game-cards',
  categoryName: '游戏点卡',
  delivery: 'automatic',
  price: money('47.80', 'CNY'),
  priceVaries: false,
  stock: 'in_stock',
  minimum: 1,
  skuId: 'sku-steam-50',
  ...overrides,
});

export const aSku = (overrides: Partial<Sku> = {}): Sku => ({
  id: 'sku-1',
  choices: {},
  prices: [{from: 1, price: money('47.80', 'CNY')}],
  stock: 'in_stock',
  ...overrides,
});

export const aProduct = (overrides: Partial<Product> = {}): Product => ({
  id: 'steam-50',
  title: 'Steam 钱包充值码 50 元',
  categoryId: 'game-cards',
  categoryName: '游戏点卡',
  description: [{kind: 'paragraph', spans: [{text: '购买后立即显示充值码。\n仅限国区账号使用。'}]}],
  pictures: [],
  badges: [],
  delivery: 'automatic',
  contact: 'any',
  minimum: 1,
  fields: [],
  options: [],
  skus: [aSku({id: 'sku-steam-50'})],
  ...overrides,
});

/** A membership with two dimensions: 年卡 · 电视端 is sold out, 月卡 · 电视端 does not exist. */
export const aProductWithChoices = (overrides: Partial<Product> = {}): Product =>
  aProduct({
    id: 'iqiyi',
    title: '爱奇艺黄金会员',
    categoryName: '影音会员',
    options: [
      {name: '时长', values: ['月卡', '季卡', '年卡']},
      {name: '端', values: ['手机端', '电视端']},
    ],
    maximum: 20,
    skus: [
      aSku({
        id: 'month-phone',
        choices: {时长: '月卡', 端: '手机端'},
        prices: [
          {from: 1, price: money('19.80', 'CNY')},
          {from: 5, price: money('18.90', 'CNY')},
        ],
      }),
      aSku({
        id: 'quarter-phone',
        choices: {时长: '季卡', 端: '手机端'},
        prices: [{from: 1, price: money('54.00', 'CNY')}],
      }),
      aSku({
        id: 'quarter-tv',
        choices: {时长: '季卡', 端: '电视端'},
        prices: [{from: 1, price: money('68.00', 'CNY')}],
      }),
      aSku({
        id: 'year-phone',
        choices: {时长: '年卡', 端: '手机端'},
        prices: [{from: 1, price: money('188.00', 'CNY')}],
      }),
      aSku({
        id: 'year-tv',
        choices: {时长: '年卡', 端: '电视端'},
        prices: [{from: 1, price: money('228.00', 'CNY')}],
        stock: 'sold_out',
      }),
    ],
    ...overrides,
  });

export const aCartLine = (overrides: Partial<CartLine> = {}): CartLine => ({
  skuId: 'sku-steam-50',
  productId: 'steam-50',
  title: 'Steam 钱包充值码 50 元',
  choices: {},
  quantity: 1,
  price: money('47.80', 'CNY'),
  categoryName: '游戏点卡',
  pending: false,
  ...overrides,
});

export function aCartState(lines: readonly CartLine[], coupon?: CartCoupon): CartState {
  const first = lines[0];
  return {
    lines,
    count: lines.reduce((pieces, line) => pieces + line.quantity, 0),
    ...(first && {
      subtotal: sum(
        lines.filter(line => !isDead(line)).map(line => multiply(line.price, line.quantity)),
        first.price.currency,
      ),
    }),
    ...(coupon && {coupon}),
  };
}

/** One call on the cart, and what the server is to say to it. */
export interface CartCall {
  readonly method: 'add' | 'setQuantity' | 'remove' | 'removeDead' | 'clear' | 'refresh' | 'setCoupon';
  readonly coupon?: string | undefined;
  readonly line?: NewCartLine;
  readonly skuId?: string;
  readonly quantity?: number;
  confirm(): void;
  refuse(error: Error): void;
}

/** A cart that does at once what it is told and answers when the test says so. */
export class FakeCart implements Cart {
  readonly calls: CartCall[] = [];
  readonly state: Writable<CartState>;

  constructor(lines: readonly CartLine[] = []) {
    this.state = writable(aCartState(lines));
  }

  get value(): CartState {
    return this.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  setLines(lines: readonly CartLine[]): void {
    this.state.set(aCartState(lines, this.value.coupon));
  }

  setCouponState(coupon: CartCoupon | undefined): void {
    this.state.set(aCartState(this.value.lines, coupon));
  }

  add(line: NewCartLine): Promise<void> {
    const present = this.value.lines.find(({skuId}) => skuId === line.skuId);
    const quantity = (present?.quantity ?? 0) + (line.quantity ?? 1);
    this.setLines([...this.value.lines.filter(other => other !== present), {...line, quantity, pending: false}]);
    return this.#call({method: 'add', line});
  }

  setQuantity(skuId: string, quantity: number): Promise<void> {
    this.setLines(this.value.lines.map(line => (line.skuId === skuId ? {...line, quantity} : line)));
    return this.#call({method: 'setQuantity', skuId, quantity});
  }

  remove(skuId: string): Promise<void> {
    this.setLines(this.value.lines.filter(line => line.skuId !== skuId));
    return this.#call({method: 'remove', skuId});
  }

  removeDead(): void {
    this.setLines(this.value.lines.filter(line => !isDead(line)));
    void this.#call({method: 'removeDead'});
  }

  refresh = (): Promise<void> => this.#call({method: 'refresh'});

  setCoupon(coupon: string | undefined): Promise<void> {
    this.setCouponState(coupon === undefined ? undefined : {code: coupon, pending: true});
    return this.#call({method: 'setCoupon', coupon});
  }

  clear(): void {
    this.setLines([]);
    void this.#call({method: 'clear'});
  }

  #call(call: Omit<CartCall, 'confirm' | 'refuse'>): Promise<void> {
    return new Promise((resolve, reject) => this.calls.push({...call, confirm: resolve, refuse: reject}));
  }
}

/** A checkout that stays where the test puts it and counts what it is asked. */
export class FakeCheckout implements Checkout {
  readonly calls: {readonly method: string; readonly arguments: readonly unknown[]}[] = [];
  readonly state: Writable<CheckoutState>;

  constructor(state: CheckoutState = {step: 'idle'}) {
    this.state = writable(state);
  }

  get value(): CheckoutState {
    return this.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  selected: Checkout['selected'];
  select = (lines?: Checkout['selected']): void => {
    this.selected = lines;
    void this.#call('select', [lines]);
  };
  begin = (): Promise<void> => this.#call('begin');
  place = (...given: Parameters<Checkout['place']>): Promise<void> => this.#call('place', given);
  pay = (...given: Parameters<Checkout['pay']>): Promise<void> => this.#call('pay', given);
  resume = (): Promise<void> => this.#call('resume');
  close = (): void => void this.#call('close');

  #call(method: string, given: readonly unknown[] = []): Promise<void> {
    this.calls.push({method, arguments: given});
    return Promise.resolve();
  }
}

type ReadyList = Extract<ProductListState, {status: 'ready'}>['data'];

export class FakeProductList implements ProductList {
  readonly state: Writable<ProductListState>;
  loadMoreCalls = 0;

  constructor(state: ProductListState = {status: 'loading'}) {
    this.state = writable(state);
  }

  get value(): ProductListState {
    return this.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  loadMore(): Promise<void> {
    this.loadMoreCalls++;
    return Promise.resolve();
  }

  show(items: readonly ProductSummary[], page: Partial<Omit<ReadyList, 'items'>> = {}): void {
    this.state.set(ready({items, total: items.length, hasMore: false, loadingMore: false, ...page}));
  }
}

/** Cards that stay as the test shows them. */
export class FakeCardList implements CardList {
  readonly state = writable<CardListState>({status: 'loading'});
  loadMoreCalls = 0;
  refreshes = 0;

  get value(): CardListState {
    return this.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  loadMore(): Promise<void> {
    this.loadMoreCalls++;
    return Promise.resolve();
  }

  refresh(): Promise<void> {
    this.refreshes++;
    return Promise.resolve();
  }

  show(items: readonly Card[], page: {readonly total?: number; readonly hasMore?: boolean} = {}): void {
    this.state.set(ready({items, total: items.length, hasMore: false, loadingMore: false, ...page}));
  }
}

export const aCard = (number: number, overrides: Partial<Card> = {}): Card => ({
  skuId: `sku-steam-50~${number}`,
  label: `尾号${number}`,
  choices: {自选卡密: `尾号${number}`},
  price: money('53.80', 'CNY'),
  premium: money('6.00', 'CNY'),
  ...overrides,
});

export class FakeOrderPayment implements OrderPayment {
  readonly state = writable<OrderPaymentState>({step: 'none'});
  readonly presses: {readonly method: string; readonly returnUrl: string | undefined}[] = [];

  get value(): OrderPaymentState {
    return this.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  pay(method: string, {returnUrl}: {readonly returnUrl?: string} = {}): Promise<void> {
    this.presses.push({method, returnUrl});
    return Promise.resolve();
  }
}

export class FakeOrders implements Orders {
  readonly known = writable<Loaded<readonly KnownOrder[]>>(ready([]));
  readonly views = new Map<string, Writable<OrderView>>();
  readonly keyRequests: {
    readonly orderId: string;
    readonly signal: AbortSignal | undefined;
    answer(keys: Keys): void;
    refuse(error: Error): void;
  }[] = [];

  readonly usedKeyIds = new Set<string>();

  usedKeys = (): Promise<readonly string[]> => Promise.resolve([...this.usedKeyIds]);

  markKey(_orderId: string, keyId: string, isUsed: boolean): Promise<void> {
    if (isUsed) this.usedKeyIds.add(keyId);
    else this.usedKeyIds.delete(keyId);
    return Promise.resolve();
  }

  watch(orderId: string): Writable<OrderView> {
    let view = this.views.get(orderId);
    if (!view) this.views.set(orderId, (view = writable<OrderView>({status: 'loading'})));
    return view;
  }

  showOrder(order: Order, connection: 'live' | 'polling' | 'settled' | 'offline' = 'live'): void {
    this.watch(order.id).set({status: 'ready', order, connection});
  }

  glance(orderId: string): Writable<OrderView> {
    return this.watch(orderId);
  }

  readonly lookUps: {
    readonly request: LookupRequest;
    answer(order: KnownOrder): void;
    refuse(error: Error): void;
  }[] = [];
  readonly forgotten: string[] = [];

  lookUp(request: LookupRequest): Promise<KnownOrder> {
    return new Promise((resolve, reject) => this.lookUps.push({request, answer: resolve, refuse: reject}));
  }

  readonly kept: [order: KnownOrder, token: string][] = [];

  keep(order: KnownOrder, token: string): Promise<void> {
    this.kept.push([order, token]);
    return Promise.resolve();
  }

  async forget(orderId: string): Promise<void> {
    this.forgotten.push(orderId);
    const {value} = this.known;
    if (value.status === 'ready') this.known.set(ready(value.data.filter(({id}) => id !== orderId)));
  }

  readonly payments = new Map<string, FakeOrderPayment>();

  payment(orderId: string): Promise<FakeOrderPayment> {
    let payment = this.payments.get(orderId);
    if (!payment) this.payments.set(orderId, (payment = new FakeOrderPayment()));
    return Promise.resolve(payment);
  }

  keys(orderId: string, {signal}: {readonly signal?: AbortSignal; readonly token?: string} = {}): Promise<Keys> {
    return new Promise((resolve, reject) => this.keyRequests.push({orderId, signal, answer: resolve, refuse: reject}));
  }
}

/** One deed about a ticket, and what the server is to say to it. */
export interface TicketCall {
  readonly method: 'keys' | 'open' | 'write' | 'attach' | 'file';
  readonly key?: string;
  readonly request?: TicketRequest;
  readonly text?: string;
  readonly file?: Blob;
  answer(value: unknown): void;
  refuse(error: Error): void;
}

/** After-sales that answers when the test says so. */
export class FakeTickets implements Tickets {
  readonly list = writable<Loaded<readonly Ticket[]>>(ready([]));
  readonly calls: TicketCall[] = [];
  private keyCount = 0;

  of = (): Writable<Loaded<readonly Ticket[]>> => this.list;
  newKey = (): string => `key-${++this.keyCount}`;
  keys = (): Promise<readonly KeyReference[]> => this.#call({method: 'keys'});
  open = (_: string, request: TicketRequest, key: string): Promise<Ticket> =>
    this.#call({method: 'open', request, key});
  write = (_: unknown, text: string, key: string): Promise<Ticket> => this.#call({method: 'write', text, key});
  attach = (_: unknown, file: Blob, key: string): Promise<Ticket> => this.#call({method: 'attach', file, key});
  file = (): Promise<Blob> => this.#call({method: 'file'});

  /** The last call of a kind. */
  last(method: TicketCall['method']): TicketCall {
    const call = this.calls.findLast(each => each.method === method);
    if (!call) throw new Error(`Nobody called ${method}.`);
    return call;
  }

  show(...tickets: readonly Ticket[]): void {
    this.list.set(ready(tickets));
  }

  #call<T>(call: Omit<TicketCall, 'answer' | 'refuse'>): Promise<T> {
    return new Promise((resolve, reject) =>
      this.calls.push({...call, answer: value => resolve(value as T), refuse: reject}),
    );
  }
}

/** A shop that shows what the test sets and remembers what it was asked. */
export class FakeShop implements Shop {
  readonly address = 'https://shop.test';
  /** Elements do not reach for it. */
  readonly client = {} as Client;
  readonly shopInfo = writable<Loaded<ShopInfo>>(
    ready({
      name: '星河卡铺',
      currency: 'CNY',
      locales: ['zh-CN', 'en'],
      paymentMethods: [
        {id: 'sandbox', kind: 'redirect', label: '沙盒支付'},
        {id: 'sandbox-qr', kind: 'qr', label: '沙盒扫码'},
      ],
      notices: [],
    }),
  );
  readonly categoryList = writable<Loaded<readonly Category[]>>(ready([]));
  /** The list that every query gets, unless `productLists` knows the query. */
  readonly productList = new FakeProductList();
  readonly productLists = new Map<string, FakeProductList>();
  readonly productQueries: Omit<ProductQuery, 'cursor'>[] = [];
  readonly productDetails = new Map<string, Writable<Loaded<Product>>>();
  readonly browse = createBrowse();
  readonly cart: FakeCart;
  readonly checkout: FakeCheckout;
  readonly orders = new FakeOrders();
  readonly draft = createFormDraft();
  readonly afterSales = new FakeTickets();
  disposed = false;

  constructor({lines = [], checkout = {step: 'idle'}}: {lines?: readonly CartLine[]; checkout?: CheckoutState} = {}) {
    this.cart = new FakeCart(lines);
    this.checkout = new FakeCheckout(checkout);
  }

  info = (): Writable<Loaded<ShopInfo>> => this.shopInfo;
  categories = (): Writable<Loaded<readonly Category[]>> => this.categoryList;

  products(query: Omit<ProductQuery, 'cursor'>): FakeProductList {
    this.productQueries.push(query);
    return this.productLists.get(query.q ?? '') ?? this.productList;
  }

  /** The cards of every SKU, unless `cardLists` knows it. */
  readonly cardList = new FakeCardList();
  readonly cardLists = new Map<string, FakeCardList>();

  cards = ({skuId}: {readonly skuId: string}): Promise<FakeCardList> =>
    Promise.resolve(this.cardLists.get(skuId) ?? this.cardList);

  product(id: string): Writable<Loaded<Product>> {
    let product = this.productDetails.get(id);
    if (!product) this.productDetails.set(id, (product = writable<Loaded<Product>>({status: 'loading'})));
    return product;
  }

  watchProduct = (id: string): Writable<Loaded<Product>> => this.product(id);

  showProduct(product: Product): void {
    this.product(product.id).set(ready(product));
  }

  tickets = (): Promise<FakeTickets> => Promise.resolve(this.afterSales);

  dispose(): void {
    this.disposed = true;
  }
}
