import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where installers put Chrome or Chromium, per platform, best known first. */
function knownPlaces(platform, environment) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Google Chrome for Testing', 'Microsoft Edge'];
    const folders = ['/Applications', ...(environment.HOME ? [join(environment.HOME, 'Applications')] : [])];
    return folders.flatMap(folder => apps.map(app => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    return [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
      .filter(folder => folder !== undefined)
      .flatMap(folder => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]);
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap(folder =>
    names.map(name => join(folder, name)),
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The path of a Chrome or Chromium on this machine: `CHROME_PATH` if set, else the PATH, else the usual places.
 *
 * @returns {string | undefined} undefined where there is none
 * @throws where `CHROME_PATH` names something that cannot be run: a wrong setting is never passed over
 */
export function findBrowser(platform = process.platform, environment = process.env) {
  const onPath = alongPath(names, platform, environment);
  return chosenBy('CHROME_PATH', environment) ?? [...onPath, ...knownPlaces(platform, environment)].find(isExecutable);
}

/** The path of a Firefox on this machine: `FIREFOX_PATH` if set, else the PATH, else the usual places. */
export function findFirefox(platform = process.platform, environment = process.env) {
  const places = {
    darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    win32: [environment.PROGRAMFILES].filter(Boolean).map(folder => join(folder, 'Mozilla Firefox', 'firefox.exe')),
  };
  const onPath = alongPath(['firefox-esr', 'firefox'], platform, environment);
  return chosenBy('FIREFOX_PATH', environment) ?? [...onPath, ...(places[platform] ?? [])].find(isExecutable);
}

/**
 * The programs that drive WebKitGTK, as Debian and Ubuntu package them; undefined unless all of them are there.
 *
 * @returns {{driver: string, browser: string, screen: string} | undefined}
 */
export function findWebKit(platform = process.platform, environment = process.env) {
  if (platform !== 'linux') return undefined;
  const [driver, screen] = ['WebKitWebDriver', 'Xvfb'].map(name =>
    alongPath([name], platform, environment).find(isExecutable),
  );
  const browser = ['x86_64', 'aarch64']
    .flatMap(machine => ['4.1', '6.0', '4.0'].map(version => [machine, version]))
    .map(([machine, version]) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`)
    .find(isExecutable);
  return driver && screen && browser ? {driver, browser, screen} : undefined;
}

function chosenBy(variable, environment) {
  const chosen = environment[variable];
  if (!chosen || isExecutable(chosen)) return chosen || undefined;
  throw new Error(`${variable} is "${chosen}", which is not an executable file. Correct it or unset it.`);
}

const alongPath = (programs, platform, environment) =>
  (environment.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => programs.map(name => join(folder, platform === 'win32' ? `${name}.exe` : name)));

/** What Chromium needs to run on a build machine; as root it has no sandbox of its own. */
export const browserFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
