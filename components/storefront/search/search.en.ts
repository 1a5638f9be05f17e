import type {SearchWords} from './search.zh-cn.ts';

export const searchEn: SearchWords = {
  label: 'Search products',
  placeholder: 'Search products',
  submit: 'Search',
  clear: 'Clear',
  suggestions: 'Suggestions',
  recent: 'Recent searches',
  forget: 'Clear history',
  all: total => `See all ${total} ${total === 1 ? 'product' : 'products'}`,
  found: count =>
    count === 0 ? 'No suggestions' : `${count} ${count === 1 ? 'suggestion' : 'suggestions'}; use the arrow keys`,
  nothing: q => `Nothing found for “${q}”`,
  from: price => `from ${price}`,
  soldOut: 'Sold out',
};
