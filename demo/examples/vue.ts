import 'keystall/define';
import {pageShop} from 'keystall/page';
import {createApp, defineComponent, h, ref} from 'vue';
import './offline-shop.ts';

/**
 * What a template would say as `<ks-product-grid :limit="8" @ks-added="note" />`; a function needs no compiler in the
 * page, and no `unsafe-eval` in its Content-Security-Policy.
 */
const Shop = defineComponent(() => {
  const added = ref<readonly string[]>([]);
  const openCart = async () => (await pageShop()).openCart();
  const note = ({line}: HTMLElementEventMap['ks-added']) => {
    added.value = [...added.value, line.title];
  };
  return () => [
    h('header', [h('h1', 'Vue 3'), h('button', {type: 'button', onClick: openCart}, '购物车')]),
    h('p', {role: 'status'}, added.value.length > 0 ? `已加入：${added.value.join('、')}` : '还没有放进购物车的商品。'),
    h('ks-product-grid', {limit: 8, 'onKs-added': note}),
  ];
});

createApp(Shop).mount('#app');
