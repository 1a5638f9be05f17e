export {createKakayunV2, type KakayunV2} from './v2-adapter.ts';
export {createKakayunV3, type KakayunV3} from './v3-adapter.ts';
export type {KakayunOptions, KakayunV3Options} from './options.ts';
