import type {OrderLookupWords} from './order-lookup.zh-cn.ts';

export const orderLookupZhTW: OrderLookupWords = {
  title: '查詢訂單',
  hint: '請填寫下單時的聯絡方式和查詢密碼。沒有設查詢密碼的訂單，只能在下單的裝置上檢視。',
  number: '訂單編號',
  contact: '聯絡方式',
  contactHint: '下單時填寫的電子郵件、手機號碼或 QQ 號。',
  password: '查詢密碼',
  show: '顯示密碼',
  submit: '查詢',
  asking: '查詢中…',
  required: '請填寫這一項。',
  notFound: '找不到訂單。請確認訂單編號、聯絡方式和查詢密碼；沒有設查詢密碼的訂單無法查詢。',
  tooMany: minutes => `查詢太頻繁了，請過 ${minutes} 分鐘再試。`,
  another: '查詢其他訂單',
};
