/** What the scripts under `cdn/` export for scripts of the page; its code comes when it is called. */
import type {AnalyticsFact} from '../storefront/page/follow-analytics.ts';
import type {MountPaymentElement} from '../shared/payment-elements.ts';
import type {PageShop} from '../storefront/page/page-shop.ts';
import type {Translation} from '../shared/words/translation.ts';

const whenAsked = () => import('../storefront/page/when-asked.ts');

/** The shop at a place of the page, to open its cart or add a good: `pageShop` of `keystall/page`. */
export async function pageShop(place?: Element): Promise<PageShop> {
  const page = await whenAsked();
  return page.pageShop(place);
}

/** Says how the payments of a provider's element are made in this page: `registerPaymentElement` of `keystall/page`. */
export async function registerPaymentElement(element: string, mount: MountPaymentElement): Promise<void> {
  const elements = await import('../shared/payment-elements.ts');
  elements.registerPaymentElement(element, mount);
}

/** Calls `listener` with what happens in the shop, for statistics: `followAnalytics` of `keystall/page`. */
export async function followAnalytics(listener: (fact: AnalyticsFact) => void): Promise<() => void> {
  const page = await whenAsked();
  return page.followAnalytics(listener);
}

/** Replaces words of the elements, or teaches them another language: `registerTranslation` of `keystall/languages`. */
export async function registerTranslation(...translations: readonly Translation[]): Promise<void> {
  const page = await whenAsked();
  page.registerTranslation(...translations);
}
