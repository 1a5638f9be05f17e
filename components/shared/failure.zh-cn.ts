export const failureZhCN = {
  unreachable: '连不上店铺，请检查网络后重试。',
  unavailable: '店铺暂时没有回应，请稍后重试。',
  gone: '这件商品已经下架。',
  retry: '重试',
  incomplete: '页面没有载全，刷新后继续。',
  reload: '刷新页面',
  noShop: '这里还没有连接店铺',
  noShopHint: '请把元素放进 <ks-shop api="…">，或使用店铺服务器提供的脚本。',
};

export type FailureWords = typeof failureZhCN;
