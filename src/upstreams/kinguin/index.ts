export {createKinguin, type Kinguin} from './adapter.ts';
export type {KinguinOptions} from './options.ts';
