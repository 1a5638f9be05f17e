import 'keystall/define';
import {listenForCommands} from 'keystall/page';
import './offline-shop.ts';

// With the script tag, cdn/keystall.js, there would be nothing to call.
listenForCommands();

const news = document.querySelector('#news')!;
document.addEventListener('ks-added', event => {
  news.textContent = `已加入：${(event as HTMLElementEventMap['ks-added']).line.title}`;
});
