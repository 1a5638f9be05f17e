import {chromeLauncher} from '@web/test-runner-chrome';
import {ensureBrowser, ensureOtherEngines} from '../ensure-browser.mjs';
import {browserFlags} from '../find-browser.mjs';
import {firefoxLauncher} from './firefox-launcher.mjs';
import {webkitLauncher} from './webkit-launcher.mjs';

const names = ['chromium', 'firefox', 'webkit'];

/**
 * Launchers for the engines that component tests run in: Chromium always, Firefox and WebKit where they are; says which
 * is missing. `ENGINES` names those wanted, e.g. `ENGINES=firefox`: then one that is missing is an error.
 */
export async function engines(wanted = process.env.ENGINES) {
  const chosen = wanted ? wanted.split(',') : names;
  const unknown = chosen.filter(name => !names.includes(name));
  if (unknown.length > 0) throw new Error(`ENGINES names "${unknown.join()}". There are: ${names.join()}.`);
  const {firefox, webkit} = chosen.some(name => name !== 'chromium') ? ensureOtherEngines() : {};
  const launchers = {
    chromium: async () =>
      Object.assign(chromeLauncher({launchOptions: {executablePath: await ensureBrowser(), args: browserFlags}}), {
        name: 'Chromium',
      }),
    firefox: () => firefox && firefoxLauncher(firefox),
    webkit: () => webkit && webkitLauncher(webkit),
  };
  const found = await Promise.all(chosen.map(name => launchers[name]()));
  const missing = chosen.filter((_, index) => !found[index]);
  if (missing.length > 0 && wanted) throw new Error(`ENGINES names ${missing.join()}, which is not installed.`);
  if (missing.length > 0) console.log(`Not installed here, so not tested in: ${missing.join(', ')}`);
  return found.filter(Boolean).map(clocked);
}

/** The launcher, adding up in `seconds` how long its pages were open. */
function clocked(launcher) {
  const openedAt = new Map();
  const {startSession, stopSession} = launcher;
  return Object.assign(launcher, {
    seconds: 0,
    startSession(sessionId, url) {
      openedAt.set(sessionId, performance.now());
      return startSession.call(launcher, sessionId, url);
    },
    async stopSession(sessionId) {
      const result = await stopSession.call(launcher, sessionId);
      launcher.seconds += (performance.now() - openedAt.get(sessionId)) / 1000;
      return result;
    },
  });
}
