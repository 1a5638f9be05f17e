/**
 * The script of the page that the shop server frames into a host page to show keys there (`/frames/keys`), and of the same
 * page in a window of its own. The host page says which order and how it looks; it is told how high the content is.
 */
import '../storefront/key-reveal/define.ts';
import '../storefront/key-reveal/key-list/define.ts';
import {ContextEvent} from '@lit/context';
import {safeParse} from 'valibot';
import {fittingAppearance, setAppearance} from '../shared/appearance.ts';
import {KsTicketRequestEvent} from '../shared/events/ks-ticket-request.ts';
import {KsOrderFoundEvent} from '../storefront/order-lookup/events/ks-order-found.ts';
import {frameStyles} from './frame.styles.ts';
import {helloSchema, toFrameSchema, type FromFrame, type ToFrame} from '../shared/frame-messages.ts';
import {shopContext} from '../shared/shop-context.ts';
import {scopeOf} from '../shared/shop-registry.ts';
import type {ShopScope} from '../shared/shop-scope.ts';
import {createFrameShop} from './frame-shop.ts';
import {readFrameKey} from './frame-key.ts';

const root = document.documentElement;
/** The pages that may use the shop; `frame-ancestors` lets no other in, either. */
const origins: readonly string[] = (root.dataset['origins'] ?? '').split(' ');
const isFramed = parent !== window;
const shop = createFrameShop(location.origin, showLookup);
let scope: ShopScope = scopeOf(shop, document.body);
const listeners = new Set<(scope: ShopScope) => void>();
let port: MessagePort | undefined;

document.adoptedStyleSheets = [frameStyles];
document.addEventListener('context-request', event => {
  if (!(event instanceof ContextEvent) || event.context !== shopContext) return;
  event.stopPropagation();
  const listener = (value: ShopScope): void => event.callback(value, () => listeners.delete(listener));
  if (event.subscribe) listeners.add(listener);
  listener(scope);
});
document.addEventListener('ks-ticket-request', event => {
  if (!isFramed || !(event instanceof KsTicketRequestEvent)) return;
  // The page around has the form for it.
  event.preventDefault();
  tell({type: 'ticket', orderId: event.orderId, keyIds: [...event.keyIds]});
});
document.addEventListener('ks-order-found', event => {
  if (event instanceof KsOrderFoundEvent) show({type: 'show', orderId: event.orderId, orderNumber: event.number});
});

if (isFramed) {
  addEventListener('message', ({source, origin, data, ports: [given]}: MessageEvent<unknown>) => {
    if (port || !given || source !== parent || !origins.includes(origin) || !safeParse(helloSchema, data).success)
      return;
    port = given;
    given.onmessage = ({data: message}: MessageEvent<unknown>) => {
      const parsed = safeParse(toFrameSchema, message);
      if (parsed.success) take(parsed.output);
    };
    tell({type: 'ready'});
  });
  new ResizeObserver(() => tell({type: 'size', height: document.body.getBoundingClientRect().height})).observe(
    document.body,
  );
} else {
  root.lang ||= navigator.language;
  void showLookup();
}

function take(message: ToFrame): void {
  switch (message.type) {
    case 'dress':
      return dress(message);
    case 'bind':
      readFrameKey().then(
        ({revealKey}) => tell({type: 'bound', revealKey}),
        () => tell({type: 'not_bound'}),
      );
      return;
    case 'show':
      return show(message);
  }
}

function dress({lang, dir, theme, ground, appearance}: Extract<ToFrame, {type: 'dress'}>): void {
  root.lang = lang;
  root.dir = dir;
  root.style.setProperty('color-scheme', ground);
  setAppearance(root, fittingAppearance(appearance));
  if (scope.theme === theme) return;
  scope = scopeOf(shop, document.body, theme);
  for (const listener of listeners) listener(scope);
}

function show({orderId, orderNumber, count}: Extract<ToFrame, {type: 'show'}>): void {
  document.querySelector('ks-order-lookup')?.remove();
  const element = document.querySelector('ks-key-reveal') ?? document.createElement('ks-key-reveal');
  element.orderId = orderId;
  element.orderNumber = orderNumber;
  element.count = count;
  if (!element.isConnected) document.body.append(element);
}

/** For a browser that has lost its key, or never had it. */
function showLookup(): void {
  if (document.querySelector('ks-order-lookup')) return;
  void import('../storefront/order-lookup/define.ts').then(() => {
    document.body.append(document.createElement('ks-order-lookup'));
  });
}

function tell(message: FromFrame): void {
  port?.postMessage(message);
}
