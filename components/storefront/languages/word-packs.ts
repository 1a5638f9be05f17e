import {WordPack} from '../../shared/words/word-pack.ts';
import type {words as aftersales} from './aftersales.zh-cn.ts';
import type {words as general} from './browse.zh-cn.ts';
import type {words as finding} from './find.zh-cn.ts';
import {languages} from './languages.ts';
import type {words as ofProduct} from './product.zh-cn.ts';
import type {words as special} from './purchase.zh-cn.ts';

export type BrowseWords = typeof general;
export type ProductPageWords = BrowseWords & typeof ofProduct;
export type FindWords = BrowseWords & typeof finding;
export type PurchaseWords = BrowseWords & typeof special;
export type AftersalesWords = PurchaseWords & typeof aftersales;

type Language = (typeof languages)['zh-CN'];

/** For what a buyer sees up to the checkout. */
export const browseWords = /* @__PURE__ */ new WordPack<BrowseWords>(
  /* @__PURE__ */ inEachLanguage(async ({browse}) => (await browse()).words),
);

/** For search, navigation and filters. */
export const findWords = /* @__PURE__ */ new WordPack<FindWords>(
  /* @__PURE__ */ inEachLanguage(({browse, find}) => together(browse(), find())),
);

/** For checkout, orders and keys. */
export const purchaseWords = /* @__PURE__ */ new WordPack<PurchaseWords>(
  /* @__PURE__ */ inEachLanguage(({browse, purchase}) => together(browse(), purchase())),
);

/** For orders that are listed or looked up, and for tickets. */
export const aftersalesWords = /* @__PURE__ */ new WordPack<AftersalesWords>(
  /* @__PURE__ */ inEachLanguage(async ({browse, purchase, aftersales}) => {
    const parts = await Promise.all([browse(), purchase(), aftersales()]);
    return {...parts[0].words, ...parts[1].words, ...parts[2].words};
  }),
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
