import {html, nothing, type TemplateResult} from 'lit';
import {segments} from '../../segments.ts';
import type {Exhibit, GalleryView} from '../gallery-view.ts';
import {directions, languages, panels, themes, widths, writeSettings, zooms} from '../settings.ts';
import {codePanel} from './code-panel.ts';
import {controlsPanel} from './controls-panel.ts';
import {eventsPanel} from './events-panel.ts';
import {partsPanel} from './parts-panel.ts';
import {tabs} from './tabs.ts';
import {themePanel} from './theme-panel.ts';

const languageNames = {'zh-CN': '简', 'zh-TW': '繁', en: 'EN'} as const;

/** One element: its states, the stage, and what can be done to it. */
export function exhibitPage(view: GalleryView, exhibit: Exhibit): TemplateResult {
  const {settings, words, events, change} = view;
  const {info, entry} = exhibit;
  return html`<div class="exhibit">
    <header class="heading">
      <h2>${entry.name[settings.ui]} <code>&lt;${info.tagName}&gt;</code></h2>
      <p class="quiet">${settings.ui === 'zh' ? entry.summary : info.summary}</p>
    </header>
    <fieldset class="states">
      <legend>${words.state}</legend>
      ${Object.entries(entry.states).map(
        ([name, {name: text}]) =>
          html`<label>
            <input
              type="radio"
              name="state"
              value=${name}
              .checked=${name === exhibit.stateName}
              @change=${() => change({state: name, attributes: {}, slot: ''})}
            /><span>${text[settings.ui]}</span>
          </label>`,
      )}
    </fieldset>
    ${stage(view, exhibit)}
    <aside class="inspector" aria-label=${words.inspector}>
      ${tabs({
        label: words.inspector,
        tabs: panels.map(panel => [
          panel,
          panel === 'events' && events.length > 0 ? `${words.panels.events} ${events.length}` : words.panels[panel],
        ]),
        chosen: settings.panel,
        content: html`<div class="content" data-panel=${settings.panel}>${panelContent(view, exhibit)}</div>`,
        choose: panel => change({panel}),
      })}
    </aside>
  </div>`;
}

function panelContent(view: GalleryView, exhibit: Exhibit): TemplateResult {
  switch (view.settings.panel) {
    case 'controls':
      return controlsPanel(view, exhibit);
    case 'theme':
      return themePanel(view);
    case 'code':
      return codePanel(view, exhibit);
    case 'events':
      return eventsPanel(view);
    case 'parts':
      return partsPanel(view, exhibit);
  }
}

function stage(view: GalleryView, {entry, info}: Exhibit): TemplateResult {
  const {settings, words, change, restart} = view;
  const title = `${words.stage}: ${entry.name[settings.ui]}`;
  return html`<section class="theatre" id="stage" tabindex="-1" aria-label=${words.stage}>
    <div class="toolbar">
      ${segments(
        words.width,
        widths.map(width => [width, words.widths[width]]),
        settings.width,
        width => change({width}),
      )}
      ${segments(
        words.zoom,
        zooms.map(zoom => [zoom, `${zoom}%`]),
        settings.zoom,
        zoom => change({zoom}),
      )}
      ${segments(
        words.language,
        languages.map(lang => [lang, languageNames[lang]]),
        settings.lang,
        lang => change({lang}),
      )}
      ${segments(
        words.direction,
        directions.map(dir => [dir, dir.toUpperCase()]),
        settings.dir,
        dir => change({dir}),
      )}
      ${segments(
        words.theme,
        themes.map(theme => [theme, words.themes[theme]]),
        settings.theme,
        theme => change({theme}),
      )}
    </div>
    <div class="window">
      <div class="bar">
        <span class="dots" aria-hidden="true"></span>
        <span class="size" id="size"></span>
        <span class="ways">
          <button type="button" class="button icon" aria-label=${words.again} title=${words.again} @click=${restart}>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M16 10a6 6 0 1 1-2-4.500M16.500 2.500v4h-4" /></svg>
          </button>
          <a
            class="button icon"
            aria-label=${words.alone}
            title=${words.alone}
            target="_blank"
            href="./gallery/stage/index.html${writeSettings({...settings, element: info.tagName})}"
            ><svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M11.500 3.500h5v5M16.500 3.500 9 11M14.500 11.500v5h-11v-11h5" /></svg
          ></a>
        </span>
      </div>
      <div class="room" id="room">
        <div class="scaled">
          <iframe id="frame" title=${title}></iframe>
        </div>
        ${view.stage === 'starting' ? html`<p class="starting" role="status">${words.starting}</p>` : nothing}
        ${view.stage === 'failed' ? html`<p class="starting failed" role="alert">${words.cannotStart}</p>` : nothing}
      </div>
    </div>
  </section>`;
}
