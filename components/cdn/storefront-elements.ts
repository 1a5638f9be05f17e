/** The storefront's elements by tag name, each with what loads and registers it. */
export const storefrontElements: Readonly<Record<string, () => Promise<unknown>>> = {
  'ks-cart': () => import('../storefront/cart/define.ts'),
  'ks-cart-button': () => import('../storefront/cart-button/define.ts'),
  'ks-checkout': () => import('../storefront/checkout/define.ts'),
  'ks-key-reveal': () => import('../storefront/key-reveal/define.ts'),
  'ks-order': () => import('../storefront/order/define.ts'),
  'ks-product-card': () => import('../storefront/product-card/define.ts'),
  'ks-product-grid': () => import('../storefront/product-grid/define.ts'),
  'ks-shop': () => import('../storefront/shop/define.ts'),
};
