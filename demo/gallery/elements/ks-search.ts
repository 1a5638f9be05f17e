import {browserEnvironment} from '../../../src/store/browser-environment.ts';
import {createRecentSearches} from '../../../src/store/recent-searches.ts';
import type {ElementEntry} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

/** This device has searched for these, the last one latest, and for nothing else. */
function searchedBefore({shop}: StagedShop, ...texts: readonly string[]): void {
  const searches = createRecentSearches(shop.address, () => browserEnvironment().storage);
  searches.clear();
  texts.forEach(text => searches.add(text));
}

export const search: ElementEntry = {
  name: {zh: '搜索', en: 'Search'},
  summary: '店内搜索。',
  room: 'find',
  states: {
    default: {name: {zh: '空着', en: 'Empty'}, before: stage => searchedBefore(stage)},
    suggestions: {
      name: {zh: '按拼音建议', en: 'Suggestions by initials'},
      before: stage => searchedBefore(stage),
      async after(stage) {
        await stage.type('[part="input"]', 'wzry');
        await stage.find('[role="option"]');
      },
    },
    recent: {
      name: {zh: '最近搜索', en: 'Recent searches'},
      before: stage => searchedBefore(stage, '会员', 'steam', '京东 E 卡'),
      async after(stage) {
        await stage.press('[part="input"]');
        await stage.find('[role="option"]');
      },
    },
    nothing: {
      name: {zh: '没有找到', en: 'Nothing found'},
      before: stage => searchedBefore(stage),
      async after(stage) {
        await stage.type('[part="input"]', '不存在的商品');
        await stage.find('.vain');
      },
    },
    chosen: {
      name: {zh: '搜索过', en: 'Searched'},
      before(stage) {
        searchedBefore(stage);
        stage.shop.browse.change({type: 'searched', q: '会员'});
      },
    },
  },
};
