import type {ElementEntry} from '../element-entry.ts';

export const categoryNav: ElementEntry = {
  name: {zh: '分类导航', en: 'Category navigation'},
  summary: '店里的商品分类。',
  room: 'find',
  states: {
    default: {name: {zh: '全部分类', en: 'All categories'}},
    chosen: {
      name: {zh: '选了一个分类', en: 'One chosen'},
      async before({shop}) {
        const [, second] = await shop.client.listCategories({lang: 'zh-CN'});
        shop.browse.change({type: 'category_chosen', category: second?.id});
      },
    },
    empty: {name: {zh: '没有分类', en: 'Empty shop'}, scenario: 'empty'},
    loading: {name: {zh: '加载中', en: 'Loading'}, before: stage => stage.line.hold()},
    failed: {
      name: {zh: '连不上店铺', en: 'Shop unreachable'},
      before: stage => stage.line.cut(),
      after: stage => stage.find('[part="error"]').then(() => {}),
    },
  },
};
