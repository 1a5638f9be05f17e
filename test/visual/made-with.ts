import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';

/** What a picture depends on besides the sources. Elsewhere letters look otherwise, and every comparison fails. */
export interface MadeWith {
  /** Major version of Chromium. */
  readonly browser: string;
  /** The fonts that stand in for the generic ones. */
  readonly fonts: Readonly<Record<string, string>>;
}

const path = 'test/visual/baselines/made-with.json';
const generic = ['system-ui', 'sans-serif', 'monospace', 'sans-serif:lang=zh-cn', 'sans-serif:lang=zh-tw'];

/** @param browserVersion such as `150.0.7871.100` */
export function madeWithHere(browserVersion: string): MadeWith {
  return {
    browser: browserVersion.split('.')[0]!,
    fonts: Object.fromEntries(generic.map(name => [name, fontFor(name)])),
  };
}

export function readMadeWith(): MadeWith | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as MadeWith) : undefined;
}

export function writeMadeWith(madeWith: MadeWith): void {
  writeFileSync(path, `${JSON.stringify(madeWith, null, 2)}\n`);
}

/** What is different here, in words; empty where pictures can be compared. */
export function differences(baseline: MadeWith | undefined, here: MadeWith): readonly string[] {
  if (!baseline) return ['there are no baselines yet'];
  return [
    ...(baseline.browser === here.browser ? [] : [`Chromium ${here.browser} instead of ${baseline.browser}`]),
    ...generic
      .filter(name => baseline.fonts[name] !== here.fonts[name])
      .map(name => `${name} is ${here.fonts[name] ?? 'nothing'} instead of ${baseline.fonts[name] ?? 'nothing'}`),
  ];
}

function fontFor(name: string): string {
  const {stdout} = spawnSync('fc-match', ['--format', '%{family[0]}', name], {encoding: 'utf8'});
  return stdout?.trim() || 'unknown';
}
