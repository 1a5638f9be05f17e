import {html, type TemplateResult} from 'lit';
import {entryOf, entryTags} from '../elements/index.ts';
import type {Room} from '../element-entry.ts';
import type {GalleryView} from '../gallery-view.ts';
import type {ElementInfo} from '../manifest.ts';
import {elementAddress, followInPlace} from './links.ts';

export const rooms: readonly Room[] = ['find', 'buy', 'after', 'frame'];

export const elementsIn = (room: Room, elements: readonly ElementInfo[]): readonly ElementInfo[] =>
  elements.filter(({tagName}) => entryOf(tagName).room === room).sort((left, right) => place(left) - place(right));

/** Elements that nobody wrote about come last. */
const place = ({tagName}: ElementInfo): number =>
  (entryTags.indexOf(tagName) + entryTags.length + 1) % (entryTags.length + 1);

/** The first page: what this is, and every element with a sketch of it. */
export function overview(view: GalleryView): TemplateResult {
  const {words, elements, settings} = view;
  const [first] = rooms.flatMap(room => elementsIn(room, elements));
  return html`<section class="hero">
      <div>
        <h2>${words.lead.map(part => html`<span>${part}</span>`)}</h2>
        <p>${words.about}</p>
        <p class="ways">
          <a class="button primary" href="./shop/index.html${settings.ui === 'en' ? '?lang=en' : ''}"
            >${words.wholeShop}</a
          >
          ${
            first
              ? html`<a
                  class="button"
                  href=${elementAddress(view, first.tagName)}
                  @click=${followInPlace(view, first.tagName)}
                  >${words.firstElement}</a
                >`
              : ''
          }
        </p>
      </div>
      <img src="./gallery/machine.svg" width="440" height="320" alt="" />
    </section>
    ${rooms.map(room => shelf(view, room))}`;
}

function shelf(view: GalleryView, room: Room): TemplateResult | '' {
  const {words, elements, settings} = view;
  const here = elementsIn(room, elements);
  if (here.length === 0) return '';
  return html`<section class="shelf">
    <h2>${words.rooms[room]}</h2>
    <ul class="tiles">
      ${here.map(({tagName, summary}) => {
        const entry = entryOf(tagName);
        return html`<li>
          <a class="tile" href=${elementAddress(view, tagName)} @click=${followInPlace(view, tagName)}>
            <svg class="sketch" viewBox="0 0 120 76" aria-hidden="true">
              <use href="./gallery/sketches.svg#${tagName}"></use>
            </svg>
            <strong>${entry.name[settings.ui]}</strong>
            <code>&lt;${tagName}&gt;</code>
            <span class="quiet">${settings.ui === 'zh' ? entry.summary : summary}</span>
            <span class="count">${words.states(Object.keys(entry.states).length)}</span>
          </a>
        </li>`;
      })}
    </ul>
  </section>`;
}
