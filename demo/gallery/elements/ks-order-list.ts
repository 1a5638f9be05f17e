import type {ElementEntry} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

const steam = {title: 'Steam 钱包 10 元'};

async function buySeveral(stage: StagedShop): Promise<void> {
  await stage.buy({...steam, quantity: 3}, {title: '京东 E 卡 50 元'});
  stage.failNext('oversold');
  await stage.buy(steam);
  await stage.buy({title: '中国移动话费 50 元', fields: {phone: '13800138000'}});
  await stage.placeOrder({goods: [{title: '爱奇艺黄金会员月卡'}]});
  stage.shop.checkout.close();
}

export const orderList: ElementEntry = {
  name: {zh: '我的订单', en: 'Order list'},
  summary: '这台设备上的订单。',
  room: 'after',
  states: {
    default: {name: {zh: '几个订单', en: 'Several'}, before: buySeveral},
    empty: {name: {zh: '没有订单', en: 'None'}},
    forgetting: {
      name: {zh: '要删除记录', en: 'About to forget one'},
      before: buySeveral,
      after: stage => stage.press('.button.icon'),
    },
    opened: {
      name: {zh: '打开一个', en: 'One opened'},
      before: buySeveral,
      async after(stage) {
        await stage.press('.open');
        await stage.find('#headline');
      },
    },
    offline: {
      name: {zh: '断网', en: 'Offline'},
      async before(stage) {
        await stage.buy(steam);
        stage.line.cut();
      },
    },
  },
};
