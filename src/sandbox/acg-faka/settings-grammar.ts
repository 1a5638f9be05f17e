import type {PhpArray, PhpValue} from './php-form.ts';
import {Refusal} from './refusal.ts';

/**
 * Reads the INI dialect in which the shop keeps prices and options. No trimming, no comments; a line that ends in a
 * bracketed name opens a section; dots in a name nest; of equal names the first wins.
 * @throws {Refusal} with the shop's own words when a line cannot be read.
 */
export function parseSettings(text: string): PhpArray {
  const sections: PhpArray = new Map();
  let section = '';
  for (const line of text.trim().split(/[\r\n]+/)) {
    if (line === '' || line === '0') continue;
    const header = /\[(.*?)\]$/.exec(line);
    if (header) {
      section = header[1]!;
      if (!sections.has(section)) sections.set(section, new Map());
      continue;
    }
    if (section === '' || section === '0') throw new Refusal(`配置解析异常，${line} 不能没有节点`);
    const sides = line.split('=');
    if (sides.length !== 2) throw new Refusal(`配置解析异常，${line} 没有赋值`);
    fillGaps(sections.get(section) as PhpArray, nest(sides[0]!.split('.'), sides[1]!) as PhpArray);
  }
  return sections;
}

/** Writes sections back, one entry a line, nested names joined by dots. */
export function writeSettings(sections: PhpArray): string {
  return [...sections]
    .map(([name, entries]) => [`[${name}]`, ...(entries instanceof Map ? lines(entries, '') : [])].join('\n'))
    .join('\n');
}

/** What stands in `over` replaces what stands in `base`, entry by entry, at every depth. */
export function overrideSettings(over: PhpArray, base: PhpArray): PhpArray {
  const merged: PhpArray = new Map(base);
  for (const [key, value] of over) {
    const held = merged.get(key);
    merged.set(key, held instanceof Map && value instanceof Map ? overrideSettings(value, held) : value);
  }
  return merged;
}

function nest(path: readonly string[], value: string): PhpValue {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  return step.includes('[]')
    ? new Map([[step.replaceAll('[]', ''), new Map([['0', nest(rest, value)]])]])
    : new Map([[step, nest(rest, value)]]);
}

function fillGaps(target: PhpArray, source: PhpArray): void {
  for (const [key, value] of source) {
    const held = target.get(key);
    if (held === undefined) target.set(key, value);
    else if (held instanceof Map && value instanceof Map) fillGaps(held, value);
  }
}

function lines(entries: PhpArray, prefix: string): string[] {
  return [...entries].flatMap(([name, value]) =>
    value instanceof Map ? lines(value, `${prefix}${name}.`) : [`${prefix}${name}=${value}`],
  );
}
