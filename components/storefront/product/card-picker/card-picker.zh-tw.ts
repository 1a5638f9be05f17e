import type {CardPickerWords} from './card-picker.zh-cn.ts';

export const cardPickerZhTW: CardPickerWords = {
  legend: '自選卡密',
  hint: '選中哪一張就發哪一張；被別人先買走時不會換成別的。',
  any: '不選，由平台發一張',
  premium: price => `+${price}`,
  loading: '正在查詢可選的卡密…',
  none: '目前沒有可選的卡密，可以直接購買。',
  failed: '暫時查不到可選的卡密，可以直接購買，或重試。',
  more: '更多卡密',
  loadingMore: '正在載入…',
  count: (shown, total) => `已顯示 ${shown} 張，共 ${total} 張`,
};
