import type {Category, Good, GoodField} from '../platform/good.ts';
import type {MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import {twoDigits} from '../two-digits.ts';
import {skusOf, unitPrice, type Sku} from '../platform/skus.ts';

const language = 'zh-CN';
const lowStock = 20;

export function categoryRow({id, parentId, name, nameEn, sort}: Category): unknown {
  return {id, parent_id: parentId, slug: `c-${id}`, name: {[language]: name, en: nameEn}, icon: '', sort_order: sort};
}

/** Whether an account may see and buy a good. */
export function isActive(good: Good): boolean {
  return good.onSale && good.shared && !good.hidden;
}

export function changedAt(good: Good): number {
  return good.updatedAt ?? good.createdAt;
}

export interface RowContext {
  readonly platform: Platform;
  readonly group: MerchantGroup | undefined;
  readonly origin: string;
  /** Pieces that stock answers say more than there are. */
  readonly overstatement: number;
}

export function productRow(good: Good, context: RowContext): unknown {
  const skus = skusOf(good);
  return {
    id: good.id,
    slug: `p-${good.id}`,
    seo_meta: {},
    title: {[language]: good.title, en: good.titleEn},
    description: {},
    content: good.description === '' ? {} : {[language]: good.description},
    images: good.cover === undefined ? [] : [new URL(good.cover, context.origin).pathname],
    tags: good.tags.map(({text}) => text),
    price_amount: skus.length === 0 ? '0.00' : twoDigits(unitPrice(good, skus[0]!, context.group).amount),
    original_price: good.price,
    wholesale_prices: [],
    fulfillment_type: good.delivery === 'manual' && !good.nested ? 'manual' : 'auto',
    manual_form_schema: {fields: good.fields.map(fieldRow)},
    is_active: isActive(good),
    category_id: good.categoryId,
    skus: skus.map((sku, index) => skuRow(good, sku, index, context)),
    created_at: rfc3339(good.createdAt),
    updated_at: rfc3339(changedAt(good)),
  };
}

function skuRow(good: Good, sku: Sku, index: number, {platform, group, overstatement}: RowContext): unknown {
  const quantity = platform.stock(good, sku.choice) + overstatement;
  return {
    id: sku.id,
    sku_code: index === 0 ? 'DEFAULT' : `SKU-${index + 1}`,
    spec_values: sku.specValues,
    price_amount: twoDigits(unitPrice(good, sku, group).amount),
    stock_status: quantity <= 0 ? 'out_of_stock' : quantity > lowStock ? 'in_stock' : 'low_stock',
    stock_quantity: quantity,
    is_active: true,
  };
}

function fieldRow(field: GoodField): unknown {
  return {
    key: field.name,
    type: field.type,
    required: field.pattern !== '',
    label: {[language]: field.label},
    placeholder: {[language]: field.placeholder},
    ...(field.pattern !== '' && {regex: field.pattern}),
    ...(field.choices.length > 0 && {options: field.choices.map(({value}) => value)}),
  };
}

export function rfc3339(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
