/**
 * The sandbox in a process of its own, as dujiao-next platform and payment provider, with cards for so many orders. Tells
 * its address. Nothing of it is written to a disk: what it costs is its answers.
 */
import {createSandbox, type Catalogue} from '../../src/sandbox/index.ts';
import {serveSandbox} from '../../src/sandbox/node/serve.ts';
import {untouched} from '../../src/sandbox/platform/good.ts';
import {credentials} from './credentials.ts';

const goodsCount = 48;
const cardsEach = Math.ceil(Number(process.argv[2]) / goodsCount) + 1;

const goods = Array.from({length: goodsCount}, (_, index) => ({
  ...untouched,
  id: index + 1,
  code: `BENCH${String(index).padStart(11, '0')}`,
  title: `Steam 钱包充值码 ${index} 元 全球通用 自动发货`,
  titleEn: `Steam wallet code ${index}`,
  categoryId: (index % 6) + 1,
  supplierId: 0,
  description:
    '<p>官方正品，付款后自动发货，支持全天候下单。</p><p>使用方法：登录官网，进入兑换中心，输入卡密即可到账。</p>',
  cover: `/covers/${index}.png`,
  cost: '7.00',
  price: '9.00',
  memberPrice: '8.00',
  sort: 1,
  createdAt: Date.UTC(2026, 0, 1),
}));

const catalogue: Catalogue = {
  suppliers: [{id: 0, name: '平台自营', level: 1}],
  groups: [{id: 1, name: '普通', discounts: []}],
  categories: Array.from({length: 6}, (_, index) => ({
    id: index + 1,
    parentId: 0,
    name: `分类 ${index + 1}`,
    nameEn: `Category ${index + 1}`,
    sort: index,
    enabled: true,
    hidden: false,
  })),
  goods,
  cards: goods.flatMap(({id: goodId}) =>
    Array.from({length: cardsEach}, (_, index) => {
      const id = (goodId - 1) * cardsEach + index + 1;
      return {id, goodId, secret: `BENCH-${String(id).padStart(8, '0')}-KEYS`, cost: '0', state: 'unsold' as const};
    }),
  ),
  nextCardId: goodsCount * cardsEach + 1,
};

const {appId, appKey, ...own} = credentials;
const sandbox = createSandbox({...own, catalogue, merchants: [{appId: Number(appId), appKey, balance: '100000000'}]});
const {url} = await serveSandbox(sandbox, {host: '127.0.0.1', port: 0, isFixed: true});
process.send!({url});
process.on('disconnect', () => process.exit());
