export * from './port.ts';
export * from './acg-faka/index.ts';
