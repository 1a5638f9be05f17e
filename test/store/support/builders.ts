import type {Order} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import type {Quote, QuoteLine} from '../../../src/contract/quote.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';
import type {CheckoutForm, NewCartLine} from '../../../src/store/shop.ts';
import {money, multiply, sum} from '../../../src/domain/money.ts';

export const yuan = (amount: string) => money(amount, 'CNY');

export function newLine(overrides: Partial<NewCartLine> = {}): NewCartLine {
  return {
    skuId: 'sku-1',
    productId: 'product-1',
    title: 'Steam ¥50',
    choices: {},
    price: yuan('48.00'),
    categoryName: 'Game cards',
    ...overrides,
  };
}

export function quoteLine(overrides: Partial<QuoteLine> = {}): QuoteLine {
  const quantity = overrides.quantity ?? 1;
  const unitPrice = overrides.unitPrice ?? yuan('48.00');
  return {
    skuId: 'sku-1',
    productId: 'product-1',
    title: 'Steam ¥50',
    choices: {},
    quantity,
    unitPrice,
    total: multiply(unitPrice, quantity),
    contact: 'email',
    fields: [],
    ...overrides,
  };
}

export function quote(overrides: Partial<Quote> = {}): Quote & {intent: string; token: string} {
  const lines = overrides.lines ?? [quoteLine()];
  return {
    lines,
    total: sum(
      lines.map(line => line.total),
      'CNY',
    ),
    expiresAt: '2026-01-01T00:10:00.000Z',
    intent: 'intent-1-0000000000',
    token: 'quote-token-1',
    ...overrides,
  };
}

export function payment(overrides: Partial<Payment> = {}): Payment {
  return {
    id: 'payment-1',
    method: 'sandbox-qr',
    state: 'pending',
    amount: yuan('48.00'),
    expiresAt: '2026-01-01T00:30:00.000Z',
    instructions: {kind: 'qr', text: 'pay:payment-1'},
    ...overrides,
  };
}

export function order(overrides: Partial<Order> = {}): Order {
  return {
    id: 'order-1',
    number: '20260101-0001',
    state: 'pending_payment',
    currency: 'CNY',
    total: yuan('48.00'),
    refundDue: yuan('0.00'),
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-01-01T00:30:00.000Z',
    lines: [],
    payments: [],
    keysReady: 0,
    timeline: [],
    ...overrides,
  };
}

export function ticket(overrides: Partial<Ticket> = {}): Ticket {
  return {
    id: 'ticket-1',
    orderId: 'order-1',
    state: 'open',
    reason: 'key_invalid',
    keys: [],
    messages: [{id: 'message-1', from: 'buyer', text: 'It does not work.', at: '2026-01-01T00:00:00.000Z'}],
    evidence: [],
    deadline: '2026-01-02T00:00:00.000Z',
    overdue: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}

export const form: CheckoutForm = {contact: 'buyer@example.com', fields: {}, method: 'sandbox-qr'};
