import {unitPrice} from '../platform/skus.ts';
import type {Category, GoodField} from '../platform/good.ts';
import {isTopUp, titleOf, type Item} from '../platform/items.ts';
import type {Money} from '../../domain/money.ts';
import type {DockCall} from './dock-call.ts';

const defaultOverstatement = 5;

/** `goodstype`: 0 cards (卡密), 1 top-up (直充). */
export function goodsTypeOf({good}: Item): number {
  return isTopUp(good) ? 1 : 0;
}

export function priceOf({good, sku}: Item, {group}: DockCall): Money {
  return unitPrice(good, sku, group);
}

/** A good as version 3 tells it, in lists and alone. */
export function goodRow(item: Item, call: DockCall): Record<string, unknown> {
  const {good, sku} = item;
  return {
    goodsid: sku.id,
    goodsname: titleOf(item),
    groupid: good.categoryId,
    stock: stockOf(item, call),
    goodsprice: fourDigits(priceOf(item, call).amount),
    marketprice: Number(good.price),
    goodsstatus: good.onSale ? 1 : 0,
    imgurl: pictureOf(item, call),
    goodstype: goodsTypeOf(item),
    minbuy: Math.max(1, good.minimum),
    maxbuy: good.maximum > 0 ? good.maximum : 5000,
    details: good.description,
    attach: good.fields.map(({label, placeholder}) => ({title: label, tip: placeholder, verification: 0})),
  };
}

/** The short form has its price as a number. */
export function liteRow(item: Item, call: DockCall): unknown {
  return {
    goodsid: item.sku.id,
    stock: stockOf(item, call),
    goodsprice: Number(priceOf(item, call).amount),
    goodsstatus: item.good.onSale ? 1 : 0,
    goodstype: goodsTypeOf(item),
  };
}

/** A good as version 2 lists it. */
export function oldRow(item: Item, call: DockCall): Record<string, unknown> {
  const {good, sku} = item;
  return {
    goodsid: sku.id,
    imgurl: pictureOf(item, call),
    goodsname: titleOf(item),
    goodsprice: Number(priceOf(item, call).amount),
    goodsstatus: good.onSale ? 1 : 0,
    goodstype: goodsTypeOf(item),
    showstock: 1,
    stock: stockOf(item, call),
    buyminnum: Math.max(1, good.minimum),
    buymaxnum: good.maximum > 0 ? good.maximum : 5000,
    goodsgroupid: good.categoryId,
    attach: good.fields.map(({label, placeholder}) => ({title: label, tip: placeholder})),
  };
}

/** A good as version 2 tells it alone: its id has another name there. */
export function oldDetails(item: Item, call: DockCall): unknown {
  const {goodsid, ...row} = oldRow(item, call);
  return {...row, id: goodsid, details: item.good.description, tiptext: ''};
}

/** Categories are groups (分组), each below a brand: the category at the top. */
export function groupRow({id, name, parentId}: Category, all: readonly Category[]): unknown {
  const top = topOf(id, parentId, all);
  return {
    groupid: id,
    groupname: name,
    groupaliasname: '',
    groupimgurl: '',
    brandid: top,
    brandname: all.find(category => category.id === top)?.name ?? name,
    brandimgurl: '',
  };
}

/** What kind of field each field of a good is. Nobody typed that in here: they are counted through. */
export function templateRow({label, placeholder}: GoodField, index: number): unknown {
  return {type: fieldType(index), title: label, desc: placeholder};
}

export function fieldType(index: number): number {
  return index + 1;
}

/** Decimal text with four digits after the point. */
export function fourDigits(amount: string): string {
  const [whole, fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(4, '0')}`;
}

function stockOf({good, sku}: Item, {platform, strike}: DockCall): number {
  const overstated = strike.get('overstated-stock');
  return platform.stock(good, sku.choice) + (overstated ? (overstated.extra ?? defaultOverstatement) : 0);
}

function pictureOf({good}: Item, {origin}: DockCall): string {
  return good.cover === undefined ? '' : new URL(good.cover, origin).href;
}

function topOf(id: number, parentId: number, all: readonly Category[]): number {
  const parent = all.find(category => category.id === parentId);
  return parent ? topOf(parent.id, parent.parentId, all) : id;
}
