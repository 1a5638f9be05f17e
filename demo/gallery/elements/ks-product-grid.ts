import type {ElementEntry} from '../element-entry.ts';
import type {Markup} from '../markup.ts';
import type {GallerySettings} from '../settings.ts';

/** What the page itself says on its cards. */
const ownWords: Readonly<Record<GallerySettings['lang'], {readonly buy: string; readonly official: string}>> = {
  'zh-CN': {buy: '抢一张', official: '官方直供'},
  'zh-TW': {buy: '搶一張', official: '官方直供'},
  en: {buy: 'Grab one', official: 'Official'},
};

/** A coupon, torn at the price: see stage.css for its looks, which are the page's business. */
function coupon(lang: GallerySettings['lang']): Markup {
  const {buy, official} = ownWords[lang];
  return {
    tag: 'template',
    attributes: {slot: 'card'},
    inside: [
      {
        tag: 'article',
        attributes: {class: 'coupon'},
        inside: [
          {
            tag: 'div',
            attributes: {class: 'face'},
            inside: [
              {tag: 'p', attributes: {class: 'kind', 'data-ks-text': 'categoryName'}},
              {tag: 'h2', inside: [{tag: 'a', attributes: {'data-ks-href': '', 'data-ks-text': 'title'}}]},
              {tag: 'p', attributes: {class: 'seal', 'data-ks-if': 'official'}, inside: official},
            ],
          },
          {
            tag: 'div',
            attributes: {class: 'stub'},
            inside: [
              {tag: 'strong', attributes: {'data-ks-price': 'price'}},
              {tag: 'span', attributes: {'data-ks-text': 'stock'}},
              {
                tag: 'button',
                attributes: {type: 'button', 'data-ks-command': 'add', 'data-ks-if': '!soldOut'},
                inside: buy,
              },
            ],
          },
        ],
      },
    ],
  };
}

export const productGrid: ElementEntry = {
  name: {zh: '商品网格', en: 'Product grid'},
  summary: '店里的商品。',
  room: 'find',
  states: {
    default: {name: {zh: '货架', en: 'A shelf'}, attributes: {limit: '8'}},
    endless: {name: {zh: '一直往下', en: 'Endless'}, attributes: {endless: ''}},
    'own-cards': {
      name: {zh: '商家自己的卡面', en: 'Cards of the page’s own'},
      scenario: 'official-source',
      attributes: {limit: '6', category: 'game-cards', 'product-href': '#{id}'},
      card: coupon,
    },
    search: {name: {zh: '按拼音找到', en: 'Found by initials'}, attributes: {q: 'wzry'}},
    'nothing-found': {name: {zh: '没有找到', en: 'Nothing found'}, attributes: {q: '不存在的商品'}},
    'sold-out': {name: {zh: '全部售罄', en: 'Sold out'}, scenario: 'sold-out', attributes: {limit: '8'}},
    empty: {name: {zh: '没有商品', en: 'Empty shop'}, scenario: 'empty'},
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      attributes: {limit: '8'},
      before: stage => stage.line.hold(),
    },
    slow: {name: {zh: '很慢', en: 'Slow'}, scenario: 'slow', attributes: {limit: '8'}},
    failed: {
      name: {zh: '连不上店铺', en: 'Shop unreachable'},
      attributes: {limit: '8'},
      before: stage => stage.line.cut(),
      // It tries again a few times by itself.
      after: stage => stage.find('[part="error"]').then(() => {}),
    },
  },
};
