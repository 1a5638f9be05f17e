/** The gallery: every element of the storefront in every state, with what changes it. Its address says what it shows. */
import {html, nothing, render, type TemplateResult} from 'lit';
import {segments} from '../segments.ts';
import {entryOf} from './elements/index.ts';
import type {Exhibit, GalleryView} from './gallery-view.ts';
import {elementsOf, tokensOf, type Manifest} from './manifest.ts';
import {readSettings, writeSettings, type GallerySettings} from './settings.ts';
import {fitStage} from './fit-stage.ts';
import {listenTo, send, type FromStage, type LoggedEvent, type ToStage} from './stage/messages.ts';
import {exhibitPage} from './views/exhibit.ts';
import {elementAddress, followInPlace} from './views/links.ts';
import {elementsIn, overview, rooms} from './views/overview.ts';
import {galleryWords} from './words.ts';

/** How many events the log keeps. */
const mostEvents = 100;
/** How long a button says that it has copied, in milliseconds. */
const copiedFor = 1500;
/** Browsers refuse to have the address changed with every move of a colour picker. Milliseconds. */
const addressAfter = 250;

const manifest = (await (await fetch('./custom-elements.json')).json()) as Manifest;
const elements = elementsOf(manifest);
const tokens = tokensOf(elements);
const host = document.querySelector<HTMLElement>('#gallery')!;
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

let settings = readSettings(location.search);
let given: Readonly<Record<string, string>> = {};
let inForce: Readonly<Record<string, string>> = {};
let events: readonly LoggedEvent[] = [];
let copied: string | undefined;
let copiedTimer: ReturnType<typeof setTimeout> | undefined;
let addressTimer: ReturnType<typeof setTimeout> | undefined;
let marked: string | undefined;
let stage: GalleryView['stage'] = 'starting';
/** What had the focus when the stage was opened: a state may take it, and a keyboard would be lost on the stage. */
let focusBefore: Element | null = null;
/** Element and state that the stage was opened with. */
let onStage: string | undefined;

const frame = (): HTMLIFrameElement | null => document.querySelector('#frame');

function tellStage(message: ToStage): void {
  const target = frame()?.contentWindow;
  if (target && stage !== 'failed') send(target, message);
}

function change(changes: Partial<GallerySettings>): void {
  const before = settings;
  settings = {...settings, ...changes};
  clearTimeout(addressTimer);
  // Another element or state is another page to go back from; anything else is not.
  if (settings.element !== before.element || settings.state !== before.state) {
    history.pushState(null, '', writeSettings(settings));
  } else {
    addressTimer = setTimeout(() => history.replaceState(null, '', writeSettings(settings)), addressAfter);
  }
  draw();
  if (settings.element === before.element) return;
  scrollTo(0, 0);
  document.querySelector('nav [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'});
}

function exhibit(): Exhibit | undefined {
  const info = elements.find(({tagName}) => tagName === settings.element);
  if (!info) return undefined;
  const entry = entryOf(info.tagName);
  const [stateName, state] =
    Object.entries(entry.states).find(([name]) => name === settings.state) ?? Object.entries(entry.states)[0]!;
  return {info, entry, stateName, state, given};
}

function draw(): void {
  const words = galleryWords[settings.ui];
  const shown = exhibit();
  const page = document.documentElement;
  page.lang = settings.ui === 'en' ? 'en' : 'zh-CN';
  const isDark = settings.theme === 'dark' || (settings.theme !== 'light' && systemIsDark.matches);
  page.dataset['theme'] = isDark ? 'dark' : 'light';
  document.title = shown ? `${shown.entry.name[settings.ui]} · ${words.title}` : words.title;
  render(gallery(view(), shown), host);
  openStage(shown);
}

function openStage(shown: Exhibit | undefined): void {
  const place = shown && `${shown.info.tagName} ${shown.stateName}`;
  if (place !== onStage) {
    onStage = place;
    restart();
  } else {
    tellStage({type: 'dress', settings});
  }
  if (shown) fitStage(settings);
}

function restart(): void {
  given = {};
  events = [];
  marked = undefined;
  stage = 'starting';
  focusBefore = document.activeElement;
  const target = frame()?.contentWindow;
  // Not by `src`: each would be one more page to go back through.
  target?.location.replace(new URL(`./gallery/stage/index.html${writeSettings(settings)}`, location.href));
  render(gallery(view(), exhibit()), host);
}

function hear(message: FromStage): void {
  switch (message.type) {
    case 'ready':
      stage = 'ready';
      given = message.attributes;
      if (document.activeElement === frame() && focusBefore instanceof HTMLElement) {
        focusBefore.focus({preventScroll: true});
      }
      // What was changed while it opened.
      tellStage({type: 'dress', settings});
      break;
    case 'failed':
      stage = 'failed';
      break;
    case 'tokens':
      inForce = message.values;
      break;
    case 'event':
      events = [message.event, ...events].slice(0, mostEvents);
      break;
  }
  render(gallery(view(), exhibit()), host);
}

async function copy(text: string, place: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  copied = place;
  draw();
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => {
    copied = undefined;
    draw();
  }, copiedFor);
}

const view = (): GalleryView => ({
  settings,
  words: galleryWords[settings.ui],
  elements,
  tokens,
  events,
  inForce,
  copied,
  marked,
  stage,
  change,
  copy: (text, place) => void copy(text, place),
  call: method => tellStage({type: 'call', method}),
  mark(part) {
    marked = part;
    tellStage({type: 'mark', part});
    draw();
  },
  clearEvents() {
    events = [];
    draw();
  },
  restart,
});

function gallery(view: GalleryView, shown: Exhibit | undefined): TemplateResult {
  const {words} = view;
  return html`${shown ? html`<a class="skip" href="#stage">${words.skip}</a>` : nothing}
    <header class="top">
      <h1>
        <a href=${elementAddress(view, '')} @click=${followInPlace(view, '')}
          ><img src="./mark.svg" alt="" /><span>${words.title}</span></a
        >
      </h1>
      <a class="button quiet" href="./shop/index.html${settings.ui === 'en' ? '?lang=en' : ''}">${words.wholeShop}</a>
      ${segments(
        words.uiLanguage,
        [
          ['zh', '中文'],
          ['en', 'English'],
        ],
        settings.ui,
        ui => change({ui}),
      )}
    </header>
    <div class="hall">
      <nav aria-label=${words.elements}>
        <ul>
          <li>${link(view, '', words.overview)}</li>
        </ul>
        ${rooms.map(room => {
          const here = elementsIn(room, elements);
          return here.length === 0
            ? nothing
            : html`<h2>${words.rooms[room]}</h2>
                <ul>
                  ${here.map(({tagName}) => html`<li>${link(view, tagName, entryOf(tagName).name[settings.ui])}</li>`)}
                </ul>`;
        })}
      </nav>
      <main>${shown ? exhibitPage(view, shown) : overview(view)}</main>
    </div>`;
}

const link = (view: GalleryView, tagName: string, text: string): TemplateResult =>
  html`<a
    href=${elementAddress(view, tagName)}
    aria-current=${tagName === (exhibit()?.info.tagName ?? '') ? 'page' : nothing}
    @click=${followInPlace(view, tagName)}
    >${text}</a
  >`;

listenTo<FromStage>(() => frame()?.contentWindow ?? null, hear);
addEventListener('popstate', () => {
  settings = readSettings(location.search);
  draw();
});
addEventListener('resize', () => fitStage(settings));
systemIsDark.addEventListener('change', draw);
draw();
