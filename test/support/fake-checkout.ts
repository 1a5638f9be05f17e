import type {Keys} from '../../src/contract/keys.ts';
import type {Order, OrderLine} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {Quote, QuoteLine} from '../../src/contract/quote.ts';
import {money} from '../../src/domain/money.ts';

export const aQuoteLine = (overrides: Partial<QuoteLine> = {}): QuoteLine => ({
  skuId: 'sku-steam-50',
  productId: 'steam-50',
  title: 'Steam 钱包充值码 50 元',
  choices: {},
  quantity: 1,
  unitPrice: money('47.80', 'CNY'),
  total: money('47.80', 'CNY'),
  contact: 'email',
  fields: [],
  ...overrides,
});

export const aQuote = (overrides: Partial<Quote> = {}): Quote => ({
  lines: [aQuoteLine()],
  total: money('47.80', 'CNY'),
  expiresAt: '2099-01-01T00:10:00.000Z',
  intent: 'intent-1',
  token: 'quote-token-1',
  ...overrides,
});

export const anOrderLine = (overrides: Partial<OrderLine> = {}): OrderLine => ({
  id: 'line-1',
  skuId: 'sku-steam-50',
  productId: 'steam-50',
  title: 'Steam 钱包充值码 50 元',
  choices: {},
  quantity: 1,
  unitPrice: money('47.80', 'CNY'),
  total: money('47.80', 'CNY'),
  delivery: 'automatic',
  delivered: 0,
  failed: 0,
  status: 'waiting',
  ...overrides,
});

export const anOrder = (overrides: Partial<Order> = {}): Order => ({
  id: 'order-1',
  number: 'KS-2099-0001',
  state: 'pending_payment',
  currency: 'CNY',
  total: money('47.80', 'CNY'),
  refundDue: money('0.00', 'CNY'),
  createdAt: '2099-01-01T00:00:00.000Z',
  expiresAt: '2099-01-01T00:15:00.000Z',
  lines: [anOrderLine()],
  payments: [],
  keysReady: 0,
  timeline: [],
  ...overrides,
});

export const aPayment = (overrides: Partial<Payment> = {}): Payment => ({
  id: 'payment-1',
  method: 'sandbox',
  state: 'pending',
  amount: money('47.80', 'CNY'),
  expiresAt: '2099-01-01T00:15:00.000Z',
  instructions: {kind: 'redirect', url: 'https://pay.test/p/1'},
  ...overrides,
});

export const someKeys = (codes: readonly string[], overrides: Partial<Keys> = {}): Keys => ({
  revealCount: 1,
  keys: codes.map((code, index) => ({
    id: `key-${index}`,
    lineId: 'line-1',
    title: 'Steam 钱包充值码 50 元',
    secret: {kind: 'code', code},
  })),
  ...overrides,
});
