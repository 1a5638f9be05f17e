import type {FailureWords} from './failure.zh-cn.ts';

export const failureZhTW: FailureWords = {
  unreachable: '無法連上商店，請檢查網路後再試一次。',
  unavailable: '商店暫時沒有回應，請稍後再試。',
  gone: '這件商品已經下架。',
  retry: '再試一次',
};
