/** The elements' classes, events and settings. Nothing is registered by importing it: `keystall/define` does that. */
export {KsCartButton} from './cart-button/cart-button.ts';
export {KsCart} from './cart/cart.ts';
export {KsCheckout} from './checkout/checkout.ts';
export {KsKeyReveal} from './key-reveal/key-reveal.ts';
export {KsOrder} from './order/order.ts';
export {KsOrderList} from './order-list/order-list.ts';
export {KsOrderLookup} from './order-lookup/order-lookup.ts';
export {KsProductCard} from './product-card/product-card.ts';
export {KsProductGrid} from './product-grid/product-grid.ts';
export {KsShop} from './shop/shop.ts';
export {KsTicket} from './ticket/ticket.ts';

export {KsAddRequestEvent} from '../shared/events/ks-add-request.ts';
export {KsAddedEvent} from '../shared/events/ks-added.ts';
export {KsCartRequestEvent} from '../shared/events/ks-cart-request.ts';
export {KsCheckoutRequestEvent} from '../shared/events/ks-checkout-request.ts';
export {KsTicketRequestEvent} from '../shared/events/ks-ticket-request.ts';
export {KsOrderPaidEvent} from './checkout/events/ks-order-paid.ts';
export {KsOrderPlacedEvent} from './checkout/events/ks-order-placed.ts';
export {KsPayRequestEvent} from './checkout/events/ks-pay-request.ts';
export {KsRedirectRequestEvent} from './checkout/events/ks-redirect-request.ts';
export {KsForgetRequestEvent} from './order-list/events/ks-forget-request.ts';
export {KsOrderRequestEvent} from './order-list/events/ks-order-request.ts';
export {KsOrderFoundEvent} from './order-lookup/events/ks-order-found.ts';
export {KsTicketOpenedEvent} from './ticket/events/ks-ticket-opened.ts';

export {setAppearance, type Appearance, type AppearanceToken} from '../shared/appearance.ts';
export {defaultShopAddress, setDefaultShopAddress} from '../shared/default-shop-address.ts';
export type {Theme} from '../shared/theme.ts';
export {registerTranslation, type Translation} from '../shared/words/translation.ts';
