import {isKeystallError} from '../../../src/client/errors.ts';
import {addConfirmed} from '../../../src/store/add-confirmed.ts';
import {isCartError} from '../../../src/store/cart-error.ts';
import type {NewCartLine} from '../../../src/store/shop.ts';
import {closestScope} from '../../shared/closest-scope.ts';
import {KsAddRequestEvent} from '../../shared/events/ks-add-request.ts';
import {KsAddedEvent} from '../../shared/events/ks-added.ts';
import {KsCartRequestEvent} from '../../shared/events/ks-cart-request.ts';
import {KsCheckoutRequestEvent} from '../../shared/events/ks-checkout-request.ts';
import {RequestEvent} from '../../shared/events/request-event.ts';
import type {ShopScope} from '../../shared/shop-scope.ts';
import {openCart} from '../open-cart.ts';
import {openCheckout} from '../open-checkout.ts';
import {chooseLine} from './choose-line.ts';
import {commandNames, type CommandName} from './command-names.ts';
import {tell} from './notice/tell.ts';

/**
 * Does what a button of the page asks for, in the shop at `place`. The button is where the events come from, and it is
 * `aria-busy` meanwhile; what fails is told to the buyer.
 */
export async function runCommand(source: Element, command: string, place: Element): Promise<void> {
  const commands: Readonly<Record<CommandName, (scope: ShopScope) => Promise<unknown> | undefined>> = {
    'open-cart': scope => RequestEvent.ask(source, new KsCartRequestEvent(), () => openCart(scope)),
    'close-cart': ({ui}) => void ui.close('cart'),
    add: scope => add(source, scope),
    checkout: scope => checkOut(source, scope),
  };
  if (!Object.hasOwn(commands, command)) {
    return reportError(new TypeError(`Keystall knows no command "${command}". There are: ${commandNames.join(', ')}.`));
  }
  const scope = await closestScope(place);
  if (!scope) {
    return reportError(new Error(`The command "${command}" came from a place of the page that has no shop.`));
  }
  source.setAttribute('aria-busy', 'true');
  try {
    await commands[command as CommandName](scope);
  } catch (error) {
    if (isAbort(error)) return;
    // What neither the shop nor the network said is for whoever wrote the page, too.
    if (!isCartError(error) && !isKeystallError(error)) reportError(error);
    await tell(scope, isCartError(error) ? {kind: 'refused', problem: error.problem} : {kind: 'failed', error});
  } finally {
    source.removeAttribute('aria-busy');
  }
}

async function add(source: Element, scope: ShopScope): Promise<void> {
  const productId = source.getAttribute('data-ks-product');
  if (!productId) throw new TypeError('A button that adds a good to the cart needs its id: data-ks-product="…".');
  const line = await chooseLine(scope, productId, {
    skuId: source.getAttribute('data-ks-sku') ?? undefined,
    quantity: piecesOf(source),
  });
  await RequestEvent.ask(source, new KsAddRequestEvent(line), () => confirmed(source, scope, line));
}

async function confirmed(source: Element, scope: ShopScope, line: NewCartLine): Promise<void> {
  await addConfirmed(scope.shop.cart, line);
  source.dispatchEvent(new KsAddedEvent(line));
  await tell(scope, {kind: 'added', title: line.title});
}

/** Of an empty cart there is nothing to pay; it says so itself. */
function checkOut(source: Element, scope: ShopScope): Promise<unknown> | undefined {
  const cart = scope.shop.cart.value;
  if (cart.count === 0) return openCart(scope);
  return RequestEvent.ask(source, new KsCheckoutRequestEvent(cart), () => openCheckout(scope));
}

function piecesOf(source: Element): number | undefined {
  const written = source.getAttribute('data-ks-quantity');
  return written === null ? undefined : Number(written);
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
