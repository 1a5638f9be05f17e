import type {CouponFieldWords} from './coupon-field.zh-cn.ts';

export const couponFieldEn: CouponFieldWords = {
  ask: 'Do you have a code?',
  label: 'Code',
  apply: 'Apply',
  remove: code => `Do without code ${code}`,
  pending: 'Checking…',
  later: 'What it saves is confirmed at checkout.',
  applied: (code, amount) => `Code ${code} applied: you save ${amount}`,
  removed: 'Code removed',
  unknown: 'There is no such code. Please check the spelling.',
  expired: 'This code is no longer valid.',
  minimum_not_reached: amount => `Valid from ${amount} on, for the goods it is meant for.`,
  not_for_these_goods: 'This code is not for the goods in your cart.',
  below_platform_price: 'These goods may not be sold for less.',
  limited: amount => `It takes ${amount} off: these goods may not be sold for less.`,
  used_up: 'This code has been used as often as it may be.',
  unconfirmed: 'No connection. It is checked once you are back online.',
};
