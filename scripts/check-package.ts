/**
 * Checks what `npm pack` would publish of dist/, as publint and "Are the types wrong?" see it: every entry is found, by
 * Node and by bundlers, with types that fit. ES modules only, so what CommonJS would find does not count.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';

const pkg = JSON.parse(readFileSync('package.json', 'utf8')) as {exports: Record<string, string>};
const withoutTypes = Object.entries(pkg.exports)
  .filter(([, target]) => !target.endsWith('.js'))
  .map(([name]) => name);

const {messages} = await publint({pkgDir: '.', strict: true});
for (const message of messages) console.error(`publint: ${message.type}: ${formatMessage(message, pkg)}`);

const attw = spawnSync(
  'attw',
  ['--pack', '.', '--profile', 'esm-only', '--format', 'ascii', '--no-color', '--exclude-entrypoints', ...withoutTypes],
  {encoding: 'utf8', shell: process.platform === 'win32'},
);
if (attw.status !== 0) console.error(attw.stdout, attw.stderr);

const failed = Number(messages.length > 0) + Number(attw.status !== 0);
console.log(`package: ${2 - failed} checks passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
