import type {SearchWords} from './search.zh-cn.ts';

export const searchZhTW: SearchWords = {
  label: '搜尋商品',
  placeholder: '商品名稱、拼音或首字母',
  submit: '搜尋',
  clear: '清空',
  suggestions: '搜尋建議',
  recent: '最近搜尋',
  forget: '清除紀錄',
  all: total => `查看全部 ${total} 件商品`,
  found: count => (count === 0 ? '沒有建議' : `${count} 則建議，用上下方向鍵選擇`),
  nothing: q => `找不到「${q}」`,
  from: price => `${price} 起`,
  soldOut: '已售完',
};
