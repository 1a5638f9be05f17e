export {createClient} from './client.ts';
export type {
  CallOptions,
  Client,
  ClientOptions,
  LanguageOptions,
  CreateForOrderOptions,
  OpenPaymentOptions,
  OrderOptions,
  PlaceOrderOptions,
} from './client.ts';
export * from './errors.ts';
export * from './catalogue-errors.ts';
export * from './console-errors.ts';
export * from './is-problem.ts';
export * from './order-errors.ts';
export * from './problem-errors.ts';
export * from './purchase-errors.ts';
export * from './ticket-errors.ts';
export * from './request-errors.ts';
