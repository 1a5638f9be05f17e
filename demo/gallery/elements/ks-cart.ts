import type {ElementEntry} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

const open = {open: ''};
const goods = ['Steam 钱包 10 元', '爱奇艺黄金会员月卡', '京东 E 卡 50 元'] as const;

export const cart: ElementEntry = {
  name: {zh: '购物车', en: 'Cart'},
  summary: '购物车。',
  room: 'buy',
  states: {
    default: {name: {zh: '有商品', en: 'With goods'}, attributes: open, before: stage => stage.fillCart(...goods)},
    empty: {name: {zh: '空', en: 'Empty'}, attributes: open},
    coupon: {
      name: {zh: '用了优惠码', en: 'With a code'},
      attributes: open,
      async before(stage) {
        await stage.fillCart(...goods);
        await stage.shop.cart.setCoupon('WELCOME');
      },
    },
    'coupon-refused': {
      name: {zh: '优惠码不可用', en: 'Code refused'},
      attributes: open,
      async before(stage) {
        await stage.fillCart(goods[0]);
        await stage.shop.cart.setCoupon('MINUS5');
      },
    },
    dead: {
      name: {zh: '有商品卖完了', en: 'A line sold out'},
      attributes: open,
      async before(stage) {
        await stage.fillCart(...goods);
        stage.restock(goods[1], 0);
      },
      after: waitForProblem,
    },
    price: {
      name: {zh: '价格变了', en: 'A price changed'},
      attributes: open,
      async before(stage) {
        await stage.fillCart(...goods);
        stage.raisePrice(goods[1], 20);
      },
    },
    short: {
      name: {zh: '库存不够', en: 'Not enough left'},
      attributes: open,
      async before(stage) {
        await stage.fillCart({title: goods[1], quantity: 5}, goods[0]);
        stage.restock(goods[1], 2);
      },
      after: waitForProblem,
    },
    unconfirmed: {
      name: {zh: '断网', en: 'Offline'},
      attributes: open,
      async before(stage) {
        await stage.fillCart(...goods);
        stage.line.cut();
      },
      async after(stage) {
        const [line] = stage.shop.cart.value.lines;
        // Rejects: the line is cut. What the cart says of it is the state.
        await stage.shop.cart.setQuantity(line!.skuId, 2).catch(() => {});
      },
    },
  },
};

async function waitForProblem(stage: StagedShop): Promise<void> {
  await stage.shop.cart.refresh();
}
