import {chromium, type Browser, type LaunchOptions} from 'playwright-core';
import {browserFlags, findBrowser} from '../../scripts/find-browser.mjs';

/** How long a page may take for what it does, in milliseconds: on a busy machine, too. */
export const patience = 60_000;

/** The Chromium of this machine, as `npm test` found or installed it. */
export async function launchBrowser({args = [], ...options}: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium was found; run "node scripts/ensure-browser.mjs".');
  return chromium.launch({executablePath, args: [...browserFlags, ...args], ...options});
}
