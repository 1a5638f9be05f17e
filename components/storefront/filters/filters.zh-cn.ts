export const filtersZhCN = {
  label: '筛选',
  inStock: '只看有货',
  official: '官方直供',
  delivery: '发货方式',
  any: '不限',
  automatic: '自动发货',
  manual: '人工发货',
  price: '价格',
  lowest: '最低价',
  highest: '最高价',
  unreadable: '请填写金额，例如 12.50',
  reversed: '最高价要高于最低价',
  sort: '排序',
  featured: '店铺推荐',
  relevance: '最相关',
  price_ascending: '价格从低到高',
  price_descending: '价格从高到低',
  title: '按名称',
  clear: '清除筛选',
  total: (total: number) => `共 ${total} 件商品`,
};

export type FiltersWords = typeof filtersZhCN;
