import {handOver} from '../faults/under-faults.ts';
import type {Choice, Good} from '../platform/good.ts';
import {isSaleRefused, type Sale, type SaleRefusal} from '../platform/platform-order.ts';
import {yuan} from '../platform/wallets.ts';
import {readBuyerFields} from './buyer-fields.ts';
import {section, settingsFor} from './good-settings.ts';
import {nestedStockKey} from './nested-stock-key.ts';
import {toInteger, toText, type PhpArray} from './php-form.ts';
import {Crash, Refusal} from './refusal.ts';
import {believedStock, choiceOf, goodOf, optionsOf, type ShopAnswer, type ShopCall} from './shop-call.ts';
import {valuate} from './valuation.ts';

const unreachableText = '连接失败, 疑似被对方防火墙拦截';

const refusalTexts: Readonly<Record<SaleRefusal, string>> = {
  card_absent: '预选的宝贝不存在',
  card_gone: '此宝贝已被他人抢走',
  tier_too_low: '商品不存在',
  reference_used: 'The request ID already exists',
  banned: 'You have been banned',
  insufficient_balance: '余额不足',
};

/**
 * `commodity/trade`: buys, paid from the wallet at once. The checks come in the real shop's order, so that its
 * ambiguous refusals come out the same: stock before request number, request number before ban and balance.
 */
export async function trade(call: ShopCall): Promise<ShopAnswer> {
  const {fields, platform, merchant, group} = call;
  const code = toText(fields.get('shared_code'));
  const good = goodOf(call, code);
  let quantity = toInteger(fields.get('num'));
  if (quantity <= 0) throw new Refusal('至少购买1个');
  if (!good.onSale) throw new Refusal('当前商品已停售');
  if (good.minimum > 0 && quantity < good.minimum) throw new Refusal(`本商品最少购买${good.minimum}个`);
  if (good.maximum > 0 && quantity > good.maximum) throw new Refusal(`本商品单次最多购买${good.maximum}个`);
  const buyerFields = readBuyerFields(good, fields);
  const cardId = toInteger(fields.get('card_id'));
  const isPicked = good.pickable && cardId !== 0;
  if (isPicked) quantity = 1;
  checkFlashSale(good, platform.now());
  const race = toText(fields.get('race'));
  checkChoice(settingsFor(good, group), race, fields.get('sku'));
  const options = optionsOf(fields);
  const choice = choiceOf(race, options);
  if (good.nested) askNextShop(call);
  const stockBefore = believedStock(call, good, choice);
  if (stockBefore === 0 || quantity > stockBefore) throw new Refusal('库存不足');
  checkBuyerLimit(call, good);
  const amount = valuate(platform, good, group, {quantity, race, options, cardId});
  if (toText(fields.get('coupon')) !== '' && quantity === 1) throw new Refusal('该优惠券不存在');

  await call.beforeCommit();
  checkUnchanged(call, good);
  checkBuyerLimit(call, good);
  const requestNo = toText(fields.get('request_no'));
  const password = toText(fields.get('password'));
  const sale: Sale = {
    merchantId: merchant.id,
    goodId: good.id,
    quantity,
    ...choice,
    ...(requestNo === '' || requestNo === '0' ? {} : {requestNo}),
    amount: yuan(amount),
    ...(isPicked ? {pickedCardId: cardId} : {}),
    fields: buyerFields,
    ...(password === '' ? {} : {password}),
    handOver: handOver(call.strike),
  };
  const order = inShopWords(() => {
    platform.authorise(sale);
    checkColumns(requestNo, password, toInteger(fields.get('device')));
    return platform.sell(sale);
  });
  return {
    msg: 'success',
    data: {
      url: `${call.origin}/user/personal/purchaseRecord?tradeNo=${order.tradeNo}`,
      amount: Number(order.amount.amount),
      tradeNo: order.tradeNo,
      secret: order.secret,
      leave_message: order.note ?? null,
      stock: String(stockAfter(call, good, choice, stockBefore)),
    },
  };
}

function checkFlashSale(good: Good, now: number): void {
  if (!good.flashSale) return;
  if (now < good.flashSale.from) throw new Refusal('抢购还未开始');
  if (now > good.flashSale.to) throw new Refusal('抢购已结束');
}

function checkChoice(settings: PhpArray, race: string, sent: unknown): void {
  const races = section(settings, 'category');
  if (races.size > 0 && race === '') throw new Refusal('请选择商品类型');
  if (races.size > 0 && !races.has(race)) throw new Refusal(`此商品类型不存在[${race}]`);
  for (const [name, options] of section(settings, 'sku')) {
    if (!(options instanceof Map) || options.size === 0) continue;
    const chosen = sent instanceof Map ? toText(sent.get(name)) : '';
    if (chosen === '') throw new Refusal(`请选择${name}`);
    if (!options.has(chosen)) throw new Refusal(`${name}选择错误`);
  }
}

function checkBuyerLimit({platform, merchant}: ShopCall, good: Good): void {
  if (good.perBuyerLimit > 0 && platform.orderCount(merchant.id, good.id) >= good.perBuyerLimit) {
    throw new Refusal(`该商品每人只能购买${good.perBuyerLimit}件`);
  }
}

/** The next shop is asked before anything is charged, and its words are passed on as they are. */
function askNextShop({strike}: ShopCall): void {
  if (strike.has('next-shop-unreachable')) throw new Refusal(unreachableText);
  if (strike.has('next-shop-html')) throw new Refusal('连接失败');
  if (strike.has('next-shop-out-of-balance')) throw new Refusal('余额不足');
}

/** The good is compared with what the checks saw, its stock and texts for shelves apart. */
function checkUnchanged({platform}: ShopCall, seen: Good): void {
  const now = platform.good(seen.code);
  if (!now) throw new Refusal('商品不存在或已被删除，请刷新后重试');
  if (!now.onSale) throw new Refusal('当前商品已停售');
  if (now !== seen && fingerprint(now) !== fingerprint(seen)) throw new Refusal('商品信息已经更新，请刷新后重新下单');
}

function fingerprint(good: Good): string {
  const {
    manualStock: _stock,
    title: _title,
    description: _description,
    tags: _tags,
    updatedAt: _updatedAt,
    ...rest
  } = good;
  return JSON.stringify(rest);
}

/** What the order table's columns hold; the database refuses more, and the shop dies on it. */
function checkColumns(requestNo: string, password: string, device: number): void {
  if ([...requestNo].length >= 20) throw new Crash('request_no holds 19 characters.');
  if ([...password].length >= 33) throw new Crash('password holds 32 characters.');
  if (device < 0 || device >= 256) throw new Crash('device holds 0 to 255.');
}

function inShopWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSaleRefused(error) ? new Refusal(refusalTexts[error.reason]) : error;
  }
}

/** A manual good answers the number from before the sale; a nested one has to ask the next shop again. */
function stockAfter(call: ShopCall, good: Good, choice: Choice, before: number): number {
  if (good.nested) {
    if (call.strike.has('nested-refresh-failed')) throw new Refusal(unreachableText);
    return call.platform.refreshNestedStock(good, nestedStockKey(good, choice), choice);
  }
  return good.delivery === 'manual' ? before : call.platform.stock(good, choice);
}
