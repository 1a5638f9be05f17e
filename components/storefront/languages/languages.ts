/**
 * The languages of the storefront: what loads the words of each, in parts, because most pages need only the first.
 * `reload` is a word that has to be there before any other. A further language is a line here and the files it names.
 */
export const languages = {
  'zh-CN': {
    reload: '刷新页面',
    browse: () => import('./browse.zh-cn.ts'),
    purchase: () => import('./purchase.zh-cn.ts'),
    product: () => import('./product.zh-cn.ts'),
  },
  'zh-TW': {
    reload: '重新整理',
    browse: () => import('./browse.zh-tw.ts'),
    purchase: () => import('./purchase.zh-tw.ts'),
    product: () => import('./product.zh-tw.ts'),
  },
  en: {
    reload: 'Reload',
    browse: () => import('./browse.en.ts'),
    purchase: () => import('./purchase.en.ts'),
    product: () => import('./product.en.ts'),
  },
};
