/**
 * `npm run test:visual`: takes the pictures of shots.ts and compares them with test/visual/baselines/. What looks
 * otherwise is shown in test/visual/report/.
 *
 * `-- --update` accepts what is there now; `-- ks-cart` takes only pictures with that in their name.
 */
import {existsSync, globSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {buildAndServeDemo} from '../demo/built-demo.ts';
import {launchCamera, openStudio, take} from './camera.ts';
import {compare, pixelTolerance, small} from './compare.ts';
import {differences, madeWithHere, readMadeWith, writeMadeWith} from './made-with.ts';
import {clearReport, writeReport, type Finding} from './report.ts';
import {shots} from './shots.ts';

const folder = 'test/visual/baselines';
const photographers = 3;

const isUpdate = process.argv.includes('--update');
const filters = process.argv.slice(2).filter(word => !word.startsWith('--'));
const wanted = shots.filter(({name}) => filters.length === 0 || filters.some(filter => name.includes(filter)));

const camera = await launchCamera();
try {
  const here = madeWithHere(camera.version());
  const unlike = isUpdate ? [] : differences(readMadeWith(), here);
  if (unlike.length > 0) {
    console.log(`Nothing was compared, and so nothing was found: ${unlike.join('; ')}.`);
    console.log('Pictures can only be compared where the browser and the fonts are those of the baselines.');
  } else {
    await run();
    if (isUpdate) writeMadeWith(here);
  }
} finally {
  await camera.close();
}

async function run(): Promise<void> {
  const startedAt = performance.now();
  clearReport();
  const demo = await buildAndServeDemo();
  try {
    const findings = await lookAtAll(demo.url);
    if (filters.length === 0) findings.push(...leftOvers());
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    for (const {name, what} of findings) console.log(`${name}: ${what}`);
    if (findings.length === 0 || isUpdate) {
      const changed = isUpdate ? `, ${findings.length} of them anew` : ', all as they were';
      console.log(`${wanted.length} pictures in ${seconds} s${changed}.`);
      return;
    }
    console.log(
      `${findings.length} of ${wanted.length} pictures look otherwise (${seconds} s). See ${writeReport(findings)}.`,
    );
    console.log('If they should, accept them with "npm run test:visual -- --update".');
    process.exitCode = 1;
  } finally {
    demo.close();
  }
}

async function lookAtAll(origin: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const left = [...wanted];
  await Promise.all(
    Array.from({length: photographers}, async () => {
      // One for each: pages of one context share their storage.
      const studio = await openStudio(camera);
      for (let shot = left.shift(); shot; shot = left.shift()) {
        const finding = await lookAt(shot.name, take(studio, origin, shot));
        if (finding) findings.push(finding);
      }
      await studio.close();
    }),
  );
  return findings.sort((one, other) => one.name.localeCompare(other.name));
}

async function lookAt(name: string, taking: Promise<Buffer>): Promise<Finding | undefined> {
  const file = join(folder, `${name}.png`);
  const baseline = existsSync(file) ? readFileSync(file) : undefined;
  let picture: Buffer;
  try {
    picture = await taking;
  } catch (error) {
    // Accepting what is there now does not accept that something is missing.
    process.exitCode = 1;
    return {name, what: `no picture: ${error instanceof Error ? error.message : String(error)}`, baseline};
  }
  const comparison = baseline && compare(baseline, picture);
  if (comparison?.isSame) return undefined;
  if (isUpdate) writeFileSync(file, small(picture));
  const what = comparison
    ? `${comparison.differing} pixels differ, ${pixelTolerance} may`
    : `no baseline${isUpdate ? ' yet' : ': accept it with --update'}`;
  return {name, what, baseline, picture, diff: comparison?.diff};
}

/** Baselines of pictures that nobody takes any more. */
function leftOvers(): readonly Finding[] {
  const names = new Set(shots.map(({name}) => `${name}.png`));
  return globSync(`${folder}/*.png`)
    .filter(file => !names.has(basename(file)))
    .map(file => {
      const baseline = readFileSync(file);
      if (isUpdate) rmSync(file);
      return {name: basename(file, '.png'), what: 'nobody takes this picture any more', baseline};
    });
}
