/** A plain good as `items` lists it. */
export function listedGood(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 100,
    category_id: 101,
    name: 'Steam 50 元',
    description: '<p>即时到账</p>',
    cover: '/assets/cache/a.png',
    factory_price: 7,
    price: 10,
    user_price: 9,
    status: 1,
    owner: 0,
    create_time: '2026-08-01 10:00:00',
    api_status: 1,
    code: 'PLAIN00000000001',
    delivery_way: 0,
    delivery_auto_mode: 0,
    contact_type: 0,
    password_status: 0,
    sort: 1,
    coupon: 0,
    shared_id: null,
    shared_code: null,
    shared_premium: 0,
    shared_stock: null,
    stock: 40,
    seckill_status: 0,
    draft_status: 0,
    draft_premium: 0,
    only_user: 0,
    purchase_count: 0,
    widget: null,
    tags: '[{"text":"热卖","color":"red"}]',
    level_price: null,
    level_disable: 0,
    minimum: 0,
    maximum: 0,
    config: '[wholesale]\n5=8.50\n10=8.00\n',
    hide: 0,
    ...overrides,
  };
}

/** The same good as `item` gives it: tables instead of texts, and fewer columns. */
export function singleGood(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const {factory_price: _cost, sort: _sort, hide: _hide, api_status: _api, create_time: _time, ...good} = listedGood();
  return {
    ...good,
    owner: null,
    config: {wholesale: {'5': '8.50', '10': '8.00'}},
    tags: [{text: '热卖', color: 'red'}],
    order_sold: 13,
    login: false,
    ...overrides,
  };
}

export const raceConfig =
  '[category]\n月卡=10.00\n季卡=27.5\n[category_wholesale]\n月卡.5=9.00\n月卡.10=8.50\n[sku]\n区服.美区=0\n区服.日区=2.00\n时长.标准=0\n时长.加长=1.5';

export const widgetJson =
  '[{"cn":"游戏账号","name":"account","placeholder":"请输入账号","type":"text","regex":"^.{3,}$","error":"账号错误","dict":""},{"cn":"大区","name":"area","type":"select","placeholder":"","regex":"","error":"","dict":"电信一区=dx1,网通二区=wt2"}]';

export function categoryOf(children: readonly unknown[], overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 101,
    name: 'Steam 充值',
    sort: 11,
    create_time: '2026-11-23 01:33:34',
    owner: 0,
    icon: null,
    status: 1,
    hide: 0,
    user_level_config: null,
    pid: 100,
    children,
    ...overrides,
  };
}
