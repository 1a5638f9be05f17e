export const failureZhCN = {
  unreachable: '连不上店铺，请检查网络后重试。',
  unavailable: '店铺暂时没有回应，请稍后重试。',
  gone: '这件商品已经下架。',
  retry: '重试',
};

export type FailureWords = typeof failureZhCN;
