import type {ProductGridWords} from './product-grid.zh-cn.ts';

export const productGridEn: ProductGridWords = {
  label: 'Products',
  loading: 'Loading products…',
  more: 'Show more',
  loadingMore: 'Loading…',
  moreFailed: 'The next products could not be loaded. Please try again.',
  count: (shown, total) =>
    shown < total ? `${shown} of ${total} products shown` : `${total} ${total === 1 ? 'product' : 'products'}`,
  empty: 'Nothing for sale yet',
  emptyHint: 'The shop is being stocked. Please come back soon.',
  nothingFound: q => `Nothing found for “${q}”`,
  nothingFoundHint: 'Try another word, or look through the other categories.',
  nothingFits: 'Nothing fits these filters',
  nothingFitsHint: 'Loosen them a little and there may be something.',
  clearFilters: 'Clear filters',
  stale: 'Could not be refreshed; this is what was there before.',
};
