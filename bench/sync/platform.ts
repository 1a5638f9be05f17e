/**
 * A dujiao-next platform in a process of its own, for the bench: the sandbox as it is, with so many goods. Tells its
 * address, and changes the prices of so many goods whenever it is told a number.
 */
import {createSandbox, type Catalogue} from '../../src/sandbox/index.ts';
import {untouched} from '../../src/sandbox/platform/good.ts';
import {serveSandbox} from '../../src/sandbox/node/serve.ts';

const count = Number(process.argv[2]);
const appKey = process.argv[3]!;
const categories = 40;
const createdAt = Date.UTC(2026, 0, 1);

const description =
  '<p>官方正品，付款后自动发货，支持全天候下单。</p><p>使用方法：登录官网，进入兑换中心，输入卡密即可到账。</p>' +
  '<p>【购买须知】</p><ul><li>虚拟商品，售出后不支持退换</li><li>请核对区服与账号，填错无法追回</li><li>如遇问题，请在二十四小时内联系客服</li></ul>';

const catalogue: Catalogue = {
  suppliers: [{id: 0, name: '平台自营', level: 1}],
  groups: [{id: 1, name: '普通', discounts: []}],
  categories: Array.from({length: categories}, (_, index) => ({
    id: index + 1,
    parentId: 0,
    name: `分类 ${index + 1}`,
    nameEn: `Category ${index + 1}`,
    sort: index,
    enabled: true,
    hidden: false,
  })),
  goods: Array.from({length: count}, (_, index) => ({
    ...untouched,
    id: index + 1,
    code: `BENCH${String(index).padStart(11, '0')}`,
    title: `Steam 钱包充值码 ${index} 元 全球通用 自动发货`,
    titleEn: `Steam wallet code ${index}`,
    categoryId: (index % categories) + 1,
    supplierId: 0,
    description,
    cover: `/covers/${index % 100}.png`,
    cost: '7.00',
    price: `${((index % 500) + 10).toFixed(2)}`,
    memberPrice: `${((index % 500) + 9).toFixed(2)}`,
    fields:
      index % 3 === 0
        ? [
            {
              name: 'account',
              label: '充值账号',
              type: 'text',
              placeholder: '请填写手机号',
              pattern: '^1\\d{10}$',
              error: '',
              choices: [],
            },
          ]
        : [],
    delivery: 'manual',
    manualStock: 100 + (index % 50),
    sort: 1,
    createdAt,
  })),
  cards: [],
  nextCardId: 1,
};

const sandbox = createSandbox({catalogue, merchants: [{appId: 1000, appKey}]});
const served = await serveSandbox(sandbox, {host: '127.0.0.1', port: 0, isFixed: true});
process.send!({url: served.url});
process.on('message', (changes: number) => {
  const goods = sandbox.platform.goods();
  const step = Math.floor(goods.length / changes);
  for (let index = 0; index < changes; index++) sandbox.platform.raisePrices(goods[index * step]!.code, 3);
  process.send!({changed: changes});
});
process.on('disconnect', () => process.exit());
