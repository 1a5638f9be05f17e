import {svg, html, type SVGTemplateResult, type TemplateResult} from 'lit';

/** Decoration beside words: hidden from assistive technology, as large as a line of text. */
const icon = (paths: SVGTemplateResult): TemplateResult =>
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
    ${paths}
  </svg>`;

export const cartIcon = icon(
  svg`<path d="M2.5 3h2l1.9 9.2a1.5 1.5 0 0 0 1.5 1.2h6.6a1.5 1.5 0 0 0 1.5-1.2L17.5 6H5.2"/><circle cx="8" cy="16.8" r=".9"/><circle cx="14.4" cy="16.8" r=".9"/>`,
);
export const plusIcon = icon(svg`<path d="M10 4v12M4 10h12"/>`);
export const minusIcon = icon(svg`<path d="M4 10h12"/>`);
export const closeIcon = icon(svg`<path d="m5 5 10 10M15 5 5 15"/>`);
export const checkIcon = icon(svg`<path d="m4 10.5 4 4 8-9"/>`);
export const alertIcon = icon(svg`<path d="M10 3 2 17h16zM10 8v4M10 14.4v.1"/>`);
export const boltIcon = icon(svg`<path d="M11 2.5 4.5 11.5h5l-.5 6 6.5-9h-5z"/>`);
export const clockIcon = icon(svg`<circle cx="10" cy="10" r="7.2"/><path d="M10 6v4.2l2.8 1.8"/>`);
export const boxIcon = icon(svg`<path d="m3 6.5 7-3.5 7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7"/>`);
export const emptyIcon = icon(svg`<circle cx="10" cy="10" r="7.2"/><path d="m5 15 10-10"/>`);
export const trashIcon = icon(svg`<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11"/>`);
