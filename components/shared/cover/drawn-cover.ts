import {html, type TemplateResult} from 'lit';

export interface CoverSubject {
  readonly title: string;
  readonly categoryName: string;
}

/** Most ems the words on a cover may take; a Latin letter takes about six tenths of one. */
const widest = 7;
const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

/**
 * The cover of a good without a picture, in the proportions of a bank card. The category decides the hue and the
 * pattern, so that its goods look related; the title turns both a little, so that they can be told apart.
 */
export function drawnCover({title, categoryName}: CoverSubject): TemplateResult {
  const kind = hash(categoryName);
  const own = hash(title);
  const hue = (kind % 24) * 15 + (own % 11);
  const name = shortName(title);
  const size = Math.min(25, 128 / width(name));
  return html`<svg viewBox="0 0 159 100" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
    <rect width="159" height="100" fill="hsl(${hue} 48% 32%)"></rect>
    <circle cx=${110 + (own % 40)} cy=${own % 30} r="84" fill="hsl(${hue + 24} 52% 42%)" fill-opacity=".55"></circle>
    <path
      d=${patterns[(kind >>> 8) % patterns.length]!(own >>> 8)}
      fill="none"
      stroke="#fff"
      stroke-width="1.2"
      stroke-linejoin="round"
      stroke-opacity=".2"
    ></path>
    <rect x="14" y="15" width="20" height="15" rx="3.5" fill="#fff" fill-opacity=".38"></rect>
    <path d="M14 22.5h7m6 0h7M24 15v15" stroke="hsl(${hue} 48% 32%)" stroke-width=".9" stroke-opacity=".6"></path>
    <g fill="#fff" font-weight="600">
      <text x="14" y="66" font-size=${size}>${name}</text>
      <text x="14" y="84" font-size="9" font-weight="400" fill-opacity=".85">${clip(categoryName, 14)}</text>
    </g>
  </svg>`;
}

/** Each answers path data over 159 × 100, varied by a number: rings, stripes, waves, squares, dots, honeycomb. */
const patterns: readonly ((seed: number) => string)[] = [
  seed => draw(7, n => ring(130 + (seed % 20), 84 - (seed % 30), 12 + n * 13)),
  seed => draw(14, n => `M${n * 18 - 60 + (seed % 18)} 100l${70 + (seed % 20)}-100`),
  seed => draw(9, n => `M-20 ${n * 13 - 4}q${22 + (seed % 12)}-14 45 0t45 0 45 0 45 0`),
  seed => {
    const [along, across] = [44 + (seed % 12), 8 + (seed % 30)];
    return draw(6, n => `M${80 + n * 10} ${n * 14 - 30}l${along} ${across} ${-across} ${along} ${-along} ${-across}z`);
  },
  seed => draw(60, n => ring((n % 12) * 14 + 4 + (seed % 8), Math.floor(n / 12) * 22 + (n % 2) * 11 + 2, 1)),
  seed =>
    draw(24, n => {
      const row = Math.floor(n / 6);
      return `M${(n % 6) * 30 + (row % 2) * 15 - 10 + (seed % 9)} ${row * 26 + 2}l15 9v17l-15 9-15-9v-17z`;
    }),
];

const draw = (count: number, path: (n: number) => string): string =>
  Array.from({length: count}, (_, n) => path(n)).join('');

const ring = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0 ${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** FNV-1a, its bits mixed once more: short texts would land close together. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

let segmenter: Intl.Segmenter | undefined;

/** What a title is about: its first words, as many as fit a cover. */
function shortName(title: string): string {
  const [first = '', second = ''] = title.split(/[\s·|｜/、，,:：【】[\]()（）「」-]+/).filter(Boolean);
  const words = first.length > 1 ? first : `${first} ${second}`;
  if (width(words) <= 4 || !('Segmenter' in Intl)) return clip(words, widest);
  let name = '';
  segmenter ??= new Intl.Segmenter('zh', {granularity: 'word'});
  for (const {segment} of segmenter.segment(words)) {
    if (name && width(name + segment) > 4) break;
    name += segment;
  }
  return clip(name, widest);
}

function clip(text: string, most: number): string {
  let clipped = '';
  for (const character of text) {
    if (width(clipped + character) > most) return `${clipped}…`;
    clipped += character;
  }
  return clipped;
}

/** About how many ems a text takes. */
function width(text: string): number {
  let ems = 0;
  for (const character of text) ems += wide.test(character) ? 1 : 0.6;
  return ems;
}
