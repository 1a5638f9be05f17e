export {createKasushou, type Kasushou} from './adapter.ts';
export type {KasushouOptions} from './options.ts';
