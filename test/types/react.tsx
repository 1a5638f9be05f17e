/** What TypeScript says about the elements in JSX; `npm run test:types` checks it. */
import type {} from '../../components/react.ts';
import type {KsProductGrid} from '../../components/storefront/index.ts';

const grid = (element: KsProductGrid | null): number | undefined => element?.limit;

export const right = [
  <ks-product-grid key="grid" category="game-cards" limit={8} sort="title" ref={element => void grid(element)} />,
  <ks-cart key="cart" open className="mine" onks-checkout-request={event => event.cart.lines.length} />,
  <ks-product-card key="card" product-id="steam-50" onks-added={({line}) => line.title.trim()} />,
  <ks-product-card key="property" productId="steam-50" />,
  <ks-shop key="shop" api="https://shop.example" lang="en" theme="dark">
    <ks-order order-id="1" />
  </ks-shop>,
];

export const wrong = [
  // @ts-expect-error: no such order
  <ks-product-grid key="sort" sort="cheapest" />,
  // @ts-expect-error: a number
  <ks-product-grid key="limit" limit="many" />,
  // @ts-expect-error: a method is no property
  <ks-cart key="method" show={() => {}} />,
  // @ts-expect-error: no such property; a name with a hyphen may be anything in JSX
  <ks-product-card key="property" productName="steam" />,
  // @ts-expect-error: the attribute is a text
  <ks-product-card key="attribute" product-id={7} />,
  // @ts-expect-error: no such element
  <ks-nothing key="element" />,
];
