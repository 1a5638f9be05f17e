export {createAcgFaka, type AcgFaka} from './adapter.ts';
export type {AcgFakaOptions, Limits, Timeouts} from './options.ts';
export {isReference} from './reference.ts';
