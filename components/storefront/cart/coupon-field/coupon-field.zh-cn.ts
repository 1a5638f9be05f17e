export const couponFieldZhCN = {
  ask: '有优惠码？',
  label: '优惠码',
  apply: '使用',
  remove: (code: string) => `不用优惠码 ${code}`,
  pending: '正在确认…',
  later: '结算时确认能优惠多少。',
  applied: (code: string, amount: string) => `优惠码 ${code} 已用上，优惠 ${amount}`,
  removed: '已不用优惠码',
  unknown: '没有这个优惠码，请检查是否输错。',
  expired: '优惠码已过期。',
  minimum_not_reached: (amount: string) => `适用的商品满 ${amount} 才能用。`,
  not_for_these_goods: '购物车里的商品不能用这个优惠码。',
  below_platform_price: '平台限价，这些商品不能再优惠。',
  limited: (amount: string) => `平台限价，最多优惠 ${amount}。`,
  used_up: '优惠码的使用次数已满。',
  unconfirmed: '网络不通，恢复后会自动确认。',
};

export type CouponFieldWords = typeof couponFieldZhCN;
