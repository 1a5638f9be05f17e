/** What the buyer holds in their hands, in the gateway's words; some of its channels pay within the app itself. */
export function deviceOf(userAgent = ''): 'pc' | 'mobile' | 'wechat' | 'alipay' | 'qq' {
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  if (/AlipayClient/i.test(userAgent)) return 'alipay';
  if (/\bQQ\//i.test(userAgent)) return 'qq';
  return /Mobile|Android|iPhone|iPad/i.test(userAgent) ? 'mobile' : 'pc';
}
