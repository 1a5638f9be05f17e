import type {GoodField} from '../platform/good.ts';
import {isTopUp, titleOf, type Item} from '../platform/items.ts';
import {unitPrice} from '../platform/skus.ts';
import {twoDigits} from '../two-digits.ts';
import type {ApiCall} from './api-call.ts';

const defaultOverstatement = 5;

/** A good as lists have it. Its category is not in it. */
export function itemRow({good, sku}: Item, {platform, group, origin, strike}: ApiCall): Record<string, unknown> {
  const overstated = strike.get('overstated-stock');
  const extra = overstated ? (overstated.extra ?? defaultOverstatement) : 0;
  return {
    id: sku.id,
    goods_name: titleOf({good, sku}),
    goods_img: good.cover === undefined ? '' : new URL(good.cover, origin).pathname,
    goods_type: isTopUp(good) ? 2 : 1,
    face_value: twoDigits(good.price),
    goods_price: twoDigits(unitPrice(good, sku, group).amount),
    status: good.onSale ? 1 : 2,
    stock_num: platform.stock(good, sku.choice) + extra,
    can_buy: good.resaleChannels?.only?.join(',') ?? '',
    can_no_buy: good.resaleChannels?.never?.join(',') ?? '',
    can_price: twoDigits(good.resaleFloor ?? '0'),
    need_balance: '0',
  };
}

/** A good alone: the row, and what only its own page has. */
export function itemDetails(item: Item, call: ApiCall): Record<string, unknown> {
  const {good} = item;
  return {
    ...itemRow(item, call),
    goods_info: good.description,
    goods_notice: good.leaveMessage ?? '',
    start_count: Math.max(1, good.minimum),
    end_count: good.maximum,
    attach: good.fields.map(fieldRow),
  };
}

/** Fields have no names of their own here: the first is the account, the others are counted. */
export function fieldKey(index: number): string {
  return index === 0 ? 'recharge_account' : `lblName${index}`;
}

function fieldRow({label, type, placeholder, choices}: GoodField, index: number): Record<string, unknown> {
  const known = ['text', 'password', 'checkbox', 'select', 'radio'];
  return {
    key: fieldKey(index),
    type: known.includes(type) ? type : 'text',
    tip: placeholder,
    name: label,
    ...(choices.length > 0 && {options: JSON.stringify(choices.map(({value}) => value))}),
  };
}
