import type {ElementEntry} from '../element-entry.ts';

const steam = {title: 'Steam 钱包 10 元', quantity: 2};
const credit = {title: '中国移动话费 50 元', fields: {phone: '13800138000'}};

export const order: ElementEntry = {
  name: {zh: '订单', en: 'Order'},
  summary: '订单的实时状态、付款和卡密。',
  room: 'after',
  states: {
    default: {
      name: {zh: '已发货', en: 'Delivered'},
      async before(stage) {
        await stage.buy(steam);
      },
    },
    pending: {
      name: {zh: '待付款', en: 'To be paid'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
      },
    },
    qr: {
      name: {zh: '待扫码付款', en: 'To be paid by a code'},
      async before(stage) {
        await stage.placeOrder({goods: [steam], method: 'sandbox-qr'});
      },
    },
    'ran-out': {
      name: {zh: '这次付款超时', en: 'Payment ran out'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        const {payments} = stage.mocks.sandbox;
        await payments.expire(payments.list()[0]!.id);
        await stage.checkoutAt('payment_failed');
      },
    },
    transfer: {
      name: {zh: '等转账到账', en: 'Waits for a transfer'},
      scenario: 'every-payment',
      async before(stage) {
        await stage.placeOrder({goods: [steam], method: 'bank-transfer'});
      },
    },
    confirming: {
      name: {zh: '结果未知', en: 'Outcome unknown'},
      async before(stage) {
        stage.failNext('commit-then-drop');
        await stage.buy(steam);
      },
    },
    manual: {
      name: {zh: '等人工发货', en: 'Waits for a person'},
      async before(stage) {
        await stage.buy(credit);
      },
    },
    partial: {
      name: {zh: '部分发货', en: 'Partly delivered'},
      async before(stage) {
        await stage.buy(steam, credit);
      },
    },
    'refund-due': {
      name: {zh: '待退款', en: 'Refund due'},
      async before(stage) {
        stage.failNext('oversold');
        stage.mocks.sandbox.payments.bankTakesItsTime = true;
        await stage.buy(steam);
      },
    },
    refunded: {
      name: {zh: '已退款', en: 'Refunded'},
      async before(stage) {
        const order = await stage.buy(steam);
        const ticket = await stage.report(order, '兑换时提示卡密无效。');
        await stage.mocks.assistant.decide(ticket, 'refund', '已核实，货款全额退还。');
        await stage.mocks.idle();
      },
    },
    expired: {
      name: {zh: '已过期', en: 'Expired'},
      async before(stage) {
        await stage.placeOrder({goods: [steam]});
        stage.passTime(3_600_000);
        await stage.checkoutAt('expired');
      },
    },
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      before(stage) {
        stage.line.hold();
        // Its token was handed over; this device knows nothing else of it.
        return {attributes: {'order-id': 'ord_of_another_device'}, properties: {token: 'handed-over'}};
      },
    },
    offline: {
      name: {zh: '看着时断网', en: 'Connection lost'},
      async before(stage) {
        await stage.buy(credit);
        stage.line.cut();
      },
    },
    locked: {name: {zh: '别的设备下的单', en: 'Of another device'}, attributes: {'order-id': 'ord_of_another_device'}},
    none: {name: {zh: '没有订单', en: 'No order'}},
  },
};
