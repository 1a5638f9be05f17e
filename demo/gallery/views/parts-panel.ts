import {html, type TemplateResult} from 'lit';
import type {Exhibit, GalleryView} from '../gallery-view.ts';
import {copyButton} from './copy-button.ts';

/** The parts of the element, which the stage can outline. */
export function partsPanel(view: GalleryView, {info}: Exhibit): TemplateResult {
  const {words, marked, mark} = view;
  if (info.parts.length === 0) return html`<p class="quiet">${words.noParts}</p>`;
  return html`<h3>${words.parts}</h3>
    <p class="quiet">${words.partsHint}</p>
    ${info.parts.map(({name, description}) => {
      const selector = `${info.tagName}::part(${name})`;
      return html`<div class="setting">
        <div class="row">
          <code>${name}</code>
          <span class="ways">
            <button
              type="button"
              class="button small"
              aria-pressed=${marked === name}
              aria-label="${words.outline}: ${name}"
              @click=${() => mark(marked === name ? undefined : name)}
            >
              ${words.outline}
            </button>
            ${copyButton(view, `${selector} {\n}`, `part-${name}`)}
          </span>
        </div>
        <p class="quiet">${description}</p>
      </div>`;
    })}`;
}
