import {isPlaceholder} from '../domain/fulfilment.ts';
import type {DeliveryKind} from '../domain/product.ts';

/**
 * What an order for a top-up is accepted with. A platform that is asked about an order later need not say what kind of
 * good it was for; this text, which is kept with the order, does.
 */
export const topUpUnderWay = '充值处理中';

/** What an order for a good is accepted with. */
export function placeholderFor(delivery: DeliveryKind): string {
  return delivery === 'manual' ? topUpUnderWay : '';
}

/** What a buyer gets for a top-up that the platform says is done: its words, with ours before them where they do not say so. */
export function topUpDone(words: string): string {
  const said = words.trim();
  if (said === '') return '充值成功';
  return isPlaceholder(said) ? `充值成功。${said}` : said;
}
