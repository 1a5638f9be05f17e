/**
 * Makes sure that a Chrome or Chromium is there for the tests, installing one if need be; prints its path.
 *
 * In order: an installed one; Debian's package, where this runs as root on Debian; Playwright's own download. Firefox
 * and WebKit are used where they are and installed from Debian likewise; nothing fails without them.
 *
 * `--fonts`: Chromium alone, and from Debian the fonts that the baselines of `npm run test:visual` were made with.
 */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {findBrowser, findFirefox, findWebKit} from './find-browser.mjs';

const succeeds = (command, ...args) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
  }).status === 0;

/** Whether these packages of Debian are there now. */
function installFromDebian(...packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  process.stderr.write(`Installing from Debian, once: ${packages.join(', ')} …\n`);
  return (
    succeeds('apt-get', 'update') && succeeds('apt-get', 'install', '--yes', '--no-install-recommends', ...packages)
  );
}

async function installFromPlaywright() {
  process.stderr.write('No Chrome or Chromium found; asking Playwright for one …\n');
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  return succeeds(process.execPath, cli, 'install', 'chromium') ? findPlaywrightBrowser() : undefined;
}

/** Playwright keeps its browsers in a folder of its own; only Playwright knows which. */
async function findPlaywrightBrowser() {
  const {chromium} = await import('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

export async function ensureBrowser() {
  const path =
    findBrowser() ??
    (await findPlaywrightBrowser()) ??
    (installFromDebian('chromium') ? findBrowser() : undefined) ??
    (await installFromPlaywright());
  if (path === undefined) {
    throw new Error('No Chrome or Chromium was found or could be installed. Install one, or set CHROME_PATH to it.');
  }
  return path;
}

/** Firefox and WebKit as far as they are there or can be installed. */
export function ensureOtherEngines() {
  const lacking = [...(findFirefox() ? [] : ['firefox-esr']), ...(findWebKit() ? [] : ['webkit2gtk-driver', 'xvfb'])];
  if (lacking.length > 0) installFromDebian(...lacking);
  return {firefox: findFirefox(), webkit: findWebKit()};
}

/** Chinese looks as in the baselines with this font alone. */
export function ensureFonts() {
  const {stdout} = spawnSync('fc-match', ['--format', '%{family}', 'sans-serif:lang=zh-cn'], {encoding: 'utf8'});
  if (!stdout?.includes('Noto Sans CJK')) installFromDebian('fontconfig', 'fonts-noto-cjk');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`browser: ${await ensureBrowser()}\n`);
  if (process.argv.includes('--fonts')) {
    ensureFonts();
    process.exit();
  }
  const {firefox, webkit} = ensureOtherEngines();
  process.stdout.write(`firefox: ${firefox ?? 'none, left out'}\nwebkit: ${webkit?.browser ?? 'none, left out'}\n`);
}
