import {html, render, type TemplateResult} from 'lit';
import type {FakeShop} from './fake-shop.ts';
import {expectAccessible} from './axe.ts';
import {settled} from './elements.ts';
import '../../components/storefront/shop/define.ts';

export * from './elements.ts';

/** Every place of the page that a test filled, so that the next test starts with an empty one. */
const places = new Set<HTMLElement>();

export interface Settings {
  readonly lang?: string;
  readonly theme?: string;
}

/** Puts elements into a `<ks-shop>` with a fake shop; answers that `<ks-shop>`. */
export async function show(
  shop: FakeShop,
  content: TemplateResult,
  {lang = 'zh-CN', theme = 'light'}: Settings = {},
): Promise<HTMLElement> {
  const place = document.createElement('main');
  places.add(place);
  document.body.append(place);
  render(html`<ks-shop .shop=${shop} lang=${lang} theme=${theme}>${content}</ks-shop>`, place);
  const element = place.querySelector('ks-shop')!;
  await settled(element);
  return element;
}

export function clearPage(): void {
  for (const place of places) place.remove();
  places.clear();
  // Whoever measures next must not do so while the page is still on its way up.
  scrollTo({top: 0, behavior: 'instant'});
}

/** Holds in every theme and language. */
export async function expectAccessibleEverywhere(
  shop: FakeShop,
  content: () => TemplateResult,
  prepare: (root: HTMLElement) => Promise<void> = async () => {},
): Promise<void> {
  for (const theme of ['light', 'dark']) {
    for (const lang of ['zh-CN', 'en']) {
      const root = await show(shop, content(), {lang, theme});
      root.parentElement!.style.background = theme === 'dark' ? '#101214' : '#fff';
      await prepare(root);
      await settled(root);
      await expectAccessible(root);
      clearPage();
    }
  }
}
