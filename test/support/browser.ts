import {chromium, type Browser, type LaunchOptions} from 'playwright-core';
import {browserFlags, findBrowser} from '../../scripts/find-browser.mjs';

/** How long a page may take for what it does, in milliseconds: on a busy machine, too. */
const patience = 60_000;

/** The Chromium of this machine, as `npm test` found or installed it; what is awaited in its pages is awaited with `patience`. */
export async function launchBrowser({args = [], ...options}: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium was found; run "node scripts/ensure-browser.mjs".');
  const browser = await chromium.launch({executablePath, args: [...browserFlags, ...args], ...options});
  return browser.on('context', context => context.setDefaultTimeout(patience));
}
