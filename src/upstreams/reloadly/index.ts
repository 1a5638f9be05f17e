export {createReloadly, type Reloadly} from './adapter.ts';
export type {ReloadlyOptions} from './options.ts';
