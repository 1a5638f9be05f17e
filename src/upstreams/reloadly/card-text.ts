import type {CardRecord} from './answers.ts';

/** A card as the text that the shop reads cards from; nothing where there is nothing on it. */
export function cardText({cardNumber, pinCode, redemptionUrl}: CardRecord): string {
  const [number, pin, address] = [cardNumber, pinCode, redemptionUrl].map(text => text.trim());
  const pair = number && pin ? `卡号: ${number} 密码: ${pin}` : number || pin || '';
  return pair && address ? `${pair} 兑换链接: ${address}` : pair || address || '';
}
