import type {FiltersWords} from './filters.zh-cn.ts';

export const filtersZhTW: FiltersWords = {
  label: '篩選',
  inStock: '只看有貨',
  official: '官方直供',
  delivery: '出貨方式',
  any: '不限',
  automatic: '自動出貨',
  manual: '人工出貨',
  price: '價格',
  lowest: '最低價',
  highest: '最高價',
  unreadable: '請填寫金額，例如 12.50',
  reversed: '最高價要高於最低價',
  sort: '排序',
  featured: '店家推薦',
  relevance: '最相關',
  price_ascending: '價格由低到高',
  price_descending: '價格由高到低',
  title: '依名稱',
  clear: '清除篩選',
  total: total => `共 ${total} 件商品`,
};
