export {createDujiaoNext, type DujiaoNext} from './adapter.ts';
export type {DujiaoNextOptions} from './options.ts';
