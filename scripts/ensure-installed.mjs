/**
 * Installs the packages of package-lock.json if node_modules lacks any of them; otherwise does nothing, silently.
 *
 * Runs before `npm start`, `npm test` and others, under whatever Node the machine has (20 or newer) and before
 * anything is installed: built-in modules only, plain JavaScript.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {missingPackages} from './missing-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const readJson = path => {
  try {
    return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const lock = readJson('package-lock.json');
if (lock === undefined) {
  throw new Error(`package-lock.json is missing in ${root}. Restore it from version control; versions come from it.`);
}
// npm writes this file when, and only when, an installation has finished.
const installed = readJson('node_modules/.package-lock.json');
const missing = missingPackages(lock, installed);

if (missing.length > 0) {
  const what = installed === undefined ? 'packages' : `packages (${missing.length} missing or of another version)`;
  process.stdout.write(`Installing ${what}; this happens once per change of package-lock.json …\n`);
  // Level "error": packages that want a newer Node than the machine's are fine, their scripts run under the installed one.
  const {status, error} = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(
      `npm ci failed (${error?.message ?? `exit code ${status}`}). Check the network and the messages above, then try again.\n`,
    );
    process.exit(status ?? 1);
  }
}
