import type {ElementEntry, Given} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

const goods = {title: 'Steam 钱包 10 元', quantity: 2};
const complaint = '兑换时提示「代码无效」，核对过没有输错。';

/** An order without a report. */
async function bought(stage: StagedShop): Promise<Given> {
  const {id} = await stage.buy(goods);
  return {attributes: {'order-id': id}};
}

/** A report, and what the shop did about it. */
const reported =
  (answer: (stage: StagedShop, ticket: string) => Promise<void> = async () => {}) =>
  async (stage: StagedShop): Promise<Given> => {
    const order = await stage.buy(goods);
    const ticket = await stage.report(order, complaint);
    await answer(stage, ticket);
    return {attributes: {'order-id': order.id, 'ticket-id': ticket}};
  };

/** A picture such as a buyer would attach. */
async function screenshot(): Promise<Blob> {
  const canvas = new OffscreenCanvas(320, 200);
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = '#171d25';
  paint.fillRect(0, 0, 320, 200);
  paint.fillStyle = '#c6d4df';
  paint.fillRect(24, 40, 272, 36);
  paint.fillStyle = '#b4231a';
  paint.fillRect(24, 96, 180, 12);
  return canvas.convertToBlob({type: 'image/png'});
}

export const ticket: ElementEntry = {
  name: {zh: '售后', en: 'After-sales'},
  summary: '一笔订单的售后。',
  room: 'after',
  states: {
    default: {name: {zh: '新的反馈', en: 'A new report'}, before: bought},
    problems: {
      name: {zh: '没填完整', en: 'Left empty'},
      before: bought,
      async after(stage) {
        await stage.find('#reason');
        await stage.press('[type="submit"]');
      },
    },
    waiting: {name: {zh: '等店铺答复', en: 'Waits for the shop'}, before: reported()},
    asked: {
      name: {zh: '等买家补充', en: 'Waits for the buyer'},
      before: reported((stage, id) => stage.mocks.assistant.answer(id, '您好，请发一张兑换时的截图。')),
    },
    evidence: {
      name: {zh: '有证据', en: 'With evidence'},
      async before(stage) {
        const order = await stage.buy(goods);
        const id = await stage.report(order, complaint);
        const tickets = await stage.shop.tickets();
        await tickets.attach({id, orderId: order.id}, await screenshot(), tickets.newKey());
        return {attributes: {'order-id': order.id, 'ticket-id': id}};
      },
    },
    reissued: {
      name: {zh: '补发', en: 'Reissued'},
      before: reported((stage, id) => stage.mocks.assistant.decide(id, 'reissue', '已核实，给您补发了一个新的卡密。')),
    },
    refunded: {
      name: {zh: '退款', en: 'Refunded'},
      before: reported((stage, id) => stage.mocks.assistant.decide(id, 'refund', '已核实，货款全额退还。')),
    },
    refused: {
      name: {zh: '不予处理', en: 'Refused'},
      before: reported((stage, id) =>
        stage.mocks.assistant.decide(id, 'refuse', '经查卡密已在您的账号兑换成功，无法退换。'),
      ),
    },
    late: {
      name: {zh: '店铺超时', en: 'The shop is late'},
      before: reported(async stage => stage.passTime(25 * 3_600_000)),
    },
    several: {
      name: {zh: '几个反馈', en: 'Several reports'},
      async before(stage) {
        const order = await stage.buy(goods);
        await stage.report(order, complaint);
        await stage.report(order, '另一个卡密也不能用。');
        return {attributes: {'order-id': order.id}};
      },
    },
    dialog: {name: {zh: '对话框', en: 'As a dialog'}, attributes: {presentation: 'dialog'}, before: reported()},
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      async before(stage) {
        const given = await bought(stage);
        stage.line.hold();
        return given;
      },
    },
    locked: {name: {zh: '别的设备下的单', en: 'Of another device'}, attributes: {'order-id': 'ord_of_another_device'}},
  },
};
