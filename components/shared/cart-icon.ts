import {icon} from './icons.ts';

export const cartIcon = /* @__PURE__ */ icon(
  'M2.5 3h2l1.9 9.2a1.5 1.5 0 0 0 1.5 1.2h6.6a1.5 1.5 0 0 0 1.5-1.2L17.5 6H5.2M7.1 16.8a.9.9 0 1 0 1.8 0 .9.9 0 1 0-1.8 0zm6.4 0a.9.9 0 1 0 1.8 0 .9.9 0 1 0-1.8 0z',
);
