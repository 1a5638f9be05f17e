/** Whether an address may be followed to pay: a web page, or one of the payment apps. Never a script. */
export function isPayableLink(url: string): boolean {
  return /^(https?|weixin|alipays?):/i.test(url);
}
