import {icon} from './icons.ts';

// Apart from the other icons, because a list of goods shows none of these.
export const minusIcon = /* @__PURE__ */ icon('M4 10h12');
export const closeIcon = /* @__PURE__ */ icon('m5 5 10 10M15 5 5 15');
export const trashIcon = /* @__PURE__ */ icon('M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11');
export const searchIcon = /* @__PURE__ */ icon('M3.2 9a5.8 5.8 0 1 0 11.6 0 5.8 5.8 0 1 0-11.6 0zM13.2 13.2l4 4');
export const chevronIcon = /* @__PURE__ */ icon('m7 4.5 5.5 5.5L7 15.5');
