export * from './port.ts';
export * from './optional-calls.ts';
export * from './acg-faka/index.ts';
export * from './dujiao-next/index.ts';
export * from './kasushou/index.ts';
export * from './kayixin/index.ts';
export * from './kakayun/index.ts';
