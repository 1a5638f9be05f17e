export * from './port.ts';
export * from './optional-calls.ts';
export * from './acg-faka/index.ts';
export * from './dujiao-next/index.ts';
export * from './in-currency.ts';
export * from './kinguin/index.ts';
export * from './reloadly/index.ts';
