import type {Client} from '../client/client.ts';
import type {Card} from '../contract/card.ts';
import {asKeystallError} from './as-keystall-error.ts';
import {readableValue} from './readable-value.ts';
import type {CardList, CardListState} from './shop.ts';

/** Which cards: those of a SKU of a product. */
export interface CardListOptions {
  readonly productId: string;
  readonly skuId: string;
  readonly lang?: string | undefined;
}

export function createCardList(client: Client, {productId, skuId, lang}: CardListOptions): CardList {
  let items: readonly Card[] = [];
  let cursor: string | undefined;
  let asking = new AbortController();
  let loading: Promise<void> | undefined;

  const state = readableValue<CardListState>({status: 'loading'}, () => {
    void refresh();
    return () => {
      asking.abort();
      loading = undefined;
    };
  });

  return {
    get value() {
      return state.value;
    },
    subscribe: state.subscribe,
    refresh,
    loadMore: () => loading ?? (cursor === undefined ? Promise.resolve() : load(cursor)),
  };

  /** From the beginning: what was further down may be gone, and comes again when it is asked for. */
  function refresh(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    return load(undefined);
  }

  function load(from: string | undefined): Promise<void> {
    const {signal} = asking;
    const {value} = state;
    if (value.status === 'ready') state.set({...value, data: {...value.data, loadingMore: from !== undefined}});
    const mine = (loading = client
      .listCards(productId, {sku: skuId, ...(from !== undefined && {cursor: from}), ...(lang && {lang})}, {signal})
      .then(
        page => {
          if (signal.aborted) return;
          // The list moves on when a card is sold or comes in: one may come a second time.
          const before =
            from === undefined ? [] : items.filter(item => page.items.every(({skuId}) => skuId !== item.skuId));
          items = [...before, ...page.items];
          cursor = page.nextCursor;
          const {total} = page;
          const data = {items, total, hasMore: cursor !== undefined, loadingMore: false};
          state.set({status: 'ready', data, refreshing: false});
        },
        (error: unknown) => {
          if (signal.aborted) return;
          const held = state.value.status === 'loading' ? undefined : state.value.data;
          const data = held && {...held, loadingMore: false};
          state.set({
            status: 'failed',
            error: asKeystallError(error),
            retry: () => void load(from),
            ...(data && {data}),
          });
        },
      )
      .finally(() => {
        if (loading === mine) loading = undefined;
      }));
    return mine;
  }
}
