export const stripeElementZhCN = {
  declined: '银行没有通过这次付款，没有扣款。请换一张卡，或换一种支付方式。',
  funds: '余额不足，没有扣款。请换一张卡，或换一种支付方式。',
  expired: '这张卡已过期，请换一张卡。',
  notConfirmed: '银行没有确认是您本人付款，没有扣款。请重试，或换一种支付方式。',
  check: '请检查填写的付款信息。',
  notDone: '付款还没有完成，请继续。',
  over: '这次付款已经结束，请从下面重新选择支付方式。',
  unknown: '没有收到 Stripe 的回应，暂时不知道是否已付款。请稍等再试：如果已经付款，这里会自动更新。',
};

export type StripeElementWords = typeof stripeElementZhCN;
