import assert from 'node:assert/strict';
import {test} from 'node:test';
import {seedCatalogue} from '../../../src/sandbox/index.ts';
import {drawCover} from '../../../src/sandbox/catalogue/cover.ts';
import {openShop} from '../support/shop.ts';

const catalogue = seedCatalogue('keystall');
const {goods, cards, categories} = catalogue;

test('the same seed gives the same catalogue, another seed other cards', () => {
  assert.deepEqual(seedCatalogue('keystall'), catalogue);
  assert.notEqual(seedCatalogue('other').cards[0]?.secret, cards[0]?.secret);
});

test('300 goods or more in 20 categories or more, each once', () => {
  const shelves = new Set(goods.map(good => good.categoryId));
  assert.ok(goods.length >= 300, `${goods.length}`);
  assert.ok(shelves.size >= 20, `${shelves.size}`);
  assert.equal(new Set(goods.map(good => good.code)).size, goods.length);
  assert.equal(new Set(goods.map(good => good.title)).size, goods.length);
  assert.equal(new Set(goods.map(good => good.titleEn)).size, goods.length);
  assert.equal(new Set(cards.map(card => card.secret)).size, cards.length);
  const known = new Set(categories.map(category => category.id));
  for (const good of goods) assert.ok(known.has(good.categoryId));
});

test('every kind of situation is there', () => {
  const stock = (id: number): number => cards.filter(card => card.goodId === id).length;
  const automatic = goods.filter(good => good.delivery === 'automatic');
  const some = {
    soldOut: automatic.filter(good => stock(good.id) === 0),
    oneLeft: automatic.filter(good => stock(good.id) === 1),
    manual: goods.filter(good => good.delivery === 'manual'),
    fields: goods.filter(good => good.fields.length > 0),
    hidden: goods.filter(good => good.hidden),
    offSale: goods.filter(good => !good.onSale),
    unshared: goods.filter(good => !good.shared),
    nested: goods.filter(good => good.nested),
    races: goods.filter(good => good.races.length > 0),
    options: goods.filter(good => good.optionGroups.length > 0),
    tiers: goods.filter(good => good.tiers.length > 0),
    pickable: goods.filter(good => good.pickable),
    exclusive: goods.filter(good => good.exclusiveTo !== undefined && stock(good.id) > 0),
  };
  for (const [name, found] of Object.entries(some)) assert.ok(found.length >= 3, `${name}: ${found.length}`);
  assert.ok(new Set(goods.map(good => good.supplierId)).size >= 3);
  const withoutCover = goods.filter(good => good.cover === undefined).length / goods.length;
  assert.ok(withoutCover > 0.2 && withoutCover < 0.3, `${withoutCover}`);
});

test('prices are positive decimals and fall from base to member to tier', () => {
  const fen = (text: string): number => {
    assert.match(text, /^\d+\.\d{2}$/);
    return Number(text.replace('.', ''));
  };
  for (const good of goods) {
    const ladder = [good.price, good.memberPrice, ...good.tiers.map(tier => tier.price)].map(fen);
    assert.ok(
      ladder.every(price => price > 0),
      good.title,
    );
    assert.deepEqual(
      [...ladder].sort((a, b) => b - a),
      ladder,
      good.title,
    );
    assert.ok(fen(good.cost) < fen(good.memberPrice), good.title);
  }
});

test('every good in stock can be bought for what valuation says', async () => {
  const shop = openShop({catalogue, merchants: [{appId: 1000, appKey: '0123456789ABCDEF', balance: '9999999'}]});
  const fillIn: Record<string, string> = {
    phone: '13800138000',
    qq: '12345678',
    email: 'a@b.cn',
    uid: '123456789',
    server: 'cn',
    player: 'player_1',
    zone: '',
    account: 'account',
    area: 'dx1',
    remark: '',
    name: '王小明',
    level: 'a',
  };
  let bought = 0;
  for (const good of goods.filter(({onSale}) => onSale)) {
    const options = Object.fromEntries(
      good.optionGroups.map(({name, options: [first]}) => [`sku[${name}]`, first!.name]),
    );
    const fields = Object.fromEntries(good.fields.map(({name}) => [name, fillIn[name]!]));
    const asked = {num: Math.max(1, good.minimum), race: good.races[0]?.name ?? '', ...options};
    const {price} = (await shop.call('commodity/valuation', {code: good.code, ...asked})).data;
    const answer = await shop.trade({shared_code: good.code, ...asked, ...fields});
    if (answer.msg === '库存不足') continue;
    assert.equal(answer.msg, 'success', good.title);
    assert.equal(answer.data.amount, Number(price), good.title);
    bought += 1;
  }
  assert.ok(bought > 250, `${bought}`);
});

test('a cover has the proportions of a bank card, holds its title, and nothing that runs', () => {
  const cover = drawCover({title: '<b>"Steam" & 钱包 50 元', category: 'Steam 钱包', seed: 'A'});
  assert.match(cover, /viewBox="0 0 634 400"/);
  assert.doesNotMatch(cover, /<b>|<script|href|onload/);
  assert.match(cover, /&#60;b&#62;/);
  assert.equal(cover, drawCover({title: '<b>"Steam" & 钱包 50 元', category: 'Steam 钱包', seed: 'A'}));
});
