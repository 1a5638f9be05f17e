export * from './port.ts';
export * from './catalogue-pages.ts';
export * from './optional-calls.ts';
export * from './acg-faka/index.ts';
export * from './dujiao-next/index.ts';
