import type {ElementEntry, Given} from '../element-entry.ts';
import type {StagedShop, Wanted} from '../stage/staged-shop.ts';

const steam = {title: 'Steam 钱包 10 元'};
const many = 120;

/** The keys of an order for these goods. */
const bought =
  (...goods: readonly Wanted[]) =>
  async (stage: StagedShop): Promise<Given> => {
    const {id, number} = await stage.buy(...goods);
    const count = goods.reduce((sum, {quantity = 1}) => sum + quantity, 0);
    return {attributes: {'order-id': id, 'order-number': number, count: String(count)}};
  };

async function uncover(stage: StagedShop): Promise<void> {
  await stage.press('[part="show"]');
  await stage.find('.secret');
}

async function buyMany(stage: StagedShop): Promise<Given> {
  stage.restock(steam.title, many);
  return bought({...steam, quantity: many})(stage);
}

export const keyReveal: ElementEntry = {
  name: {zh: '卡密', en: 'Keys'},
  summary: '买到的卡密：显示、查找、复制、下载、标记、反馈、隐藏。',
  room: 'after',
  states: {
    default: {name: {zh: '遮着', en: 'Covered'}, before: bought(steam)},
    one: {name: {zh: '一个卡密', en: 'One key'}, before: bought(steam), after: uncover},
    pairs: {
      name: {zh: '卡号和密码', en: 'Number and password'},
      before: bought({title: '京东 E 卡 50 元', quantity: 2}, steam),
      after: uncover,
    },
    many: {name: {zh: '很多卡密', en: 'Many keys'}, before: buyMany, after: uncover},
    reporting: {
      name: {zh: '选出有问题的', en: 'Picking bad ones'},
      before: bought({...steam, quantity: 3}),
      async after(stage) {
        await uncover(stage);
        await stage.press('.report');
      },
    },
    asking: {
      name: {zh: '读取中', en: 'Asking'},
      before: bought(steam),
      async after(stage) {
        stage.line.hold();
        await stage.press('[part="show"]');
      },
    },
    failed: {
      name: {zh: '没能读取', en: 'Not shown'},
      before: bought(steam),
      async after(stage) {
        stage.line.cut();
        await stage.press('[part="show"]');
        await stage.find('[part="error"]');
      },
    },
    locked: {
      name: {zh: '别的设备下的单', en: 'Of another device'},
      attributes: {'order-id': 'ord_of_another_device', count: '1'},
      async after(stage) {
        await stage.press('[part="show"]');
        await stage.find('[part="error"]');
      },
    },
  },
};
