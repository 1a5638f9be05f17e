export const cardPickerZhCN = {
  legend: '自选卡密',
  hint: '选中哪一张就发哪一张；被别人先买走时不会换成别的。',
  any: '不选，由平台发一张',
  premium: (price: string) => `+${price}`,
  loading: '正在查询可选的卡密…',
  none: '现在没有可选的卡密，可以直接购买。',
  failed: '暂时查不到可选的卡密，可以直接购买，或重试。',
  more: '更多卡密',
  loadingMore: '正在加载…',
  count: (shown: number, total: number) => `已显示 ${shown} 张，共 ${total} 张`,
};

export type CardPickerWords = typeof cardPickerZhCN;
