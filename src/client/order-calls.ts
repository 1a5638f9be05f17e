import {keysSchema, type Keys} from '../contract/keys.ts';
import {
  orderSchema,
  placedOrderSchema,
  type LookupRequest,
  type Order,
  type OrderRequest,
  type PlacedOrder,
} from '../contract/order.ts';
import {paymentSchema, type Payment, type PaymentRequest, type ReturnRequest} from '../contract/payment.ts';
import {cardPageSchema, type CardPage, type CardQuery} from '../contract/card.ts';
import type {CallOptions, LanguageOptions, OpenPaymentOptions, OrderOptions, PlaceOrderOptions} from './client.ts';
import type {Http} from './http.ts';
import {orderStream} from './order-stream.ts';

/** The operations of somebody who buys: in a file of their own, since most pages show goods only. */
export interface OrderCalls {
  /** Cards of a SKU that a buyer may choose from; each is a SKU of its own. */
  listCards(
    productId: string,
    query: Omit<CardQuery, 'lang'> & Pick<LanguageOptions, 'lang'>,
    options?: CallOptions,
  ): Promise<CardPage>;
  placeOrder(request: OrderRequest, options: PlaceOrderOptions): Promise<PlacedOrder>;
  getOrder(orderId: string, options: OrderOptions): Promise<Order>;
  /** The order at once, and again at each change, until it is settled or the connection breaks. */
  watchOrder(orderId: string, options: OrderOptions): AsyncIterable<Order>;
  openPayment(orderId: string, request: PaymentRequest, options: OpenPaymentOptions): Promise<Payment>;
  revealKeys(orderId: string, options: OrderOptions): Promise<Keys>;
  /** Opens an order that was placed with a lookup password. */
  lookUpOrder(request: LookupRequest, options?: CallOptions): Promise<PlacedOrder>;
  /** Opens the order of a payment that its buyer comes back from; once. */
  claimReturn(request: ReturnRequest, options?: CallOptions): Promise<PlacedOrder>;
}

export function orderCalls(http: Http): OrderCalls {
  const order = (id: string, rest = '') => `v1/orders/${encodeURIComponent(id)}${rest}`;
  return {
    listCards: (productId, {sku, cursor, lang}, {signal} = {}) =>
      http.json(cardPageSchema, `v1/products/${encodeURIComponent(productId)}/cards`, {
        query: {sku, cursor, lang},
        signal,
      }),
    placeOrder: (json, {idempotencyKey, signal}) =>
      http.json(placedOrderSchema, 'v1/orders', {method: 'post', json, idempotencyKey, signal}),
    getOrder: (orderId, {token, signal}) => http.json(orderSchema, order(orderId), {token, signal}),
    watchOrder: (orderId, {token, signal}) => orderStream(http, order(orderId, '/events'), {token, signal}),
    openPayment: (orderId, json, {token, idempotencyKey, signal}) =>
      http.json(paymentSchema, order(orderId, '/payments'), {method: 'post', json, token, idempotencyKey, signal}),
    revealKeys: (orderId, {token, signal}) =>
      http.json(keysSchema, order(orderId, '/keys'), {method: 'post', token, signal}),
    claimReturn: (json, {signal} = {}) =>
      http.json(placedOrderSchema, 'v1/orders/return', {method: 'post', json, signal}),
    lookUpOrder: (json, {signal} = {}) =>
      http.json(placedOrderSchema, 'v1/orders/lookup', {method: 'post', json, signal}),
  };
}
