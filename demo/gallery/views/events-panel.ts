import {html, type TemplateResult} from 'lit';
import type {GalleryView} from '../gallery-view.ts';

/** What the element told its page, newest first. */
export function eventsPanel({words, events, clearEvents}: GalleryView): TemplateResult {
  if (events.length === 0) {
    return html`<div class="nothing">
      <svg viewBox="0 0 96 64" aria-hidden="true">
        <path d="M8 52h80" />
        <path d="M20 52V30a28 28 0 0 1 56 0v22" />
        <path d="M40 52a8 8 0 0 0 16 0M48 2v6M14 12l5 5M82 12l-5 5" />
      </svg>
      <strong>${words.eventsNone}</strong>
      <p class="quiet">${words.eventsHint}</p>
    </div>`;
  }
  return html`<div class="row">
      <h3>${words.panels.events}</h3>
      <button type="button" class="button small" @click=${clearEvents}>${words.clear}</button>
    </div>
    <ol class="events">
      ${events.map(
        ({name, from, details, at, cancelable}) =>
          html`<li>
            <details>
              <summary>
                <time>${at}</time> <code class=${cancelable ? 'request' : 'fact'}>${name}</code>
                <span class="quiet">${from}</span>
              </summary>
              <pre tabindex="0"><code translate="no" dir="ltr">${details}</code></pre>
            </details>
          </li>`,
      )}
    </ol>`;
}
