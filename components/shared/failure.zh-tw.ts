import type {FailureWords} from './failure.zh-cn.ts';

export const failureZhTW: FailureWords = {
  unreachable: '無法連上商店，請檢查網路後再試一次。',
  unavailable: '商店暫時沒有回應，請稍後再試。',
  gone: '這件商品已經下架。',
  retry: '再試一次',
  incomplete: '頁面沒有完整載入，重新整理後即可繼續。',
  reload: '重新整理',
  noShop: '這裡尚未連接商店',
  noShopHint: '請把元素放進 <ks-shop api="…">，或使用商店伺服器提供的腳本。',
};
