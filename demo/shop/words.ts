import type {ProductQuery} from '../../src/contract/product.ts';
import type {ScenarioName} from '../../src/mocks/scenario.ts';
import type {FaultName} from '../../src/sandbox/faults/fault.ts';
import type {Payment} from '../../src/sandbox/payments/payment.ts';
import type {PlatformOrder} from '../../src/sandbox/platform/platform-order.ts';
import type {DemoSettings} from './settings.ts';

/** What the demo itself says; the elements bring their own words. */
export interface DemoWords {
  readonly title: string;
  readonly about: string;
  readonly scenario: string;
  readonly scenarios: Readonly<Record<ScenarioName, readonly [name: string, whatToSee: string]>>;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<DemoSettings['theme'], string>>;
  readonly look: string;
  readonly accent: string;
  readonly accents: Readonly<Record<DemoSettings['accent'], string>>;
  readonly corner: string;
  readonly corners: Readonly<Record<DemoSettings['corner'], string>>;
  readonly categories: string;
  readonly all: string;
  readonly search: string;
  readonly sort: string;
  readonly sorts: Readonly<Record<NonNullable<ProductQuery['sort']>, string>>;
  readonly orders: string;
  readonly close: string;
  readonly cannotStart: string;
  readonly starting: string;
  readonly cashier: {
    readonly name: string;
    readonly phone: string;
    readonly noMoney: string;
    readonly hint: string;
    readonly amount: string;
    readonly reference: string;
    readonly state: string;
    readonly states: Readonly<Record<Payment['status'], string>>;
    readonly pay: string;
    readonly decline: string;
    readonly forTests: string;
    readonly expire: string;
    readonly payLate: string;
    readonly payTwice: string;
    readonly notifyAgain: string;
    readonly back: string;
    readonly putAway: string;
  };
  /** Whoever plays the shop in after-sales. */
  readonly assistant: {
    readonly name: string;
    readonly about: string;
    readonly none: string;
    readonly transferCame: string;
    readonly ask: readonly [button: string, text: string];
    readonly reissue: readonly [button: string, text: string];
    readonly refund: readonly [button: string, text: string];
    readonly refuse: readonly [button: string, text: string];
  };
  readonly platform: {
    readonly name: string;
    /** On the button in the bar. */
    readonly short: string;
    readonly about: string;
    readonly wallet: string;
    readonly spent: (amount: string) => string;
    readonly goods: string;
    readonly noGoods: string;
    readonly inStock: (count: number) => string;
    readonly sellOut: string;
    readonly restock: string;
    readonly orders: string;
    readonly noOrders: string;
    readonly orderStates: Readonly<Record<PlatformOrder['state'], string>>;
    readonly deliver: string;
    readonly payments: string;
    readonly noPayments: string;
    readonly openCashier: string;
    readonly faults: string;
    readonly faultsHint: string;
    readonly faultNames: Readonly<Partial<Record<FaultName, string>>>;
    readonly armed: string;
  };
}

const zhCN: DemoWords = {
  title: 'Keystall 演示',
  about: '商店服务器、卡盟平台和收银台都运行在这个页面里：不联网，不扣款，刷新后重新开始。',
  scenario: '情景',
  scenarios: {
    default: ['正常营业', '三百多件商品，可以一路买到显示卡密。'],
    empty: ['没有商品', '平台上什么也没有：看空货架怎么说。'],
    'sold-out': ['全部售罄', '每件商品都卖完了：看售罄的样子。'],
    slow: ['响应很慢', '每次请求要等 2.5 秒：看等待中的样子。'],
    'payment-fails': ['支付失败', '每笔支付打开片刻后被拒绝：看如何换一种方式再付。'],
    'upstream-down': ['平台失联', '目录读完后平台不再应答：看无法确认库存时怎么说。'],
    'official-source': ['官方直供', '店铺手里有授权文件：看标记、依据和筛选。'],
    'every-payment': ['多种支付', '页内银行卡、扫码、支付页和银行转账：转账在“平台”里确认到账。'],
  },
  language: '语言',
  theme: '明暗',
  themes: {auto: '自动', light: '浅色', dark: '深色'},
  look: '外观',
  accent: '强调色',
  accents: {blue: '蓝', green: '绿', plum: '紫', brick: '砖红', ink: '墨'},
  corner: '圆角',
  corners: {sharp: '直角', soft: '小圆角', round: '大圆角'},
  categories: '分类',
  all: '全部商品',
  search: '搜索商品',
  sort: '排序',
  sorts: {
    featured: '店铺推荐',
    relevance: '最相关',
    price_ascending: '价格从低到高',
    price_descending: '价格从高到低',
    title: '按名称',
  },
  orders: '订单',
  close: '关闭',
  cannotStart: '演示没能启动：页面需要 Service Worker。请用 localhost 或 https 打开，不要用无痕模式。',
  starting: '正在开店…',
  cashier: {
    name: '沙盒收银台',
    phone: '买家的手机',
    noMoney: '沙盒支付 · 不会扣款',
    hint: '这里代替真实的付款页面，按钮决定支付的结果。',
    amount: '应付金额',
    reference: '商户单号',
    state: '状态',
    states: {pending: '等待支付', paid: '支付成功', declined: '支付被拒绝', expired: '支付已超时'},
    pay: '支付',
    decline: '拒绝支付',
    forTests: '测试操作',
    expire: '让它超时',
    payLate: '超时后补付',
    payTwice: '支付并通知两次',
    notifyAgain: '再通知一次',
    back: '返回商户',
    putAway: '收起手机',
  },
  assistant: {
    name: '店铺客服',
    about: '演示专用：在这里替商家确认转账、答复售后。',
    none: '没有等待答复的售后。',
    transferCame: '确认到账',
    ask: ['请买家补充', '您好，请发一张兑换时的截图。'],
    reissue: ['补发', '已核实，给您补发了一个新的卡密。'],
    refund: ['退款', '已核实，货款全额退还。'],
    refuse: ['不予处理', '经查卡密已在您的账号兑换成功，无法退换。'],
  },
  platform: {
    name: '卡盟平台',
    short: '平台',
    about: '平台那一侧看到的：店铺的预存余额、采购单和库存。',
    wallet: '预存余额',
    spent: amount => `已用 ${amount}`,
    goods: '相关商品的库存',
    noGoods: '加入购物车的商品会列在这里。',
    inStock: count => `${count} 件`,
    sellOut: '清空',
    restock: '补 10 件',
    orders: '采购单',
    noOrders: '还没有采购。付款之后，店铺会来这里进货。',
    orderStates: {delivered: '已发货', awaiting_delivery: '待发货', apologised: '无货致歉', blank: '空白发货'},
    deliver: '人工发货',
    payments: '支付',
    noPayments: '还没有支付。',
    openCashier: '打开收银台',
    faults: '制造故障',
    faultsHint: '只影响下一次采购。',
    faultNames: {
      'commit-then-drop': '成交后断线',
      oversold: '超卖，只给道歉',
      slow: '8 秒后才应答',
      html: '回一个网页',
    },
    armed: '已就位，点按取消',
  },
};

const en: DemoWords = {
  title: 'Keystall demo',
  about:
    'The shop server, the card platform and the cash desk all run inside this page: no network, no money, and a reload starts afresh.',
  scenario: 'Scenario',
  scenarios: {
    default: ['Open as usual', 'More than three hundred goods; buy one all the way to its key.'],
    empty: ['Nothing for sale', 'The platform has no goods: how an empty shelf speaks.'],
    'sold-out': ['All sold out', 'Every good is gone: how sold-out looks.'],
    slow: ['Very slow', 'Each request takes 2.5 seconds: how waiting looks.'],
    'payment-fails': ['Payment fails', 'Each payment is declined after a moment: how to pay another way.'],
    'upstream-down': [
      'Platform gone',
      'The platform falls silent once its goods are read: what is said when stock cannot be confirmed.',
    ],
    'official-source': ['Official source', 'The shop holds an authorisation: the badge, its evidence, and the filter.'],
    'every-payment': [
      'All payments',
      'A card within the page, a code, a payment page, and a bank transfer, which you confirm under “Platform”.',
    ],
  },
  language: 'Language',
  theme: 'Theme',
  themes: {auto: 'Auto', light: 'Light', dark: 'Dark'},
  look: 'Look',
  accent: 'Accent',
  accents: {blue: 'Blue', green: 'Green', plum: 'Plum', brick: 'Brick', ink: 'Ink'},
  corner: 'Corners',
  corners: {sharp: 'Sharp', soft: 'Soft', round: 'Round'},
  categories: 'Categories',
  all: 'All goods',
  search: 'Search goods',
  sort: 'Order',
  sorts: {
    featured: 'Featured',
    relevance: 'Best match',
    price_ascending: 'Price, low to high',
    price_descending: 'Price, high to low',
    title: 'By name',
  },
  orders: 'Orders',
  close: 'Close',
  cannotStart:
    'The demo could not start: it needs a service worker. Open it on localhost or over https, in a window that is not private.',
  starting: 'Opening the shop…',
  cashier: {
    name: 'Sandbox cash desk',
    phone: 'The buyer’s phone',
    noMoney: 'Sandbox payment · no money moves',
    hint: 'This stands in for a real payment page; the buttons decide what happens.',
    amount: 'Amount due',
    reference: 'Reference',
    state: 'Status',
    states: {pending: 'Waiting for payment', paid: 'Paid', declined: 'Declined', expired: 'Expired'},
    pay: 'Pay',
    decline: 'Decline',
    forTests: 'For tests',
    expire: 'Let it expire',
    payLate: 'Pay late',
    payTwice: 'Pay, notify twice',
    notifyAgain: 'Notify again',
    back: 'Back to the shop',
    putAway: 'Put the phone away',
  },
  assistant: {
    name: 'The shop’s assistant',
    about: 'For the demo only: confirm transfers and answer reports in the seller’s place.',
    none: 'No report waits for an answer.',
    transferCame: 'The money came',
    ask: ['Ask for more', 'Hello, could you send a screenshot of what you are told?'],
    reissue: ['Reissue', 'You are right. Here is a new key.'],
    refund: ['Refund', 'You are right. The whole amount goes back to you.'],
    refuse: ['Refuse', 'The key was redeemed on your account, so it cannot be returned.'],
  },
  platform: {
    name: 'Card platform',
    short: 'Platform',
    about: 'What the other side sees: the shop’s wallet, what it bought, and the stock.',
    wallet: 'Wallet',
    spent: amount => `${amount} spent`,
    goods: 'Stock of the goods at hand',
    noGoods: 'Goods you put into the cart are listed here.',
    inStock: count => `${count} left`,
    sellOut: 'Sell out',
    restock: 'Put in 10',
    orders: 'Purchases',
    noOrders: 'None yet. Once a payment is confirmed the shop buys here.',
    orderStates: {
      delivered: 'Delivered',
      awaiting_delivery: 'To be delivered',
      apologised: 'Apology sent',
      blank: 'Blank sent',
    },
    deliver: 'Deliver by hand',
    payments: 'Payments',
    noPayments: 'None yet.',
    openCashier: 'Open cash desk',
    faults: 'Make something fail',
    faultsHint: 'Strikes the next purchase only.',
    faultNames: {
      'commit-then-drop': 'Sell, then drop the line',
      oversold: 'Oversold: an apology',
      slow: 'Answer after 8 seconds',
      html: 'Answer with a web page',
    },
    armed: 'Armed; press to call off',
  },
};

export const demoWords: Readonly<Record<DemoSettings['lang'], DemoWords>> = {'zh-CN': zhCN, en};
