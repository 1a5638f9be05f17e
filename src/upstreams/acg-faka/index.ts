export {createAcgFaka, type AcgFaka, type PickableCards, type PickPage} from './adapter.ts';
export type {AcgFakaOptions, Limits, Timeouts} from './options.ts';
export {isReference} from './reference.ts';
