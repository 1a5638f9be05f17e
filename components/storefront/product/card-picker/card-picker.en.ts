import type {CardPickerWords} from './card-picker.zh-cn.ts';

export const cardPickerEn: CardPickerWords = {
  legend: 'Choose your card',
  hint: 'The one you choose is the one you get; if somebody buys it first, no other takes its place.',
  any: 'Any card',
  premium: price => `+${price}`,
  loading: 'Looking for cards…',
  none: 'There are no cards to choose from now; you can buy without choosing.',
  failed: 'The cards cannot be listed now. Buy without choosing, or try again.',
  more: 'More cards',
  loadingMore: 'Loading…',
  count: (shown, total) => `${shown} of ${total} shown`,
};
