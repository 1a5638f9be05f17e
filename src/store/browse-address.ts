import type {BrowseState} from './browse.ts';
import {decimalPrice} from './price-range.ts';

/** The names that what is looked at has in an address. Short, because people send addresses to each other. */
const names = {
  q: 'q',
  category: 'category',
  minPrice: 'min',
  maxPrice: 'max',
  inStock: 'stock',
  delivery: 'delivery',
  official: 'official',
  sort: 'sort',
} as const satisfies Record<keyof BrowseState, string>;

const deliveries = ['automatic', 'manual'] as const;
const sorts = ['featured', 'relevance', 'price_ascending', 'price_descending', 'title'] as const;

/**
 * What an address says is looked at. Addresses are written by hand and by strangers: what the server would refuse is
 * left out.
 * @param prefix before each name, for pages that use the names themselves
 */
export function readBrowse(search: string, prefix = ''): BrowseState {
  const parameters = new URLSearchParams(search);
  const text = (name: keyof BrowseState, longest: number) => {
    const value = parameters.get(prefix + names[name])?.trim();
    return value === undefined || value === '' || value.length > longest ? undefined : value;
  };
  const one = <Value extends string>(name: keyof BrowseState, values: readonly Value[]) =>
    values.find(value => value === text(name, 20));
  const read = {
    q: text('q', 100),
    category: text('category', 64),
    minPrice: decimalPrice(text('minPrice', 20) ?? ''),
    maxPrice: decimalPrice(text('maxPrice', 20) ?? ''),
    inStock: text('inStock', 1) === '1' ? true : undefined,
    delivery: one('delivery', deliveries),
    official: text('official', 1) === '1' ? true : undefined,
    sort: one('sort', sorts),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The query of an address that says what is looked at, `?` included; whatever else stood there stands there still. */
export function writeBrowse(state: BrowseState, search: string, prefix = ''): string {
  const own = new URLSearchParams();
  for (const [name, parameter] of Object.entries(names) as [keyof BrowseState, string][]) {
    const value = state[name];
    if (value !== undefined) own.set(prefix + parameter, value === true ? '1' : value);
  }
  const taken = new Set(Object.values(names).map(name => prefix + name));
  const foreign = search
    .replace(/^\?/, '')
    .split('&')
    .filter(part => part !== '' && ![...new URLSearchParams(part).keys()].some(name => taken.has(name)));
  const text = [...foreign, own.toString()].filter(part => part !== '').join('&');
  return text === '' ? '' : `?${text}`;
}
