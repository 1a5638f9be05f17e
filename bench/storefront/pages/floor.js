// The floor of the benchmark: the same cards from the same JSON, written by hand, without any library.
// `?windowed` keeps only what is in view in the page, for long lists.
const query = new URLSearchParams(location.search);
const shop = query.get('shop');
const list = document.querySelector('#list');
const button = document.querySelector('#cart');
const cart = new Map();

const page = async offset => {
  const response = await fetch(`${shop}/v1/products?lang=zh-CN${offset > 0 ? `&limit=100&cursor=o${offset}` : ''}`);
  return response.json();
};

const price = new Intl.NumberFormat('zh-CN', {style: 'currency', currency: 'CNY'});
const escapes = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const text = value => String(value).replace(/[&<>"]/g, character => escapes[character]);
const stripes = Array.from({length: 14}, (_, n) => `M${n * 18 - 60} 100l70-100`).join('');
const bolt = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M13 3 5 14h6l-1 7 8-11h-6z"/></svg>';
const box =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m12 3 8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9"/></svg>';

const hue = name => [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % 360;
const deliveryText = delivery => (delivery === 'automatic' ? '自动发货' : '人工发货');
const stockText = stock => (stock === 'sold_out' ? '售罄' : '有货');

const card = ({id, title, categoryName, delivery, stock, price: {amount}}) => `<article aria-label="${text(title)}">
  <svg class="cover" viewBox="0 0 159 100" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <rect width="159" height="100" fill="hsl(${hue(categoryName)} 48% 32%)"/>
    <circle cx="130" cy="10" r="84" fill="hsl(${hue(categoryName) + 24} 52% 42%)" opacity=".55"/>
    <path d="${stripes}" fill="none" stroke="#fff" stroke-width="1.2" opacity=".2"/>
    <rect x="14" y="15" width="20" height="15" rx="3.5" fill="#fff" opacity=".38"/>
    <g fill="#fff" font-weight="600"><text x="14" y="66" font-size="20">${text(title.slice(0, 7))}</text>
    <text x="14" y="84" font-size="9">${text(categoryName)}</text></g>
  </svg>
  <div class="body">
    <button type="button" class="title">${text(title)}</button>
    <p class="facts"><span>${bolt}<span>${deliveryText(delivery)}</span></span><span>${box}<span>${stockText(stock)}</span></span></p>
    <div class="foot"><span class="price">${price.format(amount)}</span><button type="button" class="add" data-id="${text(id)}">加入</button></div>
  </div>
</article>`;

list.addEventListener('click', event => {
  const add = event.target.closest('.add');
  if (!add) return;
  cart.set(add.dataset.id, (cart.get(add.dataset.id) ?? 0) + 1);
  button.textContent = `购物车 ${[...cart.values()].reduce((sum, count) => sum + count, 0)}`;
  add.textContent = '已加入';
});

if (query.has('windowed')) await windowed();
else {
  const {items} = await page(0);
  list.innerHTML = items.map(item => `<li>${card(item)}</li>`).join('');
}

/** Rows of one height, so many of them in the page as the eye may reach before the next frame; what leaves is used again. */
async function windowed() {
  const first = await page(0);
  const items = new Map(first.items.map((item, index) => [index, item]));
  const asked = new Set([0]);
  list.innerHTML = first.items.map(item => `<li>${card(item)}</li>`).join('');
  const gap = 16;
  const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
  const rowHeight = list.firstElementChild.getBoundingClientRect().height + gap;
  const rows = Math.ceil(first.total / columns);
  list.style.height = `${rows * rowHeight - gap}px`;
  list.style.alignContent = 'start';
  const shape = list.firstElementChild.cloneNode(true);
  /** What is in the page, by its place in the list. */
  const drawn = new Map([...list.children].map((node, index) => [index, node]));
  const spare = [];
  const fill = (node, item) => {
    node.classList.toggle('blank', !item);
    if (!item) return;
    const {id, title, categoryName, delivery, stock, price: amount} = item;
    const [back, circle] = node.querySelectorAll('.cover > rect, .cover > circle');
    back.setAttribute('fill', `hsl(${hue(categoryName)} 48% 32%)`);
    circle.setAttribute('fill', `hsl(${hue(categoryName) + 24} 52% 42%)`);
    const [name, category] = node.querySelectorAll('text');
    name.textContent = title.slice(0, 7);
    category.textContent = categoryName;
    node.firstElementChild.setAttribute('aria-label', title);
    node.querySelector('.title').textContent = title;
    const [how, whether] = node.querySelectorAll('.facts span > span');
    how.textContent = deliveryText(delivery);
    whether.textContent = stockText(stock);
    node.querySelector('.price').textContent = price.format(amount.amount);
    const add = node.querySelector('.add');
    add.dataset.id = id;
    add.textContent = cart.has(id) ? '已加入' : '加入';
  };
  const ask = async offset => {
    asked.add(offset);
    const {items: more} = await page(offset);
    more.forEach((item, index) => {
      items.set(offset + index, item);
      const node = drawn.get(offset + index);
      if (node) fill(node, item);
    });
  };
  let shown = `0-${Math.ceil(first.items.length / columns)}`;
  const draw = () => {
    const above = Math.max(0, -list.getBoundingClientRect().top);
    const from = Math.max(0, Math.floor(above / rowHeight) - 2);
    const to = Math.min(rows, Math.ceil((above + innerHeight) / rowHeight) + 2);
    const [begin, end] = [from * columns, Math.min(first.total, to * columns)];
    const key = `${from}-${to}`;
    if (key === shown) return;
    shown = key;
    for (let offset = begin - (begin % 100); offset < end; offset += 100) if (!asked.has(offset)) ask(offset);
    for (const [index, node] of drawn) {
      if (index >= begin && index < end) continue;
      drawn.delete(index);
      spare.push(node);
    }
    for (let index = end - 1; index >= begin; index--) {
      if (drawn.has(index)) continue;
      const node = spare.pop() ?? shape.cloneNode(true);
      fill(node, items.get(index));
      drawn.set(index, node);
      // Their order in the page is that of the list, for readers and for the keyboard.
      const next = drawn.get(index + 1);
      if (next) next.before(node);
      else list.append(node);
    }
    for (const node of spare.splice(0)) node.remove();
    list.style.paddingBlockStart = `${from * rowHeight}px`;
  };
  let frame = 0;
  addEventListener('scroll', () => (frame ||= requestAnimationFrame(() => ((frame = 0), draw()))), {passive: true});
  draw();
}
