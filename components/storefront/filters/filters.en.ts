import type {FiltersWords} from './filters.zh-cn.ts';

export const filtersEn: FiltersWords = {
  label: 'Filters',
  inStock: 'In stock only',
  official: 'Official source',
  delivery: 'Delivery',
  any: 'Any',
  automatic: 'Instant',
  manual: 'By a person',
  price: 'Price',
  lowest: 'Lowest price',
  highest: 'Highest price',
  unreadable: 'Enter an amount, such as 12.50',
  reversed: 'The highest price has to be above the lowest',
  sort: 'Sort by',
  featured: 'Featured',
  relevance: 'Best match',
  price_ascending: 'Price, low to high',
  price_descending: 'Price, high to low',
  title: 'Name',
  clear: 'Clear filters',
  total: total => `${total} ${total === 1 ? 'product' : 'products'}`,
};
