import 'keystall/define';
import {pageShop} from 'keystall/page';
import type {} from 'keystall/react';
import {StrictMode, useState} from 'react';
import {createRoot} from 'react-dom/client';
import './offline-shop.ts';

function Shop() {
  const [added, setAdded] = useState<readonly string[]>([]);
  const openCart = () => void pageShop().then(shop => shop.openCart());
  return (
    <>
      <header>
        <h1>React 19</h1>
        <button type="button" onClick={openCart}>
          购物车
        </button>
      </header>
      <p role="status">{added.length > 0 ? `已加入：${added.join('、')}` : '还没有放进购物车的商品。'}</p>
      <ks-product-grid limit={8} onks-added={({line}) => setAdded(titles => [...titles, line.title])} />
    </>
  );
}

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
