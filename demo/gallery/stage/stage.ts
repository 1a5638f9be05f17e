/**
 * The stage: one element in one state, in a page of its own, so that the width and the zoom of the stage are those of
 * a page. Everything about it stands in its address; the gallery around it tells it of changes that need no other shop.
 */
import type {ReactiveElement} from 'lit';
import '../../../components/storefront/define.ts';
import {registerPaymentElement} from '../../../components/shared/payment-elements.ts';
import {listenForCommands} from '../../../components/storefront/page/listen-for-commands.ts';
import {startMocks} from '../../../src/mocks/index.ts';
import {browserEnvironment} from '../../../src/store/browser-environment.ts';
import {createShop} from '../../../src/store/create-shop.ts';
import {mountCardForm} from '../../cashier/card-form.ts';
import {Cashier} from '../../cashier/cashier.ts';
import {demoWords} from '../../shop/words.ts';
import type {Given, State} from '../element-entry.ts';
import {entryOf} from '../elements/index.ts';
import {eventDetails} from '../event-details.ts';
import {elementsOf, tokensOf, type ElementInfo, type Manifest} from '../manifest.ts';
import {markupTree} from '../markup.ts';
import {readSettings, type GallerySettings} from '../settings.ts';
import {appearanceOf, valuesInForce} from '../tokens.ts';
import {elementsWithin, waitFor} from './find.ts';
import {Line} from './line.ts';
import {listenTo, send, type FromStage, type ToStage} from './messages.ts';
import {StageClock} from './stage-clock.ts';
import {StagedShop} from './staged-shop.ts';
import {trustWorker} from './trusted-worker.ts';

const worker = '../../mockServiceWorker.js';
const page = document.documentElement;
const main = document.querySelector('main')!;
const host = document.querySelector('ks-shop')!;
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

let settings = readSettings(location.search);
/** Names of the tokens, and the selector of the elements that read them. */
let tokens: readonly string[] = [];
let readers = ':not(*)';
/** What the state itself gives the element. */
let given: Readonly<Record<string, string>> = {};
/** Attributes that the settings have set and may take away again. */
let worn: readonly string[] = [];
let element: HTMLElement | undefined;
/** Puts the element there anew, where a page's own words in it are another language's by now. */
let remount: (() => void) | undefined;
let spoken = settings.lang;

function tell(message: FromStage): void {
  if (parent !== window) send(parent, message);
}

function dressPage({lang, dir, theme}: GallerySettings): void {
  page.lang = lang;
  page.dir = dir;
  page.dataset['theme'] = theme === 'dark' || (theme !== 'light' && systemIsDark.matches) ? 'dark' : 'light';
  host.setAttribute('theme', theme);
}

function dressElement({attributes, slot}: GallerySettings): void {
  if (!element) return;
  const wanted: Readonly<Record<string, string | null>> = {...given, ...attributes};
  for (const name of worn) if (!(name in wanted)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  worn = Object.keys(wanted);
  if (slot !== '' || element.dataset['slotted']) {
    element.replaceChildren(...(slot === '' ? [] : [slot]));
    if (slot === '') delete element.dataset['slotted'];
    else element.dataset['slotted'] = 'true';
  }
}

async function dress(next: GallerySettings): Promise<void> {
  settings = next;
  dressPage(settings);
  if (remount && spoken !== settings.lang) remount();
  host.appearance = appearanceOf(settings.tokens);
  dressElement(settings);
  await host.updateComplete;
  const reader = main.querySelector<HTMLElement>(readers);
  if (reader) tell({type: 'tokens', values: valuesInForce(reader, tokens)});
}

function mount(
  tagName: string,
  {children = [], attributes = {}, card}: State,
  {attributes: more = {}, properties = {}}: Given,
): void {
  main.dataset['element'] = tagName;
  main.dataset['state'] = settings.state;
  given = {...attributes, ...more};
  element = document.createElement(tagName);
  Object.assign(element, properties);
  element.append(...children.map(child => document.createElement(child)));
  if (card) element.append(markupTree(card(settings.lang)));
  spoken = settings.lang;
  host.replaceChildren(element);
}

function follow(infos: readonly ElementInfo[]): void {
  const names = new Set(infos.flatMap(({events}) => events).map(({name}) => name));
  for (const name of names) {
    // A dialog's `close` does not bubble.
    host.addEventListener(name, report, {capture: name === 'close'});
  }
}

function report(event: Event): void {
  const from = event.target instanceof Element ? event.target.localName : '';
  tell({
    type: 'event',
    event: {
      name: event.type,
      from,
      details: eventDetails(event),
      at: new Date().toTimeString().slice(0, 8),
      cancelable: event.cancelable,
    },
  });
}

let outline: CSSStyleSheet | undefined;

function mark(part: string | undefined): void {
  outline ??= new CSSStyleSheet();
  const {localName} = element ?? main;
  outline.replaceSync(
    part ? `${localName}::part(${CSS.escape(part)}) {outline: 3px dashed #d6338a; outline-offset: 2px;}` : '',
  );
  document.adoptedStyleSheets = [outline];
}

/**
 * Every element has its code and its words, nothing is asked for, and every picture has come or failed. Where answers
 * come, nothing stands in for what is not there yet.
 */
async function settle(line: Line): Promise<void> {
  await document.fonts.ready;
  let calm = 0;
  await waitFor(() => {
    const elements = elementsWithin(main);
    const isWaiting = line.underway > 0 || (line.isOpen && elements.some(each => each.matches('.skeleton')));
    calm = !isWaiting && elements.every(isDrawn) ? calm + 1 : 0;
    return calm > 3;
  }, 'the page to come to rest');
}

function isDrawn(each: Element): boolean {
  // Pictures further down wait until somebody scrolls there.
  if (each instanceof HTMLImageElement) return each.complete || each.getBoundingClientRect().top > innerHeight;
  if (!each.localName.startsWith('ks-')) return true;
  return (each.shadowRoot?.childElementCount ?? 0) > 0 && !(each as Partial<ReactiveElement>).isUpdatePending;
}

async function open(): Promise<void> {
  const manifest = (await (await fetch('../../custom-elements.json')).json()) as Manifest;
  const infos = elementsOf(manifest);
  const info = infos.find(({tagName}) => tagName === settings.element) ?? infos[0]!;
  tokens = tokensOf(infos).map(({name}) => name);
  readers = infos
    .filter(each => each.tokens.length > 0)
    .map(({tagName}) => tagName)
    .join();
  const {states} = entryOf(info.tagName);
  const state = states[settings.state] ?? Object.values(states)[0]!;

  trustWorker(worker);
  const clock = new StageClock();
  const mocks = await startMocks({scenario: state.scenario ?? 'default', serviceWorkerUrl: worker, clock});
  const line = new Line();
  const shop = createShop({
    address: mocks.address,
    fetch: line.fetch,
    lang: () => page.lang,
    // What outlived the page would belong to a server that does not.
    environment: {...browserEnvironment(), storage: undefined, indexedDB: undefined, openChannel: () => undefined},
  });
  const staged = new StagedShop({shop, mocks, line, clock, root: main});
  host.shop = shop;
  follow(infos);

  // The payment page would lie outside of this page.
  const cashier = new Cashier(document.querySelector('#cashier')!, {
    payments: () => mocks.sandbox.payments,
    words: () => demoWords[settings.lang === 'en' ? 'en' : 'zh-CN'],
    lang: () => settings.lang,
  });
  registerPaymentElement('sandbox', (...given) => mountCardForm(() => mocks.sandbox.payments, ...given));
  host.addEventListener('ks-redirect-request', event => {
    event.preventDefault();
    cashier.open(event.url);
  });

  const more = (await state.before?.(staged)) ?? {};
  mount(info.tagName, state, more);
  if (state.card) remount = () => mount(info.tagName, state, more);
  await dress(settings);
  await state.after?.(staged);
  await settle(line);
  await dress(settings);
  page.dataset['stage'] = 'ready';
  tell({type: 'ready', attributes: given});
}

// A page's own buttons, in its own cards.
listenForCommands();
dressPage(settings);
systemIsDark.addEventListener('change', () => void dress(settings));
listenTo<ToStage>(
  () => parent,
  message => {
    if (message.type === 'dress') void dress(message.settings);
    else if (message.type === 'mark') mark(message.part);
    else (element as unknown as Record<string, (() => void) | undefined>)[message.method]?.();
  },
);
try {
  await open();
} catch (error) {
  page.dataset['stage'] = 'failed';
  const reason = error instanceof Error ? error.message : String(error);
  const notice = document.createElement('p');
  notice.className = 'failed';
  notice.append(reason);
  main.prepend(notice);
  tell({type: 'failed', reason});
  throw error;
}
