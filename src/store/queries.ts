import {
  focusManager,
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
  type InfiniteData,
  type QueryKey,
  type QueryObserverOptions,
} from '@tanstack/query-core';
import {safeParse} from 'valibot';
import type {Client} from '../client/client.ts';
import type {KeystallError} from '../client/errors.ts';
import {productPageSchema, type Category, type ProductPage, type ProductQuery} from '../contract/product.ts';
import type {Product} from '../contract/product-details.ts';
import type {Shop as ShopInfo} from '../contract/shop.ts';
import {isPassing} from './answer-lost.ts';
import {pauseBefore} from './pause.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';
import type {GivenPage, Loaded, ProductList, ProductListState} from './shop.ts';

const minute = 60_000;
/** How long a stock is shown to a buyer who looks at it before it is asked for again. */
const lookAgain = 20_000;
const mostPagesRefreshed = 8;
/** After so many pages a reader means to go on: the goods come in larger ones. */
const smallPages = 4;
const largePage = 100;
const mostHandles = 60;

/** What is kept of a question, so that everybody who asks it gets the same readable. */
interface Handle {
  readonly isHeard: boolean;
}

/** What the page reads from the shop: kept, refreshed when it is old and looked at, and asked for once. */
export interface Queries {
  info(): Readable<Loaded<ShopInfo>>;
  categories(lang?: string): Readable<Loaded<readonly Category[]>>;
  products(query: Omit<ProductQuery, 'cursor'>, given?: GivenPage): ProductList;
  product(id: string, lang?: string): Readable<Loaded<Product>>;
  watchProduct(id: string, lang?: string): Readable<Loaded<Product>>;
  dispose(): void;
}

export function createQueries(client: Client): Queries {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: minute,
        gcTime: 10 * minute,
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: failures => pauseBefore(failures + 1, Math.random()),
      },
    },
  });
  const handles = new Map<string, Handle>();

  return {
    info: () => query(['shop'], signal => client.getShop({signal})),
    categories: lang => query(['categories', lang], signal => client.listCategories({lang, signal})),
    product: (id, lang) => query(['product', id, lang], signal => client.getProduct(id, {lang, signal})),
    watchProduct(id, lang) {
      // The first answer may come from the browser's cache; who asks again wants to know.
      let fresh = false;
      return handle(['watch', id, lang], () =>
        loadedQuery(
          queryClient,
          {
            queryKey: ['product', id, lang],
            queryFn: ({signal}) => {
              const answer = client.getProduct(id, {lang, signal, fresh});
              fresh = true;
              return answer;
            },
          },
          lookAgain,
        ),
      );
    },
    products: (filter, given) => {
      const key = ['products', sorted(filter)];
      return handle(key, () => productList(queryClient, client, key, filter, given));
    },
    dispose() {
      if (handles.size > 0) queryClient.unmount();
      handles.clear();
      void queryClient.cancelQueries();
      queryClient.clear();
    },
  };

  function query<T>(queryKey: QueryKey, read: (signal: AbortSignal) => Promise<T>): Readable<Loaded<T>> {
    return handle(queryKey, () => loadedQuery(queryClient, {queryKey, queryFn: ({signal}) => read(signal)}));
  }

  function handle<T extends Handle>(key: QueryKey, make: () => T): T {
    // From now on, a page that comes back into view refreshes what is old, and goes on with what waited for that.
    if (handles.size === 0) queryClient.mount();
    const text = JSON.stringify(key);
    if (!handles.has(text)) {
      forgetUnheard();
      handles.set(text, make());
    }
    return handles.get(text) as T;
  }

  /** A handle for every text that was ever searched for would be too many; those that nobody listens to can be made again. */
  function forgetUnheard(): void {
    for (const [text, {isHeard}] of handles) {
      if (handles.size < mostHandles) return;
      if (!isHeard) handles.delete(text);
    }
  }
}

function loadedQuery<T>(
  queryClient: QueryClient,
  options: QueryObserverOptions<T, KeystallError>,
  askAgainAfter?: number,
): Readable<Loaded<T>> & Handle {
  const value = readableValue<Loaded<T>>({status: 'loading'}, () => {
    const observer = new QueryObserver(queryClient, options);
    const show = () => {
      const result = observer.getCurrentResult();
      value.set(
        keepIfAlike(
          value.value,
          loaded(result, result.data, () => void observer.refetch()),
        ),
      );
    };
    const stop = observer.subscribe(show);
    show();
    const stopAsking =
      askAgainAfter === undefined ? undefined : every(askAgainAfter, () => observer.refetch({cancelRefetch: false}));
    return () => {
      stopAsking?.();
      stop();
    };
  });
  return value;
}

/** Does `work` again and again, each time after a pause, while somebody may see what comes of it. */
function every(pause: number, work: () => Promise<unknown>): () => void {
  let timer = setTimeout(tick, pause);
  return () => {
    clearTimeout(timer);
  };

  function tick() {
    // Failures are part of what the observer shows. In the background nothing is asked; coming back asks by itself.
    if (focusManager.isFocused()) void work();
    timer = setTimeout(tick, pause);
  }
}

function productList(
  queryClient: QueryClient,
  client: Client,
  queryKey: QueryKey,
  filter: Omit<ProductQuery, 'cursor'>,
  given: GivenPage | undefined,
): ProductList & Handle {
  let observer: PageObserver | undefined;
  let shown: {readonly pages: readonly ProductPage[]; readonly loadingMore: boolean; readonly data: Listed} | undefined;

  const value = readableValue<ProductListState>({status: 'loading'}, () => {
    const current: PageObserver = new InfiniteQueryObserver<
      ProductPage,
      KeystallError,
      InfiniteData<ProductPage>,
      QueryKey,
      PageStart
    >(queryClient, {
      queryKey,
      queryFn: ({pageParam, signal}) => client.listProducts({...filter, ...pageParam}, {signal}),
      initialPageParam: undefined,
      ...(given &&
        safeParse(productPageSchema, given).success && {
          initialData: {pages: [given], pageParams: [undefined]},
          // The clock of who gave it may be ahead of this one.
          initialDataUpdatedAt: Math.min(given.asOf ?? Infinity, Date.now()),
        }),
      getNextPageParam: ({nextCursor: cursor}, {length}) =>
        cursor ? {cursor, ...(length >= smallPages && !filter.limit && {limit: largePage})} : undefined,
      // A refresh asks for every page again: a long list is not refreshed by itself.
      staleTime: ({state: {data}}) => ((data?.pages.length ?? 0) > mostPagesRefreshed ? Infinity : 5 * minute),
    });
    observer = current;
    const show = () => {
      const result = current.getCurrentResult();
      const retry = () => void (result.isFetchNextPageError ? loadMore() : current.refetch());
      const data = result.data && list(result.data.pages, result.isFetchingNextPage);
      value.set(keepIfAlike(value.value, loaded(result, data, retry, result.isFetchingNextPage)));
    };
    const stop = current.subscribe(show);
    show();
    return () => {
      observer = undefined;
      stop();
    };
  });
  return {
    get value() {
      return value.value;
    },
    get isHeard() {
      return value.isHeard;
    },
    subscribe: value.subscribe,
    loadMore,
  };

  async function loadMore(): Promise<void> {
    const stop = value.subscribe(() => {});
    try {
      if (observer?.getCurrentResult().hasNextPage) await observer.fetchNextPage({cancelRefetch: false});
    } finally {
      stop();
    }
  }

  /** The same list for the same pages, so that a view has nothing to draw again. */
  function list(pages: readonly ProductPage[], loadingMore: boolean): Listed {
    if (shown?.pages !== pages || shown.loadingMore !== loadingMore) {
      const last = pages.at(-1);
      const data: Listed = {
        items: pages.flatMap(page => page.items).filter(isFirst()),
        total: last?.total ?? 0,
        hasMore: last?.nextCursor !== undefined,
        loadingMore,
        ...(pages[0]?.facets && {facets: pages[0].facets}),
      };
      shown = {pages, loadingMore, data};
    }
    return shown.data;
  }
}

/** Where a page begins, and how long it is if not as the server likes; the first one has none. */
type PageStart = Pick<ProductQuery, 'cursor' | 'limit'> | undefined;
type PageObserver = InfiniteQueryObserver<ProductPage, KeystallError, InfiniteData<ProductPage>, QueryKey, PageStart>;
type Listed = Extract<ProductListState, {status: 'ready'}>['data'];

interface Result {
  readonly error: KeystallError | null;
  readonly isFetching: boolean;
}

function loaded<T>(
  {error, isFetching}: Result,
  data: T | undefined,
  retry: () => void,
  isFetchingMore = false,
): Loaded<T> {
  if (error) return {status: 'failed', error, retry, ...(data !== undefined && {data})};
  return data === undefined ? {status: 'loading'} : {status: 'ready', data, refreshing: isFetching && !isFetchingMore};
}

function keepIfAlike<T>(before: Loaded<T>, after: Loaded<T>): Loaded<T> {
  const alike =
    before.status === after.status &&
    (['data', 'error', 'refreshing'] as const).every(
      name =>
        (before as unknown as Record<string, unknown>)[name] === (after as unknown as Record<string, unknown>)[name],
    );
  return alike ? before : after;
}

/** The catalogue may move between two pages: a product is shown where it came first. */
function isFirst(): (item: {readonly id: string}) => boolean {
  const seen = new Set<string>();
  return ({id}) => seen.size < seen.add(id).size;
}

function sorted(filter: object): object {
  return Object.fromEntries(Object.entries(filter).sort(([left], [right]) => (left < right ? -1 : 1)));
}
