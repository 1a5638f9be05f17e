import type {ElementEntry} from '../element-entry.ts';
import {contact, type PlacedOrder, type StagedShop} from '../stage/staged-shop.ts';

const password = 'tiger-lamp-42';
/** The order that the buyer knows the password of; one per page of the stage. */
let order: PlacedOrder | undefined;

async function buy(stage: StagedShop): Promise<void> {
  order = await stage.placeOrder({goods: [{title: 'Steam 钱包 10 元'}], lookupPassword: password});
  await stage.pay();
  stage.shop.checkout.close();
}

async function ask(stage: StagedShop, given: string): Promise<void> {
  await stage.type('#number', order?.number ?? '261128000000000000');
  await stage.type('#contact', contact);
  await stage.type('#password', given);
  await stage.press('[type="submit"]');
}

export const orderLookup: ElementEntry = {
  name: {zh: '查询订单', en: 'Order look-up'},
  summary: '查找并显示一笔订单。',
  room: 'after',
  states: {
    default: {name: {zh: '空表单', en: 'Empty form'}},
    problems: {
      name: {zh: '没填完整', en: 'Left empty'},
      after: stage => stage.press('[type="submit"]'),
    },
    wrong: {
      name: {zh: '对不上', en: 'Not found'},
      async after(stage) {
        await ask(stage, 'wrong');
        await stage.find('[part="error"]');
      },
    },
    found: {
      name: {zh: '找到了', en: 'Found'},
      before: buy,
      async after(stage) {
        await ask(stage, password);
        await stage.find('#headline');
      },
    },
    asking: {
      name: {zh: '查询中', en: 'Asking'},
      async after(stage) {
        // Where the form belongs, the shop says first.
        await stage.find('#number');
        stage.line.hold();
        await ask(stage, password);
      },
    },
  },
};
