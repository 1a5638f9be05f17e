/** The headless shop: what the elements are made of, without a view. */
export {createShop} from './store/create-shop.ts';
export type {ShopOptions} from './store/create-shop.ts';
export type {Browse, BrowseEvent, BrowseState} from './store/browse.ts';
export type {Environment, TabChannel, TextStorage} from './store/environment.ts';
export type {Readable} from './store/readable.ts';
export type {
  Cart,
  CartLine,
  CartProblem,
  CartState,
  Checkout,
  CheckoutForm,
  CheckoutState,
  FormProblems,
  GivenPage,
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
  TicketCallOptions,
  Tickets,
} from './store/shop.ts';

export {CartError, isCartError} from './store/cart-error.ts';
export {ConnectionError, isConnectionError, isKeystallError, KeystallError, ProblemError} from './client/errors.ts';
export {isProblem} from './client/is-problem.ts';
export type {Client} from './client/client.ts';

export type {Keys} from './contract/keys.ts';
export type {LookupRequest, Order, OrderLine, OrderMoment} from './contract/order.ts';
export type {Payment} from './contract/payment.ts';
export type {ProblemCode} from './contract/problem.ts';
export type {Category, Facets, ProductPage, ProductQuery, ProductSummary} from './contract/product.ts';
export type {Product, Sku} from './contract/product-details.ts';
export type {Quote, QuoteLine} from './contract/quote.ts';
export type {Shop as ShopInfo} from './contract/shop.ts';
export type {Evidence, KeyReference, Ticket, TicketMessage, TicketRequest} from './contract/ticket.ts';
export type {Money} from './domain/money.ts';
