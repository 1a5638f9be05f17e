import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {checkConfig, ConfigError, defineConfig, env, type ShopConfig} from '../../../src/server/config/config.ts';

const environment = {APP_ID: 'app-id-value', APP_KEY: 'app-key-value', PAY_KEY: 'pay-value', HOOK: 'hook-value'};

const connection: ShopConfig['connections'][number] = {
  id: 'main',
  protocol: 'acg-faka',
  url: 'https://platform.example',
  credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
  listing: {price: {markup: {percent: '20'}}},
};
const payment: ShopConfig['payments'][number] = {
  provider: 'sandbox',
  url: 'https://pay.example',
  merchantKey: env('PAY_KEY'),
  webhookSecret: env('HOOK'),
};
const shop = {name: '卡铺', currency: 'CNY'};

const aConfig = (overrides: Partial<ShopConfig> = {}): ShopConfig =>
  defineConfig({
    shop,
    address: 'https://shop.example',
    origins: ['https://page.example'],
    connections: [connection],
    payments: [payment],
    ...overrides,
  });

function mistakesOf(config: unknown, given: Record<string, string | undefined> = environment): [string, string][] {
  try {
    checkConfig(config, given);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    for (const {path, message} of error.mistakes) assert.ok(error.message.includes(`  ${path}: ${message}`));
    for (const value of Object.values(environment)) assert.ok(!error.message.includes(value), 'a secret was told');
    return error.mistakes.map(({path, message}) => [path, message]);
  }
  return [];
}

const pathsOf = (config: unknown, given?: Record<string, string | undefined>) =>
  mistakesOf(config, given).map(([path]) => path);

describe('a configuration', () => {
  it('shows keys in the frame unless told otherwise, and says where that cannot work', () => {
    assert.equal(checkConfig(aConfig(), environment).config.shop.reveal, 'isolated');
    const plain = {address: 'http://shop.example', origins: ['https://a.example', 'http://b.example']};
    assert.deepEqual(pathsOf(aConfig(plain)), ['address', 'origins.1']);
    assert.deepEqual(pathsOf(aConfig({...plain, shop: {...shop, reveal: 'in-page'}})), []);
    const here = ['http://127.0.0.1:4300', 'http://localhost:3000', 'http://[::1]:3000', 'http://page.localhost:1'];
    assert.deepEqual(pathsOf(aConfig({address: 'http://127.0.0.1:4100', origins: here})), []);
    assert.deepEqual(pathsOf(aConfig({origins: ['http://localhost.example', 'http://127.0.0.1.example']})).length, 2);
  });

  it('that is right gets its defaults', () => {
    const {config, secrets} = checkConfig(aConfig(), environment);
    assert.deepEqual(
      [config.port, config.dataFolder, config.shop.locales, config.shop.quoteSeconds, config.shop.paymentWindowSeconds],
      [4100, '.keystall/shop', ['zh-CN', 'en'], 300, 900],
    );
    assert.equal(config.connections[0]!.syncEverySeconds, 3600);
    const [connection] = config.connections;
    assert.ok(connection?.protocol === 'acg-faka');
    assert.equal(secrets(connection.credentials.appKey), 'app-key-value');
    assert.ok(!JSON.stringify(config).includes('app-key-value'));
  });

  it('has of each platform what its protocol needs, and nothing of another', () => {
    const ids = {appId: env('APP_ID'), appKey: env('APP_KEY')};
    const platform = (protocol: string, credentials: object, more: object = {}) => ({
      ...aConfig(),
      connections: [{...connection, protocol, credentials, ...more}],
    });
    const kasushou = {userId: env('APP_ID'), apiKey: env('APP_KEY')};
    const kayixin = {appId: env('APP_ID'), appSecret: env('APP_KEY')};
    assert.deepEqual(pathsOf(platform('kasushou', kasushou)), []);
    assert.deepEqual(pathsOf(platform('kayixin', kayixin)), []);
    assert.deepEqual(pathsOf(platform('kayixin', kayixin, {timestamps: 'milliseconds', emptyBody: 'nothing'})), []);
    assert.deepEqual(pathsOf(platform('kasushou', ids)).toSorted(), [
      'connections.0.credentials.apiKey',
      'connections.0.credentials.appId',
      'connections.0.credentials.userId',
    ]);
    assert.deepEqual(pathsOf(platform('kayixin', {...kayixin, appSecret: env('NOT_SET')}, {timestamps: 'hours'})), [
      'connections.0.timestamps',
      'connections.0.credentials.appSecret',
    ]);
    assert.deepEqual(pathsOf(platform('kasushou', kasushou, {emptyBody: 'nothing'})), ['connections.0.emptyBody']);
    assert.deepEqual(pathsOf(platform('kasushuo', kasushou)), ['connections.0.protocol']);
  });

  it('of a 卡卡云 platform has a host for reads in version 3, and none in version 2', () => {
    const kakayun = (protocol: string, dockUrl?: string) => ({
      ...connection,
      protocol,
      credentials: {userId: env('APP_ID'), key: env('APP_KEY')},
      ...(dockUrl !== undefined && {dockUrl}),
    });
    const pathsWith = (...connections: readonly unknown[]) => pathsOf({...aConfig(), connections});
    assert.deepEqual(pathsWith(kakayun('kakayun-v3'), {...kakayun('kakayun-v2'), id: 'old'}), []);
    assert.deepEqual(pathsWith(kakayun('kakayun-v3', 'https://dock.example')), []);
    assert.deepEqual(pathsWith(kakayun('kakayun-v3', 'https://dock.example/dockapiv3')), ['connections.0.dockUrl']);
    assert.deepEqual(pathsWith(kakayun('kakayun-v2', 'https://dock.example')), ['connections.0.dockUrl']);
    assert.deepEqual(pathsWith({...kakayun('kakayun-v3'), credentials: connection.credentials}).toSorted(), [
      'connections.0.credentials.appId',
      'connections.0.credentials.key',
      'connections.0.credentials.userId',
    ]);
  });

  it('names all its mistakes at once, each with its place', () => {
    const paths = pathsOf({
      shop: {name: '', currency: 'yuan', locales: ['not a language']},
      address: 'https://shop.example/path',
      port: 70_000,
      origins: ['https://page.example/', '*'],
      connections: [
        {...connection, id: 'Main', url: 'ftp://x', listing: {price: {markup: {percent: '-1'}, rounding: 'sideways'}}},
      ],
      payments: [],
      dataFolder: '',
      surprise: true,
    });
    assert.deepEqual(paths.toSorted(), [
      'address',
      'connections.0.id',
      'connections.0.listing.price.markup.percent',
      'connections.0.listing.price.rounding',
      'connections.0.url',
      'dataFolder',
      'origins.0',
      'origins.1',
      'payments',
      'port',
      'shop.currency',
      'shop.locales.0',
      'shop.name',
      'surprise',
    ]);
  });

  it('names every variable that the environment lacks, beside all other mistakes', () => {
    const mistakes = mistakesOf(aConfig({port: -1}), {APP_ID: '', HOOK: 'hook-value'});
    assert.deepEqual(mistakes, [
      ['port', mistakes[0]![1]],
      ['connections.0.credentials.appId', 'the environment variable APP_ID is not set'],
      ['connections.0.credentials.appKey', 'the environment variable APP_KEY is not set'],
      ['payments.0.merchantKey', 'the environment variable PAY_KEY is not set'],
    ]);
  });

  it('tells no secret that was written into it by mistake', () => {
    const config = aConfig({
      connections: [{...connection, credentials: {appId: 'app-id-value' as never, appKey: env('APP_KEY')}}],
    });
    assert.deepEqual(pathsOf(config), ['connections.0.credentials.appId']);
    const url = aConfig({payments: [{...payment, url: 'app-key-value'}]});
    assert.deepEqual(pathsOf(url), ['payments.0.url']);
  });

  it('names where transfers go, and calls them something in every language it names', () => {
    const transfer = {provider: 'bank-transfer', payee: '卡铺', bank: '招商银行', account: '6225 8888'} as const;
    const {config} = checkConfig(aConfig({payments: [payment, transfer]}), environment);
    const [, checked] = config.payments;
    assert.ok(checked?.provider === 'bank-transfer');
    assert.deepEqual([checked.id, checked.label['en'], checked.note], ['bank-transfer', 'Bank transfer', undefined]);
    const wrong = {...transfer, account: ' ', label: {}, note: {'not a language': 'x', en: ''}, key: 'x'};
    assert.deepEqual(pathsOf({...aConfig(), payments: [wrong]}).toSorted(), [
      'payments.0.account',
      'payments.0.key',
      'payments.0.label',
      'payments.0.note.en',
      'payments.0.note.not a language',
    ]);
  });

  it('that offers Stripe within the page names the key that the page opens it with, and no other', () => {
    const stripe = {provider: 'stripe', secretKey: env('PAY_KEY'), webhookSecret: env('HOOK')} as const;
    const {config} = checkConfig(aConfig({payments: [stripe]}), environment);
    const [checked] = config.payments;
    assert.ok(checked?.provider === 'stripe');
    assert.deepEqual(checked.methods, ['page']);
    const methods: ('page' | 'element')[] = ['page', 'element'];
    const element = {...stripe, methods, publishableKey: 'pk_live_1'};
    assert.deepEqual(mistakesOf(aConfig({payments: [element]})), []);
    assert.deepEqual(mistakesOf(aConfig({payments: [{...stripe, methods}]})), [
      ['payments.0.publishableKey', 'is needed for the method "element"'],
    ]);
    for (const wrong of [
      {...element, publishableKey: 'sk_live_1'},
      {...element, methods: []},
      {...element, methods: ['page', 'page'] as 'page'[]},
      {...element, script: 'http://js.stripe.com/endive/stripe.js'},
    ]) {
      assert.equal(mistakesOf(aConfig({payments: [wrong]})).length, 1);
    }
  });

  it('has every connection and every provider once, also when something else is wrong', () => {
    assert.deepEqual(mistakesOf(aConfig({connections: [connection, connection]})), [
      ['connections', 'has two connections with the same id'],
    ]);
    assert.deepEqual(mistakesOf(aConfig({payments: [payment, payment]})), [
      ['payments', 'has the same provider twice; give one of them another id'],
    ]);
    const paths = pathsOf({...aConfig({connections: [connection, connection]}), port: 'x'});
    assert.deepEqual(paths.toSorted(), ['connections', 'port']);
  });

  it('has connections in other currencies with a rate, and no rate where there is nothing to reckon', () => {
    const shopIn = (currency: string, ...changes: Partial<ShopConfig['connections'][number]>[]) =>
      aConfig({
        shop: {...shop, currency},
        connections: changes.map((change, index) => ({...connection, id: `c${index}`, ...change}) as typeof connection),
      });
    const {config} = checkConfig(shopIn('USD', {rate: '0.1412'}), environment);
    assert.deepEqual(config.connections[0]!.exchange, {from: 'CNY', to: 'USD', rate: '0.1412'});
    assert.equal(checkConfig(aConfig(), environment).config.connections[0]!.exchange, undefined);

    const mistakes = mistakesOf(shopIn('USD', {}, {currency: 'USD'}, {rate: '0'}, {rate: 'a'}, {rate: '0.14'}));
    assert.deepEqual(
      mistakes.map(([path]) => path),
      ['connections.2.rate', 'connections.3.rate', 'connections.0.rate', 'connections.1.currency'],
    );
    assert.match(mistakes[2]![1], /costs CNY and the shop sells in USD/);
    assert.match(mistakes[3]![1], /must be "CNY"/);
    assert.deepEqual(pathsOf(shopIn('CNY', {rate: '1'})), ['connections.0.rate']);
  });

  it('says of platforms abroad what they have to know, in their one currency or the account’s', () => {
    const {id, listing} = connection;
    const url = 'https://abroad.example';
    const kinguin = {id, listing, url, protocol: 'kinguin', credentials: {apiKey: env('APP_KEY')}} as const;
    const reloadly = {
      ...{id, listing, url, protocol: 'reloadly', currency: 'USD', rate: '7.25', recipientEmail: 'cards@shop.example'},
      credentials: {clientId: env('APP_ID'), clientSecret: env('APP_KEY')},
    } as const;
    const pathsWith = (changed: object) => pathsOf({...aConfig(), connections: [changed]});
    assert.deepEqual(pathsWith({...kinguin, rate: '7.85'}), []);
    assert.deepEqual(pathsWith(kinguin), ['connections.0.rate']);
    assert.deepEqual(pathsWith({...kinguin, currency: 'USD', rate: '7'}), ['connections.0.currency']);
    assert.deepEqual(pathsWith(reloadly), []);
    assert.deepEqual(pathsWith({...reloadly, currency: 'CNY'}), ['connections.0.rate']);
    assert.deepEqual(pathsWith({...reloadly, authUrl: 'http://auth.example', recipientEmail: 'nobody'}), [
      'connections.0.authUrl',
      'connections.0.recipientEmail',
    ]);
    const {currency: _currency, ...without} = reloadly;
    assert.deepEqual(pathsWith(without), ['connections.0.currency']);
  });

  it('has coupons that can be right: all their mistakes at once', () => {
    const coupon = {code: 'SPRING', discount: {percent: '10'}} as const;
    assert.deepEqual(
      checkConfig(
        aConfig({coupons: [{...coupon, until: '2027-01-31T00:00:00+08:00', uses: 5}]}),
        environment,
      ).config.coupons.map(({code, uses}) => [code, uses]),
      [['SPRING', 5]],
    );
    const mistakes = pathsOf(
      aConfig({
        coupons: [
          coupon,
          {...coupon, code: ' spring '},
          {code: 'A', discount: {percent: '100.5'}},
          {code: 'B', discount: {percent: '0'}},
          {code: 'C', discount: {fixed: '0'}, minimum: '0.005'},
          {code: 'D', discount: {fixed: '5'}, from: '2027-02-01T00:00:00Z', until: '2027-02-01T00:00:00Z'},
        ],
      }),
    );
    assert.deepEqual(mistakes, [
      'coupons.1.code',
      'coupons.2.discount.percent',
      'coupons.3.discount.percent',
      'coupons.4.discount.fixed',
      'coupons.4.minimum',
      'coupons.5.until',
    ]);
    assert.deepEqual(
      pathsOf({...aConfig(), coupons: [{code: '', discount: {}, from: 'tomorrow', uses: 0, surprise: 1}]}).toSorted(),
      ['coupons.0.code', 'coupons.0.discount', 'coupons.0.from', 'coupons.0.surprise', 'coupons.0.uses'],
    );
  });

  for (const [currency, price, isRight] of [
    ['CNY', '12.50', true],
    ['CNY', '12.505', false],
    ['JPY', '12.5', false],
    ['JPY', '12', true],
    ['CNY', '0', false],
  ] as const) {
    it(`D5: may ${isRight ? '' : 'not '}pin a good to ${price} ${currency}`, () => {
      const listing = {price: {markup: {percent: '20'}}, goods: [{code: 'A', price}]};
      const config = aConfig({
        shop: {name: 'Shop', currency},
        connections: [{...connection, listing, ...(currency !== 'CNY' && {rate: '20.5'})}],
      });
      assert.deepEqual(pathsOf(config), isRight ? [] : ['connections.0.listing.goods.0.price']);
    });
  }

  for (const [currency, step, isRight] of [
    ['CNY', '0.10', true],
    ['CNY', '0.01', true],
    ['JPY', '10', true],
    ['CNY', '0', false],
    ['CNY', '0.005', false],
    ['JPY', '0.5', false],
  ] as const) {
    it(`may ${isRight ? '' : 'not '}round ${currency} in steps of ${step}`, () => {
      const listing = {price: {markup: {percent: '20'}, step}};
      const config = aConfig({
        shop: {...shop, currency},
        connections: [{...connection, listing, ...(currency !== 'CNY' && {rate: '20.5'})}],
      });
      assert.deepEqual(pathsOf(config), isRight ? [] : ['connections.0.listing.price.step']);
    });
  }

  for (const nonsense of [undefined, null, 1, 'text', [], () => aConfig()]) {
    it(`that is ${String(nonsense)} is refused`, () => {
      assert.throws(() => checkConfig(nonsense, environment), ConfigError);
    });
  }
});

describe('own stock in a configuration', () => {
  const good = {code: 'G1', title: '点卡', category: '游戏', cost: '10'};
  const own = (...goods: readonly object[]) => ({
    ...aConfig(),
    connections: [{id: 'own', protocol: 'own-stock', listing: connection.listing, goods}],
  });

  it('needs no address and no credentials; a card is sold once where nothing else is said', () => {
    const {config} = checkConfig(own(good), environment);
    const [connection] = config.connections;
    assert.ok(connection?.protocol === 'own-stock');
    assert.deepEqual(connection.goods, [{...good, cards: 'single_use', minimum: 1, contact: 'any'}]);
  });

  it('reckons in the currency of the shop, whichever that is, and has nothing to say of another', () => {
    const config = own(good);
    const abroad = {...config, shop: {...config.shop, currency: 'JPY'}};
    assert.equal(checkConfig(abroad, environment).config.connections[0]!.exchange, undefined);
    for (const [key, value] of Object.entries({currency: 'CNY', rate: '20.5', url: 'https://a.example'})) {
      const connections = config.connections.map(each => ({...each, [key]: value}));
      assert.deepEqual(pathsOf({...config, connections}), [`connections.0.${key}`]);
    }
  });

  it('has every mistake named by its good', () => {
    for (const [goods, path] of [
      [[], 'connections.0.goods'],
      [[good, {...good, title: '另一种'}], 'connections.0.goods'],
      [[{...good, code: '../x'}], 'connections.0.goods.0.code'],
      [[{...good, cost: '0.00'}], 'connections.0.goods.0.cost'],
      [[good, {...good, code: 'G2', stockCap: 0}], 'connections.0.goods.1.stockCap'],
      [[{...good, cards: 'twice'}], 'connections.0.goods.0.cards'],
      [[{...good, minimum: 3, maximum: 2}], 'connections.0.goods.0'],
      [[{...good, price: '12'}], 'connections.0.goods.0.price'],
    ] as const) {
      assert.deepEqual(pathsOf(own(...goods)), [path]);
    }
  });
});
