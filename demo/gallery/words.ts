import type {GallerySettings} from './settings.ts';
import type {Room} from './element-entry.ts';

/** What the gallery itself says. */
export interface GalleryWords {
  readonly title: string;
  readonly skip: string;
  readonly elements: string;
  readonly overview: string;
  /** Broken between its parts only. */
  readonly lead: readonly string[];
  readonly about: string;
  readonly wholeShop: string;
  readonly firstElement: string;
  readonly states: (count: number) => string;
  readonly rooms: Readonly<Record<Room, string>>;
  readonly state: string;
  readonly stage: string;
  readonly width: string;
  readonly widths: Readonly<Record<GallerySettings['width'], string>>;
  readonly zoom: string;
  readonly language: string;
  readonly direction: string;
  readonly theme: string;
  readonly themes: Readonly<Record<GallerySettings['theme'], string>>;
  readonly uiLanguage: string;
  readonly alone: string;
  readonly again: string;
  readonly starting: string;
  readonly panels: Readonly<Record<GallerySettings['panel'], string>>;
  readonly inspector: string;
  readonly attributes: string;
  readonly noAttributes: string;
  readonly usual: string;
  readonly reset: string;
  readonly methods: string;
  readonly call: string;
  readonly slots: string;
  readonly slotText: string;
  readonly inCode: string;
  readonly palettes: string;
  readonly paletteNames: Readonly<Record<string, string>>;
  readonly tokens: string;
  readonly readable: string;
  readonly weak: (over: string, under: string, ratio: string, least: number) => string;
  readonly copy: string;
  readonly copied: string;
  readonly untouched: string;
  readonly eventsNone: string;
  readonly eventsHint: string;
  readonly clear: string;
  readonly parts: string;
  readonly partsHint: string;
  readonly outline: string;
  readonly noParts: string;
  readonly cannotStart: string;
}

const zh: GalleryWords = {
  title: 'Keystall 组件画廊',
  skip: '跳到舞台',
  elements: '元素',
  overview: '全部元素',
  lead: ['安静、准确的售卡机，', '拆开给你看。'],
  about: '每个元素、每种状态都在这个页面里真实运行：商店服务器、卡盟平台和收银台一起随页面启动，不联网，不用安装。',
  wholeShop: '整店演示',
  firstElement: '从第一个元素看起',
  states: count => `${count} 种状态`,
  rooms: {find: '找商品', buy: '购买', after: '订单与售后', frame: '外层'},
  state: '状态',
  stage: '舞台',
  width: '宽度',
  widths: {free: '自适应', '360': '360', '768': '768', '1280': '1280'},
  zoom: '缩放',
  language: '语言',
  direction: '方向',
  theme: '主题',
  themes: {light: '浅色', dark: '深色', auto: '自动', 'high-contrast': '高对比'},
  uiLanguage: '画廊的语言',
  alone: '单独打开舞台',
  again: '重新开始',
  starting: '正在开店…',
  panels: {controls: '属性', theme: '主题', code: '代码', events: '事件', parts: '部件'},
  inspector: '检查器',
  attributes: '属性',
  noAttributes: '这个元素没有属性。',
  usual: '默认',
  reset: '恢复默认',
  methods: '方法',
  call: '调用',
  slots: '插槽',
  slotText: '插槽里的文字',
  inCode: '只能用代码设置',
  palettes: '现成配色',
  paletteNames: {blue: '蓝', green: '绿', plum: '紫', brick: '砖红', ink: '墨'},
  tokens: '变量',
  readable: '所有文字的对比度都不低于 4.5 : 1。',
  weak: (over, under, ratio, least) => `${over} 在 ${under} 上只有 ${ratio} : 1，至少要 ${least} : 1。`,
  copy: '复制',
  copied: '已复制',
  untouched: '还没有改动。选一个配色，或者调一个变量。',
  eventsNone: '还没有事件',
  eventsHint: '在舞台上点一点，元素发出的事件会列在这里。卡密、口令和联系方式不会显示。',
  clear: '清空',
  parts: '::part',
  partsHint: '变量够不到的地方，用 ::part 写样式。',
  outline: '标出',
  noParts: '这个元素没有部件。',
  cannotStart: '舞台没能启动：页面需要 Service Worker。请用 localhost 或 https 打开，不要用无痕模式。',
};

const en: GalleryWords = {
  title: 'Keystall gallery',
  skip: 'Skip to the stage',
  elements: 'Elements',
  overview: 'All elements',
  lead: ['A calm, exact ticket machine, ', 'taken apart for you.'],
  about:
    'Every element runs for real in every state: the shop server, the card platform and the cash desk start with this page. No network, nothing to install.',
  wholeShop: 'The whole shop',
  firstElement: 'Begin with the first element',
  states: count => `${count} states`,
  rooms: {find: 'Finding goods', buy: 'Buying', after: 'Orders and after-sales', frame: 'Around it'},
  state: 'State',
  stage: 'Stage',
  width: 'Width',
  widths: {free: 'Fit', '360': '360', '768': '768', '1280': '1280'},
  zoom: 'Zoom',
  language: 'Language',
  direction: 'Direction',
  theme: 'Theme',
  themes: {light: 'Light', dark: 'Dark', auto: 'Auto', 'high-contrast': 'Contrast'},
  uiLanguage: 'Language of the gallery',
  alone: 'Open the stage alone',
  again: 'Start over',
  starting: 'Opening the shop…',
  panels: {controls: 'Controls', theme: 'Theme', code: 'Code', events: 'Events', parts: 'Parts'},
  inspector: 'Inspector',
  attributes: 'Attributes',
  noAttributes: 'This element has no attributes.',
  usual: 'Default',
  reset: 'Reset',
  methods: 'Methods',
  call: 'Call',
  slots: 'Slots',
  slotText: 'Words in the slot',
  inCode: 'Set in code only',
  palettes: 'Palettes',
  paletteNames: {blue: 'Blue', green: 'Green', plum: 'Plum', brick: 'Brick', ink: 'Ink'},
  tokens: 'Tokens',
  readable: 'All text reads at 4.5 : 1 or better.',
  weak: (over, under, ratio, least) => `${over} on ${under} reads at ${ratio} : 1; it needs ${least} : 1.`,
  copy: 'Copy',
  copied: 'Copied',
  untouched: 'Nothing changed yet. Choose a palette, or turn a token.',
  eventsNone: 'No events yet',
  eventsHint:
    'Use the element on the stage; what it tells the page is listed here. Keys, passwords and contacts are covered.',
  clear: 'Clear',
  parts: '::part',
  partsHint: 'Where no token reaches, style a ::part.',
  outline: 'Outline',
  noParts: 'This element has no parts.',
  cannotStart:
    'The stage could not start: it needs a service worker. Open it on localhost or over https, in a window that is not private.',
};

export const galleryWords: Readonly<Record<GallerySettings['ui'], GalleryWords>> = {zh, en};
