/** What buyers call the ways to pay that gateways name. */
export const methodLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alipay: {'zh-CN': '支付宝', 'zh-TW': '支付寶', en: 'Alipay'},
  wxpay: {'zh-CN': '微信支付', 'zh-TW': '微信支付', en: 'WeChat Pay'},
  qqpay: {'zh-CN': 'QQ 钱包', 'zh-TW': 'QQ 錢包', en: 'QQ Wallet'},
  bank: {'zh-CN': '网银支付', 'zh-TW': '網銀支付', en: 'Bank card'},
  jdpay: {'zh-CN': '京东支付', 'zh-TW': '京東支付', en: 'JD Pay'},
};
