import type {ShopScope} from '../../../shared/shop-scope.ts';
import './define.ts';
import type {News} from './notice.ts';

/** Tells the buyer, in the language and look of a shop. */
export async function tell({host}: ShopScope, news: News): Promise<void> {
  let notice = host.querySelector<HTMLElementTagNameMap['ks-notice']>(':scope > ks-notice');
  if (!notice) {
    notice = document.createElement('ks-notice');
    host.append(notice);
    // A live region is heard of only if it stood there before its words did.
    await notice.updateComplete;
  }
  notice.tell(news);
}
