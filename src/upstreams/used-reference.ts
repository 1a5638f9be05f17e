/**
 * Whether a refusal in words may mean that our reference was used before. Such a refusal proves that something was bought
 * rather than that nothing was: it is never believed, even if the platform cannot show the order.
 */
export function mayMeanUsed(message: string): boolean {
  return /重复|(?:已|已经)(?:存在|使用|提交|下单)|duplicate|already/i.test(message);
}
