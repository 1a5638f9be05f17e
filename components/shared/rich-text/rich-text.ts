import {html, nothing, type TemplateResult} from 'lit';
import type {RichText, Span} from '../../../src/domain/rich-text.ts';

/**
 * A text of the shop server as elements: whatever stands in it is text, and no markup passes through here.
 * @param level of the headings in it
 */
export function richText(text: RichText, level = 4): TemplateResult {
  return html`<div class="rich-text">
    ${text.map(block => {
      if (block.kind !== 'list') {
        const role = block.kind === 'heading' ? block.kind : nothing;
        return html`<p role=${role} aria-level=${role === nothing ? nothing : level}>${spans(block.spans)}</p>`;
      }
      const items = block.items.map(item => html`<li>${spans(item)}</li>`);
      return block.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    })}
  </div>`;
}

const spans = (list: readonly Span[]): readonly unknown[] =>
  list.map(span => (span.href === undefined ? plain(span) : link(span, span.href)));

const plain = ({text, strong}: Span): unknown => (strong ? html`<strong>${text}</strong>` : text);

/** A stranger's link: the page it leads to learns nothing of this one, and its host is told where the words hide it. */
function link(span: Span, href: string): TemplateResult {
  const {hostname} = new URL(href);
  return html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${plain(span)}</a
    >${span.text.includes(hostname) ? nothing : html` <small class="hint">(${hostname})</small>`}`;
}
