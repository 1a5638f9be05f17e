import type {ElementEntry} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

const steam = {title: 'Steam 钱包 10 元', quantity: 2};
const membership = {title: '爱奇艺黄金会员月卡'};
const credit = {title: '中国移动话费 50 元', fields: {phone: '13800138000'}};

const fill = (stage: StagedShop): Promise<void> => stage.fillCart(steam, membership);
const hour = 3_600_000;

const payInPage = (stage: StagedShop): Promise<void> =>
  stage.placeOrder({goods: [steam], method: 'sandbox-element'}).then(() => {});
const transferMoney = (stage: StagedShop): Promise<void> =>
  stage.placeOrder({goods: [steam], method: 'bank-transfer'}).then(() => {});

export const checkout: ElementEntry = {
  name: {zh: '结算', en: 'Checkout'},
  summary: '结账。',
  room: 'buy',
  states: {
    default: {name: {zh: '填写', en: 'Filling in'}, before: fill},
    form: {name: {zh: '直充信息', en: 'With top-up fields'}, before: stage => stage.fillCart(credit, membership)},
    problems: {
      name: {zh: '没填完整', en: 'Left empty'},
      before: stage => stage.fillCart(credit),
      async after(stage) {
        await stage.press('[part="pay"]');
        await stage.find('[aria-invalid="true"]');
      },
    },
    empty: {name: {zh: '购物车是空的', en: 'Empty cart'}},
    loading: {
      name: {zh: '询价中', en: 'Pricing'},
      async before(stage) {
        await fill(stage);
        stage.line.hold();
      },
    },
    blocked: {
      name: {zh: '有商品买不了', en: 'Blocked'},
      async before(stage) {
        await fill(stage);
        stage.restock(membership.title, 0);
      },
    },
    failed: {
      name: {zh: '连不上店铺', en: 'Shop unreachable'},
      async before(stage) {
        await fill(stage);
        stage.line.cut();
      },
    },
    placing: {
      name: {zh: '提交中', en: 'Placing'},
      before: fill,
      async after(stage) {
        await stage.type('[name="contact"]', 'buyer@example.com');
        stage.line.hold();
        await stage.press('[part="pay"]');
      },
    },
    qr: {
      name: {zh: '扫码支付', en: 'QR code'},
      before: stage => stage.placeOrder({goods: [steam], method: 'sandbox-qr'}).then(() => {}),
    },
    redirect: {
      name: {zh: '去支付页', en: 'Payment page'},
      before: stage => stage.placeOrder({goods: [steam]}).then(() => {}),
    },
    'in-page': {
      name: {zh: '页内银行卡', en: 'Card within the page'},
      scenario: 'every-payment',
      before: payInPage,
    },
    'in-page-refused': {
      name: {zh: '银行拒绝了卡', en: 'Card refused'},
      scenario: 'every-payment',
      before: payInPage,
      async after(stage) {
        await stage.type('[name="card-number"]', '4000000000000002');
        await stage.type('[name="card-expiry"]', '1234');
        await stage.type('[name="card-code"]', '123');
        await stage.press('[part="pay"]');
        await stage.find('[part="error"]');
      },
    },
    transfer: {
      name: {zh: '银行转账', en: 'Bank transfer'},
      scenario: 'every-payment',
      before: transferMoney,
    },
    'transfer-paid': {
      name: {zh: '转账已到账', en: 'Transfer arrived'},
      scenario: 'every-payment',
      async before(stage) {
        await transferMoney(stage);
        await stage.confirmTransfer();
      },
    },
    'transfer-expired': {
      name: {zh: '转账超时', en: 'Transfer too late'},
      scenario: 'every-payment',
      async before(stage) {
        await transferMoney(stage);
        stage.passTime(4 * 24 * hour);
        await stage.checkoutAt('expired');
      },
    },
    declined: {
      name: {zh: '支付失败', en: 'Declined'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        const {payments} = stage.mocks.sandbox;
        await payments.decline(payments.list()[0]!.id);
        await stage.checkoutAt('payment_failed');
      },
    },
    'ran-out': {
      name: {zh: '支付超时', en: 'Payment ran out'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        const {payments} = stage.mocks.sandbox;
        await payments.expire(payments.list()[0]!.id);
        await stage.checkoutAt('payment_failed');
      },
    },
    expired: {
      name: {zh: '订单已过期', en: 'Order expired'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        stage.passTime(hour);
        await stage.checkoutAt('expired');
      },
    },
    paid: {
      name: {zh: '已付款，看卡密', en: 'Paid'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        await stage.pay();
      },
    },
    confirming: {
      name: {zh: '结果未知', en: 'Outcome unknown'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        stage.failNext('commit-then-drop');
        await stage.pay();
      },
    },
    dialog: {
      name: {zh: '对话框', en: 'As a dialog'},
      attributes: {presentation: 'dialog'},
      before: fill,
      async after(stage) {
        ((await stage.find('ks-checkout')) as HTMLElementTagNameMap['ks-checkout']).open();
        await stage.find('[part="pay"]');
      },
    },
  },
};
