import {html, type TemplateResult} from 'lit';
import type {GalleryView} from '../gallery-view.ts';

/** @param place tells one button from another, so that the right one says that it has done its work */
export const copyButton = ({words, copied, copy}: GalleryView, text: string, place: string): TemplateResult =>
  html`<button type="button" class="button small" data-copy=${place} @click=${() => copy(text, place)}>
    ${copied === place ? words.copied : words.copy}
  </button>`;
