import type {ElementEntry} from '../element-entry.ts';

const children = ['ks-product-grid', 'ks-cart-button'];

export const shop: ElementEntry = {
  name: {zh: '店铺范围', en: 'Shop'},
  summary: '里面各元件所用的店铺、语言和外观。',
  room: 'frame',
  states: {
    default: {
      name: {zh: '里面的元素', en: 'With elements within'},
      children,
      before: ({shop}) => ({properties: {shop}}),
    },
    dressed: {
      name: {zh: '自己的外观', en: 'A look of its own'},
      children,
      before: ({shop}) => ({
        properties: {shop, appearance: {accent: '#7a2f8f', onAccent: '#ffffff', radius: '4px'}},
      }),
    },
    unknown: {
      name: {zh: '没有店铺', en: 'No shop'},
      children: ['ks-product'],
    },
  },
};
