import type {ProductQuery} from '../contract/product.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';

/** What a buyer looks at in one shop: what was searched for, where, and by which filters. */
export type BrowseState = Readonly<
  Pick<ProductQuery, 'q' | 'category' | 'minPrice' | 'maxPrice' | 'inStock' | 'delivery' | 'official' | 'sort'>
>;

export type BrowseEvent =
  /** Looks through the whole shop, whatever category was looked at; the filters stay. Nothing typed: the whole shop. */
  | {readonly type: 'searched'; readonly q: string}
  | {readonly type: 'category_chosen'; readonly category: string | undefined}
  | {readonly type: 'price_set'; readonly minPrice: string | undefined; readonly maxPrice: string | undefined}
  | {readonly type: 'stock_set'; readonly inStock: boolean}
  | {readonly type: 'official_set'; readonly official: boolean}
  | {readonly type: 'delivery_chosen'; readonly delivery: BrowseState['delivery']}
  | {readonly type: 'sort_chosen'; readonly sort: BrowseState['sort']}
  /** Takes the filters back; the search, the category and the order stay. */
  | {readonly type: 'filters_cleared'}
  /** The page's address, or a program, says what to look at. */
  | {readonly type: 'replaced'; readonly state: BrowseState};

/** Shared by the search, navigation, filters and grids of one shop in one page. */
export interface Browse extends Readable<BrowseState> {
  change(event: BrowseEvent): void;
}

export function createBrowse(): Browse {
  const state = readableValue<BrowseState>({});
  return {
    get value() {
      return state.value;
    },
    subscribe: state.subscribe,
    change(event) {
      const next = reduceBrowse(state.value, event);
      if (!isSameBrowse(state.value, next)) state.set(next);
    },
  };
}

export function reduceBrowse(state: BrowseState, event: BrowseEvent): BrowseState {
  switch (event.type) {
    case 'searched': {
      const q = event.q.trim();
      // Relevance means nothing without a search.
      const {category: _, sort, ...filters} = state;
      return compact({...filters, q, sort: q === '' && sort === 'relevance' ? undefined : sort});
    }
    case 'category_chosen':
      return compact({...state, category: event.category});
    case 'price_set':
      return compact({...state, minPrice: event.minPrice, maxPrice: event.maxPrice});
    case 'stock_set':
      return compact({...state, inStock: event.inStock || undefined});
    case 'official_set':
      return compact({...state, official: event.official || undefined});
    case 'delivery_chosen':
      return compact({...state, delivery: event.delivery});
    case 'sort_chosen':
      return compact({...state, sort: event.sort});
    case 'filters_cleared': {
      const {q, category, sort} = state;
      return compact({q, category, sort});
    }
    case 'replaced':
      return compact(event.state);
  }
}

export function hasFilters({q: _, category: __, sort: ___, ...filters}: BrowseState): boolean {
  return Object.keys(filters).length > 0;
}

export function isSameBrowse(left: BrowseState, right: BrowseState): boolean {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])] as (keyof BrowseState)[];
  return names.every(name => left[name] === right[name]);
}

type Loose = {readonly [Name in keyof BrowseState]?: BrowseState[Name] | undefined};

/** What is not there is absent, so that states can be compared and sent as they are. */
function compact(state: Loose): BrowseState {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined && value !== ''));
}
