import {html, type TemplateResult} from 'lit';

/** Decoration beside words: hidden from assistive technology, as large as a line of text. */
export const icon = (path: string): TemplateResult =>
  html`<svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d=${path}></path>
  </svg>`;

const ring = 'M2.8 10a7.2 7.2 0 1 0 14.4 0 7.2 7.2 0 1 0-14.4 0z';

export const plusIcon = /* @__PURE__ */ icon('M10 4v12M4 10h12');
export const checkIcon = /* @__PURE__ */ icon('m4 10.5 4 4 8-9');
export const alertIcon = /* @__PURE__ */ icon('M10 3 2 17h16zM10 8v4M10 14.4v.1');
export const boltIcon = /* @__PURE__ */ icon('M11 2.5 4.5 11.5h5l-.5 6 6.5-9h-5z');
export const clockIcon = /* @__PURE__ */ icon(`${ring}M10 6v4.2l2.8 1.8`);
export const boxIcon = /* @__PURE__ */ icon('m3 6.5 7-3.5 7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7');
export const emptyIcon = /* @__PURE__ */ icon(`${ring}m2.2 5 10-10`);
