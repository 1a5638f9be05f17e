/**
 * Whether an address may be followed to pay: a web page, or one of the payment apps (WeChat, Alipay, QQ, UnionPay).
 * Whatever a provider answers, never a script.
 */
export function isPayableLink(url: string): boolean {
  return /^(https?|weixin|wxp|alipays?|alipayqr|mqqapi|uppaywallet|upwallet):/i.test(url);
}
