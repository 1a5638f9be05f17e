import type {FailureWords} from './failure.zh-cn.ts';

export const failureEn: FailureWords = {
  unreachable: 'The shop cannot be reached. Check your connection and try again.',
  unavailable: 'The shop does not answer right now. Please try again in a moment.',
  gone: 'This product is no longer for sale.',
  retry: 'Try again',
  incomplete: 'A part of this page did not arrive. Reload it to go on.',
  reload: 'Reload the page',
  noShop: 'No shop is connected here',
  noShopHint: 'Put the element into <ks-shop api="…">, or use the script that the shop server serves.',
};
