import {createRandom, type Random} from '../random.ts';

export interface CoverOf {
  readonly title: string;
  /** Decides hue and pattern, so that a category looks like one family. */
  readonly category: string;
  /** Decides where the pattern's parts lie. */
  readonly seed: string;
}

/** Hues that stay clear when dark; yellow and lime turn to mud. */
const hues = [4, 18, 150, 168, 186, 202, 216, 232, 248, 268, 292, 322, 342] as const;

const width = 634;
const height = 400;

/** A drawn cover in the proportions of a bank card (1.586 : 1): a calm ground, a quiet pattern, the title. SVG. */
export function drawCover({title, category, seed}: CoverOf): string {
  const family = createRandom(`cover/${category}`);
  const hue = family.pick(hues);
  const draw = family.pick(patterns);
  const lines = breakTitle(title);
  const texts = lines
    .map((line, index) => `<tspan x="40" dy="${index === 0 ? 0 : 54}">${escapeXml(line)}</tspan>`)
    .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 46% 36%)"/><stop offset="1" stop-color="hsl(${(hue + 28) % 360} 52% 22%)"/></linearGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="url(#g)"/>`,
    `<g fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="2">${draw(createRandom(seed))}</g>`,
    `<rect x="40" y="44" width="54" height="40" rx="8" fill="#fff" fill-opacity=".28"/>`,
    `<text x="40" y="${height - 48 - (lines.length - 1) * 54}" fill="#fff" font-family="system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif" font-size="42" font-weight="600">${texts}</text>`,
    `<text x="114" y="73" fill="#fff" fill-opacity=".9" font-family="system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif" font-size="24">${escapeXml(category)}</text>`,
    '</svg>',
  ].join('');
}

type Pattern = (random: Random) => string;

const patterns: readonly Pattern[] = [
  random => {
    const [x, y] = [random.integer(380, 600), random.integer(20, 200)];
    return Array.from({length: 9}, (_, ring) => `<circle cx="${x}" cy="${y}" r="${40 + ring * 34}"/>`).join('');
  },
  random => {
    const slant = random.integer(60, 180);
    return Array.from(
      {length: 16},
      (_, index) => `<path d="M${index * 56 - 160} ${height}l${slant} -${height}"/>`,
    ).join('');
  },
  random => {
    const swing = random.integer(20, 60);
    return Array.from({length: 9}, (_, index) => {
      const y = 30 + index * 44;
      return `<path d="M0 ${y}q158 -${swing} 317 0t317 0"/>`;
    }).join('');
  },
  random =>
    Array.from({length: 26}, () => {
      const size = random.integer(10, 46);
      return `<rect x="${random.integer(120, 620)}" y="${random.integer(0, 260)}" width="${size}" height="${size}" rx="6"/>`;
    }).join(''),
  random => {
    const step = random.integer(38, 52);
    return Array.from({length: 8}, (_, row) =>
      Array.from(
        {length: 13},
        (_unused, column) => `<circle cx="${column * step + 20}" cy="${row * step + 16}" r="3"/>`,
      ).join(''),
    ).join('');
  },
];

/** At most two lines; a Chinese character counts two, a Latin one little more than one. */
function breakTitle(title: string): string[] {
  const room = 25;
  const lines: string[] = [''];
  let used = 0;
  for (const part of title.match(/[\w.'’-]+ ?|./gsu) ?? []) {
    const size = [...part].reduce((total, character) => total + (character > '\u2e80' ? 2 : 1.1), 0);
    if (used + size > room && lines.at(-1) !== '') {
      if (lines.length === 2) return [lines[0]!, `${lines[1]!.trim()}…`];
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += part;
    used += size;
  }
  return lines.map(line => line.trim());
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
