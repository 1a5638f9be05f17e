export const orderLookupZhCN = {
  title: '查询订单',
  hint: '填写下单时的联系方式和查单密码。没有设查单密码的订单，只能在下单的设备上查看。',
  number: '订单号',
  contact: '联系方式',
  contactHint: '下单时填的邮箱、手机号或 QQ 号。',
  password: '查单密码',
  show: '显示密码',
  submit: '查询',
  asking: '正在查询…',
  required: '请填写这一项。',
  notFound: '没有查到。请核对订单号、联系方式和查单密码；没有设查单密码的订单查不到。',
  tooMany: (minutes: number) => `查询太频繁了，请过 ${minutes} 分钟再试。`,
  another: '查别的订单',
};

export type OrderLookupWords = typeof orderLookupZhCN;
