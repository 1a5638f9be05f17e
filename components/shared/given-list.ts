import type {GivenPage, ProductList} from '../../src/store/shop.ts';

/** The goods that are known without a shop, as a list that stays as it is. */
export function givenList(given: GivenPage): ProductList {
  const data = {...given, hasMore: given.nextCursor !== undefined, loadingMore: false};
  return {
    value: {status: 'ready', data, refreshing: false},
    subscribe: () => () => {},
    loadMore: () => Promise.resolve(),
  };
}
