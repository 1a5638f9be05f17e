import {entryOf, entryTags} from '../../demo/gallery/elements/index.ts';
import {usualSettings, writeSettings, type GallerySettings} from '../../demo/gallery/settings.ts';

/** One picture to take. */
export interface Shot {
  /** Also the file's, without its ending. */
  readonly name: string;
  /** Of the page within the demo. */
  readonly path: string;
  readonly width: number;
}

type Look = Pick<GallerySettings, 'lang' | 'theme'> & Partial<Pick<GallerySettings, 'dir'>> & {readonly width: number};

const looks: readonly Look[] = [
  {lang: 'zh-CN', theme: 'light', width: 1280},
  {lang: 'en', theme: 'dark', width: 360},
  {lang: 'zh-CN', theme: 'dark', width: 1280},
  {lang: 'en', theme: 'light', width: 360},
];

/** States worth a picture, besides each element's first, which is taken in two looks. */
const states: Readonly<Record<string, readonly string[]>> = {
  'ks-product-grid': ['nothing-found', 'sold-out', 'loading', 'failed'],
  'ks-product-card': ['kinds', 'choosing', 'sold-out', 'refused'],
  'ks-product': ['kinds', 'form-problems', 'sold-out', 'loading'],
  'ks-search': ['suggestions', 'recent', 'nothing'],
  'ks-category-nav': ['chosen', 'failed'],
  'ks-filters': ['narrowed'],
  'ks-cart-button': ['empty', 'many'],
  'ks-cart': ['empty', 'coupon', 'dead', 'price', 'unconfirmed'],
  'ks-checkout': [
    'problems',
    'empty',
    'loading',
    'blocked',
    'qr',
    'redirect',
    'declined',
    'paid',
    'confirming',
    'dialog',
  ],
  'ks-order': ['pending', 'confirming', 'manual', 'partial', 'refund-due', 'refunded', 'locked'],
  'ks-order-list': ['empty', 'forgetting'],
  'ks-order-lookup': ['wrong', 'found'],
  'ks-key-reveal': ['pairs', 'many', 'reporting', 'failed'],
  'ks-ticket': ['problems', 'asked', 'reissued', 'refused', 'several'],
  'ks-shop': ['dressed'],
};

/** Looks that only few elements are taken in. */
const special: readonly (readonly [element: string, state: string, look: Look])[] = [
  ['ks-checkout', 'default', {lang: 'zh-TW', theme: 'high-contrast', width: 360}],
  ['ks-product-grid', 'default', {lang: 'zh-CN', theme: 'light', dir: 'rtl', width: 1280}],
  ['ks-order', 'default', {lang: 'en', theme: 'light', dir: 'rtl', width: 360}],
  ['ks-product', 'default', {lang: 'zh-TW', theme: 'light', width: 360}],
  ['ks-product-grid', 'own-cards', {lang: 'zh-CN', theme: 'light', width: 1280}],
  ['ks-product-grid', 'own-cards', {lang: 'en', theme: 'dark', width: 360}],
  ['ks-checkout', 'in-page', {lang: 'zh-TW', theme: 'dark', width: 360}],
  ['ks-checkout', 'in-page-refused', {lang: 'zh-CN', theme: 'light', width: 1280}],
  ['ks-checkout', 'transfer', {lang: 'zh-CN', theme: 'light', width: 360}],
  ['ks-checkout', 'transfer-expired', {lang: 'en', theme: 'dark', width: 360}],
  ['ks-checkout', 'transfer-paid', {lang: 'zh-TW', theme: 'light', width: 360}],
  ['ks-order', 'transfer', {lang: 'zh-TW', theme: 'dark', width: 360}],
  ['ks-order', 'loading', {lang: 'en', theme: 'light', width: 360}],
];

const galleryShots: readonly Shot[] = [
  galleryShot('overview-zh-light-1280', {}, 1280),
  galleryShot('overview-en-dark-360', {ui: 'en', theme: 'dark'}, 360),
];

export const shots: readonly Shot[] = [
  ...entryTags.flatMap(element => {
    const {states: all} = entryOf(element);
    const [first = ''] = Object.keys(all);
    return [stageShot(element, first, looks[0]!), stageShot(element, first, looks[1]!)];
  }),
  ...Object.entries(states)
    .flatMap(([element, names]) => names.map(name => [element, name] as const))
    .map(([element, name], index) => stageShot(element, name, looks[index % looks.length]!)),
  ...special.map(shot => stageShot(...shot)),
  ...galleryShots,
];

function stageShot(element: string, state: string, {width, ...look}: Look): Shot {
  if (!(state in entryOf(element).states)) throw new Error(`<${element}> has no state "${state}".`);
  const parts = [element, state, look.lang, look.theme, ...(look.dir === 'rtl' ? ['rtl'] : []), width];
  return {
    name: parts.join('.'),
    path: `gallery/stage/index.html${writeSettings({...usualSettings, ...look, element, state})}`,
    width,
  };
}

function galleryShot(name: string, settings: Partial<GallerySettings>, width: number): Shot {
  return {name: `gallery.${name}`, path: `index.html${writeSettings({...usualSettings, ...settings})}`, width};
}
