import type {Category, Good, GoodField} from '../platform/good.ts';
import type {Platform} from '../platform/platform.ts';
import {shanghaiTime} from '../platform/trade-number.ts';
import {levelPriceText, settingsText} from './good-settings.ts';
import {toJson} from './php-form.ts';
import {Refusal} from './refusal.ts';
import {parseSettings} from './settings-grammar.ts';

const contactNumbers = {any: 0, phone: 1, email: 2, qq: 3} as const;

/** One category as `items` lists it; `children` are its goods. */
export function categoryRow(category: Category, children: readonly unknown[], createdAt: number): unknown {
  return {
    id: category.id,
    name: category.name,
    sort: category.sort,
    create_time: shanghaiTime(createdAt),
    owner: 0,
    icon: null,
    status: flag(category.enabled),
    hide: flag(category.hidden),
    user_level_config: null,
    pid: category.parentId,
    children,
  };
}

/** One good as `items` lists it: options, fields and tags are texts here. `stock` is 0 for a nested good. */
export function listRow(platform: Platform, good: Good, stock: number): unknown {
  const remembered = platform.rememberedStocks(good.id);
  return {
    id: good.id,
    category_id: good.categoryId,
    name: good.title,
    description: good.description,
    cover: good.cover ?? null,
    factory_price: Number(good.cost),
    price: Number(good.price),
    user_price: Number(good.memberPrice),
    status: flag(good.onSale),
    owner: good.supplierId,
    create_time: shanghaiTime(good.createdAt),
    api_status: flag(good.shared),
    code: good.code,
    delivery_way: flag(good.delivery === 'manual'),
    delivery_auto_mode: 0,
    contact_type: contactNumbers[good.contact],
    password_status: 0,
    sort: good.sort,
    coupon: 0,
    shared_id: good.nested?.shopId ?? null,
    shared_code: good.nested?.code ?? null,
    shared_premium: 0,
    shared_stock: remembered
      ? Object.fromEntries(Object.entries(remembered).map(([key, count]) => [key, String(count)]))
      : null,
    stock: good.nested ? 0 : stock,
    shared_premium_type: 0,
    shared_premium_template: 0,
    ...flashSale(good),
    draft_status: flag(good.pickable),
    draft_premium: Number(good.pickPremium),
    inventory_hidden: 0,
    recommend: flag(good.recommended),
    send_email: 0,
    only_user: 0,
    purchase_count: good.perBuyerLimit,
    widget: good.fields.length === 0 ? null : JSON.stringify(good.fields.map(fieldRow)),
    tags: good.tags.length === 0 ? null : JSON.stringify(good.tags),
    level_price: levelPriceText(good),
    level_disable: flag(good.levelDisabled),
    minimum: good.minimum,
    maximum: good.maximum,
    shared_sync: 0,
    config: settingsText(good),
    hide: flag(good.hidden),
    inventory_sync: 0,
    shared_amount_sync: 0,
    shared_config_sync: 0,
  };
}

/**
 * One good as `item` shows it: options, fields and tags are structures here.
 * @throws {Refusal} when its settings cannot be read.
 */
export function itemRow(platform: Platform, good: Good, stock: number, origin: string): unknown {
  const supplier = platform.supplier(good.supplierId);
  return {
    id: good.id,
    name: good.title,
    description: good.description,
    only_user: 0,
    purchase_count: good.perBuyerLimit,
    category_id: good.categoryId,
    cover: good.cover ?? '/favicon.ico',
    price: Number(good.price),
    user_price: Number(good.memberPrice),
    status: flag(good.onSale),
    owner: supplier && supplier.id !== 0 ? {id: supplier.id, username: supplier.name, avatar: null, group: null} : null,
    delivery_way: flag(good.delivery === 'manual'),
    contact_type: contactNumbers[good.contact],
    password_status: 0,
    level_price: null,
    level_disable: flag(good.levelDisabled),
    coupon: 0,
    shared_id: good.nested?.shopId ?? null,
    shared_code: good.nested?.code ?? null,
    shared_premium: 0,
    shared_premium_type: 0,
    ...flashSale(good),
    draft_status: flag(good.pickable),
    draft_premium: Number(good.pickPremium),
    inventory_hidden: 0,
    widget: good.fields.length === 0 ? null : good.fields.map(fieldRow),
    minimum: good.minimum,
    maximum: good.maximum,
    shared_sync: 0,
    config: readSettings(good),
    stock: good.nested ? null : stock,
    code: good.code,
    shared_amount_sync: 0,
    shared_config_sync: 0,
    tags: good.tags,
    order_sold: platform.deliveredCount(good.id),
    service_url: '',
    service_qq: '',
    share_url: `${origin}/item/${good.id}`,
    login: false,
    trade_captcha: 0,
  };
}

function readSettings(good: Good): unknown {
  try {
    return toJson(parseSettings(settingsText(good) ?? ''));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`该商品配置异常，请商家检查商品[${good.id}]的批发/规格/会员价配置：${error.message}`);
  }
}

function flashSale(good: Good) {
  return {
    seckill_status: flag(good.flashSale !== undefined),
    seckill_start_time: good.flashSale ? shanghaiTime(good.flashSale.from) : null,
    seckill_end_time: good.flashSale ? shanghaiTime(good.flashSale.to) : null,
  };
}

function fieldRow(field: GoodField): unknown {
  return {
    cn: field.label,
    name: field.name,
    placeholder: field.placeholder,
    type: field.type,
    regex: field.pattern,
    error: field.error,
    dict: field.choices.map(choice => `${choice.label}=${choice.value}`).join(','),
  };
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
