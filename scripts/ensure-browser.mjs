/**
 * Makes sure that a Chrome or Chromium is there for the tests, installing one if need be; prints its path.
 *
 * In order: an installed one; Debian's package, where this runs as root on Debian; Playwright's own download.
 */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {findBrowser} from './find-browser.mjs';

const succeeds = (command, ...args) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
  }).status === 0;

function installFromDebian() {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined;
  process.stderr.write('No Chrome or Chromium found; installing the Debian package "chromium" …\n');
  if (!succeeds('apt-get', 'update')) return undefined;
  return succeeds('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium') ? findBrowser() : undefined;
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
    findBrowser() ?? (await findPlaywrightBrowser()) ?? installFromDebian() ?? (await installFromPlaywright());
  if (path === undefined) {
    throw new Error('No Chrome or Chromium was found or could be installed. Install one, or set CHROME_PATH to it.');
  }
  return path;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`browser: ${await ensureBrowser()}\n`);
}
