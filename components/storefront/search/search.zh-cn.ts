export const searchZhCN = {
  label: '搜索商品',
  placeholder: '商品名、拼音或首字母',
  submit: '搜索',
  clear: '清空',
  suggestions: '搜索建议',
  recent: '最近搜索',
  forget: '清除记录',
  all: (total: number) => `查看全部 ${total} 件商品`,
  found: (count: number) => (count === 0 ? '没有建议' : `${count} 条建议，用上下方向键选择`),
  nothing: (q: string) => `没有找到“${q}”`,
  from: (price: string) => `${price} 起`,
  soldOut: '已售罄',
};

export type SearchWords = typeof searchZhCN;
