import type {Good} from '../platform/good.ts';
import {categoryRow, itemRow, listRow} from './catalogue-rows.ts';
import {groupTerms, section, settingsText} from './good-settings.ts';
import {nestedStockKey} from './nested-stock-key.ts';
import {toInteger, toText, type PhpArray} from './php-form.ts';
import {Crash, Refusal} from './refusal.ts';
import {parseSettings, writeSettings} from './settings-grammar.ts';
import {
  believedStock,
  choiceOf,
  goodOf,
  optionsOf,
  overstatement,
  requiredText,
  type ShopAnswer,
  type ShopCall,
} from './shop-call.ts';
import {pickableCard, unitPrice, valuate} from './valuation.ts';

/** `authentication/connect` */
export function connect({merchant, shopName}: ShopCall): ShopAnswer {
  return {msg: 'success', data: {shopName, balance: Number(merchant.balance.amount)}};
}

/** `commodity/items`: everything at once. One good with an unreadable group price spoils it for the whole group. */
export function items(call: ShopCall): ShopAnswer {
  const {platform, merchant, group} = call;
  const goodsByCategory = new Map<number, Good[]>();
  for (const good of platform.goodsFor(merchant.id)) {
    if (!good.shared || !good.onSale) continue;
    goodsByCategory.set(good.categoryId, [...(goodsByCategory.get(good.categoryId) ?? []), good]);
  }
  const data = platform
    .categories()
    .filter(category => category.enabled && goodsByCategory.has(category.id))
    .map(category => {
      const goods = goodsByCategory.get(category.id) ?? [];
      const createdAt = Math.min(...goods.map(good => good.createdAt));
      const visible = goods.filter(good => {
        const terms = groupTerms(good, group);
        return !good.hidden || terms?.show === true;
      });
      return categoryRow(
        category,
        visible.map(good => listRow(platform, good, believedStock(call, good))),
        createdAt,
      );
    });
  return {data};
}

/** `commodity/item` */
export function item(call: ShopCall): ShopAnswer {
  const code = toText(call.fields.get('code'));
  if (code === '' || code === '0') throw new Refusal('对接CODE不能为空');
  const good = goodOf(call, code);
  if (!good.onSale) throw new Refusal('该商品暂未上架');
  return {data: itemRow(call.platform, good, believedStock(call, good), call.origin)};
}

/** `commodity/inventory`, the older way to ask for stock and price. */
export function inventory(call: ShopCall): ShopAnswer {
  const {fields, group} = call;
  const good = sellable(call, toText(fields.get('sharedCode')));
  const settings = parseSettings(settingsText(good) ?? '');
  const races = section(settings, 'category');
  const isCategory = settings.has('category');
  const race = toText(fields.get('race'));
  const counted = race === '' || race === '0' ? ([...races.keys()][0] ?? '') : race;
  const isManual = good.delivery === 'manual' && !good.nested;
  return {
    msg: 'success',
    data: {
      count: isManual ? 0 : believedStock(call, good, isCategory ? {race: counted} : {}),
      delivery_way: isManual ? 1 : 0,
      draft_status: good.pickable ? 1 : 0,
      price: Number(good.price),
      user_price: Number(good.memberPrice),
      config: writeSettings(isCategory ? withFactoryPrices(call, good, settings) : settings),
      factory_price: isCategory ? 0 : Number(unitPrice(good, group)),
      is_category: isCategory,
    },
  };
}

/** `commodity/inventoryState`: whether so many could be had; options are not looked at. */
export function inventoryState(call: ShopCall): ShopAnswer {
  const {fields, platform} = call;
  const good = sellable(call, toText(fields.get('shared_code')));
  const cardId = toInteger(fields.get('card_id'));
  if (good.pickable && cardId !== 0) {
    const card = platform.card(cardId);
    if (!card || card.state !== 'unsold') throw new Refusal('该卡已被他人抢走啦');
    if (card.goodId !== good.id) throw new Refusal('该卡密不属于这个商品，无法预选');
  } else if (good.delivery === 'automatic' || good.nested) {
    const count = believedStock(call, good, choiceOf(toText(fields.get('race')), new Map()));
    if (count === 0 || toInteger(fields.get('num')) > count) throw new Refusal('库存不足');
  }
  return {msg: 'success', data: []};
}

/** `commodity/stock`: a text. A nested good answers from memory. */
export function stock(call: ShopCall): ShopAnswer {
  const {fields, platform} = call;
  const good = goodOf(call, requiredText(fields, 'code'));
  const choice = choiceOf(toText(fields.get('race')), optionsOf(fields));
  const count = good.nested
    ? platform.rememberedStock(good, nestedStockKey(good, choice), choice) + overstatement(call)
    : believedStock(call, good, choice);
  return {data: {stock: String(count)}};
}

/** `commodity/valuation`: the total of a purchase, a text. Neither stock nor status are looked at. */
export function valuation(call: ShopCall): ShopAnswer {
  const {fields, platform, group} = call;
  const good = goodOf(call, requiredText(fields, 'code'), '商品不存在#0');
  const asked = {
    quantity: toInteger(fields.get('num')),
    race: toText(fields.get('race')),
    options: optionsOf(fields),
    cardId: toInteger(fields.get('card_id')),
  };
  return {data: {price: valuate(platform, good, group, asked)}};
}

const defaultPageSize = 15;

/** `commodity/draftCard`: cards a buyer may pick, newest first. */
export function draftCard(call: ShopCall): ShopAnswer {
  const {fields, platform} = call;
  const good = goodOf(call, requiredText(fields, 'code'));
  if (!good.onSale) throw new Refusal('该商品暂未上架');
  if (!good.pickable) throw new Refusal('该商品不支持预选');
  const cards = platform.unsold(good.id, choiceOf(toText(fields.get('race')), optionsOf(fields))).toReversed();
  const size = Math.max(0, toInteger(fields.get('limit'))) || defaultPageSize;
  const from = (Math.max(1, toInteger(fields.get('page'))) - 1) * size;
  const list = cards
    .slice(from, from + size)
    .map(card => ({id: card.id, draft: card.teaser ?? null, draft_premium: card.premium ?? null}));
  return {data: {list, total: cards.length}};
}

/** `commodity/draft`: what picking one card adds. */
export function draft(call: ShopCall): ShopAnswer {
  const {fields, platform} = call;
  const good = goodOf(call, requiredText(fields, 'code'));
  const card = pickableCard(platform, good, toInteger(fields.get('card_id')));
  return {data: {draft_premium: card.premium ?? null, cost: card.cost}};
}

/** `commodity/query`: the secret of an own order. `status` says paid, and nothing of delivery. */
export function query(call: ShopCall): ShopAnswer {
  const tradeNo = call.fields.get('tradeNo') ?? call.query.get('tradeNo') ?? '';
  if (typeof tradeNo !== 'string') throw new Crash('"tradeNo" must be a text.');
  const order = call.platform.order(tradeNo);
  if (!order || order.merchantId !== call.merchant.id) throw new Refusal('订单不存在');
  const entries = Object.entries(order.fields).map(([name, {value, label}]) => [name, {value, cn: label}] as const);
  const widget = entries.length === 0 ? null : Object.fromEntries(entries);
  return {msg: 'success', data: {secret: order.secret, widget, status: 1}};
}

function sellable(call: ShopCall, code: string): Good {
  if (code === '') throw new Refusal('商品代码不能为空');
  const good = goodOf(call, code);
  if (!good.onSale) throw new Refusal('当前商品已停售');
  return good;
}

/** The merchant's price per race, which only this older call writes into the settings. */
function withFactoryPrices(call: ShopCall, good: Good, settings: PhpArray): PhpArray {
  const prices = [...section(settings, 'category').keys()].map(
    race => [race, String(Number(unitPrice(good, call.group, race)))] as const,
  );
  return new Map([...settings, ['category_factory', new Map(prices)]]);
}
