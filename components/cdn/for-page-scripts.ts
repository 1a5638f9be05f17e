/** What the scripts under `cdn/` export for scripts of the page; its code comes when it is called. */
import type * as WhenAsked from '../storefront/page/when-asked.ts';

type Asked = Pick<typeof WhenAsked, 'followAnalytics' | 'pageShop' | 'registerPaymentElement' | 'registerTranslation'>;

/** The same function, loaded first. */
type Later<F> = F extends (...given: infer Given) => infer Answer
  ? (...given: Given) => Promise<Awaited<Answer>>
  : never;

/** The shop at a place of the page, to open its cart or add a good: `pageShop` of `keystall/page`. */
export const pageShop = later('pageShop');

/** Says how the payments of a provider's element are made in this page: `registerPaymentElement` of `keystall/page`. */
export const registerPaymentElement = later('registerPaymentElement');

/** Calls `listener` with what happens in the shop, for statistics: `followAnalytics` of `keystall/page`. */
export const followAnalytics = later('followAnalytics');

/** Replaces words of the elements, or teaches them another language: `registerTranslation` of `keystall/languages`. */
export const registerTranslation = later('registerTranslation');

function later<Name extends keyof Asked>(name: Name): Later<Asked[Name]> {
  const call = async (...given: unknown[]): Promise<unknown> => {
    const page = await import('../storefront/page/when-asked.ts');
    return (page[name] as (...given: unknown[]) => unknown)(...given);
  };
  return call as Later<Asked[Name]>;
}
