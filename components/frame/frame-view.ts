import '../storefront/key-reveal/define.ts';
import '../storefront/key-reveal/key-list/define.ts';
import {ContextEvent} from '@lit/context';
import {defineElement} from '../shared/define-element.ts';
import {KsTicketRequestEvent} from '../shared/events/ks-ticket-request.ts';
import type {FromFrame, ToFrame} from '../shared/frame-messages.ts';
import {shopContext} from '../shared/shop-context.ts';
import {scopeOf} from '../shared/shop-registry.ts';
import type {Theme} from '../shared/theme.ts';
import {createFrameShop} from './frame-shop.ts';
import {KsOtherWays} from './other-ways.ts';

export interface FrameView {
  wear(theme: Theme): void;
  /** Shows the keys of an order, masked; settles, as the others here, when that is drawn. */
  show(order: Omit<Extract<ToFrame, {type: 'show'}>, 'type'>): Promise<unknown>;
  /** Asks for number, contact and password. */
  lookUp(): Promise<unknown>;
  /** Binds the order of a message's link and shows it. */
  claim(code: string): Promise<unknown>;
}

/**
 * What the frame shows: the keys of one order, or how to get at them.
 * @param tell where there is a page around the frame; a window of its own has none
 */
export function createFrameView(tell: ((message: FromFrame) => void) | undefined): FrameView {
  defineElement('ks-other-ways', KsOtherWays);
  const {shop, claimLink} = createFrameShop(location.origin, {
    onLocked: () => void offer('locked'),
    onFound({id, number, createdAt, token, sealed}) {
      tell?.({type: 'found', order: {id, number, createdAt}, token});
      // What is not sealed is the page's to show.
      if (sealed || !tell) void show({orderId: id, orderNumber: number});
    },
  });
  let scope = scopeOf(shop, document.body);
  let shown: string | undefined;
  const listeners = new Set<() => void>();

  document.addEventListener('context-request', event => {
    if (!(event instanceof ContextEvent) || event.context !== shopContext) return;
    event.stopPropagation();
    const stop = (): boolean => listeners.delete(listener);
    const listener = (): void => event.callback(scope, stop);
    if (event.subscribe) listeners.add(listener);
    listener();
  });
  document.addEventListener('ks-ticket-request', event => {
    if (!tell || !(event instanceof KsTicketRequestEvent)) return;
    // The page around has the form for it.
    event.preventDefault();
    tell({type: 'ticket', orderId: event.orderId, keyIds: [...event.keyIds]});
  });

  function show({orderId, orderNumber, count}: Parameters<FrameView['show']>[0]): Promise<unknown> {
    if (shown !== orderId) document.querySelector('ks-other-ways')?.remove();
    shown = orderId;
    const element = document.querySelector('ks-key-reveal') ?? document.createElement('ks-key-reveal');
    element.orderId = orderId;
    element.orderNumber = orderNumber;
    element.count = count;
    if (!element.isConnected) document.body.prepend(element);
    return element.updateComplete;
  }

  /** For a browser that has lost its key, or never had it. */
  function offer(why: KsOtherWays['why']): Promise<unknown> {
    const element = document.querySelector('ks-other-ways') ?? new KsOtherWays();
    element.why = why;
    // A window of its own leads nowhere else.
    element.window = tell && why === 'locked' && shown ? `${location.pathname}#${shown}` : undefined;
    if (!element.isConnected) document.body.append(element);
    return element.updateComplete;
  }

  return {
    wear(theme) {
      if (scope.theme === theme) return;
      scope = scopeOf(shop, document.body, theme);
      for (const listener of listeners) listener();
    },
    show,
    lookUp: () => offer(undefined),
    async claim(code) {
      try {
        const {id, number} = await claimLink(code);
        return await show({orderId: id, orderNumber: number});
      } catch {
        return offer('used');
      }
    },
  };
}
