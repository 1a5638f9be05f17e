import type {StripeElementWords} from './stripe-element.zh-cn.ts';

export const stripeElementZhTW: StripeElementWords = {
  declined: '銀行未通過這筆付款，並未扣款。請換一張卡，或改用其他付款方式。',
  funds: '餘額不足，並未扣款。請換一張卡，或改用其他付款方式。',
  expired: '這張卡已過期，請換一張卡。',
  notConfirmed: '銀行未能確認是您本人付款，並未扣款。請再試一次，或改用其他付款方式。',
  check: '請檢查填寫的付款資料。',
  notDone: '付款尚未完成，請繼續。',
  over: '這次付款已結束，請從下方重新選擇付款方式。',
  unknown: '沒有收到 Stripe 的回應，暫時無法得知是否已付款。請稍候再試：若已付款，此處會自動更新。',
};
