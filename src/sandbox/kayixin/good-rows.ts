import type {Category, Good, GoodField} from '../platform/good.ts';
import {isTopUp} from '../platform/items.ts';
import {skusOf, unitPrice, type Sku} from '../platform/skus.ts';
import type {ApiCall} from './api-call.ts';

const defaultOverstatement = 5;

/** What an account may see. */
export function goodsOf({platform, merchant}: ApiCall): readonly Good[] {
  return platform.goodsFor(merchant.id).filter(isShown);
}

/** One of them. */
export function goodById({platform, merchant}: ApiCall, id: number): Good | undefined {
  const good = platform.goodById(id);
  return good && isShown(good) && platform.isOpen(good, merchant.id) ? good : undefined;
}

function isShown({shared, hidden}: Good): boolean {
  return shared && !hidden;
}

/** A good as lists have it: its stock is not in it. */
export function goodRow(good: Good, {platform, group, origin}: ApiCall, showsDirs: boolean): Record<string, unknown> {
  const skus = skusOf(good);
  return {
    goodsId: good.id,
    name: good.title,
    faceValue: Number(good.price),
    salesPrice: Number(unitPrice(good, skus[0]!, group).amount),
    goodsType: isTopUp(good) ? 3 : 1,
    warrantyDays: 0,
    warrantyTime: 0,
    warrantyUnit: 0,
    status: good.onSale ? 1 : 2,
    multiple: 1,
    isRepeat: 1,
    isRefOrder: 1,
    isRefMoney: 1,
    skuType: skuTypeOf(skus),
    imgUrl: good.cover === undefined ? '' : new URL(good.cover, origin).href,
    ...(showsDirs && {dirIds: dirsOf(good.categoryId, platform.categories())}),
  };
}

/** A good alone: the row, and what only its own page has. */
export function goodDetails(good: Good, call: ApiCall): Record<string, unknown> {
  const skus = skusOf(good);
  const skuType = skuTypeOf(skus);
  return {
    ...goodRow(good, call, true),
    minQuantity: Math.max(1, good.minimum),
    maxQuantity: good.maximum || 9999,
    stockCount: skus.map(sku => stockOf(good, sku, call)).reduce((left, right) => left + right),
    goodsDescribe: '',
    goodsDetail: good.description,
    buyNotice: good.leaveMessage ?? '',
    brands: [],
    limitBalance: 0,
    rechargeTemplates: good.fields.map(template),
    goodsTags: good.tags.map(({text}) => text),
    serviceTags: [],
    channel: {
      status: 0,
      items: good.resaleFloor === undefined ? [] : [{type: 0, limitPrice: Number(good.resaleFloor)}],
    },
    goodsSku: skuType === 1 ? multiSku(good, skus, call) : null,
    goodsSpec: skuType === 2 ? spec(good, skus, call) : null,
  };
}

/** 0 one, 1 several along more than one dimension, 2 several along one. */
function skuTypeOf(skus: readonly Sku[]): 0 | 1 | 2 {
  const dimensions = Object.keys(skus[0]!.specValues).length;
  return dimensions === 0 ? 0 : dimensions === 1 ? 2 : 1;
}

/** What `sku` names when buying; nothing for a good that has no choice. */
export function skuCode({id}: Sku): string {
  return `S${id}`;
}

function skuRow(good: Good, sku: Sku, call: ApiCall): Record<string, unknown> {
  const money = Number(unitPrice(good, sku, call.group).amount);
  return {status: 1, sku: skuCode(sku), money, count: stockOf(good, sku, call)};
}

function multiSku(good: Good, skus: readonly Sku[], call: ApiCall): Record<string, unknown> {
  const valuesOf = (title: string) => [...new Set(skus.map(sku => sku.specValues[title]!))];
  return {
    typeNames: Object.keys(skus[0]!.specValues).map(name => ({
      name,
      skuNames: valuesOf(name).map(value => ({name: value})),
    })),
    details: skus.map(sku => ({
      names: Object.entries(sku.specValues).map(([title, value]) => ({title, value})),
      ...skuRow(good, sku, call),
    })),
  };
}

function spec(good: Good, skus: readonly Sku[], call: ApiCall): readonly Record<string, unknown>[] {
  const [name = ''] = Object.keys(skus[0]!.specValues);
  return [{name, items: skus.map(sku => ({title: sku.specValues[name], ...skuRow(good, sku, call)}))}];
}

function stockOf(good: Good, sku: Sku, {platform, strike}: ApiCall): number {
  const overstated = strike.get('overstated-stock');
  return platform.stock(good, sku.choice) + (overstated ? (overstated.extra ?? defaultOverstatement) : 0);
}

const templateTypes: Readonly<Record<string, number>> = {number: 13, select: 14, radio: 14, textarea: 15};

/** A field is named by its title; its choices by their values. */
function template({label, type, placeholder, pattern, choices}: GoodField): Record<string, unknown> {
  return {
    type: templateTypes[type] ?? 0,
    title: label,
    placeholder,
    required: pattern === '' ? 0 : 1,
    regex: pattern,
    options: choices.map(({label: name, value}) => ({name, value, children: [], expand: 0})),
  };
}

/** A category and those it is in, from the top down. */
function dirsOf(categoryId: number, categories: readonly Category[]): readonly number[] {
  const found = categories.find(({id}) => id === categoryId);
  return found ? [...dirsOf(found.parentId, categories), found.id] : [];
}
