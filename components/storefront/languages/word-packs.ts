import {WordPack} from '../../shared/words/word-pack.ts';
import type {words as general} from './browse.zh-cn.ts';
import {languages} from './languages.ts';
import type {words as ofProduct} from './product.zh-cn.ts';
import type {words as special} from './purchase.zh-cn.ts';

export type BrowseWords = typeof general;
export type ProductPageWords = BrowseWords & typeof ofProduct;
export type PurchaseWords = BrowseWords & typeof special;

type Language = (typeof languages)['zh-CN'];

/** For what a buyer sees up to the checkout, search and filters among it. */
export const browseWords = /* @__PURE__ */ new WordPack<BrowseWords>(
  /* @__PURE__ */ inEachLanguage(async ({browse}) => (await browse()).words),
);

/** For checkout, orders, keys and tickets. */
export const purchaseWords = /* @__PURE__ */ new WordPack<PurchaseWords>(
  /* @__PURE__ */ inEachLanguage(({browse, purchase}) => together(browse(), purchase())),
);

/** For a good in full: its own page, or its dialog. */
export const productWords = /* @__PURE__ */ new WordPack<ProductPageWords>(
  /* @__PURE__ */ inEachLanguage(({browse, product}) => together(browse(), product())),
);

async function together<A, B>(general: Promise<{words: A}>, special: Promise<{words: B}>): Promise<A & B> {
  return {...(await general).words, ...(await special).words};
}

function inEachLanguage<S>(load: (language: Language) => Promise<S>): Record<string, () => Promise<S>> {
  return Object.fromEntries(Object.entries(languages).map(([code, language]) => [code, () => load(language)]));
}
