import type {StripeElementWords} from './stripe-element.zh-cn.ts';

export const stripeElementEn: StripeElementWords = {
  declined: 'Your bank declined the payment. Nothing was charged. Try another card, or another way to pay.',
  funds: 'There is not enough money on this card. Nothing was charged. Try another card, or another way to pay.',
  expired: 'This card has expired. Try another card.',
  notConfirmed:
    'Your bank could not confirm that it was you. Nothing was charged. Try again, or choose another way to pay.',
  check: 'Please check what you filled in.',
  notDone: 'The payment is not finished yet. Please go on.',
  over: 'This payment has come to an end. Please choose a way to pay below.',
  unknown:
    'No answer came from Stripe, so it is not certain whether you have paid. Wait a moment before you try again: if you have, this page changes by itself.',
};
