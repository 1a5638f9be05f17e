export {createKayixin, type Kayixin} from './adapter.ts';
export type {KayixinOptions} from './options.ts';
