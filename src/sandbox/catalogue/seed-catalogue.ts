import {money, percentOf, round} from '../../domain/money.ts';
import {mintSecret, type Card} from '../platform/card.ts';
import type {Category, Choice, Good, PriceStep, Supplier} from '../platform/good.ts';
import type {MerchantGroup} from '../platform/merchant.ts';
import type {Catalogue} from '../platform/platform-state.ts';
import {createRandom} from '../random.ts';
import type {Shelf, Sketch} from './shelf.ts';
import {usageSteps} from './usage.ts';
import {everydayShelves} from './shelves/everyday.ts';
import {gameShelves} from './shelves/games.ts';
import {giftCardShelves} from './shelves/gift-cards.ts';
import {learningShelves} from './shelves/learning.ts';
import {membershipShelves} from './shelves/memberships.ts';
import {softwareShelves} from './shelves/software.ts';

/** Categories that hold categories only; the platform leaves them out of its list, so their children look orphaned. */
const halls: readonly (readonly [id: number, name: string, nameEn: string])[] = [
  [100, '游戏', 'Games'],
  [200, '会员', 'Memberships'],
  [300, '软件', 'Software'],
  [400, '学习', 'Learning'],
  [500, '礼品卡', 'Gift Cards'],
  [600, '生活', 'Everyday'],
];

const suppliers: readonly Supplier[] = [
  {id: 0, name: '平台自营', level: 1},
  {id: 7, name: '星河数卡', level: 1, commission: {percent: '2'}},
  {id: 8, name: '青禾科技', level: 2, commission: {percent: '3.5'}},
  {id: 9, name: '蓝鲸数码', level: 2, commission: {percent: '3', fixed: '0.05'}},
];

const groups: readonly MerchantGroup[] = [
  {id: 1, name: '普通分销', discounts: [], monthlySales: '0'},
  {id: 2, name: '金牌分销', discounts: [{goodIds: 'all', percent: '98.5'}], monthlySales: '5000'},
  {id: 3, name: '钻石分销', discounts: [{goodIds: 'all', percent: '97'}], monthlySales: '30000'},
];

const shelves: readonly Shelf[] = [
  ...gameShelves,
  ...membershipShelves,
  ...softwareShelves,
  ...learningShelves,
  ...giftCardShelves,
  ...everydayShelves,
];

/** 2026-08-01 10:00 in Shanghai. */
const opened = Date.UTC(2026, 7, 1, 2);
const day = 86_400_000;

/**
 * The catalogue the sandbox opens with: several hundred believable goods, a fixed share of them sold out, down to one
 * piece, hidden, off the shelf, nested or handed over by a person. The same seed gives the same goods and cards.
 */
export function seedCatalogue(seed: string): Catalogue {
  const goods: Good[] = [];
  const cards: Card[] = [];
  for (const shelf of shelves) {
    for (const sketch of shelf.sketches) {
      const good = makeGood(seed, shelf, sketch, goods.length);
      goods.push(good);
      stockUp(seed, good, goods.length - 1, cards);
    }
  }
  return {suppliers, categories: categories(), groups, goods, cards, nextCardId: cards.length + 1};
}

function categories(): readonly Category[] {
  const base = {enabled: true, hidden: false};
  return [
    ...shelves.map(({id, parentId, name, nameEn}, index) => ({...base, id, name, nameEn, parentId, sort: index + 1})),
    ...halls.map(([id, name, nameEn], index) => ({...base, id, name, nameEn, parentId: 0, sort: index + 1})),
  ];
}

function makeGood(seed: string, shelf: Shelf, sketch: Sketch, index: number): Good {
  const random = createRandom(`${seed}/good/${sketch.titleEn}`);
  const code = random.text('0123456789ABCDEF', 16);
  const memberPrice = part(sketch.price, '98');
  const isManual = sketch.manual === true;
  const isNested = !isManual && !sketch.optionGroups && !sketch.races && index % 12 === 7;
  const hasTiers = !sketch.races && index % 3 === 1;
  return {
    id: index + 101,
    code,
    title: sketch.title,
    titleEn: sketch.titleEn,
    categoryId: shelf.id,
    supplierId: random.pick(suppliers).id,
    description: describe(shelf, sketch, isManual, index % 4 === 2 ? undefined : `/assets/cache/${code}-steps.svg`),
    ...(index % 4 === 2 ? {} : {cover: `/assets/cache/${code}.svg`}),
    cost: part(sketch.price, '94'),
    price: sketch.price,
    memberPrice,
    tiers: hasTiers ? ladder(memberPrice) : [],
    races: Object.entries(sketch.races ?? {}).map(([name, price], position) => ({
      name,
      price: part(price, '98'),
      tiers: position === 0 && index % 2 === 0 ? ladder(part(price, '98')) : [],
    })),
    optionGroups: sketch.optionGroups ?? [],
    levelPrices: levelPrices(index, memberPrice),
    levelDisabled: index % 31 === 30,
    fields: sketch.fields ?? [],
    delivery: isManual ? 'manual' : 'automatic',
    manualStock: isManual ? manualStock(index, random.integer(20, 200)) : 0,
    ...(isManual && index % 2 === 0 ? {deliveryMessage: '订单已提交，客服正在处理，请耐心等待。'} : {}),
    ...(index % 10 === 3 ? {leaveMessage: '请在 30 天内使用，感谢惠顾'} : {}),
    contact: (['any', 'any', 'any', 'email'] as const)[index % 4]!,
    minimum: sketch.minimum ?? 0,
    maximum: sketch.maximum ?? (index % 9 === 4 ? 10 : 0),
    perBuyerLimit: sketch.perBuyerLimit ?? 0,
    onSale: index % 53 !== 50,
    shared: index % 47 !== 45,
    hidden: index % 37 === 35,
    ...(isNested ? {nested: {shopId: 3, code: random.text('0123456789ABCDEF', 16)}} : {}),
    pickable: sketch.pickable ?? false,
    pickPremium: sketch.pickable ? '2.00' : '0.00',
    recommended: index % 14 === 0,
    tags: index % 8 === 0 ? [{text: '热卖', color: 'red'}] : index % 11 === 5 ? [{text: '新品', color: 'blue'}] : [],
    cardForm: sketch.form ?? shelf.form,
    ...(sketch.exclusiveTo !== undefined && {exclusiveTo: sketch.exclusiveTo}),
    sort: index + 1,
    createdAt: opened + (index % 90) * day,
  };
}

/** One hidden good in two is shown to the second group; a few goods have a price of their own there. */
function levelPrices(index: number, memberPrice: string): Good['levelPrices'] {
  if (index % 37 === 35) return {2: {amount: '0', show: index % 2 === 1, settings: ''}};
  return index % 23 === 11 ? {2: {amount: part(memberPrice, '96'), show: false, settings: ''}} : {};
}

function manualStock(index: number, usual: number): number {
  if (index % 19 === 8) return 0;
  return index % 19 === 16 ? 1 : usual;
}

/** Two steps below the price of one, as an operator types them: two decimals. */
function ladder(price: string): readonly PriceStep[] {
  return [
    {from: 5, price: part(price, '98')},
    {from: 20, price: part(price, '96')},
  ];
}

/** `percent` of a price, to the nearest cent. */
function part(price: string, percent: string): string {
  return round(percentOf(money(price, 'CNY'), percent), 'nearest').amount;
}

function stockUp(seed: string, good: Good, index: number, cards: Card[]): void {
  if (good.delivery === 'manual') return;
  const random = createRandom(`${seed}/stock/${good.code}`);
  for (const choice of combinations(good)) {
    for (let piece = piecesOf(good, index, random.integer(8, 30)); piece > 0; piece -= 1) {
      const id = cards.length + 1;
      const secret = mintSecret(good.cardForm, seed, id);
      const lucky = good.pickable && id % 3 === 0 ? {teaser: `尾号 ${secret.slice(-4)}`, premium: '5.00'} : {};
      cards.push({id, goodId: good.id, ...choice, secret, ...lucky, cost: '0.00', state: 'unsold'});
    }
  }
}

/** Some goods are sold out and some are down to one piece; goods with many kinds keep fewer of each. */
function piecesOf(good: Good, index: number, usual: number): number {
  if (index % 17 === 6) return 0;
  if (index % 17 === 12 && good.races.length === 0 && good.optionGroups.length === 0) return 1;
  return good.races.length > 0 || good.optionGroups.length > 0 ? Math.ceil(usual / 3) : usual;
}

/** Every kind of a good that can be bought: each race with each option of each group. */
function combinations(good: Good): readonly Choice[] {
  const races: Choice[] = good.races.length > 0 ? good.races.map(({name}) => ({race: name})) : [{}];
  return good.optionGroups.reduce<Choice[]>(
    (found, group) =>
      found.flatMap(choice =>
        group.options.map(option => ({...choice, options: {...choice.options, [group.name]: option.name}})),
      ),
    races,
  );
}

/** HTML as operators of such platforms type it into their editor. */
function describe(shelf: Shelf, sketch: Sketch, isManual: boolean, picture: string | undefined): string {
  const form = sketch.form ?? shelf.form;
  const notices = [...shelf.notices, isManual ? '人工处理，9:00-23:00 依次发货。' : '自动发货，付款后立即显示卡密。'];
  return [
    `<p><strong>${sketch.title}</strong></p>`,
    `<p><span style="color: rgb(225, 60, 57);">【购买须知】</span></p>`,
    `<ol>${notices.map(notice => `<li>${notice}</li>`).join('')}</ol>`,
    `<p>虚拟商品，卡密一经查看不支持退换&nbsp;。<br></p>`,
    `<h3>【使用方法】</h3>`,
    `<ol>${usageSteps(form, isManual)
      .map(step => `<li>${step}</li>`)
      .join('')}</ol>`,
    ...(picture === undefined ? [] : [`<p><img src="${picture}" alt="" style="max-width:100%;"></p>`]),
    `<h3>【售后说明】</h3>`,
    `<p>收到的内容用不了，请在 <b>24 小时内</b> 带订单号联系客服，核实后<b>补发或退款</b>。</p>`,
  ].join('');
}
