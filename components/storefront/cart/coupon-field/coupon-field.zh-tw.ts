import type {CouponFieldWords} from './coupon-field.zh-cn.ts';

export const couponFieldZhTW: CouponFieldWords = {
  ask: '有優惠碼嗎？',
  label: '優惠碼',
  apply: '套用',
  remove: code => `不使用優惠碼 ${code}`,
  pending: '確認中…',
  later: '結帳時確認可折抵多少。',
  applied: (code, amount) => `已套用優惠碼 ${code}，折抵 ${amount}`,
  removed: '已取消優惠碼',
  unknown: '沒有這組優惠碼，請檢查是否輸入錯誤。',
  expired: '優惠碼已過期。',
  minimum_not_reached: amount => `適用商品滿 ${amount} 才能使用。`,
  not_for_these_goods: '購物車裡的商品不適用這組優惠碼。',
  below_platform_price: '平台限價，這些商品不能再折抵。',
  limited: amount => `平台限價，最多折抵 ${amount}。`,
  used_up: '優惠碼的使用次數已滿。',
  unconfirmed: '網路不通，恢復後會自動確認。',
};
